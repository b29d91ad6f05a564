package billing

import (
	"context"
	"errors"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// The two comparisons.
const (
	checkEvents  = "events"
	checkNightly = "nightly"
)

const (
	firstLook    = 3 * 24 * time.Hour // how far the first look at missed events goes back
	lookOverlap  = time.Hour          // an event may appear late in the processor's list
	eventsMargin = time.Hour          // before the processor forgets
)

// CatchUp looks for events that no webhook brought, and acts on them as if it had; and again at those that were about money we had
// not heard of. It begins where the last look ended; when that is longer ago than the processor remembers, a task says which days
// nobody can see. The processor's word on what was delivered is not relied on: it knows nothing of a webhook that was switched off.
// One event that fails does not stop the others, but then nothing counts as looked at.
func (t Till) CatchUp(ctx context.Context, db models.DB) error {
	now := db.Now()
	last, err := lastCheck(ctx, db, checkEvents, now.Add(-firstLook))
	if err != nil {
		return err
	}
	since, remembered := last.LookedTo.Add(-lookOverlap), now.Add(eventsMargin-EventsKept)
	if since.Before(remembered) {
		since = remembered
	}
	repaired, err := t.receiveMissed(ctx, db, since)
	if err := errors.Join(err, t.retryUnknown(ctx, db, now.Add(-firstLook))); err != nil {
		return err
	}
	return db.InTx(ctx, func(tx models.DB) error {
		if last.LookedTo.Before(since) {
			if err := unseenDays(ctx, tx, last, since); err != nil {
				return err
			}
		}
		return recordCheck(ctx, tx, checkRow{Kind: checkEvents, LookedFrom: since, LookedTo: now, Repaired: repaired})
	})
}

// receiveMissed acts on every event since that instant that is not known here.
func (t Till) receiveMissed(ctx context.Context, db models.DB, since time.Time) (repaired int, err error) {
	events, err := t.Gateway.EventsSince(ctx, EventQuery{Since: since})
	if err != nil {
		return 0, fmt.Errorf("missed events: %w", err)
	}
	var failed []error
	for _, event := range events {
		seen, err := eventSeen(ctx, db, event.ID)
		if err != nil {
			return repaired, err
		}
		if seen {
			continue
		}
		if err := t.Receive(ctx, db, event); err != nil {
			failed = append(failed, fmt.Errorf("missed event %s (%s): %w", event.ID, event.Type, err))
			continue
		}
		repaired++
	}
	return repaired, errors.Join(failed...)
}

// retryUnknown looks again at events about money that was not recorded here: news of a refund or a dispute may have come before that
// of its payment. They stay as they were written, and once their money is known doing it again changes nothing.
func (t Till) retryUnknown(ctx context.Context, db models.DB, since time.Time) error {
	events, err := unknownEvents(ctx, db, since)
	if err != nil {
		return err
	}
	var failed []error
	for _, event := range events {
		failed = append(failed, t.Receive(ctx, db, event))
	}
	return errors.Join(failed...)
}

func unseenDays(ctx context.Context, tx models.DB, last checkRow, since time.Time) error {
	return raise(ctx, tx, "unseen days", "check", last.ID, fmt.Sprintf(
		"We did not look at Stripe from %s to %s, and it no longer tells what happened then. Compare those days with the list of payments at Stripe",
		models.DateOf(last.LookedTo), models.DateOf(since)))
}
