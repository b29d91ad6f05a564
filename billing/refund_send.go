package billing

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"hub.salford.ac.uk/ssph/models"
)

// sendRefund asks the processor to send a refund, outside any transaction and under the refund's own idempotency key.
func (t Till) sendRefund(ctx context.Context, db models.DB, id int64) error {
	row, err := refundByID(ctx, db, id)
	if err != nil || row.Status != RefundWanted {
		return err
	}
	payment, err := paymentByID(ctx, db, row.PaymentID)
	if err != nil {
		return err
	}
	if payment.PaymentIntent == nil {
		return fmt.Errorf("refund %d: payment %d was not by card", id, payment.ID)
	}
	sent, err := t.sendOnce(ctx, db, row, *payment.PaymentIntent)
	switch {
	case errors.Is(err, ErrGatewayShort): // the sweep asks again
		return db.InTx(ctx, func(tx models.DB) error {
			return raise(ctx, tx, "refund waits", "refund", id, fmt.Sprintf(
				"A refund of %s waits, because our account at Stripe holds too little. It goes by itself once there is enough", row.GrossPence))
		})
	case errors.Is(err, ErrGatewayRefused), errors.Is(err, ErrNoCheckout): // it would refuse again: a person sends the money in another way
		return t.refused(ctx, db, row, payment, err)
	case err != nil:
		return fmt.Errorf("refund %d: %w", id, err)
	}
	return db.InTx(ctx, func(tx models.DB) error { return applyRefund(ctx, tx, id, sent) })
}

// sendOnce sends a refund. One that was asked for some time ago may have gone without our hearing of it, and the processor forgets
// keys after a day: it is looked for first.
func (t Till) sendOnce(ctx context.Context, db models.DB, row refundRow, intent string) (Refund, error) {
	id := strconv.FormatInt(row.ID, 10)
	if row.CreatedAt.Before(db.Now().Add(-refundAfter)) {
		made, err := t.Gateway.RefundsOf(ctx, intent)
		if err != nil {
			return Refund{}, err
		}
		for _, refund := range made {
			if refund.Metadata["refund_id"] == id {
				return refund, nil
			}
		}
	}
	return t.Gateway.Refund(ctx, RefundRequest{ID: id, PaymentIntent: intent, Amount: row.GrossPence, Reason: row.Cause.reason()})
}

// refused ends a refund that the processor would not take. Before anybody is asked to send the money in another way, it is looked
// whether somebody has sent it at the processor itself.
func (t Till) refused(ctx context.Context, db models.DB, row refundRow, payment paymentRow, why error) error {
	others, err := t.Gateway.RefundsOf(ctx, *payment.PaymentIntent)
	if err != nil && !errors.Is(err, ErrNoCheckout) {
		return fmt.Errorf("refund %d: %w", row.ID, err)
	}
	return db.InTx(ctx, func(tx models.DB) error {
		if _, err := refundEvents(ctx, tx, others); err != nil {
			return err
		}
		return refuseRefund(ctx, tx, row, why)
	})
}

// refuseRefund ends a refund whose money is still here. What somebody has sent elsewhere counts towards its credit note; the office
// is asked to send what is left.
func refuseRefund(ctx context.Context, tx models.DB, row refundRow, why error) error {
	if err := lockMoney(ctx, tx); err != nil {
		return err
	}
	if moved, err := giveUpRefund(ctx, tx, row.ID, why); err != nil || !moved {
		return err
	}
	return refundMoved(ctx, tx, row, RefundReturned, tx.Today())
}
