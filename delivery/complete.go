package delivery

import (
	"context"
	"strconv"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// Completion is the record that a person attended every part of a session, or made up elsewhere what they missed. It is never changed
// or deleted.
type Completion struct {
	ID             int64
	SessionID      int64 // of the place; a part of it may have been made up in another
	ClosedBy       int64 // the session whose completing made it: the same, or where the last part was made up
	PlaceID        int64
	PersonID       int64
	PersonName     string // as the place names them
	Email          string
	LastAttended   models.Date // the London day of the last part they attended
	CompletedAt    time.Time
	CompletedBy    *int64     // the person who completed the session; nil for the program itself
	OrganisationID *int64     // the organisation that bought the place
	WithdrawnAt    *time.Time // set when it was undone
	Reason         string     // why it was undone
	Demonstration  bool
}

// Live says that the completion stands.
func (c Completion) Live() bool { return c.WithdrawnAt == nil }

// Complete closes the register of a session and makes a completion for everybody who was present or late in every part, or made up
// in another session what they missed, all in the transaction it is given. Whoever missed a part gets none until they make it up:
// then it is the completing of that other session that makes theirs. A session that is completed already stays as it is, and its
// completions that stand are returned, however many ask at once. Errors: forbidden for anybody but the session's trainers and the
// office; conflict before the last part is nearly over, and while somebody is not marked in a part.
func Complete(ctx context.Context, tx models.DB, actor access.Actor, sessionID int64) ([]Completion, error) {
	session, err := claimLinked(ctx, tx, sessionID)
	if err != nil {
		return nil, err
	}
	if err := takesPlace(session, actor); err != nil {
		return nil, err
	}
	_, closed, err := closingOf(ctx, tx, sessionID)
	if err != nil || closed {
		return standing(ctx, tx, sessionID, err)
	}
	registers, err := registersOf(ctx, tx, actor, session)
	if err != nil {
		return nil, err
	}
	if err := ready(registers, tx.Now()); err != nil {
		return nil, err
	}
	if err := closeRegister(ctx, tx, actor, session, registers); err != nil {
		return nil, err
	}
	return standing(ctx, tx, sessionID, nil)
}

// standing reads the completions that the completing of a session made and that were not withdrawn, unless something failed before.
func standing(ctx context.Context, tx models.DB, sessionID int64, failed error) ([]Completion, error) {
	if failed != nil {
		return nil, failed
	}
	return Completions(ctx, tx, access.System().Scope(), Filter{ClosedBy: sessionID, Live: true})
}

// completableFrom is when a session can be completed at the earliest: so many minutes before the end of its last part as the setting
// of that day says, and never before that part begins. A certificate proves a day that was attended, not one that has begun.
func completableFrom(ctx context.Context, db models.DB, s scheduling.Session) (time.Time, error) {
	last := s.Parts[len(s.Parts)-1]
	settings, err := access.SettingsOn(ctx, db, last.Day())
	from := last.EndsAt.Add(-time.Duration(settings.CompletionMinutes) * time.Minute)
	if from.Before(last.StartsAt) {
		from = last.StartsAt
	}
	return from, err
}

// OpensLine says from when a session can be completed: "You can complete this session from 3:30pm on Thursday 14 January 2027".
func OpensLine(opens time.Time) string {
	return "You can complete this session from " + models.ClockTime(opens) + " on " + models.DateOf(opens).Long()
}

// ready says why a session cannot be completed yet.
func ready(registers []Register, now time.Time) error {
	if opens := registers[0].OpensAt; now.Before(opens) {
		return models.Fail(models.KindConflict, "%s", OpensLine(opens))
	}
	people, others := 0, 0
	for _, r := range registers {
		progress := r.Progress()
		people, others = progress.People, others+len(r.CatchUps)
		if left := progress.Left(); left > 0 {
			return models.Fail(models.KindConflict, "%s. Mark everybody here, late or absent first", stillToMark(left, r.Part, len(registers)))
		}
	}
	if people+others == 0 {
		return models.Fail(models.KindConflict, "Nobody is named on this session, so there is nobody to complete it for")
	}
	return nil
}

// stillToMark counts who is missing: "1 person is not marked yet", with the part where there are several.
func stillToMark(left int, part scheduling.Part, parts int) string {
	line := strconv.Itoa(left) + " people are not marked yet"
	if left == 1 {
		line = "1 person is not marked yet"
	}
	if parts > 1 {
		line += " in part " + strconv.Itoa(part.Ordinal)
	}
	return line
}

func closeRegister(ctx context.Context, tx models.DB, actor access.Actor, s scheduling.Session, registers []Register) error {
	a, err := attendanceOf(ctx, tx, registers, 0)
	if err != nil {
		return err
	}
	others, err := finishedBy(ctx, tx, registers)
	if err != nil {
		return err
	}
	closing, err := insertClosing(ctx, tx, actor, s.ID)
	if err != nil {
		return err
	}
	outcomes := map[int64]booking.Outcome{}
	var completed []completionRow
	for i, row := range registers[0].Rows {
		if !row.Named() {
			continue
		}
		parts := a.parts(i)
		outcomes[row.PlaceID] = outcomeOf(len(parts), len(registers))
		if len(parts) == len(registers) {
			completed = append(completed, closing.completion(tx, actor, s.ID, row, parts))
		}
	}
	if err := booking.MarkAttended(ctx, tx, s, outcomes); err != nil {
		return err
	}
	for _, f := range others {
		completed = append(completed, closing.completion(tx, actor, f.session.ID, f.Row, f.parts))
		if err := booking.MarkAttended(ctx, tx, f.session, map[int64]booking.Outcome{f.PlaceID: booking.OutcomeAttended}); err != nil {
			return err
		}
	}
	if err := insertCompletions(ctx, tx, completed); err != nil {
		return err
	}
	return access.Record(ctx, tx, actor, access.Entry{
		Action: "session-completed", SubjectKind: "session", SubjectID: s.ID, OrganisationID: s.OrganisationID,
		Detail: map[string]int{"round": closing.Round, "people": len(outcomes), "completed": len(completed)},
	})
}

// completion is the row of somebody with a place on a session, who attended these parts.
func (k closingRow) completion(tx models.DB, actor access.Actor, sessionID int64, row Row, parts []scheduling.Part) completionRow {
	return completionRow{
		ClosingID: k.ID, SessionID: sessionID, PlaceID: row.PlaceID, PersonID: *row.PersonID, OrganisationID: row.OrganisationID,
		LastAttended: lastDay(parts), CompletedAt: tx.Now(), CompletedBy: personOf(actor), Demonstration: row.Demonstration,
	}
}

// outcomeOf is what became of a place whose person attended so many parts of so many.
func outcomeOf(attended, parts int) booking.Outcome {
	switch attended {
	case parts:
		return booking.OutcomeAttended
	case 0:
		return booking.OutcomeNoShow
	}
	return booking.OutcomePart
}
