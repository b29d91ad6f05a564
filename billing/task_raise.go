package billing

import (
	"context"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// Raise writes a task for the office on behalf of another capability, in the transaction of its cause, once for each kind and cause.
// The sentence says what happened and what to do.
func Raise(ctx context.Context, tx models.DB, kind, aboutKind string, aboutID int64, sentence string) error {
	if err := tx.MustBeTx(); err != nil {
		return err
	}
	return raise(ctx, tx, kind, aboutKind, aboutID, sentence)
}

// Finished marks a task that another capability raised as done, in the transaction of what it asked for, which writes the audit row.
// One that is done already, or never was, is no error.
func Finished(ctx context.Context, tx models.DB, actor access.Actor, kind, aboutKind string, aboutID int64) error {
	if err := tx.MustBeTx(); err != nil {
		return err
	}
	return finishTaskAbout(ctx, tx, actor, kind, aboutKind, aboutID)
}
