package delivery

import (
	"context"
	"strings"
	"unicode/utf8"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// longestReason is the most letters a reason may have.
const longestReason = 500

// PreviewUndo lists the completions that Undo would withdraw, by name, for the person to see first. Errors as for Undo.
func PreviewUndo(ctx context.Context, db models.DB, actor access.Actor, sessionID int64) ([]Completion, error) {
	session, err := scheduling.FindAny(ctx, db, sessionID)
	if err != nil {
		return nil, err
	}
	if _, err := undoable(ctx, db, actor, session); err != nil {
		return nil, err
	}
	return standing(ctx, db, sessionID, nil)
}

// Undo withdraws every completion of a session that stands and opens its register again, until the end of the London day on
// which it was completed. Its marks stay, to be corrected. It returns what it has withdrawn. Errors: forbidden for anybody but the
// session's trainers and the office; conflict when the session is not completed, on a later day, or while a completion made by
// another session rests on this register; invalid with field "reason".
func Undo(ctx context.Context, tx models.DB, actor access.Actor, sessionID int64, reason string) ([]Completion, error) {
	reason, err := tidyReason(reason)
	if err != nil {
		return nil, err
	}
	session, err := claimLinked(ctx, tx, sessionID)
	if err != nil {
		return nil, err
	}
	closing, err := undoable(ctx, tx, actor, session)
	if err != nil {
		return nil, err
	}
	all, err := standing(ctx, tx, sessionID, nil)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if err := withdraw(ctx, tx, actor, &all[i], reason); err != nil {
			return nil, err
		}
	}
	return all, reopen(ctx, tx, actor, session, closing, reason)
}

// Withdraw undoes one completion under the rules of Undo; one that is withdrawn already stays as it is. When it was the last of
// its session, the register is open again, as after Undo.
func Withdraw(ctx context.Context, tx models.DB, actor access.Actor, completionID int64, reason string) error {
	reason, err := tidyReason(reason)
	if err != nil {
		return err
	}
	c, err := CompletionByID(ctx, tx, access.System().Scope(), completionID)
	if err != nil {
		return err
	}
	session, err := claimLinked(ctx, tx, c.ClosedBy)
	if err != nil {
		return err
	}
	if err := session.RequireTrainer(actor); err != nil {
		return err
	}
	if c, err = CompletionByID(ctx, tx, access.System().Scope(), completionID); err != nil || !c.Live() {
		return err
	}
	closing, err := undoable(ctx, tx, actor, session)
	if err != nil {
		return err
	}
	if err := withdraw(ctx, tx, actor, &c, reason); err != nil {
		return err
	}
	left, err := standing(ctx, tx, session.ID, nil)
	if err != nil || len(left) > 0 {
		return err
	}
	return reopen(ctx, tx, actor, session, closing, reason)
}

// undoable says why a session's completions cannot be undone by this actor now, or gives the closing to undo.
func undoable(ctx context.Context, db models.DB, actor access.Actor, s scheduling.Session) (closingRow, error) {
	if err := s.RequireTrainer(actor); err != nil {
		return closingRow{}, err
	}
	closing, closed, err := closingOf(ctx, db, s.ID)
	switch {
	case err != nil:
		return closingRow{}, err
	case !closed:
		return closingRow{}, models.Fail(models.KindConflict, "This session is not completed, so there is nothing to undo")
	case models.DateOf(closing.ClosedAt) != db.Today():
		return closingRow{}, models.Fail(models.KindConflict, "This session was completed on %s. It could be undone until the end of that day",
			models.DateOf(closing.ClosedAt).Long())
	}
	return closing, alone(ctx, db, s)
}

// alone refuses to open a register again on which, with a part made up, a completion rests that another session made.
func alone(ctx context.Context, db models.DB, s scheduling.Session) error {
	others, err := restingOn(ctx, db, s.ID)
	if err != nil || len(others) == 0 {
		return err
	}
	other, err := scheduling.FindAny(ctx, db, others[0])
	if err != nil {
		return err
	}
	return models.Fail(models.KindConflict, "Somebody caught up a part, and their certificate came with the session of %s. Undo that one first", other.DaysLine())
}

func withdraw(ctx context.Context, tx models.DB, actor access.Actor, c *Completion, reason string) error {
	if err := insertWithdrawal(ctx, tx, actor, c.ID, reason); err != nil {
		return err
	}
	now := tx.Now()
	c.WithdrawnAt, c.Reason = &now, reason
	return access.Record(ctx, tx, actor, access.Entry{
		Action: "completion-withdrawn", SubjectKind: "completion", SubjectID: c.ID, OrganisationID: c.OrganisationID,
		Detail: map[string]int64{"session": c.SessionID, "person": c.PersonID},
	})
}

func reopen(ctx context.Context, tx models.DB, actor access.Actor, s scheduling.Session, closing closingRow, reason string) error {
	if err := insertReopening(ctx, tx, actor, closing.ID, reason); err != nil {
		return err
	}
	outcomes, err := booking.Outcomes(ctx, tx, s.ID)
	if err != nil {
		return err
	}
	for place := range outcomes {
		outcomes[place] = booking.OutcomeOpen
	}
	if err := booking.MarkAttended(ctx, tx, s, outcomes); err != nil {
		return err
	}
	if err := missedAgain(ctx, tx, s); err != nil {
		return err
	}
	return access.Record(ctx, tx, actor, access.Entry{
		Action: "register-opened-again", SubjectKind: "session", SubjectID: s.ID, OrganisationID: s.OrganisationID,
		Detail: map[string]int{"round": closing.Round},
	})
}

// missedAgain takes from the places on other sessions what was made up in this one, whose register has been opened again.
func missedAgain(ctx context.Context, tx models.DB, s scheduling.Session) error {
	registers, err := registersOf(ctx, tx, access.System(), s)
	if err != nil {
		return err
	}
	for _, id := range missedSessions(registers) {
		own, err := closedRegisters(ctx, tx, id)
		if err != nil {
			return err
		}
		if own == nil {
			continue
		}
		a, err := attendanceOf(ctx, tx, own, 0)
		if err != nil {
			return err
		}
		outcomes := map[int64]booking.Outcome{}
		for i, row := range own[0].Rows {
			if comesTo(registers, row.PlaceID) {
				outcomes[row.PlaceID] = outcomeOf(len(a.parts(i)), len(own))
			}
		}
		if err := booking.MarkAttended(ctx, tx, own[0].Session, outcomes); err != nil {
			return err
		}
	}
	return nil
}

// tidyReason brings a reason to the form in which it is kept; an empty or too long one is invalid with field "reason".
func tidyReason(typed string) (string, error) {
	reason := strings.Join(strings.Fields(typed), " ")
	switch {
	case reason == "":
		return "", models.Invalid("reason", "Say why this is undone")
	case utf8.RuneCountInString(reason) > longestReason || !utf8.ValidString(reason):
		return "", models.Invalid("reason", "Use %d characters or fewer", longestReason)
	}
	return reason, nil
}
