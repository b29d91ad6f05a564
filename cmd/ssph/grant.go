package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/cmd/ssph/app"
	"hub.salford.ac.uk/ssph/models"
)

// grantCommand makes the first person of the office; whoever can run it has the database anyway.
type grantCommand struct {
	Role  string `required:"" help:"office or trainer."`
	Email string `required:"" help:"The person's address. They sign in with it on the website."`
	Name  string `required:"" help:"The person's name."`
}

// Help says which settings count.
func (grantCommand) Help() string { return app.DatabaseHelp() }

// Run gives the role to the person with this address, who is made when there is none. Given again, it changes nothing.
func (g grantCommand) Run(ctx context.Context, out output) (err error) {
	if strings.TrimSpace(g.Name) == "" {
		return models.Invalid("name", "Enter the person’s name")
	}
	config, err := app.DatabaseFromEnvironment()
	if err != nil {
		return err
	}
	db, err := app.OpenDatabase(ctx, config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var person access.Person
	err = db.InTx(ctx, func(tx models.DB) error {
		if person, err = access.FindOrCreatePerson(ctx, tx, g.Name, g.Email); err != nil {
			return err
		}
		return access.GrantRole(ctx, tx, access.System(), person.ID, access.Role(g.Role))
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out.results, "%s, %s, has the role %s and can sign in.\n", person.Called(), person.Email, g.Role)
	return err
}
