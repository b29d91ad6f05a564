package handlers

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

func (s *Site) bookingRoutes() []Route {
	return []Route{
		{Method: http.MethodGet, Path: "/bookings/:ref", Rule: Holder, Handle: s.onBooking(s.bookingPage)},
		{Method: http.MethodGet, Path: "/bookings/:ref/places/:place", Rule: Holder, Handle: s.onBooking(s.placePage)},
		{Method: http.MethodPost, Path: "/bookings/:ref/places/:place", Rule: Holder, Handle: s.onBooking(s.placeSend)},
		{Method: http.MethodGet, Path: "/bookings/:ref/places/:place/cancel", Rule: Holder, Handle: s.onBooking(s.cancelPlace)},
		{Method: http.MethodPost, Path: "/bookings/:ref/places/:place/cancel", Rule: Holder, Handle: s.onBooking(s.cancelPlaceSend)},
		{Method: http.MethodGet, Path: "/bookings/:ref/purchase-order", Rule: Holder, Handle: s.onBooking(s.orderPage)},
		{Method: http.MethodPost, Path: "/bookings/:ref/purchase-order", Rule: Holder, Handle: s.onBooking(s.orderSend)},
	}
}

// justBooked is how long the booker's page says "booked" at its top.
const justBooked = time.Hour

// bookingPage is the booker's page. A booking that is not finished leads to the step where it goes on.
func (s *Site) bookingPage(c echo.Context, b booking.Booking) error {
	switch {
	case b.Live(s.db.Now()) && b.Status == booking.Held:
		return s.redirect(c, stepURL(b, s.nextStep(c, b)))
	case b.Status == booking.Held || b.Status == booking.Expired:
		return s.holdEnded(c, b)
	}
	ctx := c.Request().Context()
	sale, err := s.saleOf(ctx, b)
	if err != nil {
		return err
	}
	page := templates.BookingPage{
		Page: s.stepFrame(c, "Booking "+b.Reference()), Reference: b.Reference(), State: bookingTag(b.Status), Sum: sale.sum,
		Places: placeRows(sale, s.db.Now()), NameBy: nameBy(sale, s.db.Today()),
		Heading: models.Count(len(b.Standing()), "place") + ", " + sale.sum.Session.Dates(),
	}
	if b.Status == booking.Cancelled {
		page.Heading = "Cancelled: " + sale.sum.Session.Dates()
	}
	if page.Ladder, err = s.frozenLadder(ctx, sale); err != nil {
		return err
	}
	if err := s.addDocuments(ctx, actorOf(c).Scope(), b, &page); err != nil {
		return err
	}
	if b.AwaitsPurchaseOrder() {
		page.Order = &templates.OrderPanel{By: b.PurchaseOrderDue, Late: b.PurchaseOrderDue.Before(s.db.Today()), URL: stepURL(b, "purchase-order")}
		if page.Order.VATNote, err = booking.VATNote(ctx, s.db, b, b.PurchaseOrderDue); err != nil {
			return err
		}
	}
	s.sayBooked(sale, &page)
	return s.render(c, http.StatusOK, "booking", page)
}

// sayBooked turns the page into the one that says "booked", while that is news.
func (s *Site) sayBooked(sale sale, page *templates.BookingPage) {
	page.Next = nextSteps(sale, s.db.Now())
	if sale.Status != booking.Confirmed || sale.ConfirmedAt == nil || s.db.Now().Sub(*sale.ConfirmedAt) > justBooked {
		return
	}
	page.Done, page.Heading = true, "Your place is booked"
	if n := len(sale.Standing()); n > 1 {
		page.Heading = "Your " + models.Count(n, "place") + " are booked"
	}
	if sale.AwaitsPurchaseOrder() {
		page.Lead = "We have emailed the confirmation to " + sale.Details.Email + ". The VAT invoice follows when we have your purchase order number."
		return
	}
	page.Lead = "We have emailed the confirmation and the VAT invoice to " + sale.Details.Email + "."
	if sale.Details.InvoiceTo() != sale.Details.Email {
		page.Lead += " The invoice went to " + sale.Details.InvoiceTo() + " as well."
	}
}

// nextSteps says what comes next and by when; nothing once the session has started.
func nextSteps(sale sale, now time.Time) []string {
	if sale.Status != booking.Confirmed || sale.session.HasStarted(now) {
		return nil
	}
	var next []string
	switch named := len(sale.Standing()) - sale.Unnamed(); {
	case named == 1:
		next = append(next, "The person named has a calendar invitation from us, sent to them alone.")
	case named > 1:
		next = append(next, "Each person named has a calendar invitation from us, sent to them alone.")
	}
	if n := sale.Unnamed(); n > 0 {
		words := "Name " + countPeople(n) + " before the session starts."
		if by := nameBy(sale, dayOf(now)); !by.IsZero() {
			words = "Name " + countPeople(n) + " by " + by.Long() + "."
		}
		next = append(next, words)
	}
	return append(next, "The training is on "+sale.sum.Session.Dates()+", "+sale.sum.Session.Hours()+", UK time.")
}

func bookingTag(status booking.Status) templates.Tag {
	switch status {
	case booking.Confirmed:
		return templates.Tag{Look: templates.TagInfo, Word: "Booked"}
	case booking.Cancelled:
		return templates.Tag{Look: templates.TagStop, Word: "Cancelled"}
	case booking.Held:
		return templates.Tag{Look: templates.TagWait, Word: "On hold"}
	case booking.Expired:
	}
	return templates.Tag{Look: templates.TagQuiet, Word: "Ended"}
}

// placeRows are the places of a booking, each with what can be done about it.
func placeRows(sale sale, now time.Time) []templates.PlaceRow {
	rows := make([]templates.PlaceRow, len(sale.Places))
	for i, p := range sale.Places {
		row := templates.PlaceRow{N: p.Ordinal, Of: len(sale.Places), Name: p.Name, Email: p.Email, State: placeTag(p)}
		if p.Status == booking.PlaceConfirmed && !sale.session.HasStarted(now) {
			action := templates.Action{Label: "Name this person", URL: placeURL(sale.Booking, p)}
			if p.Named() {
				action.Label = "Swap"
			}
			row.Action = &action
		}
		row.Cancel = cancelAction(sale, p, now)
		rows[i] = row
	}
	return rows
}

func placeTag(p booking.Place) templates.Tag {
	switch {
	case p.Status == booking.PlaceCancelled:
		return templates.Tag{Look: templates.TagStop, Word: "Cancelled"}
	case !p.Named():
		return templates.Tag{Look: templates.TagWait, Word: "To name"}
	}
	return templates.Tag{Look: templates.TagInfo, Word: "Booked"}
}
