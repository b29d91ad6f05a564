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

// tasksAbout are the sentences of the open tasks about one thing, the oldest first.
func tasksAbout(ctx context.Context, db models.DB, aboutKind string, aboutID int64) ([]string, error) {
	var said []string
	err := db.SQL(ctx).Model(&taskRow{}).Where("done_at IS NULL AND about_kind = ? AND about_id = ?", aboutKind, aboutID).Order("id").Pluck("sentence", &said).Error
	return said, models.Translate(err)
}

// openTasks lists the open tasks of some kinds, the oldest first.
func openTasks(ctx context.Context, db models.DB, kinds []string) ([]taskRow, error) {
	var rows []taskRow
	err := db.SQL(ctx).Where("done_at IS NULL AND kind IN ?", kinds).Order("id").Find(&rows).Error
	return rows, models.Translate(err)
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

// raiseStill writes a task or says anew what it asks for, also when its work had been done: unless somebody of the office has ended it.
func raiseStill(ctx context.Context, tx models.DB, kind, aboutKind string, aboutID int64, sentence string) error {
	return models.Translate(tx.SQL(ctx).Exec(
		`INSERT INTO office_tasks (kind, about_kind, about_id, sentence, created_at) VALUES (?, ?, ?, ?, ?)
		 ON CONFLICT (kind, about_kind, about_id) DO UPDATE SET sentence = excluded.sentence, done_at = NULL WHERE office_tasks.done_by IS NULL`,
		kind, aboutKind, aboutID, sentence, tx.Now()).Error)
}

// reopen asks again about a payment what the program had taken for done; what is done all the same ends at once: see finishDone.
func reopen(ctx context.Context, tx models.DB, payment int64) error {
	return models.Translate(tx.SQL(ctx).Exec("UPDATE office_tasks SET done_at = NULL WHERE about_kind = 'payment' AND about_id = ? AND kind IN ? AND done_by IS NULL",
		payment, tasksOfMoney).Error)
}

// closeTask ends an open task because what it asked for is not to be done any more, and says why in its place; the reason is kept in the
// audit trail. One that is done already, or never was, is no error.
func closeTask(ctx context.Context, tx models.DB, kind, aboutKind string, aboutID int64, why string) error {
	var row taskRow
	err := models.Translate(tx.SQL(ctx).Where("kind = ? AND about_kind = ? AND about_id = ? AND done_at IS NULL", kind, aboutKind, aboutID).Take(&row).Error)
	if errors.Is(err, models.ErrNoRow) {
		return nil
	}
	if err != nil {
		return err
	}
	res := tx.SQL(ctx).Exec("UPDATE office_tasks SET sentence = ?, done_at = ? WHERE id = ? AND done_at IS NULL", why, tx.Now(), row.ID)
	if err := models.Affected(res, 1, errors.New("billing: a task ended twice")); err != nil {
		return err
	}
	return access.Record(ctx, tx, access.System(), access.Entry{
		Action: "task done", SubjectKind: "task", SubjectID: row.ID,
		Detail: map[string]any{"kind": kind, "about": aboutKind, "about_id": aboutID, "reason": why},
	})
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
