package app

import (
	"context"
	"errors"
	"fmt"

	"hub.salford.ac.uk/ssph/jobs"
	"hub.salford.ac.uk/ssph/migrations"
	"hub.salford.ac.uk/ssph/models"
)

// State is how far a database has been brought.
type State struct {
	Steps []migrations.Step // ours, in order
	Queue bool              // the job queue's own tables are there and up to date
}

// Missing names what a database has not had; nothing when it is up to date.
func (s State) Missing() (names []string) {
	for _, step := range s.Steps {
		if step.AppliedAt.IsZero() {
			names = append(names, step.Name)
		}
	}
	if !s.Queue {
		names = append(names, "the tables of the job queue")
	}
	return names
}

// LookAtDatabase opens the database that is there, to read it, and says how far it has been brought: nothing is made, migrated or
// changed. The caller closes it. The error is a sentence that names the place where there is no database of ours.
func LookAtDatabase(ctx context.Context, c models.Config) (db models.DB, state State, err error) {
	if db, err = models.Look(ctx, c); err == nil {
		if state, err = stateOf(ctx, db); err != nil {
			err = errors.Join(err, db.Close())
		}
	}
	switch {
	case errors.Is(err, models.ErrNoDatabase):
		err = fmt.Errorf("there is no database of SSPH in %s: SSPH_DATABASE_URL and SSPH_DATA_DIR say where to look, and ssph migrate makes one", c.Place())
	case err != nil:
		err = fmt.Errorf("%s cannot be read: %w", c.Place(), err)
	}
	return db, state, err
}

// stateOf reads what has been applied. Error: models.ErrNoDatabase when that is nothing at all.
func stateOf(ctx context.Context, db models.DB) (s State, err error) {
	if s.Steps, err = migrations.Status(ctx, db.Pool(), string(db.Dialect())); err != nil {
		return s, err
	}
	if s.Queue, err = jobs.Migrated(ctx, db); err != nil {
		return s, err
	}
	for _, step := range s.Steps {
		if !step.AppliedAt.IsZero() {
			return s, nil
		}
	}
	return s, models.ErrNoDatabase
}
