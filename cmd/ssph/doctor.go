package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"hub.salford.ac.uk/ssph/cmd/ssph/app"
	"hub.salford.ac.uk/ssph/models"
)

type doctorCommand struct{}

// Help says which settings count.
func (doctorCommand) Help() string {
	return "It opens the database that is there and changes nothing; one that is not up to date is not checked.\n\n" + app.DatabaseHelp()
}

// Run checks the records and prints a line for each check, with what it found below.
func (doctorCommand) Run(ctx context.Context, out output) (err error) {
	config, err := app.DatabaseFromEnvironment()
	if err != nil {
		return err
	}
	db, state, err := app.LookAtDatabase(ctx, config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if missing := state.Missing(); len(missing) > 0 {
		return fmt.Errorf("%s is not up to date, so nothing was checked. Missing:\n  %s\nssph migrate brings it up to date, and so does the next start of ssph serve",
			config.Place(), strings.Join(missing, "\n  "))
	}
	return examine(ctx, db, out)
}

// examine makes every check and says what it found.
func examine(ctx context.Context, db models.DB, out output) error {
	ill := false
	for _, check := range app.Checks() {
		found, err := check.Run(ctx, db)
		if err != nil {
			return fmt.Errorf("%s: %w", check.Name, err)
		}
		verdict := "well"
		if len(found) > 0 {
			verdict, ill = fmt.Sprintf("%d found", len(found)), true
		}
		if _, err := fmt.Fprintf(out.results, "%s: %s\n", check.Name, verdict); err != nil {
			return err
		}
		for _, finding := range found {
			if _, err := fmt.Fprintln(out.results, "  "+finding); err != nil {
				return err
			}
		}
	}
	if ill {
		return errFindings
	}
	return nil
}
