package billing

import (
	"context"

	"hub.salford.ac.uk/ssph/models"
)

// CheckPurchaseOrder refuses to invoice so much more on a number than the organisation's rule allows. It reads under the lock of the
// invoices' series, so that two invoices at once cannot pass a cap together: call it right before Issue. The error is invalid with
// field "purchase-order".
func CheckPurchaseOrder(ctx context.Context, tx models.DB, organisation int64, nameKey, number string, gross models.Pence) error {
	rule, err := PurchaseRuleFor(ctx, tx, organisation, nameKey)
	if err != nil {
		return err
	}
	if err := rule.Check(number); err != nil || rule.Cap == 0 || number == "" {
		return err
	}
	if err := lockSeries(ctx, tx, Invoice); err != nil {
		return err
	}
	before, err := invoicedOn(ctx, tx, organisation, number)
	if err != nil {
		return err
	}
	return rule.room(number, before, gross)
}

// fitsCap refuses to issue an invoice anew on another purchase order that has no room for it. What the credit note takes off the old
// one makes room when both are on one order, however it is spelt: an invoice and the one that replaces it never count twice. A
// correction that leaves the number as it is meets no cap: nothing more is invoiced on it.
func fitsCap(ctx context.Context, db models.DB, old, fresh Document) error {
	if fresh.PurchaseOrder == old.PurchaseOrder || fresh.PurchaseOrder == "" || fresh.Customer.OrganisationID == nil {
		return nil
	}
	rule, err := PurchaseRuleOf(ctx, db, *fresh.Customer.OrganisationID)
	if err != nil || rule.Cap == 0 {
		return err
	}
	before, err := invoicedOn(ctx, db, *fresh.Customer.OrganisationID, fresh.PurchaseOrder)
	if err != nil {
		return err
	}
	if sameOrder(old.PurchaseOrder) == sameOrder(fresh.PurchaseOrder) {
		before -= fresh.Gross
	}
	return rule.room(fresh.PurchaseOrder, before, fresh.Gross)
}
