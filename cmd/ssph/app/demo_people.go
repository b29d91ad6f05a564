package app

import (
	"context"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// cast is one invented person of the demonstration.
type cast struct {
	part  string // what they are, for the greeting
	name  string
	email string
	role  access.Role // "" for none
	try   string      // what to look at as this person
}

// The people whose sign-in links the demonstration prints, in that order. The addresses can never be real: nobody owns .example.
func theCast() []cast {
	return []cast{
		{"Hub office", "Joanne Fearn", "joanne.fearn@ssph.example", access.RoleOffice, "open a session, see bookings and invoices, record a bank payment"},
		{"Trainer", "Rowan", "rowan@ssph.example", access.RoleTrainer, "see your sessions"},
		{"Organisation manager", "Priya Nair", "priya.nair@irwellwellbeing.example", "", "see your organisation’s bookings and invoices"},
		{"Practitioner", "Hannah Whitworth", "hannah.whitworth@quaysprimarycare.example", "", "see your licence and certificate, and open the tool: a case is under way"},
	}
}

// seedPeople makes the cast, the other trainer, and the organisation that Priya Nair manages.
func seedPeople(ctx context.Context, tx models.DB) error {
	people := append(theCast(), cast{part: "Trainer", name: "Alan", email: "alan@ssph.example", role: access.RoleTrainer})
	for _, c := range people {
		person, err := access.DemonstrationPerson(ctx, tx, c.name, c.email)
		if err != nil {
			return err
		}
		if c.role != "" {
			if err := access.GrantRole(ctx, tx, access.System(), person.ID, c.role); err != nil {
				return err
			}
		}
		if err := seedTies(ctx, tx, person); err != nil {
			return err
		}
	}
	return nil
}

// seedTies ties a person to the trainer of the same name, or to the organisation they manage.
func seedTies(ctx context.Context, tx models.DB, person access.Person) error {
	if person.Name == "Priya Nair" {
		_, err := access.OrganisationFor(ctx, tx, access.Actor{PersonID: person.ID}, person, access.NewOrganisation{
			Name: "Irwell Wellbeing Network", Address: "1 Chapel Street\nSalford", Postcode: "M3 5DZ", Country: "GB",
			InvoiceEmail: "accounts@irwellwellbeing.example", Demonstration: true,
		})
		return err
	}
	trainers, err := scheduling.Trainers(ctx, tx)
	if err != nil {
		return err
	}
	for _, t := range trainers {
		if t.Name == person.Name {
			return scheduling.SignsInAs(ctx, tx, access.System(), t.ID, person.ID)
		}
	}
	return nil
}
