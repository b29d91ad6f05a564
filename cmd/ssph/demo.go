package main

import (
	"context"
	"errors"
	"fmt"

	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/cmd/ssph/app"
	"hub.salford.ac.uk/ssph/handlers"
)

type demoCommand struct{}

// Help says which settings count.
func (demoCommand) Help() string {
	return "It needs SSPH_MODE=demo or SSPH_MODE=development: a production database never gets invented people.\n\n" + app.DatabaseHelp()
}

// Run fills an empty database for the demonstration. serve does the same in demo mode when there is nothing in it.
func (demoCommand) Run(ctx context.Context, out output) (err error) {
	config, err := app.ConfigFromEnvironment()
	if config.Mode == handlers.Production { // the first thing to say, before all that production would need
		return errors.New("demonstration data is never put into a production database: start it with SSPH_MODE=demo or SSPH_MODE=development")
	}
	if err != nil {
		return err
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
