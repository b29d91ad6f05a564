package billing

import (
	"context"
	"errors"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

type taskRow struct {
	ID        int64
	Kind      string
	AboutKind string
	AboutID   int64
	Sentence  string
	CreatedAt time.Time
	DoneAt    *time.Time
	DoneBy    *int64
}

func (taskRow) TableName() string { return "office_tasks" }

func (r taskRow) task() Task {
	return Task{r.ID, r.Kind, r.AboutKind, r.AboutID, r.Sentence, r.CreatedAt, r.DoneAt, r.DoneBy}
}

// Tasks lists what is still to do, oldest first, at most 100.
func Tasks(ctx context.Context, db models.DB) ([]Task, error) {
	var rows []taskRow
	err := db.SQL(ctx).Where("done_at IS NULL").Order("created_at, id").Limit(100).Find(&rows).Error
	tasks := make([]Task, len(rows))
	for i, r := range rows {
		tasks[i] = r.task()
	}
	return tasks, models.Translate(err)
}

func taskByID(ctx context.Context, db models.DB, id int64) (Task, error) {
	var row taskRow
	err := models.Translate(db.SQL(ctx).Where("id = ?", id).Take(&row).Error)
	if errors.Is(err, models.ErrNoRow) {
		err = models.NotFound("We have no such task")
	}
	return row.task(), err
}

// endTask ends an open task by a person's hand; it is not ended when somebody or something ended it first.
func endTask(ctx context.Context, tx models.DB, id, by int64) (ended bool, err error) {
	res := tx.SQL(ctx).Exec("UPDATE office_tasks SET done_at = ?, done_by = ? WHERE id = ? AND done_at IS NULL", tx.Now(), by, id)
	return res.RowsAffected == 1, models.Translate(res.Error)
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
