package main

import (
	"context"
	"errors"
	"fmt"

	"hub.salford.ac.uk/ssph/cmd/ssph/app"
	"hub.salford.ac.uk/ssph/migrations"
	"hub.salford.ac.uk/ssph/models"
)

type migrateCommand struct {
	Status bool `help:"Say what has been applied and what has not; change nothing."`
}

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
	db, err := models.Connect(config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	steps, err := migrations.Status(ctx, db.Pool(), string(db.Dialect()))
	if err != nil {
		return err
	}
	for _, step := range steps {
		when := "to do"
		if !step.AppliedAt.IsZero() {
			when = "applied " + models.When(step.AppliedAt)
		}
		if _, err := fmt.Fprintf(out.results, "%s: %s\n", step.Name, when); err != nil {
			return err
		}
	}
	return nil
}
