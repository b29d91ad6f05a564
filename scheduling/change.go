package scheduling

import (
	"context"
	"strconv"
	"strings"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// SetCapacity changes how many places a claimed session has; the office may. taken is how many places are held, offered or
// confirmed, counted after Claim in the same transaction: there can never be fewer than those. What is wrong stands beside field
// "capacity". A session that was cancelled or is over is a conflict.
func SetCapacity(ctx context.Context, tx models.DB, actor access.Actor, s Session, capacity, taken int) (Session, error) {
	if err := mayChange(tx, actor, s); err != nil {
		return Session{}, err
	}
	var p models.Problems
	checkCapacity(&p, s.Route, capacity)
	if capacity < taken {
		p.Add(FieldCapacity, "%s taken already. Enter %d or more", placesAre(taken), taken)
	}
	if len(p) > 0 {
		return Session{}, p.Err()
	}
	was := s.Capacity
	if err := updateCapacity(ctx, tx, s.ID, was, capacity); err != nil {
		return Session{}, err
	}
	s.Capacity = capacity
	detail := map[string]int{"was": was, "is": capacity}
	return s, recordSession(ctx, tx, actor, "session-capacity-changed", s.ID, s.organisation(), detail)
}

// SetJoinLink changes the address of a claimed online session's video call; the office may. It may be emptied while the session is
// more than a week away. The audit keeps that it changed, not what it is. What is wrong stands beside field "join-link".
func SetJoinLink(ctx context.Context, tx models.DB, actor access.Actor, s Session, link string) (Session, error) {
	if err := mayChange(tx, actor, s); err != nil {
		return Session{}, err
	}
	link = strings.TrimSpace(link)
	var p models.Problems
	if s.Format != Online {
		p.Add(FieldJoinLink, "This session is face to face: it has no link")
	} else {
		checkJoinLink(&p, link)
		checkLinkInTime(&p, s.Format, link, s.FirstStart(), tx.Now())
	}
	if len(p) > 0 {
		return Session{}, p.Err()
	}
	if err := updateJoinLink(ctx, tx, s.ID, link); err != nil {
		return Session{}, err
	}
	s.JoinLink = link
	return s, recordSession(ctx, tx, actor, "session-link-changed", s.ID, s.organisation(), nil)
}

// mayChange refuses whoever is not the office, and a session that can no longer change.
func mayChange(tx models.DB, actor access.Actor, s Session) error {
	if err := tx.MustBeTx(); err != nil {
		return err
	}
	if err := actor.Require(access.RoleOffice); err != nil {
		return err
	}
	switch {
	case s.Status == Cancelled:
		return models.Fail(models.KindConflict, "This session has been cancelled. It cannot be changed")
	case s.IsOver(tx.Now()):
		return models.Fail(models.KindConflict, "This session is over. It cannot be changed")
	}
	return nil
}

func placesAre(n int) string {
	if n == 1 {
		return "1 place is"
	}
	return strconv.Itoa(n) + " places are"
}
