package booking

import (
	"context"
	"strings"
	"unicode/utf8"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// GivePurchaseOrder gives a booking the purchase order number it waits for and issues its invoice at once; the booker is told, with the
// invoice. Whoever may see the booking may. Errors: not found; invalid with field "purchase-order"; conflict for a booking that waits
// for none.
func (d Desk) GivePurchaseOrder(ctx context.Context, tx models.DB, actor access.Actor, id int64, number string) (billing.Document, error) {
	b, session, err := claimBooking(ctx, tx, actor.Scope(), id)
	if err != nil {
		return billing.Document{}, err
	}
	waited := b.PurchaseOrderDue
	if b, err = withNumber(ctx, tx, b, number); err != nil {
		return billing.Document{}, err
	}
	err = change(ctx, tx, b, map[string]any{"purchase_order": b.Details.PurchaseOrder, "purchase_order_due": nil})
	if err != nil {
		return billing.Document{}, err
	}
	err = access.Record(ctx, tx, actor, access.Entry{
		Action: "purchase order given", SubjectKind: "booking", SubjectID: id, OrganisationID: b.OrganisationID,
	})
	if err != nil {
		return billing.Document{}, err
	}
	if err := billing.Finished(ctx, tx, actor, taskOverdueOrder(waited), "booking", id); err != nil {
		return billing.Document{}, err
	}
	doc, err := invoice(ctx, tx, actor, b, session, nil)
	if err != nil {
		return billing.Document{}, err
	}
	return doc, d.tellBooker(ctx, tx, b, session, doc)
}

// PreviewPurchaseOrder is the invoice that GivePurchaseOrder would issue now, all but its number. Nothing is written. Errors as for
// GivePurchaseOrder.
func PreviewPurchaseOrder(ctx context.Context, db models.DB, actor access.Actor, id int64, number string) (billing.Document, error) {
	b, err := Find(ctx, db, actor.Scope(), id)
	if err != nil {
		return billing.Document{}, err
	}
	session, err := scheduling.FindAny(ctx, db, b.SessionID)
	if err != nil {
		return billing.Document{}, err
	}
	if b, err = withNumber(ctx, db, b, number); err != nil {
		return billing.Document{}, err
	}
	return billing.Preview(ctx, db, invoiceOf(b, session, nil))
}

// withNumber puts the number on the booking, when it waits for one and its organisation's rule takes this one.
func withNumber(ctx context.Context, db models.DB, b Booking, number string) (Booking, error) {
	if !b.AwaitsPurchaseOrder() {
		return b, models.Fail(models.KindConflict, "This booking does not wait for a purchase order")
	}
	number, err := billing.TidyPurchaseOrder(number)
	if err != nil {
		return b, err
	}
	var organisation int64
	if b.OrganisationID != nil {
		organisation = *b.OrganisationID
	}
	rule, err := billing.PurchaseRuleFor(ctx, db, organisation, b.Details.nameKey())
	if err != nil {
		return b, err
	}
	b.Details.PurchaseOrder = number
	return b, rule.Check(number)
}

// ExtendPurchaseOrder gives a booking until another day for its purchase order, and tells the booker. Only the office may. Errors:
// forbidden; invalid with field "until" or "reason"; conflict for a booking that waits for none.
func (d Desk) ExtendPurchaseOrder(ctx context.Context, tx models.DB, actor access.Actor, id int64, until models.Date, reason string) error {
	if err := actor.Require(access.RoleOffice); err != nil {
		return err
	}
	b, session, err := claimBooking(ctx, tx, actor.Scope(), id)
	if err != nil {
		return err
	}
	if !b.AwaitsPurchaseOrder() {
		return models.Fail(models.KindConflict, "This booking does not wait for a purchase order")
	}
	var p models.Problems
	switch {
	case until.IsZero():
		p.Add("until", "Enter a real day, like 14 January 2027")
	case !tx.Today().Before(until):
		p.Add("until", "Choose a day after today")
	case until == b.PurchaseOrderDue:
		p.Add("until", "The booking waits until %s already", until)
	}
	if reason = strings.Join(strings.Fields(reason), " "); reason == "" || utf8.RuneCountInString(reason) > 500 {
		p.Add("reason", "Enter the reason, in 500 characters or fewer")
	}
	if err := p.Err(); err != nil {
		return err
	}
	if err := billing.Finished(ctx, tx, actor, taskOverdueOrder(b.PurchaseOrderDue), "booking", id); err != nil {
		return err
	}
	err = access.Record(ctx, tx, actor, access.Entry{
		Action: "purchase order may come later", SubjectKind: "booking", SubjectID: id, OrganisationID: b.OrganisationID,
		Detail: map[string]any{"was": b.PurchaseOrderDue.ISO(), "is": until.ISO(), "reason": reason},
	})
	if err != nil {
		return err
	}
	if err := change(ctx, tx, b, map[string]any{"purchase_order_due": until}); err != nil {
		return err
	}
	b.PurchaseOrderDue = until
	return d.wantPurchaseOrder(ctx, tx, b, session, "until")
}
