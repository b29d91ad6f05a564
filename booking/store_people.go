package booking

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// writeNames writes who takes each place. All names are taken off first, so that two people may change places.
func writeNames(ctx context.Context, tx models.DB, b Booking, people []PersonNamed) error {
	res := tx.SQL(ctx).Model(&placeRow{}).Where("booking_id = ?", b.ID).Updates(nobody())
	if err := models.Affected(res, int64(len(b.Places)), fmt.Errorf("booking %d: places are missing", b.ID)); err != nil {
		return err
	}
	for i, p := range people {
		if p.empty() {
			continue
		}
		if err := writeName(ctx, tx, b.Places[i], p); err != nil {
			return err
		}
	}
	return nil
}

// takeNameOff leaves a place without a person.
func takeNameOff(ctx context.Context, tx models.DB, placeID int64) error {
	res := tx.SQL(ctx).Model(&placeRow{}).Where("id = ?", placeID).Updates(nobody())
	return models.Affected(res, 1, fmt.Errorf("place %d is missing", placeID))
}

// nobody is a place without a person.
func nobody() map[string]any {
	return map[string]any{"name": "", "email": "", "person_id": nil, "named_at": nil}
}

// writeName puts a person on one place. On a place that is sold they get a record of their own, known by the address; on one that
// is only held they get none yet: what a visitor types, and may never buy, makes nobody known to us and gives nobody a name.
func writeName(ctx context.Context, tx models.DB, place Place, p PersonNamed) error {
	columns := map[string]any{"name": p.Name, "email": p.Email, "person_id": nil, "named_at": tx.Now()}
	if place.Status == PlaceConfirmed {
		person, err := access.FindOrCreatePerson(ctx, tx, p.Name, p.Email)
		if err != nil {
			return err
		}
		columns["person_id"] = person.ID
	}
	res := tx.SQL(ctx).Model(&placeRow{}).Where("id = ? AND status = ?", place.ID, place.Status).Updates(columns)
	return models.Affected(res, 1, models.Fail(models.KindConflict, "This place changed meanwhile. Look at the booking again"))
}

// makeKnown gives everybody named on a booking that was just confirmed their record.
func makeKnown(ctx context.Context, tx models.DB, booking int64) error {
	b, err := Find(ctx, tx, access.System().Scope(), booking)
	if err != nil {
		return err
	}
	for _, p := range b.Places {
		if !p.Named() || p.PersonID != nil {
			continue
		}
		person, err := access.FindOrCreatePerson(ctx, tx, p.Name, p.Email)
		if err != nil {
			return err
		}
		res := tx.SQL(ctx).Model(&placeRow{}).Where("id = ?", p.ID).Update("person_id", person.ID)
		if err := models.Affected(res, 1, fmt.Errorf("place %d is missing", p.ID)); err != nil {
			return err
		}
	}
	return nil
}

// countInvite notes that a place's calendar entry is sent or taken back once more, and returns its sequence number, from 0.
func countInvite(ctx context.Context, tx models.DB, place Place) (int, error) {
	res := tx.SQL(ctx).Exec("UPDATE places SET invites = invites + 1 WHERE id = ?", place.ID)
	if err := models.Affected(res, 1, fmt.Errorf("place %d is missing", place.ID)); err != nil {
		return 0, err
	}
	counted, err := placeByID(ctx, tx, place.ID)
	return counted.Invites - 1, err
}

func placeByID(ctx context.Context, db models.DB, id int64) (Place, error) {
	var row placeRow
	if err := db.SQL(ctx).Where("id = ?", id).Take(&row).Error; err != nil {
		return Place{}, fmt.Errorf("place %d: %w", id, models.Translate(err))
	}
	return row.place(), nil
}

// resizePlaces adds places at the end, or takes them away from there. Only the places of a hold are ever deleted: nothing was sold.
func resizePlaces(ctx context.Context, tx models.DB, b Booking, to int) error {
	if err := change(ctx, tx, b, map[string]any{"place_count": to}); err != nil {
		return err
	}
	if to > len(b.Places) {
		return insertPlaces(ctx, tx, bookingRow{ID: b.ID, SessionID: b.SessionID}, len(b.Places)+1, to)
	}
	res := tx.SQL(ctx).Where("booking_id = ? AND ordinal > ? AND status = ?", b.ID, to, PlaceHeld).Delete(&placeRow{})
	return models.Affected(res, int64(len(b.Places)-to), fmt.Errorf("booking %d: places are missing", b.ID))
}
