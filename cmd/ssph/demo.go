package main

import (
	"context"
	"errors"
	"fmt"

	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/cmd/ssph/app"
)

type demoCommand struct{}

// Run fills an empty database for the demonstration. serve does the same in demo mode when there is nothing in it.
func (demoCommand) Run(ctx context.Context, out output) (err error) {
	config, err := app.ConfigFromEnvironment()
	if err != nil {
		return err
	}
	if !config.Demonstrates() {
		return errors.New("demonstration data is never put into a production database: set SSPH_MODE to demo or development")
	}
	db, err := app.OpenDatabase(ctx, config.Database())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	cases, err := config.ToolDesk(ctx, db)
	if err != nil {
		return err
	}
	seeded, err := app.Seed(ctx, db, booking.Desk{BaseURL: config.SiteURL()}, cases)
	if err != nil {
		return err
	}
	sentence := "There are sessions in the database already: nothing was changed."
	if seeded {
		sentence = "The demonstration's people and dates are in the database."
	}
	_, err = fmt.Fprintln(out.results, sentence)
	return err
}
