package billing

import (
	"context"
	"errors"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// nightlySpan is how far a comparison looks back at least.
const nightlySpan = 48 * time.Hour

// Compare lays the processor's completed payments and refunds of the last two days, or since the last comparison when that is longer
// ago, beside our own. A payment or refund that is not here is recorded through the same functions as a webhook; sums that differ
// become tasks. One that fails does not stop the others, but then nothing counts as compared.
func (t Till) Compare(ctx context.Context, db models.DB) error {
	now := db.Now()
	since := now.Add(-nightlySpan)
	last, err := lastCheck(ctx, db, checkNightly, since)
	if err != nil {
		return err
	}
	if last.LookedTo.Before(since) {
		since = last.LookedTo.Add(-lookOverlap)
	}
	paid, paidErr := t.comparePaid(ctx, db, since)
	back, backErr := t.compareRefunds(ctx, db, since)
	if err := errors.Join(paidErr, backErr); err != nil {
		return err
	}
	return db.InTx(ctx, func(tx models.DB) error {
		return recordCheck(ctx, tx, checkRow{
			Kind: checkNightly, LookedFrom: since, LookedTo: now, Repaired: paid.repaired + back.repaired, Found: paid.found + back.found,
		})
	})
}

// compared counts what a comparison mended and what it left to the office.
type compared struct{ repaired, found int }

// add compares one thing in a transaction of its own and counts what came of it.
func (c *compared) add(ctx context.Context, db models.DB, compare func(tx models.DB) (compared, error)) error {
	var one compared
	err := db.InTx(ctx, func(tx models.DB) (err error) {
		one, err = compare(tx)
		return err
	})
	if err == nil {
		c.repaired, c.found = c.repaired+one.repaired, c.found+one.found
	}
	return err
}

func (t Till) comparePaid(ctx context.Context, db models.DB, since time.Time) (compared, error) {
	pages, err := t.Gateway.CompletedSince(ctx, since)
	if err != nil {
		return compared{}, fmt.Errorf("completed payments: %w", err)
	}
	var c compared
	var failed []error
	for _, page := range pages {
		if !page.Paid {
			continue
		}
		if err := c.add(ctx, db, func(tx models.DB) (compared, error) { return t.comparePage(ctx, tx, page) }); err != nil {
			failed = append(failed, fmt.Errorf("payment page %s: %w", page.ID, err))
		}
	}
	return c, errors.Join(failed...)
}

// comparePage compares one paid page with its payment here, and settles it when there is none.
func (t Till) comparePage(ctx context.Context, tx models.DB, page Checkout) (compared, error) {
	payment, err := paymentOfIntent(ctx, tx, page.PaymentIntent)
	switch {
	case err == nil && payment.GrossPence == page.AmountTotal && page.Currency == "gbp":
		return compared{}, nil
	case err == nil:
		return compared{found: 1}, raise(ctx, tx, "sums differ", "payment", payment.ID, fmt.Sprintf(
			"Stripe has %d %s for payment page %s, and we have %s. Look at it at Stripe and tell whoever keeps this program running",
			page.AmountTotal, page.Currency, page.ID, payment.GrossPence))
	case !errors.Is(err, models.ErrNoRow):
		return compared{}, err
	}
	if _, err := t.checkoutEvent(ctx, tx, "", page); err != nil {
		return compared{}, err
	}
	_, err = paymentOfIntent(ctx, tx, page.PaymentIntent)
	if errors.Is(err, models.ErrNoRow) { // nobody's here, or in another currency: there is a task about it
		return compared{found: 1}, nil
	}
	return compared{repaired: 1}, err
}

func (t Till) compareRefunds(ctx context.Context, db models.DB, since time.Time) (compared, error) {
	refunds, err := t.Gateway.RefundsSince(ctx, since)
	if err != nil {
		return compared{}, fmt.Errorf("refunds: %w", err)
	}
	var c compared
	var failed []error
	for _, refund := range refunds {
		if err := c.add(ctx, db, func(tx models.DB) (compared, error) { return compareRefund(ctx, tx, refund) }); err != nil {
			failed = append(failed, fmt.Errorf("refund %s: %w", refund.ID, err))
		}
	}
	return c, errors.Join(failed...)
}

// compareRefund compares one refund with its row here, and brings that row up to date.
func compareRefund(ctx context.Context, tx models.DB, refund Refund) (compared, error) {
	row, err := ourRefund(ctx, tx, refund)
	switch {
	case err == nil && row.GrossPence != refund.Amount:
		return compared{found: 1}, raise(ctx, tx, "sums differ", "refund", row.ID, fmt.Sprintf(
			"Stripe has a refund of %s as %s, and we have %s. Look at it at Stripe and tell whoever keeps this program running",
			refund.Amount, refund.ID, row.GrossPence))
	case err == nil && row.StripeRefundID != nil && !row.Status.CanBecome(refundStateAt(refund)):
		return compared{}, nil
	case err != nil && !errors.Is(err, models.ErrNoRow):
		return compared{}, err
	}
	outcome, err := refundEvent(ctx, tx, refund)
	switch outcome {
	case outcomeUnknown:
		return compared{found: 1}, err
	case "refund", "external":
		return compared{repaired: 1}, err
	}
	return compared{}, err
}
