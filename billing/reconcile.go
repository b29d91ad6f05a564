package billing

import (
	"context"
	"errors"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// checkRow says how far one comparison with the processor has come.
type checkRow struct {
	ID         int64
	Kind       string
	LookedFrom time.Time
	LookedTo   time.Time
	Repaired   int
	Found      int
	FinishedAt time.Time
}

func (checkRow) TableName() string { return "stripe_checks" }

// The two comparisons.
const (
	checkEvents  = "events"
	checkNightly = "nightly"
)

const (
	firstLook    = 3 * 24 * time.Hour // how far the first look at missed events goes back
	lookOverlap  = time.Hour          // an event may appear late in the processor's list
	nightlySpan  = 48 * time.Hour
	eventsMargin = time.Hour // before the processor forgets
)

// CatchUp looks for events that no webhook brought, and acts on them as if it had. It begins where the last look ended; when that is
// longer ago than the processor remembers, a task says which days nobody can see. Nothing counts as seen until all of it is done.
func (t Till) CatchUp(ctx context.Context, db models.DB) error {
	now := db.Now()
	since, err := t.lookFrom(ctx, db, now)
	if err != nil {
		return err
	}
	events, err := t.Gateway.EventsSince(ctx, EventQuery{Since: since, Missed: true})
	if err != nil {
		return fmt.Errorf("missed events: %w", err)
	}
	repaired := 0
	for _, event := range events {
		seen, err := eventSeen(ctx, db, event.ID)
		if err != nil {
			return err
		}
		if seen {
			continue
		}
		if err := t.Receive(ctx, db, event); err != nil {
			return fmt.Errorf("missed event %s (%s): %w", event.ID, event.Type, err)
		}
		repaired++
	}
	return recordCheck(ctx, db, checkRow{Kind: checkEvents, LookedFrom: since, LookedTo: now, Repaired: repaired})
}

// lookFrom says from when events are to be looked at.
func (t Till) lookFrom(ctx context.Context, db models.DB, now time.Time) (time.Time, error) {
	var last checkRow
	err := models.Translate(db.SQL(ctx).Where("kind = ?", checkEvents).Order("looked_to DESC").Take(&last).Error)
	if errors.Is(err, models.ErrNoRow) {
		return now.Add(-firstLook), nil
	}
	if err != nil {
		return time.Time{}, err
	}
	since, remembered := last.LookedTo.Add(-lookOverlap), now.Add(eventsMargin-EventsKept)
	if !since.Before(remembered) {
		return since, nil
	}
	return remembered, db.InTx(ctx, func(tx models.DB) error {
		return raise(ctx, tx, "unseen days", "check", last.ID, fmt.Sprintf(
			"We did not look at Stripe from %s to %s, and it no longer tells what happened then. Compare those days with the list of payments at Stripe",
			models.DateOf(last.LookedTo), models.DateOf(remembered)))
	})
}

func eventSeen(ctx context.Context, db models.DB, id string) (bool, error) {
	var count int64
	err := db.SQL(ctx).Model(&eventRow{}).Where("id = ?", id).Count(&count).Error
	return count > 0, models.Translate(err)
}

func recordCheck(ctx context.Context, db models.DB, row checkRow) error {
	return db.InTx(ctx, func(tx models.DB) error {
		row.FinishedAt = tx.Now()
		return models.Translate(tx.SQL(ctx).Create(&row).Error)
	})
}

// Compare lays the processor's completed payments and refunds of the last two days beside our own. A payment or refund that is not
// here is recorded through the same functions as a webhook; sums that differ become tasks.
func (t Till) Compare(ctx context.Context, db models.DB) error {
	now := db.Now()
	since := now.Add(-nightlySpan)
	paid, err := t.comparePaid(ctx, db, since)
	if err != nil {
		return err
	}
	back, err := t.compareRefunds(ctx, db, since)
	if err != nil {
		return err
	}
	return recordCheck(ctx, db, checkRow{
		Kind: checkNightly, LookedFrom: since, LookedTo: now, Repaired: paid.repaired + back.repaired, Found: paid.found + back.found,
	})
}

// compared counts what a comparison mended and what it left to the office.
type compared struct{ repaired, found int }

func (t Till) comparePaid(ctx context.Context, db models.DB, since time.Time) (compared, error) {
	var c compared
	pages, err := t.Gateway.CompletedSince(ctx, since)
	if err != nil {
		return c, fmt.Errorf("completed payments: %w", err)
	}
	for _, page := range pages {
		if !page.Paid {
			continue
		}
		payment, err := paymentOfIntent(ctx, db, page.PaymentIntent)
		switch {
		case errors.Is(err, models.ErrNoRow):
			c.repaired++
			err = db.InTx(ctx, func(tx models.DB) error {
				_, err := t.checkoutEvent(ctx, tx, page)
				return err
			})
		case err == nil && (payment.GrossPence != page.AmountTotal || page.Currency != "gbp"):
			c.found++
			err = db.InTx(ctx, func(tx models.DB) error { return differs(ctx, tx, payment, page) })
		}
		if err != nil {
			return c, fmt.Errorf("payment page %s: %w", page.ID, err)
		}
	}
	return c, nil
}

func differs(ctx context.Context, tx models.DB, payment paymentRow, page Checkout) error {
	return raise(ctx, tx, "sums differ", "payment", payment.ID, fmt.Sprintf(
		"Stripe has %d %s for payment page %s, and we have %s. Look at it at Stripe and tell whoever keeps this program running",
		page.AmountTotal, page.Currency, page.ID, payment.GrossPence))
}

func (t Till) compareRefunds(ctx context.Context, db models.DB, since time.Time) (compared, error) {
	var c compared
	refunds, err := t.Gateway.RefundsSince(ctx, since)
	if err != nil {
		return c, fmt.Errorf("refunds: %w", err)
	}
	for _, refund := range refunds {
		row, err := ourRefund(ctx, db, refund)
		if err == nil && (row.Status == refundStateAt(refund) || !row.Status.CanBecome(refundStateAt(refund))) && row.StripeRefundID != nil {
			continue
		}
		if err != nil && !errors.Is(err, models.ErrNoRow) {
			return c, err
		}
		c.repaired++
		err = db.InTx(ctx, func(tx models.DB) error {
			_, err := refundEvent(ctx, tx, refund)
			return err
		})
		if err != nil {
			return c, fmt.Errorf("refund %s: %w", refund.ID, err)
		}
	}
	return c, nil
}
