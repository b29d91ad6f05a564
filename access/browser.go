package access

import (
	"context"
	"errors"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// SessionStore keeps browser sessions in the database for scs, each under the hash of its token. Every method is its own small
// transaction, so that a session outlives a use case that fails.
//
// A session that was ended stays ended: a request of the same browser that was under way meanwhile cannot bring it back.
type SessionStore struct {
	db      models.DB
	machine models.Clock
}

// NewSessionStore makes the store over the pool.
func NewSessionStore(db models.DB) *SessionStore {
	return &SessionStore{db: db, machine: models.SystemClock{}}
}

// FindCtx returns a session's data; found is false when there is none or it has run out.
func (s *SessionStore) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	return findSession(ctx, s.db, hashSecret(token))
}

// CommitCtx keeps a session's data until expiry, unless the session was ended. scs counts expiry on the machine's clock; what is
// kept is counted on the program's own.
func (s *SessionStore) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	left := expiry.Sub(s.machine.Now())
	return s.db.InTx(ctx, func(tx models.DB) error {
		return upsertSession(ctx, tx, sessionRow{
			TokenHash: hashSecret(token), Data: data, ExpiresAt: models.Instant(tx.Now().Add(left)),
		})
	})
}

// DeleteCtx ends a session; one that does not exist is no error.
func (s *SessionStore) DeleteCtx(ctx context.Context, token string) error {
	return s.db.InTx(ctx, func(tx models.DB) error { return endSession(ctx, tx, hashSecret(token)) })
}

// errNoContext is a fault of the wiring: scs calls the methods with a context on every store that has them.
var errNoContext = errors.New("access: browser sessions need the request's context")

// Find is refused: scs asks for it, but uses FindCtx.
func (s *SessionStore) Find(string) (data []byte, found bool, err error) {
	return nil, false, errNoContext
}

// Commit is refused: scs asks for it, but uses CommitCtx.
func (s *SessionStore) Commit(string, []byte, time.Time) error { return errNoContext }

// Delete is refused: scs asks for it, but uses DeleteCtx.
func (s *SessionStore) Delete(string) error { return errNoContext }

// linksKept is how long a sign-in link that has ended is still known, so that its owner is told why it does not work.
const linksKept = 30 * 24 * time.Hour

// Cleanup removes browser sessions that have run out and sign-in links that ended a month ago, and says how many rows went. It
// may be run at any time and as often as wanted.
func Cleanup(ctx context.Context, tx models.DB) (int64, error) {
	if err := tx.MustBeTx(); err != nil {
		return 0, err
	}
	sessions, err := deleteSessionsBefore(ctx, tx, tx.Now())
	if err != nil {
		return 0, err
	}
	links, err := deleteLinksBefore(ctx, tx, tx.Now().Add(-linksKept))
	return sessions + links, err
}
