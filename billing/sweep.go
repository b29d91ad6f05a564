package billing

import (
	"context"
	"errors"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// sweepAfter is how long a payment page is left alone before the sweep asks about it: the return page and the webhook come first.
const sweepAfter = time.Minute

// sweepAtMost bounds one round; the next round goes on.
const sweepAtMost = 100

// lostAfter is how long after its end an attempt without a payment page is taken for one whose page was opened just before the
// program died; refundAfter is how long a refund is left to its own job.
const (
	lostAfter   = 5 * time.Minute
	refundAfter = 10 * time.Minute
)

// Sweep asks the processor about every payment page that is still open here, in case its webhook never came; about every attempt that
// was about to open one when the program died; and about refunds that have not been answered. One that fails does not stop the
// others.
func (t Till) Sweep(ctx context.Context, db models.DB) error {
	return errors.Join(t.sweepOpen(ctx, db), t.sweepLost(ctx, db), t.sweepRefunds(ctx, db))
}

func (t Till) sweepOpen(ctx context.Context, db models.DB) error {
	rows, err := openAttempts(ctx, db, db.Now().Add(-sweepAfter))
	if err != nil {
		return err
	}
	var failed []error
	for _, row := range rows {
		_, err := t.Settle(ctx, db, *row.CheckoutID)
		failed = append(failed, err)
	}
	return errors.Join(failed...)
}

// sweepLost asks again for the page of an attempt that never got to know it: under the same key the processor answers with the page
// there is, and refuses when there is none.
func (t Till) sweepLost(ctx context.Context, db models.DB) error {
	rows, err := lostAttempts(ctx, db, db.Now().Add(-lostAfter))
	if err != nil {
		return err
	}
	var failed []error
	for _, row := range rows {
		failed = append(failed, t.recover(ctx, db, row))
	}
	return errors.Join(failed...)
}

func (t Till) recover(ctx context.Context, db models.DB, row attemptRow) error {
	_, err := t.OpenCheckout(ctx, db, row.attempt())
	if errors.Is(err, ErrGatewayRefused) { // there never was a page: the attempt has ended
		return nil
	}
	if err != nil {
		return err
	}
	id, err := checkoutOf(ctx, db, row.ID)
	if err != nil || id == "" {
		return err
	}
	_, err = t.Settle(ctx, db, id)
	return err
}

// sweepRefunds sends again what its job gave up, and looks again at what the processor said was on its way.
func (t Till) sweepRefunds(ctx context.Context, db models.DB) error {
	rows, err := unansweredRefunds(ctx, db, db.Now().Add(-refundAfter))
	if err != nil {
		return err
	}
	var failed []error
	for _, row := range rows {
		if row.StripeRefundID == nil {
			failed = append(failed, t.sendRefund(ctx, db, row.ID))
			continue
		}
		refund, err := t.Gateway.RefundByID(ctx, *row.StripeRefundID)
		if err == nil {
			err = db.InTx(ctx, func(tx models.DB) error { return applyRefund(ctx, tx, row.ID, refund) })
		}
		failed = append(failed, err)
	}
	return errors.Join(failed...)
}
