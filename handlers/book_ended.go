package handlers

import (
	"context"
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// holdEnded says that the places are no longer held, and offers to hold them again; or that money which came too late goes back.
func (s *Site) holdEnded(c echo.Context, b booking.Booking) error {
	returned, err := billing.Returned(c.Request().Context(), s.db, b.Order())
	if err != nil {
		return err
	}
	page := templates.BookEndedPage{Heading: "Your places are no longer held", Lines: []string{
		"We could hold your places only until " + models.ClockTime(b.HoldUntil) + ". What you typed is kept. See if they are still free.",
	}}
	if dayOf(b.HoldUntil) != s.db.Today() {
		page.Lines[0] = "We could hold your places only until " + models.When(b.HoldUntil) + ". What you typed is kept. See if they are still free."
	}
	if b.EndedAt != nil && b.EndedAt.Before(b.HoldUntil) {
		page.Heading = "You gave these places up"
		page.Lines[0] = "Nothing was booked and nothing is owed. If you want them after all, see if they are still free."
	}
	for _, r := range returned {
		page.Heading = "Your payment goes back to you"
		page.Lines = []string{
			"Your payment came after the hold ended, when the places could no longer be booked.", returnedWords(r), "You have not been booked, and nothing is owed.",
		}
	}
	return s.endedPage(c, b, page, len(returned) == 0)
}

// returnedWords says how far a refund has come.
func returnedWords(r billing.Returning) string {
	switch r.State {
	case billing.RefundSent:
		return "We sent " + r.Gross.String() + " back to your card on " + dayOf(r.Since).String() + "."
	case billing.RefundReturned:
		return "We tried to send " + r.Gross.String() + " back to your card, but your bank returned it. The Hub writes to you to arrange it."
	case billing.RefundWanted, billing.RefundOnItsWay:
	}
	return "We are sending " + r.Gross.String() + " back to your card. Your bank may take a few days to show it."
}

// holdEndedBecause is holdEnded in the words of a use case that found no room any more.
func (s *Site) holdEndedBecause(c echo.Context, b booking.Booking, cause error) error {
	var e *models.Error
	if !errors.As(cause, &e) {
		return cause
	}
	page := templates.BookEndedPage{Heading: "Your places are no longer held", Lines: []string{e.Msg + "."}}
	return s.endedPage(c, b, page, e.Kind == models.KindGone)
}

// endedPage draws the page; again offers to hold the places anew, as long as the session can be booked at all.
func (s *Site) endedPage(c echo.Context, b booking.Booking, page templates.BookEndedPage, again bool) error {
	ctx := c.Request().Context()
	sale, err := s.saleOf(ctx, b)
	if err != nil {
		return err
	}
	page.Page, page.Places, page.Session = s.bookingFrame(c, page.Heading), len(b.Places), sale.sum.Session
	switch {
	case sale.session.BookableAt(s.db.Now()) != nil:
		page.Lines = append(page.Lines, notBookableWords(sale.sum.Session.State))
	case sale.sum.Session.PlacesLeft == 0:
		page.Lines = append(page.Lines, "The session is full now.")
	case again:
		page.URL, page.Request = stepURL(b, "again"), access.NewSecret()
	}
	if page.Others, err = s.otherDates(ctx, b.SessionID, len(b.Places)); err != nil {
		return err
	}
	return s.render(c, http.StatusGone, "book-ended", page)
}

func notBookableWords(state templates.SessionState) string {
	if state == templates.SessionCancelled {
		return "This session does not take place."
	}
	return "This session has started."
}

// bookAgain holds the places of an ended booking again, with everybody and everything that was given before.
func (s *Site) bookAgain(c echo.Context, b booking.Booking) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	if b.Live(s.db.Now()) || b.Status == booking.Cancelled {
		return s.redirect(c, bookingURL(b))
	}
	if paid, err := s.closeCheckout(c.Request().Context(), b); err != nil || paid {
		return s.paidInstead(c, b, err)
	}
	held, err := s.holdWith(c, typed.Get("request"), len(b.Places), func(ctx context.Context, tx models.DB, actor access.Actor, by booking.HoldRequest) (booking.Booking, error) {
		return booking.HoldAgain(ctx, tx, actor, b.ID, by)
	})
	if kind := models.KindOf(err); kind == models.KindFull || kind == models.KindGone || kind == models.KindInvalid {
		return s.holdEndedBecause(c, b, err)
	}
	if err != nil {
		return err
	}
	return s.redirect(c, stepURL(held, s.nextStep(c, held)))
}

// nextStep is where a booking goes on: where something was typed that could not be saved, or where something is missing.
func (s *Site) nextStep(c echo.Context, b booking.Booking) string {
	ctx := c.Request().Context()
	switch {
	case s.sessions.Exists(ctx, typedKey(b, "people")):
		return "people"
	case s.sessions.Exists(ctx, typedKey(b, "billing")):
		return "billing"
	case b.Buyer != "" && b.Details.Complete():
		return "check"
	}
	return "people"
}
