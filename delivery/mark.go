package delivery

import (
	"context"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// Mark is what the register says of a person in one part.
type Mark string

// The marks; empty while a person is not marked. Who comes late has attended.
const (
	Unmarked Mark = ""
	Present  Mark = "present"
	Late     Mark = "late"
	Absent   Mark = "absent"
)

// ParseMark reads a mark as a form sends it. Anything else is invalid with field "mark".
func ParseMark(s string) (Mark, error) {
	switch m := Mark(s); m {
	case Present, Late, Absent:
		return m, nil
	}
	return "", models.Invalid("mark", "Choose here, late or absent")
}

// Attended says that the person was there.
func (m Mark) Attended() bool { return m == Present || m == Late }

// Title is the mark as the register shows it.
func (m Mark) Title() string {
	switch m {
	case Present:
		return "Here"
	case Late:
		return "Late"
	case Absent:
		return "Absent"
	}
	return "Not marked yet"
}

// MarkPerson marks the person of one place in the part of this number. Marking the same again changes nothing, and a mark may be
// corrected until the session is completed. Errors: forbidden for anybody but the session's trainers and the office; conflict
// before the part's London day, for a place without a name, and once the session is completed; not found for a part or a place
// that the session does not have.
func MarkPerson(ctx context.Context, tx models.DB, actor access.Actor, sessionID int64, part int, placeID int64, mark Mark) error {
	if _, err := ParseMark(string(mark)); err != nil {
		return err
	}
	sheet, err := openSheet(ctx, tx, actor, sessionID, part)
	if err != nil {
		return err
	}
	row, err := sheet.row(placeID)
	if err != nil {
		return err
	}
	return sheet.mark(ctx, tx, actor, row, mark)
}

// MarkAll marks everybody who is not marked yet as present in the part of this number, and says how many that were. Marks that are
// there stay. Errors as for MarkPerson.
func MarkAll(ctx context.Context, tx models.DB, actor access.Actor, sessionID int64, part int) (int, error) {
	sheet, err := openSheet(ctx, tx, actor, sessionID, part)
	if err != nil {
		return 0, err
	}
	marked := 0
	for _, row := range sheet.Rows {
		if !row.Named() || row.Mark != Unmarked {
			continue
		}
		if err := sheet.mark(ctx, tx, actor, row, Present); err != nil {
			return 0, err
		}
		marked++
	}
	return marked, nil
}

// openSheet claims the session and reads the register of one part, to be written in now.
func openSheet(ctx context.Context, tx models.DB, actor access.Actor, sessionID int64, part int) (Register, error) {
	session, err := claimOpen(ctx, tx, actor, sessionID)
	if err != nil {
		return Register{}, err
	}
	sheet, err := registerOf(ctx, tx, actor, session, part)
	if err != nil {
		return Register{}, err
	}
	if !sheet.Begun {
		return Register{}, models.Fail(models.KindConflict, "The register of this part opens on %s", sheet.Part.Day().Long())
	}
	return sheet, nil
}

// claimOpen claims a session whose register may be written in: it takes place, and it is not completed.
func claimOpen(ctx context.Context, tx models.DB, actor access.Actor, sessionID int64) (scheduling.Session, error) {
	session, err := scheduling.Claim(ctx, tx, sessionID)
	if err != nil {
		return scheduling.Session{}, err
	}
	if err := takesPlace(session, actor); err != nil {
		return scheduling.Session{}, err
	}
	closed, found, err := closingOf(ctx, tx, sessionID)
	if err != nil {
		return scheduling.Session{}, err
	}
	if found {
		return scheduling.Session{}, models.Fail(models.KindConflict, "This session was completed on %s. Its register can no longer change",
			models.When(closed.ClosedAt))
	}
	return session, nil
}

// takesPlace refuses strangers, and a session that has no register.
func takesPlace(s scheduling.Session, actor access.Actor) error {
	if err := s.RequireTrainer(actor); err != nil {
		return err
	}
	if s.Status != scheduling.Published {
		return models.Fail(models.KindConflict, "This session has no register: it is not published or has been cancelled")
	}
	return nil
}

// mark writes one mark and its audit row; the same mark of the same person changes nothing.
func (r Register) mark(ctx context.Context, tx models.DB, actor access.Actor, row Row, mark Mark) error {
	switch {
	case !row.Named():
		return models.Fail(models.KindConflict, "Nobody is named for this place. Enter the person’s name first")
	case row.Mark == mark:
		return nil
	}
	if err := writeMark(ctx, tx, actor, r.Part.ID, row, mark); err != nil {
		return err
	}
	return access.Record(ctx, tx, actor, access.Entry{
		Action: "attendance-marked", SubjectKind: "place", SubjectID: row.PlaceID, OrganisationID: row.OrganisationID,
		Detail: map[string]any{"part": r.Part.ID, "person": *row.PersonID, "was": row.Mark, "is": mark},
	})
}

// row finds a place in the register.
func (r Register) row(placeID int64) (Row, error) {
	for _, row := range r.Rows {
		if row.PlaceID == placeID {
			return row, nil
		}
	}
	return Row{}, models.NotFound("This session has no such place")
}

// NameOnTheDay names the person who came on a place that nobody is named for, so that they can be marked. Errors as for
// MarkPerson; and invalid with field "name" or "email".
func NameOnTheDay(ctx context.Context, tx models.DB, actor access.Actor, sessionID, placeID int64, person booking.PersonNamed) error {
	session, err := claimBegun(ctx, tx, actor, sessionID)
	if err != nil {
		return err
	}
	return booking.NameOnTheDay(ctx, tx, actor, session, placeID, person)
}

// AddWalkIn adds somebody who came without a place, see booking.WalkIn for the rules. Errors as for MarkPerson; and those of
// booking.WalkIn.
func AddWalkIn(ctx context.Context, tx models.DB, actor access.Actor, sessionID int64, came booking.Came) (booking.WalkedIn, error) {
	session, err := claimBegun(ctx, tx, actor, sessionID)
	if err != nil {
		return booking.WalkedIn{}, err
	}
	return booking.WalkIn(ctx, tx, actor, session, came)
}

// claimBegun is claimOpen on or after the session's first London day.
func claimBegun(ctx context.Context, tx models.DB, actor access.Actor, sessionID int64) (scheduling.Session, error) {
	session, err := claimOpen(ctx, tx, actor, sessionID)
	if err == nil && tx.Today().Before(session.FirstDay()) {
		err = models.Fail(models.KindConflict, "The register of this session opens on %s", session.FirstDay().Long())
	}
	return session, err
}
