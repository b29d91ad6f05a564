package handlers

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

// officeCancelURL is where the office cancels a place; the whole booking for place 0.
func officeCancelURL(b booking.Booking, place int) string {
	url := officeBookingURL(b.Reference())
	if place > 0 {
		url += "/places/" + strconv.Itoa(place)
	}
	return url + "/cancel"
}

// cancelForm is what was typed about cancelling places.
type cancelForm templates.CancelFields

func cancelFrom(typed url.Values) cancelForm {
	return cancelForm{Ground: line(typed, "ground"), Fee: line(typed, "fee"), Noticed: line(typed, "noticed"), Reason: lines(typed, "reason")}
}

// request reads the form. What it holds beyond that is booking's to judge.
func (f cancelForm) request(asked cancelAsked) (booking.CancelRequest, models.Problems) {
	var p models.Problems
	req := booking.CancelRequest{BookingID: asked.booking.ID, Ordinals: asked.ordinals, Ground: booking.Ground(f.Ground), Reason: f.Reason}
	if f.Ground == "" {
		p.Add("ground", "Choose why it is cancelled")
	}
	if req.Ground == booking.Goodwill {
		var err error
		if req.Fee, err = models.ParsePercent(f.Fee); err != nil {
			p.Add("fee", "Enter a fee from 0 to 100 percent with at most three decimals, like 25")
		}
	} else if f.Ground != "" && f.Fee != "" {
		p.Add("fee", "Only goodwill has a fee of its own. Choose goodwill, or leave the fee empty")
	}
	day, ok := typedDate(f.Noticed)
	if req.NoticedOn = day; !ok {
		p.Add("noticed", "Enter a real day, like 14 January 2027")
	}
	fits(&p, "reason", f.Reason, "The reason", 500)
	return req, p
}

// cancelAsked is what the address asks to cancel: one place, or all of a booking that stand.
type cancelAsked struct {
	booking  booking.Booking
	session  scheduling.Session
	ordinals []int
	place    *booking.Place // the one place; nil for the whole booking
}

func (a cancelAsked) url() string {
	if a.place != nil {
		return officeCancelURL(a.booking, a.place.Ordinal)
	}
	return officeCancelURL(a.booking, 0)
}

// what names it in headings and on buttons.
func (a cancelAsked) what() string {
	if a.place != nil {
		return whosePlace(*a.place)
	}
	return "all " + counted(len(a.ordinals), "place")
}

func (s *Site) cancelAskedOf(c echo.Context) (cancelAsked, error) {
	id, err := booking.ParseReference(c.Param("ref"))
	if err != nil {
		return cancelAsked{}, err
	}
	var a cancelAsked
	if a.booking, err = booking.Find(c.Request().Context(), s.db, actorOf(c).Scope(), id); err != nil {
		return a, err
	}
	if a.session, err = scheduling.FindAny(c.Request().Context(), s.db, a.booking.SessionID); err != nil {
		return a, err
	}
	if c.Param("place") == "" {
		for _, p := range a.booking.Standing() {
			a.ordinals = append(a.ordinals, p.Ordinal)
		}
		return a, nil
	}
	p, err := placeOf(c, a.booking)
	a.place, a.ordinals = &p, []int{p.Ordinal}
	return a, err
}

// officeCancel asks on which ground, saying what each would come to; for a place that is cancelled it says what became of it.
func (s *Site) officeCancel(c echo.Context) error {
	asked, err := s.cancelAskedOf(c)
	switch {
	case err != nil:
		return err
	case asked.place != nil && asked.place.Status == booking.PlaceCancelled:
		return s.officeCancelled(c, asked)
	case len(asked.ordinals) == 0:
		return s.done(c, officeBookingURL(asked.booking.Reference()), "This booking has no places left to cancel.")
	}
	return s.officeCancelPage(c, asked, cancelForm{Noticed: s.db.Today().String()}, nil)
}

func (s *Site) officeCancelPage(c echo.Context, asked cancelAsked, form cancelForm, problems models.Problems) error {
	grounds, ahead, err := s.cancelGrounds(c, asked)
	if err != nil {
		return s.notCancellable(c, officeBookingURL(asked.booking.Reference()), err)
	}
	page := templates.OfficeCancelPlacePage{
		Page: s.officePage(c, "Cancel "+asked.what(), "bookings"), Back: toOfficeBooking(asked.booking), URL: asked.url(), Heading: "Cancel " + asked.what() + "?",
		Rows: append(placeFacts(ahead), invoiceRow(ahead)...), Grounds: grounds, Form: templates.CancelFields(form),
	}
	page.Background, page.Problems = templates.White, problems
	return s.render(c, statusFor(problems), "office-cancel-place", page)
}

// officeCancelSend cancels the places, after a page that shows what it comes to.
func (s *Site) officeCancelSend(c echo.Context) error {
	asked, err := s.cancelAskedOf(c)
	if err != nil {
		return err
	}
	typed, err := posted(c)
	if err != nil {
		return err
	}
	if len(asked.ordinals) == 0 || asked.place != nil && asked.place.Status == booking.PlaceCancelled {
		return s.officeCancelledBefore(c, asked)
	}
	form := cancelFrom(typed)
	req, problems := form.request(asked)
	switch do := typed.Get("do"); {
	case do == "change":
		return s.officeCancelPage(c, asked, form, nil)
	case problems != nil:
		return s.officeCancelPage(c, asked, form, problems)
	case do != "cancel":
		return s.officeCancelCheck(c, asked, form, req, nil)
	}
	req.Shown = creditShown(typed)
	problems, err = s.cancelNow(c, req)
	if err != nil {
		return s.notCancellable(c, officeBookingURL(asked.booking.Reference()), err)
	}
	if problems.For("") != "" { // the money has changed since the check page was drawn
		return s.officeCancelCheck(c, asked, form, req, problems)
	}
	if problems != nil {
		return s.officeCancelPage(c, asked, form, problems)
	}
	return s.officeCancelDone(c, asked)
}

// officeCancelDone leads to what became of the place, or to the booking.
func (s *Site) officeCancelDone(c echo.Context, asked cancelAsked) error {
	if asked.place != nil {
		return s.redirect(c, asked.url())
	}
	return s.done(c, officeBookingURL(asked.booking.Reference()), "The booking is cancelled. Its people are told by email.")
}

// officeCancelledBefore leads a second press of the button to where the first led; to anybody else it says who was first.
func (s *Site) officeCancelledBefore(c echo.Context, asked cancelAsked) error {
	if asked.place != nil {
		return s.officeCancelDone(c, asked)
	}
	var done booking.Cancellation // the last that was made
	for _, p := range asked.booking.Places {
		one, err := booking.FindCancellation(c.Request().Context(), s.db, actorOf(c).Scope(), asked.booking.ID, p.Ordinal)
		if models.KindOf(err) == models.KindNotFound { // a place that was never sold
			continue
		}
		if err != nil {
			return err
		}
		if one.At.After(done.At) {
			done = one
		}
	}
	if done.By == nil || *done.By == actorOf(c).PersonID {
		return s.officeCancelDone(c, asked)
	}
	who, err := access.FindPerson(c.Request().Context(), s.db, *done.By)
	if err != nil {
		return err
	}
	return s.done(c, officeBookingURL(asked.booking.Reference()), who.Called()+" cancelled this booking on "+models.When(done.At)+".")
}

// officeCancelCheck shows what is kept and credited, and the credit note as it will be. Nothing is done, until the next button; changed
// says that it was pressed and what it showed is true no more.
func (s *Site) officeCancelCheck(c echo.Context, asked cancelAsked, form cancelForm, req booking.CancelRequest, changed models.Problems) error {
	ahead, err := booking.PreviewCancel(c.Request().Context(), s.db, actorOf(c), req)
	problems, err := refused(err)
	if err != nil {
		return s.notCancellable(c, officeBookingURL(asked.booking.Reference()), err)
	}
	if problems != nil {
		return s.officeCancelPage(c, asked, form, problems)
	}
	page := templates.OfficeCancelCheckPage{
		Page: s.officePage(c, "Check this cancellation", "bookings"), Back: toOfficeBooking(asked.booking), URL: asked.url(), Heading: "Cancel " + asked.what() + "?",
		Rows: append(append(placeFacts(ahead), noticeRow(ahead)), termRows(ahead)...), Money: creditMoney(ahead, true), Form: templates.CancelFields(form),
		Shown: ahead.Agreed(), Button: "Cancel " + asked.what(),
	}
	if ahead.Note != nil {
		ahead.Note.Code = "not issued yet"
		note := invoiceWords(*ahead.Note)
		note.Part = "credit"
		page.Note = &note
	}
	page.Problems = changed
	return s.render(c, statusFor(changed), "office-cancel-check", page)
}

// officeCancelled says what became of a cancelled place.
func (s *Site) officeCancelled(c echo.Context, asked cancelAsked) error {
	done, err := booking.FindCancellation(c.Request().Context(), s.db, actorOf(c).Scope(), asked.booking.ID, asked.place.Ordinal)
	if err != nil {
		return err
	}
	page := templates.CancelledPage{Page: s.officePage(c, "Place cancelled", "bookings"), Back: toOfficeBooking(asked.booking)}
	s.fillCancelled(&page, done, asked.session)
	if done.Note != nil {
		if page.Story, page.ToPay, err = s.officeCreditStory(c, *done.Note); err != nil {
			return err
		}
	}
	if done.By != nil {
		who, err := access.FindPerson(c.Request().Context(), s.db, *done.By)
		if err != nil {
			return err
		}
		page.Rows = append(page.Rows, templates.SummaryRow{Key: "Cancelled by", Lines: []string{who.Called()}})
	}
	if done.Reason != "" {
		page.Rows = append(page.Rows, templates.SummaryRow{Key: "Reason", Lines: []string{done.Reason}})
	}
	if page.Note != nil {
		page.Note.URL = officeInvoiceURL(page.Note.Number)
	}
	page.Background = templates.White
	return s.render(c, http.StatusOK, "cancelled", page)
}
