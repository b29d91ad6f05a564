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

// raise writes a task for the office, once for each kind and cause.
func raise(ctx context.Context, tx models.DB, kind, aboutKind string, aboutID int64, sentence string) error {
	return models.Translate(tx.SQL(ctx).Exec(
		`INSERT INTO office_tasks (kind, about_kind, about_id, sentence, created_at) VALUES (?, ?, ?, ?, ?)
		 ON CONFLICT (kind, about_kind, about_id) DO NOTHING`, kind, aboutKind, aboutID, sentence, tx.Now()).Error)
}

// raiseAgain writes a task, also when one of the same kind and cause was done before: what it asks for is to do once more.
func raiseAgain(ctx context.Context, tx models.DB, kind, aboutKind string, aboutID int64, sentence string) error {
	return models.Translate(tx.SQL(ctx).Exec(
		`INSERT INTO office_tasks (kind, about_kind, about_id, sentence, created_at) VALUES (?, ?, ?, ?, ?)
		 ON CONFLICT (kind, about_kind, about_id) DO UPDATE SET sentence = excluded.sentence, created_at = excluded.created_at, done_at = NULL, done_by = NULL`,
		kind, aboutKind, aboutID, sentence, tx.Now()).Error)
}

// resay puts another sentence in an open task; one that is done, or never was, is no error.
func resay(ctx context.Context, tx models.DB, kind, aboutKind string, aboutID int64, sentence string) error {
	return models.Translate(tx.SQL(ctx).Exec("UPDATE office_tasks SET sentence = ? WHERE kind = ? AND about_kind = ? AND about_id = ? AND done_at IS NULL",
		sentence, kind, aboutKind, aboutID).Error)
}

// finishTaskAbout marks a task as done because what it asked for has happened; one that is done already, or never was, is no error.
func finishTaskAbout(ctx context.Context, tx models.DB, actor access.Actor, kind, aboutKind string, aboutID int64) error {
	var by *int64
	if actor.PersonID != 0 {
		by = &actor.PersonID
	}
	return models.Translate(tx.SQL(ctx).Exec(
		"UPDATE office_tasks SET done_at = ?, done_by = ? WHERE kind = ? AND about_kind = ? AND about_id = ? AND done_at IS NULL",
		tx.Now(), by, kind, aboutKind, aboutID).Error)
}
