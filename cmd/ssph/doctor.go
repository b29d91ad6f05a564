package main

import (
	"context"
	"errors"
	"fmt"

	"hub.salford.ac.uk/ssph/cmd/ssph/app"
)

type doctorCommand struct{}

// Run checks the records and prints a line for each check, with what it found below.
func (doctorCommand) Run(ctx context.Context, out output) (err error) {
	config, err := app.DatabaseFromEnvironment()
	if err != nil {
		return err
	}
	db, err := app.OpenDatabase(ctx, config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
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
