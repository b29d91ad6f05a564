package billing

import (
	"context"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// Task is something about money that only a person can decide; its sentence says what happened and what to do.
type Task struct {
	ID        int64
	Kind      string
	AboutKind string
	AboutID   int64
	Sentence  string
	CreatedAt time.Time
}

// raise writes a task for the office, once for each kind and cause.
func raise(ctx context.Context, tx models.DB, kind, aboutKind string, aboutID int64, sentence string) error {
	return models.Translate(tx.SQL(ctx).Exec(
		`INSERT INTO office_tasks (kind, about_kind, about_id, sentence, created_at) VALUES (?, ?, ?, ?, ?)
		 ON CONFLICT (kind, about_kind, about_id) DO NOTHING`, kind, aboutKind, aboutID, sentence, tx.Now()).Error)
}

// Tasks lists what is still to do, oldest first, at most 100.
func Tasks(ctx context.Context, db models.DB) ([]Task, error) {
	var rows []taskRow
	err := db.SQL(ctx).Where("done_at IS NULL").Order("created_at, id").Limit(100).Find(&rows).Error
	tasks := make([]Task, len(rows))
	for i, r := range rows {
		tasks[i] = Task{r.ID, r.Kind, r.AboutKind, r.AboutID, r.Sentence, r.CreatedAt}
	}
	return tasks, models.Translate(err)
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

// FinishTask marks a task as done by this member of the office.
func FinishTask(ctx context.Context, tx models.DB, actor access.Actor, id int64) error {
	res := tx.SQL(ctx).Exec("UPDATE office_tasks SET done_at = ?, done_by = ? WHERE id = ? AND done_at IS NULL",
		tx.Now(), actor.PersonID, id)
	if err := models.Affected(res, 1, models.Fail(models.KindConflict, "Someone has already done this task")); err != nil {
		return err
	}
	return access.Record(ctx, tx, actor, access.Entry{Action: "task done", SubjectKind: "task", SubjectID: id})
}
