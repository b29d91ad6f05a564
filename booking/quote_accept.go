package booking

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// Acceptance is what whoever accepts a quote says.
type Acceptance struct {
	PurchaseOrder string
	ToFollow      bool          // the number comes later
	ClaimHash     string        // lets this browser come back to the booking
	Shown         *models.Pence // the sum that was agreed to; nil when nobody was shown one
}

// AcceptQuote books what a quote for open-access places on a date offers, at its price, discount and terms: confirmed on account, with
// the invoice. Whoever has the private link may. Accepting twice answers the same booking. It belongs to the quote's organisation; for one
// that was only a name, to the contact's, see quotedBuyer. Who booked is settled when the contact signs in: a link that was passed on makes
// nobody a booker or a manager. Errors: not found; gone for a quote that is over or withdrawn; conflict for one that is accepted by letter;
// invalid with field "purchase-order" or "organisation", or without one, because of ErrSumChanged, when the sum is not the one shown; full
// or gone from the session.
func (d Desk) AcceptQuote(ctx context.Context, tx models.DB, actor access.Actor, token string, a Acceptance) (Booking, error) {
	q, err := QuoteByToken(ctx, tx, token)
	if err != nil {
		return Booking{}, err
	}
	if q.SessionID == nil {
		return Booking{}, q.open(tx.Today())
	}
	session, taken, err := claim(ctx, tx, *q.SessionID, 0)
	if err != nil {
		return Booking{}, err
	}
	// Under the session's lock two presses of the button come one after the other.
	if q, err = QuoteByToken(ctx, tx, token); err != nil {
		return Booking{}, err
	}
	if q.Answer == Accepted {
		return Find(ctx, tx, access.System().Scope(), *q.BookingID)
	}
	if err := q.open(tx.Today()); err != nil {
		return Booking{}, err
	}
	if err := asShown(ctx, tx, q, a.Shown); err != nil {
		return Booking{}, err
	}
	b, err := d.holdQuoted(ctx, tx, actor, q, session, taken, a)
	if err != nil {
		return Booking{}, err
	}
	err = answerQuote(ctx, tx, quoteAnswerRow{
		QuoteID: q.ID, Answer: Accepted, BookingID: &b.ID, AnsweredAt: tx.Now(), AnsweredBy: signedIn(actor),
	})
	if err != nil {
		return Booking{}, err
	}
	err = access.Record(ctx, tx, actor, access.Entry{
		Action: "quote accepted", SubjectKind: "quote", SubjectID: q.ID, OrganisationID: b.OrganisationID, Detail: map[string]any{"booking": b.ID},
	})
	if err != nil {
		return Booking{}, err
	}
	if err := d.confirm(ctx, tx, actor, b, session, OnAccount, nil); err != nil {
		return Booking{}, err
	}
	return Find(ctx, tx, access.System().Scope(), b.ID)
}

func signedIn(actor access.Actor) *int64 {
	if !actor.SignedIn() {
		return nil
	}
	return &actor.PersonID
}

// holdQuoted holds the quoted places under the session's lock, with everything that confirming them needs.
func (d Desk) holdQuoted(ctx context.Context, tx models.DB, actor access.Actor, q Quote, s scheduling.Session, taken int, a Acceptance) (Booking, error) {
	tariff, err := billing.LoadTariff(ctx, tx)
	if err != nil {
		return Booking{}, err
	}
	if err := fits(s, tariff, q.People, s.Capacity-taken, tx.Now()); err != nil {
		return Booking{}, err
	}
	details := q.Details
	details.PurchaseOrder, details.ToFollow = a.PurchaseOrder, a.ToFollow
	details, problems := details.tidied(Organisation)
	if err := addOverLimit(ctx, tx, Booking{SessionID: s.ID, Places: make([]Place, q.People)}, details, &problems); err != nil {
		return Booking{}, err
	}
	if err := problems.Err(); err != nil {
		return Booking{}, err
	}
	b, err := insertQuoted(ctx, tx, q, s, details, a.ClaimHash)
	if err != nil {
		return Booking{}, err
	}
	b.Details.ToFollow = details.ToFollow
	if err := quotedBuyer(ctx, tx, actor, &b); err != nil {
		return Booking{}, err
	}
	return b, settlePurchaseOrder(ctx, tx, &b, s)
}

// quotedBuyer gives a booking that a quote became its organisation, as a booking on account has one. The office wrote to the contact, so
// it is the contact's: they manage it when they sign in, and whoever else pressed the button does not.
func quotedBuyer(ctx context.Context, tx models.DB, actor access.Actor, b *Booking) error {
	if b.OrganisationID != nil {
		return nil
	}
	contact, err := access.FindOrCreatePerson(ctx, tx, b.Details.Name, b.Details.Email)
	if err != nil {
		return err
	}
	if err := findBuyer(ctx, tx, actor, b, contact); err != nil {
		return err
	}
	return change(ctx, tx, *b, map[string]any{"organisation_id": b.OrganisationID})
}

func insertQuoted(ctx context.Context, tx models.DB, q Quote, s scheduling.Session, details Details, claimHash string) (Booking, error) {
	price, err := quotePrice(ctx, tx, q.ID)
	if err != nil {
		return Booking{}, err
	}
	row := bookingRow{
		SessionID: s.ID, RequestKey: fmt.Sprintf("quote/%d", q.ID), ClaimHash: claimHash, Status: Held, PlaceCount: q.People, PriceID: price,
		UnitNetPence: q.Unit, DiscountThousandths: q.Discount, DiscountReason: q.DiscountReason, LadderID: q.LadderID, Buyer: Organisation,
		BookerName: details.Name, BookerEmail: details.Email, OrganisationID: q.OrganisationID, OrganisationName: details.Organisation,
		OrganisationNameKey: details.nameKey(), Address: joinAddress(details), Postcode: details.Postcode, Country: details.Country,
		PurchaseOrder: details.PurchaseOrder, HoldUntil: tx.Now(), CreatedAt: tx.Now(), Demonstration: s.Demonstration,
	}
	return insertBooking(ctx, tx, row)
}
