package handlers

import (
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

func walkInURL(b booking.Booking) string { return officeBookingURL(b.Reference()) + "/invoice" }

// walkInOf finds the walk-in's booking that the address names, while it waits for its invoice.
func (s *Site) walkInOf(c echo.Context) (booking.Booking, error) {
	id, err := booking.ParseReference(c.Param("ref"))
	if err != nil {
		return booking.Booking{}, err
	}
	return booking.WalkInToInvoice(c.Request().Context(), s.db, actorOf(c), id)
}

// notWaiting leads back to a booking that waits for no invoice, or has it by now: its page shows which. Every other error is returned.
func (s *Site) notWaiting(c echo.Context, err error) error {
	var e *models.Error
	if !errors.As(err, &e) || e.Kind != models.KindConflict {
		return err
	}
	return s.done(c, officeBookingURL(c.Param("ref")), e.Msg+".")
}

// walkInKnown is the form as far as the register knew it: the person, and who they said they came for.
func walkInKnown(b booking.Booking) billingForm {
	form := billingOf(b)
	form.Country = "GB"
	if form.Organisation != "" {
		form.Payer = string(booking.Organisation)
	}
	return form
}

// officeWalkIn asks whom to invoice for somebody who came without a place.
func (s *Site) officeWalkIn(c echo.Context) error {
	b, err := s.walkInOf(c)
	if err != nil {
		return s.notWaiting(c, err)
	}
	return s.officeWalkInPage(c, http.StatusOK, b, walkInKnown(b), nil)
}

func (s *Site) officeWalkInPage(c echo.Context, status int, b booking.Booking, form billingForm, problems models.Problems) error {
	session, err := scheduling.FindAny(c.Request().Context(), s.db, b.SessionID)
	if err != nil {
		return err
	}
	page := templates.OfficeWalkInPage{
		Page: s.officePage(c, "Invoice this walk-in", "bookings"), Back: toOfficeBooking(b), URL: walkInURL(b), Form: templates.BillingFields(form),
		Rows: []templates.SummaryRow{
			{Key: "Who came", Lines: []string{b.Places[0].Name}, Notes: []string{b.Places[0].Email}},
			{Key: "Session", Lines: []string{session.DaysLine()}, Notes: []string{session.Heading()}},
			{Key: "Price", Lines: []string{b.Unit.String() + " + VAT"}},
		},
	}
	page.Background, page.Problems = templates.White, walkInProblems(problems)
	return s.render(c, status, "office-walk-in", page)
}

// walkInProblems says to the office what the use case says to a booker.
func walkInProblems(problems models.Problems) models.Problems {
	said := map[string]string{
		"Choose who you are booking for": "Choose who the invoice is for", "Enter your full name": "Enter the full name of whoever ordered it",
		"Enter your email address": "Enter the email address of whoever ordered it",
	}
	var all models.Problems
	for _, p := range problems {
		words := p.Msg
		if other, there := said[words]; there {
			words = other
		}
		if fault, own := strings.CutPrefix(words, "Your email "); own {
			words = "Their email " + fault
		}
		all.Add(p.Field, "%s", words)
	}
	return all
}

// officeWalkInSend issues the invoice, after a page that shows it.
func (s *Site) officeWalkInSend(c echo.Context) error {
	b, err := s.walkInOf(c)
	if err != nil {
		return s.notWaiting(c, err)
	}
	typed, err := posted(c)
	if err != nil {
		return err
	}
	form := billingFrom(typed)
	switch typed.Get("do") {
	case "change":
		return s.officeWalkInPage(c, http.StatusOK, b, form, nil)
	case "issue":
		return s.issueWalkIn(c, b, form)
	}
	buyer, details := form.details()
	doc, err := booking.PreviewWalkIn(c.Request().Context(), s.db, actorOf(c), b.ID, buyer, details)
	problems, err := refused(err)
	if err != nil {
		return s.notWaiting(c, err)
	}
	if problems != nil {
		return s.officeWalkInPage(c, http.StatusUnprocessableEntity, b, form, problems)
	}
	return s.officeWalkInCheck(c, b, form, doc)
}

// officeWalkInCheck shows the invoice as it will be. Nothing is issued, until the next button.
func (s *Site) officeWalkInCheck(c echo.Context, b booking.Booking, form billingForm, doc billing.Document) error {
	doc.Code = "its number" // as the reference to pay with
	page := templates.OfficeWalkInCheckPage{
		Page: s.officePage(c, "Check this invoice", "bookings"), Back: toOfficeBooking(b), URL: walkInURL(b), Form: templates.BillingFields(form),
		Invoice: invoiceWords(doc), To: doc.Customer.Email, Due: doc.DueDate, Button: "Issue this invoice for " + doc.Gross.String(),
	}
	page.Invoice.Number = "not issued yet"
	return s.render(c, http.StatusOK, "office-walk-in-check", page)
}

func (s *Site) issueWalkIn(c echo.Context, b booking.Booking, form billingForm) error {
	ctx := c.Request().Context()
	buyer, details := form.details()
	var doc billing.Document
	problems, err := refused(s.db.InTx(ctx, func(tx models.DB) (err error) {
		doc, err = s.desk.InvoiceWalkIn(ctx, tx, actorOf(c), b.ID, buyer, details)
		return err
	}))
	if err != nil {
		return s.notWaiting(c, err)
	}
	if problems != nil {
		return s.officeWalkInPage(c, http.StatusUnprocessableEntity, b, form, problems)
	}
	return s.done(c, officeBookingURL(b.Reference()), "Invoice "+doc.Code+" is issued for "+doc.Gross.String()+" and sent to "+doc.Customer.Email+".")
}

// toOfficeBooking leads back to a booking in the office.
func toOfficeBooking(b booking.Booking) templates.Action {
	return templates.Action{Label: "Booking " + b.Reference(), URL: officeBookingURL(b.Reference())}
}
