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
	var rows []eventRow
	err := db.SQL(ctx).Where("outcome = ? AND received_at >= ?", outcomeUnknown, since).Order("created_at").Limit(sweepAtMost).Find(&rows).Error
	if err != nil {
		return models.Translate(err)
	}
	var failed []error
	for _, r := range rows {
		event := Event{ID: r.ID, Type: r.Type, ObjectID: r.ObjectID, APIVersion: r.APIVersion, Created: r.CreatedAt}
		failed = append(failed, t.Receive(ctx, db, event))
	}
	return errors.Join(failed...)
}

// lastCheck is the latest comparison of a kind, or, before the first, one that ended at an instant.
func lastCheck(ctx context.Context, db models.DB, kind string, orAt time.Time) (checkRow, error) {
	var last checkRow
	err := models.Translate(db.SQL(ctx).Where("kind = ?", kind).Order("looked_to DESC").Take(&last).Error)
	if errors.Is(err, models.ErrNoRow) {
		return checkRow{LookedTo: orAt}, nil
	}
	return last, err
}

func unseenDays(ctx context.Context, tx models.DB, last checkRow, since time.Time) error {
	return raise(ctx, tx, "unseen days", "check", last.ID, fmt.Sprintf(
		"We did not look at Stripe from %s to %s, and it no longer tells what happened then. Compare those days with the list of payments at Stripe",
		models.DateOf(last.LookedTo), models.DateOf(since)))
}

func eventSeen(ctx context.Context, db models.DB, id string) (bool, error) {
	var count int64
	err := db.SQL(ctx).Model(&eventRow{}).Where("id = ?", id).Count(&count).Error
	return count > 0, models.Translate(err)
}

func recordCheck(ctx context.Context, tx models.DB, row checkRow) error {
	row.FinishedAt = tx.Now()
	return models.Translate(tx.SQL(ctx).Create(&row).Error)
}
