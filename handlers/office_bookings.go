package handlers

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

const bookingsPerPage = 20

// officeBookings lists every booking, holds too, newest first, with a search.
func (s *Site) officeBookings(c echo.Context) error {
	ctx, asked := c.Request().Context(), c.QueryParams()
	const path = "/office/bookings"
	page := templates.OfficeBookingsPage{
		Page:   s.officePage(c, "Bookings", "bookings"),
		Search: searchFor(path, "Search by number, name, address, organisation or purchase order", asked),
	}
	found, total, err := booking.List(ctx, s.db, actorOf(c).Scope(), booking.Filter{
		Search: page.Search.Typed, Page: pageAsked(asked), PerPage: bookingsPerPage,
	})
	if err != nil {
		return err
	}
	sessions, err := scheduling.FindMany(ctx, s.db, sessionsOf(found))
	if err != nil {
		return err
	}
	for _, b := range found {
		row := officeBookingRow(b, s.db.Now())
		if session, ok := sessions[b.SessionID]; ok {
			row.Session, row.SessionURL = session.Heading()+", "+session.FirstDay().String(), officeSessionURL(session.ID)
		}
		page.Rows = append(page.Rows, row)
	}
	page.Count, page.Pages = total, listPages(path, asked, total, bookingsPerPage)
	if len(found) == 0 && total > 0 {
		return s.redirect(c, lastPage(path, asked, page.Pages))
	}
	return s.render(c, http.StatusOK, "office-bookings", page)
}

func sessionsOf(found []booking.Booking) []int64 {
	ids := make([]int64, len(found))
	for i, b := range found {
		ids[i] = b.SessionID
	}
	return ids
}

// officeBookingRow is one booking of a list, without its session.
func officeBookingRow(b booking.Booking, now time.Time) templates.OfficeBookingRow {
	row := templates.OfficeBookingRow{
		Reference: b.Reference(), URL: officeBookingURL(b.Reference()), Customer: b.Details.Customer(), Booker: b.Details.Email,
		Places: len(asBought(b).Standing()), Unnamed: b.Unnamed(), Paid: howPaid(b), At: b.CreatedAt,
	}
	if b.Details.Organisation != "" {
		row.Booker = b.Details.Name + ", " + b.Details.Email
	}
	row.State, row.Note = officeBookingTag(b, now)
	return row
}

// officeBookingTag is the state of a booking, and a line to stand under it.
func officeBookingTag(b booking.Booking, now time.Time) (templates.Tag, string) {
	switch {
	case b.Status == booking.Confirmed && b.ConfirmedAt != nil:
		return templates.Tag{Look: templates.TagInfo, Word: "Booked"}, "Since " + models.DateOf(*b.ConfirmedAt).String()
	case b.Status == booking.Confirmed:
		return templates.Tag{Look: templates.TagInfo, Word: "Booked"}, ""
	case b.Status == booking.Cancelled:
		return templates.Tag{Look: templates.TagStop, Word: "Cancelled"}, ""
	case b.Live(now):
		return templates.Tag{Look: templates.TagWait, Word: "On hold"}, "Until " + holdWords(b.HoldUntil, now)
	}
	return templates.Tag{Look: templates.TagQuiet, Word: "Hold ended"}, models.When(b.HoldUntil)
}

// holdWords is the clock time until which a hold lasts; with the day when that is not today.
func holdWords(until, now time.Time) string {
	if models.DateOf(until) == models.DateOf(now) {
		return models.ClockTime(until)
	}
	return models.When(until)
}

// howPaid is how a booking is paid. One that is confirmed without billing details is of somebody who came without a place.
func howPaid(b booking.Booking) string {
	if b.Status == booking.Confirmed && !b.Details.Complete() {
		return "To be invoiced"
	}
	return paymentWords(b.Payment)
}

func paymentWords(p booking.Payment) string {
	switch p {
	case booking.ByCard:
		return "By card"
	case booking.OnAccount:
		return "By invoice"
	}
	return ""
}
