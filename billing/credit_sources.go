package billing

import (
	"context"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// creditSources lists what can pay out a credit note of an owner: every payment that was ever on its invoice, the latest first, each
// with what the note will have freed of it besides.
func creditSources(ctx context.Context, db models.DB, invoiceID int64, of owner, freed map[int64]models.Pence) ([]creditSource, error) {
	payments, err := paidOn(ctx, db, invoiceID)
	if err != nil {
		return nil, err
	}
	sources := make([]creditSource, len(payments))
	for i, p := range payments {
		stands, err := standings(ctx, db, p.ID)
		if err != nil {
			return nil, err
		}
		stands.add(of, freed[p.ID])
		outside, err := outsideRefunds(ctx, db, p.ID)
		if err != nil {
			return nil, err
		}
		sources[i] = creditSource{
			paymentID: p.ID, method: PaymentMethod(p.Method), free: min(stands.free(of), stands.total()), room: stands.sum(), outside: outside,
		}
		for _, r := range outside {
			sources[i].room += r.open
		}
		if sources[i].lost, err = lostDisputes(ctx, db, p.ID); err != nil {
			return nil, err
		}
		sources[i].lostRoom = stands.sum()
		for _, d := range sources[i].lost {
			sources[i].lostRoom += d.open
		}
	}
	return sources, nil
}

// splitNote says where what a credit note still leaves to refund comes from.
func splitNote(ctx context.Context, db models.DB, note Document) ([]creditShare, error) {
	sources, err := creditSources(ctx, db, note.Credits.ID, ownerOf(note), nil)
	return splitCredit(note.ToRefund(), 0, sources), err
}

// CreditAhead says where the money that a credit note still leaves to send back would come from now. Only the office may ask.
func CreditAhead(ctx context.Context, db models.DB, actor access.Actor, note Document) ([]CreditPart, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return nil, err
	}
	shares, err := splitNote(ctx, db, note)
	return partsOf(shares), err
}
