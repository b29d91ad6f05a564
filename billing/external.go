package billing

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// refundEvents applies news of every refund of one payment. The word of the last is the outcome.
func refundEvents(ctx context.Context, tx models.DB, refunds []Refund) (string, error) {
	outcome := "refund"
	for _, refund := range refunds {
		var err error
		if outcome, err = refundEvent(ctx, tx, refund); err != nil {
			return "", err
		}
	}
	return outcome, nil
}

// refundEvent applies news of a refund: one we asked for, known by its id or by the number of ours that travels with it, or one
// that somebody began at the processor itself. Money is always recorded; no place is ever cancelled by it.
func refundEvent(ctx context.Context, tx models.DB, refund Refund) (string, error) {
	if err := lockMoney(ctx, tx); err != nil {
		return "", err
	}
	row, err := ourRefund(ctx, tx, refund)
	switch {
	case err == nil:
		return "refund", applyRefund(ctx, tx, row.ID, refund)
	case !errors.Is(err, models.ErrNoRow):
		return "", err
	case refundStateAt(refund) == RefundReturned: // it came to nothing before we heard of it
		return "ignored", nil
	}
	return recordExternal(ctx, tx, refund)
}

// ourRefund finds the row of a refund. One that carries a number of ours must be of the same payment and amount as that row; a row
// that we gave up is not found by its number, for somebody may have sent its money in another way: what went all the same is new.
func ourRefund(ctx context.Context, db models.DB, refund Refund) (refundRow, error) {
	row, err := refundOfStripe(ctx, db, refund.ID)
	if !errors.Is(err, models.ErrNoRow) {
		return row, err
	}
	id, bad := strconv.ParseInt(refund.Metadata["refund_id"], 10, 64)
	if bad != nil {
		return row, err
	}
	return refundNumbered(ctx, db, id, refund)
}

// recordExternal writes down a refund that was begun at the processor itself, and asks the office what it means.
func recordExternal(ctx context.Context, tx models.DB, refund Refund) (string, error) {
	payment, err := paymentOfIntent(ctx, tx, refund.PaymentIntent)
	if errors.Is(err, models.ErrNoRow) {
		return outcomeUnknown, raise(ctx, tx, "unknown refund", "refund "+refund.ID, 0,
			"Stripe reports a refund of "+refund.Amount.String()+" of a payment that is not recorded here. Look at "+refund.ID+" at Stripe")
	}
	if err != nil {
		return "", err
	}
	row := refundRow{
		PaymentID: payment.ID, Method: string(ByCard), GrossPence: refund.Amount, Cause: CauseExternal, RequestKey: "external/" + refund.ID,
		Status: RefundWanted, StripeRefundID: &refund.ID, CreatedAt: tx.Now(),
	}
	if err := insertRefund(ctx, tx, &row); err != nil {
		return "", err
	}
	if err := finishTaskAbout(ctx, tx, access.System(), "unknown refund", "refund "+refund.ID, 0); err != nil {
		return "", err
	}
	err = raise(ctx, tx, taskOutside, "refund", row.ID,
		"A refund of "+refund.Amount.String()+" was made at Stripe, not here. No place was cancelled. Decide whether a credit note is due")
	if err != nil {
		return "", err
	}
	err = access.Record(ctx, tx, access.System(), access.Entry{
		Action: "refund from outside recorded", SubjectKind: "payment", SubjectID: payment.ID,
		Detail: map[string]any{"refund": row.ID, "gross_pence": row.GrossPence},
	})
	if err != nil {
		return "", err
	}
	if err := applyRefund(ctx, tx, row.ID, refund); err != nil {
		return "", err
	}
	if err := countWaiting(ctx, tx, payment.ID); err != nil {
		return "", err
	}
	return "external", finishDone(ctx, tx)
}

// sayOutside says in the office's task how much of a refund begun elsewhere is still accounted for by no credit note.
func sayOutside(ctx context.Context, tx models.DB, refund refundRow) error {
	counted, err := sharedOut(ctx, tx, refund.ID)
	if err != nil || counted >= refund.GrossPence {
		return err
	}
	return resay(ctx, tx, taskOutside, "refund", refund.ID, fmt.Sprintf(
		"A refund of %s was made at Stripe, not here. Credit notes account for %s of it. Decide whether one is due for the other %s",
		refund.GrossPence, counted, refund.GrossPence-counted))
}
