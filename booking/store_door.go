package booking

import (
	"context"
	"errors"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// doorRow marks a place whose person was named at the door: nobody of those who bought it has said that they know them.
type doorRow struct {
	PlaceID    int64 `gorm:"primaryKey;autoIncrement:false"`
	PersonID   int64 `gorm:"primaryKey;autoIncrement:false"`
	AddedAt    time.Time
	AddedBy    *int64
	Answer     DoorAnswer
	AnsweredAt *time.Time
	AnsweredBy *int64
}

func (doorRow) TableName() string { return "door_names" }

func insertDoor(ctx context.Context, tx models.DB, actor access.Actor, place Place) error {
	if place.PersonID == nil {
		return errors.New("door: the place has no person")
	}
	row := doorRow{PlaceID: place.ID, PersonID: *place.PersonID, AddedAt: tx.Now(), Answer: DoorOpen}
	if actor.SignedIn() {
		row.AddedBy = &actor.PersonID
	}
	return models.Affected(tx.SQL(ctx).Create(&row), 1, errors.New("the name at the door was not written"))
}

// claimDoor writes an answer unless it stands already. A place whose person was since taken off is nobody's to speak for.
func claimDoor(ctx context.Context, tx models.DB, actor access.Actor, organisationID, placeID int64, answer DoorAnswer) error {
	theirs := `place_id = ? AND EXISTS (SELECT 1 FROM places p JOIN bookings b ON b.id = p.booking_id
		WHERE p.id = door_names.place_id AND p.person_id = door_names.person_id AND b.organisation_id = ?)`
	res := tx.SQL(ctx).Model(&doorRow{}).Where(theirs+" AND answer <> ? AND answer <> ?", placeID, organisationID, DoorWorks, answer).
		Updates(map[string]any{"answer": answer, "answered_at": tx.Now(), "answered_by": actor.PersonID})
	if res.Error != nil || res.RowsAffected == 1 {
		return models.Translate(res.Error)
	}
	var there int64
	if err := tx.SQL(ctx).Model(&doorRow{}).Where(theirs, placeID, organisationID).Count(&there).Error; err != nil {
		return models.Translate(err)
	}
	if there == 0 {
		return noSuchDoor()
	}
	return models.Fail(models.KindConflict, "This was answered already. Look at the page again")
}

// doorNames reads who was put on a place at the door: which, is a condition over door_names d, places p and bookings b.
func doorNames(ctx context.Context, db models.DB, which string, args ...any) ([]AtDoor, error) {
	var all []AtDoor
	err := db.SQL(ctx).Table("door_names d").Where(which, args...).Select(`d.place_id, p.booking_id, p.session_id, b.organisation_id, p.name, p.email, d.added_at, d.answer,
		d.answered_at`).Joins("JOIN places p ON p.id = d.place_id AND p.person_id = d.person_id JOIN bookings b ON b.id = p.booking_id").
		Order("d.added_at, d.place_id").Scan(&all).Error
	return all, models.Translate(err)
}
