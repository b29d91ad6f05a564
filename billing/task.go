package billing

import (
	"context"
	"time"
	"unicode/utf8"

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
	DoneAt    *time.Time // nil while it is to do
	DoneBy    *int64     // who said that nothing more is to do; nil when what it asked for has happened
}

// TaskByID reads one task, done or not. Only the office may ask. Error: not found.
func TaskByID(ctx context.Context, db models.DB, actor access.Actor, id int64) (Task, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return Task{}, err
	}
	return taskByID(ctx, db, id)
}

// FinishTask ends a task about which a member of the office says that nothing more is to do, and why: the reason is kept in the audit
// trail. The same person again changes nothing. Errors: invalid with field "reason"; not found; conflict when it has ended otherwise.
func FinishTask(ctx context.Context, tx models.DB, actor access.Actor, id int64, reason string) error {
	task, err := TaskByID(ctx, tx, actor, id)
	if err != nil {
		return err
	}
	switch {
	case reason == "":
		return models.Invalid("reason", "Enter why nothing more is to do: it is kept with the record")
	case utf8.RuneCountInString(reason) > 500:
		return models.Invalid("reason", "The reason must be 500 characters or fewer")
	}
	ended, err := endTask(ctx, tx, id, actor.PersonID)
	if err != nil {
		return err
	}
	if !ended {
		return endedBefore(ctx, tx, actor, task)
	}
	return access.Record(ctx, tx, actor, access.Entry{
		Action: "task done", SubjectKind: "task", SubjectID: id,
		Detail: map[string]any{"kind": task.Kind, "about": task.AboutKind, "about_id": task.AboutID, "reason": reason},
	})
}

// endedBefore is no error for whoever ended the task, and says to others who did.
func endedBefore(ctx context.Context, tx models.DB, actor access.Actor, before Task) error {
	task, err := TaskByID(ctx, tx, actor, before.ID)
	switch {
	case err != nil:
		return err
	case task.DoneBy == nil:
		return models.Fail(models.KindConflict, "What this task asked for has happened meanwhile, so there is nothing more to do")
	case *task.DoneBy == actor.PersonID:
		return nil
	}
	who, err := calledWho(ctx, tx, *task.DoneBy)
	if err != nil {
		return err
	}
	return models.Fail(models.KindConflict, "%s has already ended this task, on %s", who, models.When(*task.DoneAt))
}

// calledWho names somebody of the office.
func calledWho(ctx context.Context, db models.DB, person int64) (string, error) {
	p, err := access.FindPerson(ctx, db, person)
	return p.Called(), err
}
