package scheduling

import (
	"context"

	"hub.salford.ac.uk/ssph/models"
)

// Find reads a session that anybody may see: open access, published or cancelled. Its join link is left out. Any other session is
// not found.
func Find(ctx context.Context, db models.DB, id int64) (Session, error) {
	s, err := FindAny(ctx, db, id)
	if err != nil {
		return Session{}, err
	}
	if s.Route != OpenAccess || s.Status == Draft {
		return Session{}, noSuchSession()
	}
	s.JoinLink = ""
	return s, nil
}

// FindAny reads any session whole, for callers who already know that the person may see it: the office, a place's own page, a
// mail to the person who has the place. A session that is not there is not found.
func FindAny(ctx context.Context, db models.DB, id int64) (Session, error) {
	sessions, err := sessionsByID(ctx, db, id)
	if err != nil {
		return Session{}, err
	}
	if len(sessions) == 0 {
		return Session{}, noSuchSession()
	}
	return sessions[0], nil
}

// FindMany reads sessions whole by their ids, in a fixed number of queries, for lists of bookings or documents. An id that is not
// there is left out.
func FindMany(ctx context.Context, db models.DB, ids []int64) (map[int64]Session, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	sessions, err := sessionsByID(ctx, db, ids...)
	if err != nil {
		return nil, err
	}
	byID := make(map[int64]Session, len(sessions))
	for _, s := range sessions {
		byID[s.ID] = s
	}
	return byID, nil
}
