package billing

import (
	"context"
	"errors"
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// OpenCheckout opens the payment page of an attempt and returns its address. The processor is asked outside any transaction,
// under the attempt's own idempotency key: asking again after a crash or a time-out answers with the same page. It returns
// ErrGatewayDown when the processor cannot be reached; the hold then stands and the customer may try again.
func (t Till) OpenCheckout(ctx context.Context, db models.DB, attempt Attempt) (string, error) {
	if attempt.Status == AttemptOpen {
		return attempt.URL, nil
	}
	row, err := attemptByID(ctx, db, attempt.ID)
	if err != nil {
		return "", err
	}
	request, err := row.checkoutRequest()
	if err != nil {
		return "", err
	}
	checkout, err := t.Gateway.OpenCheckout(ctx, request)
	if errors.Is(err, ErrGatewayRefused) { // it would refuse this attempt again: the next press begins another
		err = errors.Join(err, db.InTx(ctx, func(tx models.DB) error {
			_, err := move(ctx, tx, attempt.ID, AttemptExpired)
			return err
		}))
	}
	if err != nil {
		return "", fmt.Errorf("open the payment page of attempt %d: %w", attempt.ID, err)
	}
	return checkout.URL, db.InTx(ctx, func(tx models.DB) error {
		return openAttempt(ctx, tx, attempt.ID, checkout)
	})
}

// CloseCheckout makes sure that no more money can come for an order's live attempt: before its places are released, moved to
// another way of paying or changed. It answers paid when the customer was quicker; the payment is then settled. With the
// processor out of reach the error is ErrGatewayDown and nothing has changed.
func (t Till) CloseCheckout(ctx context.Context, db models.DB, order Order) (paid bool, err error) {
	attempt, err := LiveAttempt(ctx, db, order)
	if errors.Is(err, models.ErrNoRow) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	id, err := checkoutOf(ctx, db, attempt.ID)
	if err != nil {
		return false, err
	}
	if id == "" { // never opened, so never shown to anybody
		return false, db.InTx(ctx, func(tx models.DB) error {
			_, err := move(ctx, tx, attempt.ID, AttemptExpired)
			return err
		})
	}
	if _, err := t.Gateway.ExpireCheckout(ctx, id); err != nil {
		return false, fmt.Errorf("close the payment page of attempt %d: %w", attempt.ID, err)
	}
	settled, err := t.Settle(ctx, db, id)
	return settled == AttemptPaid, err
}

func checkoutOf(ctx context.Context, db models.DB, attempt int64) (string, error) {
	row, err := attemptByID(ctx, db, attempt)
	if err != nil || row.CheckoutID == nil {
		return "", err
	}
	return *row.CheckoutID, nil
}
