package scheduling

import (
	"context"

	"hub.salford.ac.uk/ssph/models"
)

// Claim takes the session's lock and reads the session whole. Every transaction that takes, keeps or counts places on a session
// begins with it: until that transaction ends, no other can claim the same session, so what it counts stays true. Sessions claimed
// together are claimed in ascending order of their ids. A session that is not there is not found. Claim says nothing about
// whether the session can be booked: see BookableAt.
func Claim(ctx context.Context, tx models.DB, sessionID int64) (Session, error) {
	if err := tx.MustBeTx(); err != nil {
		return Session{}, err
	}
	if err := lockSession(ctx, tx, sessionID); err != nil {
		return Session{}, err
	}
	return FindAny(ctx, tx, sessionID)
}
