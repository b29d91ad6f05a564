package billing

import (
	"context"
	"errors"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// FailedRefunds lists the refunds that did not arrive and whose money is still to be sent in another way, the oldest first, each with
// what is left of it: another refund may stand for it, one that was begun at Stripe itself may have paid its credit note, or a lost
// dispute may have brought the money to the customer. Only the office may ask.
func FailedRefunds(ctx context.Context, db models.DB, actor access.Actor) ([]RefundToDo, error) {
	failed, err := readRefunds(ctx, db, actor, "r.status = 'failed' AND NOT EXISTS (SELECT 1 FROM refunds n WHERE n.replaces_id = r.id)")
	if err != nil {
		return nil, err
	}
	var open []RefundToDo
	left := map[int64]map[int64]unsent{}
	for _, r := range failed {
		if left[r.PaymentID] == nil {
			if left[r.PaymentID], err = unsentOn(ctx, db, r.PaymentID); err != nil {
				return nil, err
			}
		}
		u := left[r.PaymentID][r.ID]
		if r.Gross, r.Waiting, r.Held = u.gross(), u.waiting, u.held; r.Gross > 0 {
			open = append(open, r)
		}
	}
	return open, nil
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
	left, err := unsentOf(ctx, tx, failed)
	if err != nil {
		return 0, err
	}
	cause := failed.Cause
	switch {
	case left.gross() == 0:
		return 0, models.Fail(models.KindConflict, "The money of this refund has gone in another way, so nothing is left to send")
	case left.held:
		return 0, models.Invalid("amount", "The cardholder’s bank has this money until the dispute about it has ended, so %s cannot be sent now", left.gross())
	case left.credit != nil || cause == CauseExternal:
		cause = CauseCredit
	case cause == "":
		return 0, errors.New("billing: a refund without a cause")
	}
	return RequestRefund(ctx, tx, actor, RefundWish{
		PaymentID: failed.PaymentID, Gross: left.gross(), Cause: cause, CreditID: left.credit, Method: ByBank, RequestKey: key, Replaces: &refundID,
	})
}
