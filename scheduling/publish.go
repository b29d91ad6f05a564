package scheduling

import (
	"context"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// Publish puts a draft on sale; the office may. It refuses a session that is no draft any more (conflict), one that has started,
// and an online one less than a week away without its link (field "join-link").
func Publish(ctx context.Context, tx models.DB, actor access.Actor, id int64) (Session, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return Session{}, err
	}
	s, err := Claim(ctx, tx, id)
	if err != nil {
		return Session{}, err
	}
	if !s.Status.CanBecome(Published) {
		return Session{}, models.Fail(models.KindConflict, "This session is not a draft any more")
	}
	if s.HasStarted(tx.Now()) {
		return Session{}, models.Fail(models.KindConflict, "This session’s start has passed. Open another one")
	}
	var p models.Problems
	checkLinkInTime(&p, s.Format, s.JoinLink, s.FirstStart(), tx.Now())
	if len(p) > 0 {
		return Session{}, p.Err()
	}
	if err := setStatus(ctx, tx, id, s.Status, Published); err != nil {
		return Session{}, err
	}
	s.Status = Published
	return s, recordSession(ctx, tx, actor, "session-published", id, s.organisation(), nil)
}

// CancelDraft gives up a session that nobody could book yet, and frees its trainers; the office may. A session that has been
// published is a conflict.
func CancelDraft(ctx context.Context, tx models.DB, actor access.Actor, id int64) (Session, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return Session{}, err
	}
	s, err := Claim(ctx, tx, id)
	if err != nil {
		return Session{}, err
	}
	if s.Status != Draft {
		return Session{}, models.Fail(models.KindConflict, "This session is not a draft any more")
	}
	if err := setStatus(ctx, tx, id, Draft, Cancelled); err != nil {
		return Session{}, err
	}
	if err := freeTrainers(ctx, tx, s); err != nil {
		return Session{}, err
	}
	s.Status = Cancelled
	return s, recordSession(ctx, tx, actor, "session-draft-cancelled", id, s.organisation(), nil)
}

// organisation is the id of the organisation whose own group it is, or 0.
func (s Session) organisation() int64 {
	if s.OrganisationID == nil {
		return 0
	}
	return *s.OrganisationID
}
