package booking

import (
	"context"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// Outcome is what became of a confirmed place on the day.
type Outcome string

// The outcomes. A place that nothing is recorded of is open.
const (
	OutcomeOpen     Outcome = "open" // not yet known, or its record was taken back
	OutcomeAttended Outcome = "attended"
	OutcomePart     Outcome = "attended-part" // some parts of several
	OutcomeNoShow   Outcome = "no-show"       // the place stays bought: nobody else used it
)

// Attendee is a confirmed place of a session as its register knows it.
type Attendee struct {
	PlaceID        int64
	BookingID      int64
	Ordinal        int    // of the place within its booking
	Name           string // empty while nobody is named
	Email          string
	PersonID       *int64
	OrganisationID *int64 // the buying organisation
	Organisation   string // who booked: the organisation, or the booker
	Demonstration  bool
}

// Named says that a person has the place.
func (a Attendee) Named() bool { return a.PersonID != nil }

// Attendees lists the confirmed places of a session by name, unnamed ones last; its own trainers and the office may ask.
func Attendees(ctx context.Context, db models.DB, actor access.Actor, s scheduling.Session) ([]Attendee, error) {
	if err := s.RequireTrainer(actor); err != nil {
		return nil, err
	}
	return attendeesOf(ctx, db, s.ID)
}

// MarkAttended records what became of places of a claimed session when its register closes, or that it is open again. The caller
// has checked who may, and writes the audit of the session. A place that is not confirmed on the session is a conflict.
func MarkAttended(ctx context.Context, tx models.DB, s scheduling.Session, outcomes map[int64]Outcome) error {
	if err := tx.MustBeTx(); err != nil {
		return err
	}
	all, err := attendeesOf(ctx, tx, s.ID)
	if err != nil {
		return err
	}
	known := 0
	for _, a := range all {
		outcome, there := outcomes[a.PlaceID]
		if !there {
			continue
		}
		known++
		if err := writeOutcome(ctx, tx, a.PlaceID, outcome); err != nil {
			return err
		}
	}
	if known != len(outcomes) {
		return models.Fail(models.KindConflict, "A place changed meanwhile. Look at the register again")
	}
	return nil
}

// Outcomes says what became of the places of a session; one that is left out is open.
func Outcomes(ctx context.Context, db models.DB, sessionID int64) (map[int64]Outcome, error) {
	return outcomesOf(ctx, db, sessionID)
}
