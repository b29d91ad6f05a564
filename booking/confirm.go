package booking

import (
	"context"
	"errors"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// confirm seats, invoices and tells, in the order of the locks: the invoice's number comes last. While a purchase order is to follow
// nothing is invoiced.
func (d Desk) confirm(ctx context.Context, tx models.DB, actor access.Actor, b Booking, s scheduling.Session, how Payment, paid *billing.Paid) error {
	if err := seat(ctx, tx, b, how); err != nil {
		return err
	}
	b, err := Find(ctx, tx, access.System().Scope(), b.ID)
	if err != nil {
		return err
	}
	err = access.Record(ctx, tx, actor, access.Entry{
		Action: "booking confirmed", SubjectKind: "booking", SubjectID: b.ID, OrganisationID: b.OrganisationID,
		Detail: map[string]any{"session": s.ID, "places": len(b.Places), "payment": how},
	})
	if err != nil {
		return err
	}
	if b.AwaitsPurchaseOrder() {
		return errors.Join(d.acknowledge(ctx, tx, b, s), d.tellPeople(ctx, tx, b, s))
	}
	doc, err := invoice(ctx, tx, actor, b, s, paid)
	if err != nil {
		return err
	}
	return errors.Join(d.tellBooker(ctx, tx, b, s, doc), d.tellPeople(ctx, tx, b, s))
}
