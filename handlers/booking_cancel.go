package handlers

import (
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

// cameBack labels the way to what became of a cancelled place.
const cameBack = "What came back"

func cancelPlaceURL(b booking.Booking, p booking.Place) string { return placeURL(b, p) + "/cancel" }

// mayCancel says whether places of a booking can be cancelled at all. An organisation's own group has one price, whoever drops out.
func mayCancel(b booking.Booking, s scheduling.Session) bool {
	return b.Status == booking.Confirmed && s.Route != scheduling.Bespoke
}

// cancelAction is what a booker can do about a place beside naming it.
func cancelAction(sale sale, p booking.Place, now time.Time) *templates.Action {
	switch {
	case p.Status == booking.PlaceCancelled:
		return &templates.Action{Label: cameBack, URL: cancelPlaceURL(sale.Booking, p)}
	case p.Status == booking.PlaceConfirmed && mayCancel(sale.Booking, sale.session) && !sale.session.HasStarted(now):
		return &templates.Action{Label: "Cancel", URL: cancelPlaceURL(sale.Booking, p)}
	}
	return nil
}

// cancelPlace says what cancelling a place costs, before anything is done, or what became of one that is cancelled. It asks whoever
// began the booking in this browser to sign in first: money may go back.
func (s *Site) cancelPlace(c echo.Context, b booking.Booking) error {
	p, err := placeOf(c, b)
	if err != nil {
		return err
	}
	if !actorOf(c).SignedIn() {
		return s.redirect(c, "/sign-in?next="+url.QueryEscape(cancelPlaceURL(b, p)))
	}
	if p.Status == booking.PlaceCancelled {
		return s.cancelledPlace(c, b, p)
	}
	return s.cancelPlacePage(c, b, p, nil)
}

func (s *Site) cancelPlacePage(c echo.Context, b booking.Booking, p booking.Place, problems models.Problems) error {
	ahead, err := booking.PreviewCancel(c.Request().Context(), s.db, actorOf(c), booking.CancelRequest{BookingID: b.ID, Ordinals: []int{p.Ordinal}})
	if err != nil {
		return s.notCancellable(c, bookingURL(b), err)
	}
	page := templates.CancelPlacePage{
		Page: s.bookingFrame(c, "Cancel a place"), Back: templates.Action{Label: "Back to the booking", URL: bookingURL(b)},
		URL: cancelPlaceURL(b, p), Heading: "Cancel " + whosePlace(p) + "?", Rows: append(placeFacts(ahead), termRows(ahead)...), Money: creditMoney(ahead, false),
		Swap: templates.Action{Label: "Give the place to somebody else", URL: placeURL(b, p)}, Shown: ahead.Agreed(), Button: "Cancel " + whosePlace(p),
	}
	page.Problems = problems
	return s.render(c, statusFor(problems), "cancel-place", page)
}

// cancelPlaceSend cancels the place on the terms that were shown. A second press of the button leads to the same page.
func (s *Site) cancelPlaceSend(c echo.Context, b booking.Booking) error {
	p, err := placeOf(c, b)
	if err != nil {
		return err
	}
	typed, err := posted(c)
	if err != nil {
		return err
	}
	if !actorOf(c).SignedIn() {
		return s.redirect(c, "/sign-in?next="+url.QueryEscape(cancelPlaceURL(b, p)))
	}
	req := booking.CancelRequest{BookingID: b.ID, Ordinals: []int{p.Ordinal}, Shown: creditShown(typed)}
	problems, err := s.cancelNow(c, req)
	if err != nil {
		return s.notCancellable(c, bookingURL(b), err)
	}
	if problems != nil {
		return s.cancelPlacePage(c, b, p, problems)
	}
	return s.redirect(c, cancelPlaceURL(b, p))
}

// cancelNow cancels places, in one transaction.
func (s *Site) cancelNow(c echo.Context, req booking.CancelRequest) (models.Problems, error) {
	ctx := c.Request().Context()
	return refused(s.db.InTx(ctx, func(tx models.DB) error {
		_, err := s.desk.CancelPlaces(ctx, tx, actorOf(c), req)
		return err
	}))
}

// notCancellable leads back to the booking with the sentence that says why a place cannot be cancelled. Every other error is returned.
func (s *Site) notCancellable(c echo.Context, back string, err error) error {
	if kind := models.KindOf(err); kind != models.KindConflict && kind != models.KindGone {
		return err
	}
	return s.done(c, back, failureOf(err).sentence+".")
}

// creditShown is what the page before showed of the credit; a form without it agrees to nothing.
func creditShown(typed url.Values) *string {
	shown := typed.Get("shown")
	return &shown
}

// cancelledPlace says what was kept of a cancelled place and what came back.
func (s *Site) cancelledPlace(c echo.Context, b booking.Booking, p booking.Place) error {
	ctx := c.Request().Context()
	done, err := booking.FindCancellation(ctx, s.db, actorOf(c).Scope(), b.ID, p.Ordinal)
	if err != nil {
		return err
	}
	session, err := scheduling.FindAny(ctx, s.db, b.SessionID)
	if err != nil {
		return err
	}
	page := templates.CancelledPage{
		Page: s.bookingFrame(c, "Place cancelled"), Back: templates.Action{Label: "Back to the booking", URL: bookingURL(b)},
	}
	s.fillCancelled(&page, done, session)
	return s.render(c, http.StatusOK, "cancelled", page)
}
