package handlers

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// billingForm is what was typed about who books and who pays.
type billingForm templates.BillingFields

func billingFrom(typed url.Values) billingForm {
	return billingForm{
		Payer: line(typed, "payer"), Name: line(typed, "name"), Email: line(typed, "email"), Organisation: line(typed, "organisation"),
		Line1: line(typed, "line1"), Line2: line(typed, "line2"), Town: line(typed, "town"), Postcode: line(typed, "postcode"),
		Country: line(typed, "country"), InvoiceEmail: line(typed, "invoice-email"), PurchaseOrder: line(typed, "purchase-order"),
		Follows: ticked(typed, "purchase-order-follows"),
	}
}

// billingOf is the form as the booking stands.
func billingOf(b booking.Booking) billingForm {
	d := b.Details
	return billingForm{
		Payer: string(b.Buyer), Name: d.Name, Email: d.Email, Organisation: d.Organisation, Line1: d.Line1, Line2: d.Line2, Town: d.Town,
		Postcode: d.Postcode, Country: d.Country, InvoiceEmail: d.InvoiceEmail, PurchaseOrder: d.PurchaseOrder, Follows: d.ToFollow,
	}
}

func (f billingForm) details() (booking.Buyer, booking.Details) {
	return booking.Buyer(f.Payer), booking.Details{
		Name: f.Name, Email: f.Email, Organisation: f.Organisation, Line1: f.Line1, Line2: f.Line2, Town: f.Town, Postcode: f.Postcode,
		Country: f.Country, InvoiceEmail: f.InvoiceEmail, PurchaseOrder: f.PurchaseOrder, ToFollow: f.Follows,
	}
}

// bookBilling is the third step: who books and who is invoiced. Who is signed in finds what we know filled in.
func (s *Site) bookBilling(c echo.Context, b booking.Booking) error {
	form := billingOf(b)
	if typed := s.typedBefore(c, b, "billing"); typed != nil {
		form = billingFrom(typed)
	} else if b.Buyer == "" {
		var err error
		if form, err = s.billingKnown(c.Request().Context(), actorOf(c)); err != nil {
			return err
		}
	}
	return s.bookBillingPage(c, http.StatusOK, b, form, nil)
}

// billingKnown is what we know of the person signed in and of the organisation they manage.
func (s *Site) billingKnown(ctx context.Context, actor access.Actor) (billingForm, error) {
	form := billingForm{Country: "GB"}
	if !actor.SignedIn() {
		return form, nil
	}
	form.Name, form.Email = actor.Name, actor.Email
	if len(actor.Organisations) == 0 {
		return form, nil
	}
	org, err := access.FindOrganisation(ctx, s.db, actor.Scope(), actor.Organisations[0].OrganisationID)
	if err != nil {
		return form, err
	}
	form.Payer, form.Organisation, form.Postcode = string(booking.Organisation), org.Name, org.Postcode
	if org.InvoiceEmail != actor.Email {
		form.InvoiceEmail = org.InvoiceEmail
	}
	form.Line1, form.Line2, form.Town = addressFields(org.Address)
	return form, nil
}

// addressFields puts the lines of an address into the fields of the form: the last is the town.
func addressFields(address string) (line1, line2, town string) {
	var lines []string
	for _, one := range strings.Split(address, "\n") {
		if one = strings.TrimSpace(one); one != "" {
			lines = append(lines, one)
		}
	}
	switch n := len(lines); n {
	case 0:
		return "", "", ""
	case 1:
		return lines[0], "", ""
	default:
		return lines[0], strings.Join(lines[1:n-1], ", "), lines[n-1]
	}
}

func (s *Site) bookBillingSend(c echo.Context, b booking.Booking) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	form := billingFrom(typed)
	buyer, details := form.details()
	ctx := c.Request().Context()
	// A payment page that is still open shows a price that may change with who pays.
	if paid, err := s.closeCheckout(ctx, b); err != nil || paid {
		return s.paidInstead(c, b, err)
	}
	err = s.db.InTx(ctx, func(tx models.DB) error {
		_, err := booking.SetDetails(ctx, tx, actorOf(c), b.ID, buyer, details)
		return err
	})
	problems, err := refused(err)
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return s.bookBillingPage(c, http.StatusUnprocessableEntity, b, form, problems)
	}
	return s.redirect(c, stepURL(b, "check"))
}

func (s *Site) bookBillingPage(c echo.Context, status int, b booking.Booking, form billingForm, problems models.Problems) error {
	sale, err := s.saleOf(c.Request().Context(), b)
	if err != nil {
		return err
	}
	page := templates.BookBillingPage{
		Page: s.stepFrame(c, "Who pays?"), Steps: stepsTo(templates.StepBilling, b), Sum: sale.sum, Form: templates.BillingFields(form),
		BackURL: stepURL(b, "people"), URL: stepURL(b, "billing"), GiveUpURL: stepURL(b, "give-up"),
	}
	if by, ok, err := booking.FollowBy(c.Request().Context(), s.db, sale.session); err != nil {
		return err
	} else if ok {
		page.FollowBy = by
	}
	page.Problems = problems
	return s.render(c, status, "book-billing", page)
}
