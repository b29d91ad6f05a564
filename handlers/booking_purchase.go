package handlers

import (
	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// orderPage asks for the purchase order number that was to follow. A booking that waits for none leads to its own page.
func (s *Site) orderPage(c echo.Context, b booking.Booking) error {
	return s.orderFormPage(c, b, "", nil)
}

// orderSend takes the number and issues the invoice.
func (s *Site) orderSend(c echo.Context, b booking.Booking) error {
	if !b.AwaitsPurchaseOrder() {
		return s.redirect(c, bookingURL(b)) // a second press of the button
	}
	typed, err := posted(c)
	if err != nil {
		return err
	}
	number, ctx := line(typed, "purchase-order"), c.Request().Context()
	if number == "" {
		return s.orderFormPage(c, b, number, models.Problems{models.Invalid("purchase-order", "Enter your purchase order number")})
	}
	var doc billing.Document
	problems, err := refused(s.db.InTx(ctx, func(tx models.DB) (err error) {
		doc, err = s.desk.GivePurchaseOrder(ctx, tx, actorOf(c), b.ID, number)
		return err
	}))
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return s.orderFormPage(c, b, number, problems)
	}
	return s.done(c, bookingURL(b), "Thank you. We have emailed the VAT invoice "+doc.Code+" to "+b.Details.InvoiceTo()+".")
}

func (s *Site) orderFormPage(c echo.Context, b booking.Booking, number string, problems models.Problems) error {
	if !b.AwaitsPurchaseOrder() {
		return s.redirect(c, bookingURL(b))
	}
	ctx := c.Request().Context()
	sale, err := s.saleOf(ctx, b)
	if err != nil {
		return err
	}
	var organisation int64
	if b.OrganisationID != nil {
		organisation = *b.OrganisationID
	}
	rule, err := billing.PurchaseRuleFor(ctx, s.db, organisation, access.NameKey(b.Details.Organisation))
	if err != nil {
		return err
	}
	note, err := booking.VATNote(ctx, s.db, b, b.PurchaseOrderDue)
	if err != nil {
		return err
	}
	page := templates.BookingOrderPage{
		Page: s.stepFrame(c, "Send your purchase order number"), Reference: b.Reference(), By: b.PurchaseOrderDue,
		Late: b.PurchaseOrderDue.Before(s.db.Today()), Number: number, Example: rule.Example, InvoiceTo: b.Details.InvoiceTo(), VATNote: note, Sum: sale.sum,
		URL: stepURL(b, "purchase-order"), BackURL: bookingURL(b),
	}
	page.Problems = problems
	return s.render(c, statusFor(problems), "booking-order", page)
}
