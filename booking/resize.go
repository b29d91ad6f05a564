package booking

import (
	"context"
	"errors"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
)

// Resize changes the number of places of a booking that is still held. People named for places that remain stay named; those
// beyond the new number are dropped from the end. Errors as for Hold.
func Resize(ctx context.Context, tx models.DB, actor access.Actor, id int64, places int) (Booking, error) {
	b, session, err := claimBooking(ctx, tx, actor.Scope(), id)
	if err != nil {
		return Booking{}, err
	}
	if err := stillHeld(b, tx); err != nil {
		return Booking{}, err
	}
	if places == len(b.Places) {
		return b, nil
	}
	if _, err := billing.LiveAttempt(ctx, tx, b.Order()); !errors.Is(err, models.ErrNoRow) {
		return Booking{}, errors.Join(err, models.Fail(models.KindConflict, "A payment page is open for this booking, so its places cannot change now"))
	}
	tariff, err := billing.LoadTariff(ctx, tx)
	if err != nil {
		return Booking{}, err
	}
	if err := expireLapsed(ctx, tx, session.ID); err != nil {
		return Booking{}, err
	}
	taken, err := takenByOthers(ctx, tx, session.ID, b.ID)
	if err != nil {
		return Booking{}, err
	}
	if err := fits(session, tariff, places, session.Capacity-taken, tx.Now()); err != nil {
		return Booking{}, err
	}
	if err := resizePlaces(ctx, tx, b, places); err != nil {
		return Booking{}, err
	}
	err = access.Record(ctx, tx, actor, access.Entry{
		Action: "number of places changed", SubjectKind: "booking", SubjectID: b.ID,
		Detail: map[string]any{"from": len(b.Places), "to": places},
	})
	if err != nil {
		return Booking{}, err
	}
	return Find(ctx, tx, actor.Scope(), id)
}
