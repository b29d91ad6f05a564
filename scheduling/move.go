package scheduling

import (
	"context"
	"slices"
	"strings"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// Move is when and where a session is to be from now on, whole: what stays the same is given again.
type Move struct {
	Parts    []NewPart // as many as it has, in order
	VenueID  int64     // face to face only
	JoinLink string    // online only; may wait until a week before
}

// Moved is a session before and after a move.
type Moved struct {
	Before, After Session
	Number        int // 1 for the session's first move; 0 when nothing had changed
}

// Changed says that something did change.
func (m Moved) Changed() bool { return m.Number > 0 }

// LinkChanged says that people need a new link.
func (m Moved) LinkChanged() bool {
	return m.After.JoinLink != "" && m.After.JoinLink != m.Before.JoinLink
}

// MoveSession changes the times, the venue or the link of a claimed session that has not started; its own trainers and the office
// may. Its format and its number of parts stay. Nothing is written when something is wrong; the fields are those of OpenSession,
// and a trainer who is elsewhere is a conflict with field "trainers" whose cause is models.ErrOverlap. Telling people is
// booking's: see booking.Desk.MoveSession.
func MoveSession(ctx context.Context, tx models.DB, actor access.Actor, s Session, m Move) (Moved, error) {
	if err := mayMove(tx, actor, s); err != nil {
		return Moved{}, err
	}
	settings, err := access.LoadSettings(ctx, tx)
	if err != nil {
		return Moved{}, err
	}
	n := m.asNew(s)
	parts, problems := n.problems(tx.Now())
	if err := n.checkRows(ctx, tx, &problems); err != nil {
		return Moved{}, err
	}
	if len(m.Parts) != len(s.Parts) {
		problems.Add(FieldParts, "This session has %s. Enter as many", models.Count(len(s.Parts), "part"))
	}
	if len(problems) > 0 {
		return Moved{}, problems.Err()
	}
	if n.sameAs(s, parts) {
		return Moved{Before: s, After: s}, nil
	}
	busy := busySpans(parts, s.Format, time.Duration(settings.TravelMinutes)*time.Minute)
	if err := n.takeTrainers(ctx, tx, s.ID, parts, busy); err != nil {
		return Moved{}, err
	}
	if err := writeMove(ctx, tx, s, n, parts, busy); err != nil {
		return Moved{}, n.refusal(err)
	}
	return finishMove(ctx, tx, actor, s)
}

// mayMove refuses strangers, and a session that is past moving.
func mayMove(tx models.DB, actor access.Actor, s Session) error {
	if err := tx.MustBeTx(); err != nil {
		return err
	}
	if err := s.RequireTrainer(actor); err != nil {
		return err
	}
	switch {
	case s.Status == Cancelled:
		return models.Fail(models.KindConflict, "This session has been cancelled. It cannot be moved")
	case s.HasStarted(tx.Now()):
		return models.Fail(models.KindConflict, "This session has already started. It cannot be moved")
	}
	return nil
}

// asNew is the session as it would be opened after the move, to be checked by the same rules.
func (m Move) asNew(s Session) NewSession {
	n := NewSession{
		CourseID: s.CourseID, Route: s.Route, Format: s.Format, VenueID: m.VenueID, JoinLink: strings.TrimSpace(m.JoinLink),
		Captions: s.Captions, OrganisationID: s.organisation(), Capacity: s.Capacity, Parts: m.Parts, Publish: s.Status == Published,
	}
	for _, t := range s.Trainers {
		n.TrainerIDs = append(n.TrainerIDs, t.ID)
	}
	slices.Sort(n.TrainerIDs) // the order of their locks
	return n
}

// sameAs says that the move changes nothing.
func (n NewSession) sameAs(s Session, parts []Part) bool {
	if s.Venue != nil && s.Venue.ID != n.VenueID || s.JoinLink != n.JoinLink {
		return false
	}
	return slices.EqualFunc(s.Parts, parts, func(a, b Part) bool {
		return a.StartsAt.Equal(b.StartsAt) && a.EndsAt.Equal(b.EndsAt)
	})
}

// finishMove keeps where the session was and reads it as it is now. The audit keeps no link.
func finishMove(ctx context.Context, tx models.DB, actor access.Actor, before Session) (Moved, error) {
	number, err := insertMove(ctx, tx, actor, before)
	if err != nil {
		return Moved{}, err
	}
	after, err := FindAny(ctx, tx, before.ID)
	if err != nil {
		return Moved{}, err
	}
	moved := Moved{Before: before, After: after, Number: number}
	return moved, recordSession(ctx, tx, actor, "session-moved", before.ID, before.organisation(), map[string]any{
		"move": number, "from": before.starts(), "to": after.starts(), "link_changed": before.JoinLink != after.JoinLink,
	})
}

// starts lists when the parts start, in UTC.
func (s Session) starts() []time.Time {
	starts := make([]time.Time, len(s.Parts))
	for i, p := range s.Parts {
		starts[i] = p.StartsAt
	}
	return starts
}
