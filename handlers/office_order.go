package handlers

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

func officeOrderURL(b booking.Booking) string {
	return officeBookingURL(b.Reference()) + "/purchase-order"
}

// orderForm is what the office typed about a purchase order that is to follow.
type orderForm struct{ Number, Until, Reason string }

func orderFrom(typed url.Values) orderForm {
	return orderForm{Number: line(typed, "purchase-order"), Until: line(typed, "until"), Reason: line(typed, "reason")}
}

// onOrder finds the booking in the address; one that waits for no purchase order leads to its own page.
func (s *Site) onOrder(answer stepHandler) echo.HandlerFunc {
	return func(c echo.Context) error {
		id, err := booking.ParseReference(c.Param("ref"))
		if err != nil {
			return err
		}
		b, err := booking.Find(c.Request().Context(), s.db, actorOf(c).Scope(), id)
		if err != nil {
			return err
		}
		if !b.AwaitsPurchaseOrder() {
			return s.redirect(c, officeBookingURL(b.Reference()))
		}
		return answer(c, b)
	}
}

// officeOrder shows what the booking waits for, and the two things the office can do.
func (s *Site) officeOrder(c echo.Context, b booking.Booking) error {
	return s.officeOrderPage(c, b, orderForm{}, nil)
}

// officeOrderSend enters the number, after a page that shows the invoice, or gives the booker longer.
func (s *Site) officeOrderSend(c echo.Context, b booking.Booking) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	form := orderFrom(typed)
	switch typed.Get("do") {
	case "extend":
		return s.extendOrder(c, b, form)
	case "confirm":
		return s.giveOrder(c, b, form)
	case "change":
		return s.officeOrderPage(c, b, form, nil)
	}
	if form.Number == "" {
		return s.officeOrderPage(c, b, form, models.Problems{models.Invalid("purchase-order", "Enter the purchase order number")})
	}
	doc, err := booking.PreviewPurchaseOrder(c.Request().Context(), s.db, actorOf(c), b.ID, form.Number)
	problems, err := refused(err)
	if err != nil {
		return err
	}
	if problems != nil {
		return s.officeOrderPage(c, b, form, problems)
	}
	doc.Code = "its number" // as the reference to pay with
	words := documentWords(doc.Words())
	words.Number = "not issued yet"
	page := templates.OfficeCheckPage{
		Page: s.officePage(c, "Check this invoice", "bookings"), Back: toOfficeBooking(b), Heading: "Check this invoice", Invoice: &words,
		Lead: "It gets its number when you issue it, and can then never be changed. It is sent to " + doc.Customer.Email + " at once.",
		URL:  officeOrderURL(b), Fields: carried(url.Values{"purchase-order": {form.Number}}), Button: "Issue this invoice for " + doc.Gross.String(),
	}
	return s.render(c, http.StatusOK, "office-check", page)
}

func (s *Site) giveOrder(c echo.Context, b booking.Booking, form orderForm) error {
	ctx := c.Request().Context()
	var doc billing.Document
	problems, err := refused(s.db.InTx(ctx, func(tx models.DB) (err error) {
		doc, err = s.desk.GivePurchaseOrder(ctx, tx, actorOf(c), b.ID, form.Number)
		return err
	}))
	if err != nil {
		return s.waitsNoMore(c, b, err)
	}
	if problems != nil {
		return s.officeOrderPage(c, b, form, problems)
	}
	return s.done(c, officeBookingURL(b.Reference()), "Invoice "+doc.Code+" is issued for "+doc.Gross.String()+" and sent to "+doc.Customer.Email+".")
}

func (s *Site) extendOrder(c echo.Context, b booking.Booking, form orderForm) error {
	ctx := c.Request().Context()
	until, ok := typedDate(form.Until)
	if !ok {
		until = models.Date{}
	}
	problems, err := refused(s.db.InTx(ctx, func(tx models.DB) error {
		return s.desk.ExtendPurchaseOrder(ctx, tx, actorOf(c), b.ID, until, form.Reason)
	}))
	if err != nil {
		return s.waitsNoMore(c, b, err)
	}
	if problems != nil {
		return s.officeOrderPage(c, b, form, problems)
	}
	return s.done(c, officeBookingURL(b.Reference()), "The purchase order may follow until "+until.String()+". We have emailed "+b.Details.Email+".")
}

// waitsNoMore leads back to a booking whose number came meanwhile: its page shows the invoice.
func (s *Site) waitsNoMore(c echo.Context, b booking.Booking, err error) error {
	var e *models.Error
	if !errors.As(err, &e) || e.Kind != models.KindConflict {
		return err
	}
	return s.done(c, officeBookingURL(b.Reference()), e.Msg+".")
}

func (s *Site) officeOrderPage(c echo.Context, b booking.Booking, form orderForm, problems models.Problems) error {
	ctx := c.Request().Context()
	var organisation int64
	if b.OrganisationID != nil {
		organisation = *b.OrganisationID
	}
	rule, err := billing.PurchaseRuleFor(ctx, s.db, organisation, access.NameKey(b.Details.Organisation))
	if err != nil {
		return err
	}
	sum, err := booking.Sum(ctx, s.db, b, s.db.Today())
	if err != nil {
		return err
	}
	page := templates.OfficeOrderPage{
		Page: s.officePage(c, "Purchase order to follow", "bookings"), Back: toOfficeBooking(b), Example: rule.Example, Number: form.Number,
		Until: form.Until, Reason: form.Reason, URL: officeOrderURL(b), Rows: []templates.SummaryRow{
			{Key: "Customer", Lines: []string{b.Details.Customer()}, Notes: []string{b.Details.Name + ", " + b.Details.Email}},
			{Key: "To invoice", Lines: []string{sum.Gross.String()}, Notes: []string{counted(len(b.Standing()), "place")}},
			{Key: "Due", Lines: []string{dueWords(b.PurchaseOrderDue, s.db.Today())}},
		},
	}
	page.Problems = problems
	return s.render(c, statusFor(problems), "office-order", page)
}
