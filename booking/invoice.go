package booking

import (
	"context"
	"fmt"
	"strings"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// lines are what a booking is invoiced for: one line, at the price frozen when the places were first held. Places that were cancelled
// before there was an invoice are not on it.
func lines(b Booking, s scheduling.Session) []billing.InvoiceLine {
	details := []string{s.DaysLine() + ", " + whereHeld(s), peopleLine(b)}
	if b.Discount > 0 {
		details = append(details, "Discount: "+b.DiscountReason)
	}
	return []billing.InvoiceLine{{
		Description: fmt.Sprintf("%s, %s, with one-year licence", s.CourseTitle, s.Format.Words()),
		Details:     details,
		Quantity:    len(b.Standing()), Unit: b.Unit, Discount: b.Discount, Route: s.Route, Format: s.Format,
	}}
}

// whereHeld is the place as an invoice names it: "Frederick Road campus, Salford", or "online".
func whereHeld(s scheduling.Session) string {
	if s.Venue == nil {
		return s.Format.Words()
	}
	return s.Venue.Name + ", " + s.Venue.Town
}

// peopleLine names who comes: "Tom Ashworth, Grace Okafor, 1 person to name".
func peopleLine(b Booking) string {
	var names []string
	for _, p := range b.Standing() {
		if p.Named() {
			names = append(names, p.Name)
		}
	}
	switch n := b.Unnamed(); n {
	case 0:
	case 1:
		names = append(names, "1 person to name")
	default:
		names = append(names, fmt.Sprintf("%d people to name", n))
	}
	return strings.Join(names, ", ")
}

// Sum is what the booking's places cost with the VAT row of a day: the figures of summary, payment page and invoice alike.
func Sum(ctx context.Context, db models.DB, b Booking, on models.Date) (billing.Sum, error) {
	n := len(b.Standing())
	text := fmt.Sprintf("%d places at %s", n, b.Unit)
	if n == 1 {
		text = "1 place at " + b.Unit.String()
	}
	return billing.SumOf(ctx, db, []billing.InvoiceLine{{
		Description: text, Quantity: n, Unit: b.Unit, Discount: b.Discount,
	}}, on)
}

// invoiceOf is what a booking asks to be invoiced; paid is the card payment that settled it, or nil on account.
func invoiceOf(b Booking, s scheduling.Session, paid *billing.Paid) billing.InvoiceRequest {
	return billing.InvoiceRequest{
		Order: b.Order(), OrderReference: b.Reference(),
		Customer: billing.Customer{
			Name: b.Details.Customer(), Address: strings.Join(b.Details.AddressLines(), "\n"),
			Email: b.Details.InvoiceTo(), OrganisationID: b.OrganisationID,
		},
		PurchaseOrder: b.Details.PurchaseOrder, Lines: lines(b, s), Paid: paid, Completed: s.LastDay(),
		Demonstration: b.Demonstration,
	}
}

// invoice issues the booking's invoice; paid is the card payment that settled it, or nil on account. On account an organisation's
// purchase order is checked once more, now under the lock of the invoices.
func invoice(ctx context.Context, tx models.DB, actor access.Actor, b Booking, s scheduling.Session, paid *billing.Paid) (billing.Document, error) {
	if paid == nil && b.OrganisationID != nil {
		if err := fitsOrder(ctx, tx, b, s); err != nil {
			return billing.Document{}, err
		}
	}
	return billing.Issue(ctx, tx, actor, invoiceOf(b, s, paid))
}
