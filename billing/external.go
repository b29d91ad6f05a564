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
	var row refundRow
	err := models.Translate(db.SQL(ctx).Where("stripe_refund_id = ?", refund.ID).Take(&row).Error)
	if !errors.Is(err, models.ErrNoRow) {
		return row, err
	}
	id, bad := strconv.ParseInt(refund.Metadata["refund_id"], 10, 64)
	if bad != nil {
		return row, err
	}
	row = refundRow{}
	err = db.SQL(ctx).Where("id = ? AND method = ? AND stripe_refund_id IS NULL AND status <> ? AND gross_pence = ?", id, ByCard, RefundReturned, refund.Amount).
		Where("payment_id IN (SELECT p.id FROM payments p WHERE p.payment_intent = ?)", refund.PaymentIntent).Take(&row).Error
	return row, models.Translate(err)
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
	if err := tx.SQL(ctx).Create(&row).Error; err != nil {
		return "", models.Translate(err)
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
	var counted models.Pence
	err := tx.SQL(ctx).Raw("SELECT COALESCE(SUM(gross_pence), 0) FROM refund_shares WHERE refund_id = ?", refund.ID).Scan(&counted).Error
	if err != nil || counted >= refund.GrossPence {
		return models.Translate(err)
	}
	return resay(ctx, tx, taskOutside, "refund", refund.ID, fmt.Sprintf(
		"A refund of %s was made at Stripe, not here. Credit notes account for %s of it. Decide whether one is due for the other %s",
		refund.GrossPence, counted, refund.GrossPence-counted))
}

func paymentOfIntent(ctx context.Context, db models.DB, intent string) (paymentRow, error) {
	var row paymentRow
	return row, models.Translate(db.SQL(ctx).Where("payment_intent = ?", intent).Take(&row).Error)
}
