package booking

import (
	"context"
	"errors"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// sweepAtMost bounds one round; the next goes on.
const sweepAtMost = 100

// Sweep ends the holds that have run out. A payment page is closed at the processor before its places are let go; when the
// customer was quicker, the booking is settled instead; with the processor out of reach the places stay held and the next round
// tries again. One hold that cannot be ended does not stop the others.
func Sweep(ctx context.Context, db models.DB, till billing.Till) error {
	ids, err := lapsedHolds(ctx, db, db.Now(), sweepAtMost)
	if err != nil {
		return err
	}
	var failed []error
	for _, id := range ids {
		if err := release(ctx, db, till, id); err != nil {
			failed = append(failed, fmt.Errorf("release booking %d: %w", id, err))
		}
	}
	return errors.Join(failed...)
}

func release(ctx context.Context, db models.DB, till billing.Till, id int64) error {
	paid, err := till.CloseCheckout(ctx, db, billing.Order{Kind: billing.BookingOrder, ID: id})
	if err != nil || paid {
		return err
	}
	return db.InTx(ctx, func(tx models.DB) error {
		session, err := sessionOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if _, err := scheduling.Claim(ctx, tx, session); err != nil {
			return err
		}
		if err := expireLapsed(ctx, tx, session); err != nil {
			return err
		}
		b, err := Find(ctx, tx, access.System().Scope(), id)
		if err != nil || b.Status != Expired { // confirmed meanwhile, or money may still come
			return err
		}
		return access.Record(ctx, tx, access.System(), access.Entry{Action: "hold ended", SubjectKind: "booking", SubjectID: id})
	})
}

// GiveUp lets a held booking go before its time, because the booker says so. It answers paid when a card payment was quicker: the
// booking is then confirmed and stays.
func GiveUp(ctx context.Context, db models.DB, till billing.Till, actor access.Actor, id int64) (paid bool, err error) {
	b, err := Find(ctx, db, actor.Scope(), id)
	if err != nil {
		return false, err
	}
	if paid, err = till.CloseCheckout(ctx, db, b.Order()); err != nil || paid {
		return paid, err
	}
	return false, db.InTx(ctx, func(tx models.DB) error {
		b, _, err := claimBooking(ctx, tx, actor.Scope(), id)
		if err != nil || b.Status == Expired {
			return err
		}
		if b.Status != Held {
			return models.Fail(models.KindConflict, "This booking is already confirmed")
		}
		if err := expireHeld(ctx, tx, b); err != nil {
			return err
		}
		return access.Record(ctx, tx, actor, access.Entry{Action: "hold given up", SubjectKind: "booking", SubjectID: id})
	})
}

// expireHeld ends one hold under its session's lock. One with a payment page open stays: money may still come for it.
func expireHeld(ctx context.Context, tx models.DB, b Booking) error {
	if _, err := billing.LiveAttempt(ctx, tx, b.Order()); !errors.Is(err, models.ErrNoRow) {
		return errors.Join(err, models.Fail(models.KindConflict, "A card payment for this booking is still open. Try again in a minute"))
	}
	if err := changePlaces(ctx, tx, b, []PlaceStatus{PlaceHeld}, PlaceReleased); err != nil {
		return err
	}
	return change(ctx, tx, b, map[string]any{"status": Expired, "ended_at": tx.Now()})
}
