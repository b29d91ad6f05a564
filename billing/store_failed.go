package billing

import (
	"context"
	"errors"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// FailedRefunds lists the refunds that did not arrive and whose money is still to be sent in another way, the oldest first, each with
// what is left of it: another refund may stand for it, or one that was begun at Stripe itself may have paid its credit note. Only the
// office may ask.
func FailedRefunds(ctx context.Context, db models.DB, actor access.Actor) ([]RefundToDo, error) {
	failed, err := readRefunds(ctx, db, actor, "r.status = 'failed' AND NOT EXISTS (SELECT 1 FROM refunds n WHERE n.replaces_id = r.id)")
	if err != nil {
		return nil, err
	}
	var open []RefundToDo
	for _, r := range failed {
		row := refundRow{ID: r.ID, GrossPence: r.Gross, Cause: r.Cause, CreditID: r.CreditID}
		if r.Gross, _, err = unsentOf(ctx, db, row); err != nil {
			return nil, err
		}
		if r.Gross > 0 {
			open = append(open, r)
		}
	}
	return open, nil
}

// unsentOf is how much of a failed refund is still to be sent in another way, and the one credit note that this pays out, if there is
// one. What had gone once and came back has to be sent again; else the credit note says what it still waits for. One that was begun
// elsewhere is owed as far as credit notes have counted it.
func unsentOf(ctx context.Context, db models.DB, r refundRow) (models.Pence, *int64, error) {
	var settled []shareRow
	err := db.SQL(ctx).Raw("SELECT document_id, SUM(gross_pence) AS gross_pence FROM credit_settlements WHERE refund_id = ? GROUP BY document_id ORDER BY document_id",
		r.ID).Scan(&settled).Error
	if err != nil {
		return 0, nil, models.Translate(err)
	}
	switch {
	case r.Cause == CauseExternal:
		var sum models.Pence
		for _, s := range settled {
			sum += s.GrossPence
		}
		if len(settled) == 1 {
			return sum, &settled[0].DocumentID, nil
		}
		return sum, nil, nil
	case r.CreditID == nil || len(settled) > 0:
		return r.GrossPence, r.CreditID, nil
	}
	note, err := documentByID(ctx, db, *r.CreditID)
	return min(r.GrossPence, note.ToRefund()), r.CreditID, err
}

// PayByBankInstead asks for a bank transfer in the place of a refund that did not arrive. Only the office may. Sent twice, it asks
// once. Errors: conflict when the refund has not failed, or its money has gone in another way; invalid when its money is not with us.
func PayByBankInstead(ctx context.Context, tx models.DB, actor access.Actor, refundID int64) (int64, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return 0, err
	}
	if err := lockMoney(ctx, tx); err != nil {
		return 0, err
	}
	failed, err := refundByID(ctx, tx, refundID)
	if err != nil {
		return 0, err
	}
	key := fmt.Sprintf("instead/%d", refundID)
	if before, err := requestedBefore(ctx, tx, key); before.ID != 0 || err != nil {
		return before.ID, err
	}
	if failed.Status != RefundReturned {
		return 0, models.Fail(models.KindConflict, "This refund has not failed, so nothing stands in its place")
	}
	left, credit, err := unsentOf(ctx, tx, failed)
	if err != nil {
		return 0, err
	}
	cause := failed.Cause
	switch {
	case left == 0:
		return 0, models.Fail(models.KindConflict, "The money of this refund has gone in another way, so nothing is left to send")
	case credit != nil || cause == CauseExternal:
		cause = CauseCredit
	case cause == "":
		return 0, errors.New("billing: a refund without a cause")
	}
	return RequestRefund(ctx, tx, actor, RefundWish{
		PaymentID: failed.PaymentID, Gross: left, Cause: cause, CreditID: credit, Method: ByBank, RequestKey: key, Replaces: &refundID,
	})
}
