package scheduling

import (
	"context"
	"errors"

	"hub.salford.ac.uk/ssph/models"
)

// lockSession is the session lock on both engines: the changed row is PostgreSQL's lock, the write is SQLite's.
func lockSession(ctx context.Context, tx models.DB, id int64) error {
	res := tx.SQL(ctx).Exec("UPDATE sessions SET claims = claims + 1 WHERE id = ?", id)
	return models.Affected(res, 1, noSuchSession())
}

// lockTrainer locks a trainer's diary; false when there is no such trainer who may be put on new sessions.
func lockTrainer(ctx context.Context, tx models.DB, id int64) (bool, error) {
	notThere := errors.New("no such active trainer")
	err := models.Affected(tx.SQL(ctx).Exec("UPDATE trainers SET active = TRUE WHERE id = ? AND active", id), 1, notThere)
	if errors.Is(err, notThere) {
		return false, nil
	}
	return err == nil, err
}
