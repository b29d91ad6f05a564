package app

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
)

// seedMoney lets the office do a morning's work on the money of the demonstration, through the use cases of its pages: an invoice is
// paid in part, one in full of which a place is cancelled for a fee, so that a refund by bank waits; money comes that nobody can place;
// an organisation has rules for its purchase orders; a quote waits for its answer.
func seedMoney(ctx context.Context, tx models.DB, desk booking.Desk, done booked) error {
	joanne, err := officeActor(ctx, tx)
	if err != nil {
		return err
	}
	m := morning{ctx, tx, desk, joanne}
	if err := m.paid(done[order{session: twoMornings, by: kersal()}.name()], 116100, "KERSAL CT PART 1"); err != nil {
		return fmt.Errorf("pay a part: %w", err)
	}
	if err := m.cancelled(done[order{session: soonOnline, by: quaysCare()}.name()]); err != nil {
		return fmt.Errorf("cancel a place: %w", err)
	}
	_, err = billing.RecordBankMoney(ctx, tx, joanne, billing.BankMoney{
		Gross: 25800, On: tx.Today(), Reference: "SOCIAL PRESC COURSE", Note: "No number on the statement. Not one of ours by name", RequestKey: "demonstration-unmatched",
	})
	if err != nil {
		return fmt.Errorf("money of nobody known: %w", err)
	}
	if err := m.ruled(done[order{session: fullDay, by: brightwater()}.name()]); err != nil {
		return fmt.Errorf("purchase-order rules: %w", err)
	}
	if err := m.quoted(); err != nil {
		return fmt.Errorf("quote: %w", err)
	}
	return nil
}

// officeActor is Joanne Fearn of the Hub office.
func officeActor(ctx context.Context, tx models.DB) (access.Actor, error) {
	joanne, err := access.DemonstrationPerson(ctx, tx, "Joanne Fearn", "joanne.fearn@ssph.example")
	if err != nil {
		return access.Actor{}, err
	}
	return access.ActorFor(ctx, tx, joanne.ID)
}

// morning is the office at work in one transaction.
type morning struct {
	ctx    context.Context
	tx     models.DB
	desk   booking.Desk
	office access.Actor
}

// paid records a bank transfer for the booking's invoice; 0 is all that is to pay.
func (m morning) paid(b booking.Booking, gross models.Pence, reference string) error {
	invoice, err := booking.StandingInvoice(m.ctx, m.tx, b)
	if err != nil {
		return err
	}
	if invoice == nil {
		return fmt.Errorf("%s has no invoice", b.Reference())
	}
	if gross == 0 {
		gross = invoice.Outstanding()
	}
	_, err = billing.RecordBankPayment(m.ctx, m.tx, m.office, billing.BankReceipt{
		Code: invoice.Code, Gross: gross, On: m.tx.Today(), Reference: reference, RequestKey: "demonstration-" + b.Reference(),
	})
	return err
}

// cancelled pays a booking whose session is near enough for a fee, and cancels its last place on the booking's terms.
func (m morning) cancelled(b booking.Booking) error {
	if err := m.paid(b, 0, "QPC TRAINING"); err != nil {
		return err
	}
	_, err := m.desk.CancelPlaces(m.ctx, m.tx, m.office, booking.CancelRequest{
		BookingID: b.ID, Ordinals: []int{len(b.Places)}, Ground: booking.ByTerms, NoticedOn: m.tx.Today(), Reason: "Their colleague has left",
	})
	return err
}

// ruled gives the organisation of a booking rules for its purchase orders.
func (m morning) ruled(b booking.Booking) error {
	if b.OrganisationID == nil {
		return fmt.Errorf("%s is of no organisation", b.Reference())
	}
	return billing.SetPurchaseRule(m.ctx, m.tx, m.office, *b.OrganisationID, billing.PurchaseRule{
		Required: true, Pattern: "BW/[0-9]{4}", Example: "BW/0931", Cap: 1000000, Note: "Agreed with their finance team",
	})
}

// quoted sends a quote for an organisation's own group.
func (m morning) quoted() error {
	_, err := m.desk.IssueQuote(m.ctx, m.tx, m.office, booking.QuoteRequest{
		Route: models.Bespoke, Format: models.FaceToFace, People: 12,
		Details: booking.Details{
			Name: "Dev Anand", Email: "dev.anand@worsleysurgery.example", Organisation: "Worsley Village Surgery",
			Line1: "2 Barton Road", Town: "Worsley", Postcode: "M28 2PB", Country: "GB",
		},
		Discount: 10000, DiscountReason: "First group of a new partner", Note: "In their own rooms, in spring", RequestKey: "demonstration-quote",
	})
	return err
}
