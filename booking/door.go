package booking

import (
	"context"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
)

// DoorAnswer is what an organisation says of somebody who was put, at the door, on a place that it had bought.
type DoorAnswer string

// The answers. Somebody nobody has spoken for yet has none.
const (
	DoorOpen  DoorAnswer = ""
	DoorWorks DoorAnswer = "works-with-us"
	DoorNot   DoorAnswer = "does-not"
)

// TaskDoor is the kind of the office's task when an organisation says that it does not know who was put on its place.
const TaskDoor = "not-theirs"

// AtDoor is somebody who got an organisation's place by what was said at the door.
type AtDoor struct {
	PlaceID        int64
	BookingID      int64
	SessionID      int64
	OrganisationID int64
	Name, Email    string
	AddedAt        time.Time
	Answer         DoorAnswer
	AnsweredAt     *time.Time
}

// AtTheDoor lists the people an organisation has still to speak for, and those it has said no to, the newest last; its managers and
// the office may. Error: not found.
func AtTheDoor(ctx context.Context, db models.DB, scope access.Scope, organisationID int64) ([]AtDoor, error) {
	if _, err := access.FindOrganisation(ctx, db, scope, organisationID); err != nil {
		return nil, err
	}
	return doorNames(ctx, db, "d.answer <> ? AND b.organisation_id = ?", DoorWorks, organisationID)
}

// DoorOf reads who was put on a place at the door; false when nobody was, or when the organisation has said that they work with it.
func DoorOf(ctx context.Context, db models.DB, placeID int64) (AtDoor, bool, error) {
	found, err := doorNames(ctx, db, "d.answer <> ? AND d.place_id = ?", DoorWorks, placeID)
	if err != nil || len(found) == 0 {
		return AtDoor{}, false, err
	}
	return found[0], true, nil
}

// AnswerDoor keeps what a manager says of somebody who was put on one of the organisation's places at the door. Until they say yes,
// the licence opens none of the organisation's cases; yes is for good, no becomes a task for the office. Errors: not found, also
// for another organisation's; conflict when it was answered so already.
func AnswerDoor(ctx context.Context, tx models.DB, actor access.Actor, organisationID, placeID int64, works bool) (AtDoor, error) {
	if !actor.Manages(organisationID) {
		return AtDoor{}, noSuchDoor()
	}
	answer := DoorNot
	if works {
		answer = DoorWorks
	}
	if err := claimDoor(ctx, tx, actor, organisationID, placeID, answer); err != nil {
		return AtDoor{}, err
	}
	found, err := doorNames(ctx, tx, "d.place_id = ?", placeID)
	if err != nil {
		return AtDoor{}, err
	}
	one := found[0]
	if !works {
		if err := billing.Raise(ctx, tx, TaskDoor, "booking", one.BookingID, fmt.Sprintf(
			"%s got a place of %s at the door, and the organisation says that they do not work with it. Settle who pays for the place",
			one.Name, Booking{ID: one.BookingID}.Reference())); err != nil {
			return AtDoor{}, err
		}
	}
	return one, access.Record(ctx, tx, actor, access.Entry{
		Action: "door name answered", SubjectKind: "place", SubjectID: placeID, OrganisationID: &organisationID,
		Detail: map[string]any{"answer": answer},
	})
}

func noSuchDoor() *models.Error {
	return models.NotFound("Nobody waits for your answer under that number")
}
