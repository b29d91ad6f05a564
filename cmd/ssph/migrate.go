package main

import (
	"context"
	"errors"
	"fmt"

	"hub.salford.ac.uk/ssph/cmd/ssph/app"
	"hub.salford.ac.uk/ssph/models"
)

type migrateCommand struct {
	Status bool `help:"Say what has been applied and what has not; change nothing."`
}

// Help says which settings count.
func (migrateCommand) Help() string { return app.DatabaseHelp() }

// Run brings the database up to date. serve does the same when it starts.
func (m migrateCommand) Run(ctx context.Context, out output) (err error) {
	config, err := app.DatabaseFromEnvironment()
	if err != nil {
		return err
	}
	if !m.Status {
		db, err := app.OpenDatabase(ctx, config)
		if err != nil {
			return err
		}
		_, werr := fmt.Fprintln(out.results, "The database is up to date.")
		return errors.Join(werr, db.Close())
	}
	db, state, err := app.LookAtDatabase(ctx, config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return list(state, out)
}

// list prints a line for each step, and one for the job queue.
func list(state app.State, out output) error {
	for _, step := range state.Steps {
		when := "to do"
		if !step.AppliedAt.IsZero() {
			when = "applied " + models.When(step.AppliedAt)
		}
		if _, err := fmt.Fprintf(out.results, "%s: %s\n", step.Name, when); err != nil {
			return err
		}
	}
	queue := "to do"
	if state.Queue {
		queue = "up to date"
	}
	_, err := fmt.Fprintf(out.results, "job queue: %s\n", queue)
	return err
}
