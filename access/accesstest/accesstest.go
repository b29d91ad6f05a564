// Package accesstest makes people, organisations and actors for the tests of other packages.
package accesstest

import (
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// Person makes a person whose address is confirmed, or returns the one with this address, as the actor they are.
func Person(t testing.TB, db models.DB, name, email string) access.Actor {
	t.Helper()
	var id int64
	within(t, db, func(tx models.DB) error {
		p, err := access.DemonstrationPerson(t.Context(), tx, name, email)
		id = p.ID
		return err
	})
	return Actor(t, db, id)
}

// Office makes somebody in the Hub office.
func Office(t testing.TB, db models.DB) access.Actor {
	t.Helper()
	return withRole(t, db, Person(t, db, "Joanne Fearn", "joanne.fearn@ssph.example"), access.RoleOffice)
}

// Trainer makes a person with the role of a trainer. No trainer of the diary is tied to them.
func Trainer(t testing.TB, db models.DB) access.Actor {
	t.Helper()
	return withRole(t, db, Person(t, db, "Rowan", "rowan@ssph.example"), access.RoleTrainer)
}

// Manager makes a person who manages an organisation of this name.
func Manager(t testing.TB, db models.DB, name, email, organisation string) access.Actor {
	t.Helper()
	person := Person(t, db, name, email)
	within(t, db, func(tx models.DB) error {
		_, err := access.OrganisationFor(t.Context(), tx, access.Actor{PersonID: person.PersonID}, access.Person{ID: person.PersonID}, access.NewOrganisation{
			Name: organisation, Address: "1 Chapel Street\nSalford", Postcode: "M3 5DZ", Country: "GB", InvoiceEmail: email,
			Demonstration: true,
		})
		return err
	})
	return Actor(t, db, person.PersonID)
}

// Actor is the actor this person is now.
func Actor(t testing.TB, db models.DB, personID int64) access.Actor {
	t.Helper()
	actor, err := access.ActorFor(t.Context(), db, personID)
	if err != nil {
		t.Fatalf("the actor of person %d: %v", personID, err)
	}
	return actor
}

func withRole(t testing.TB, db models.DB, actor access.Actor, role access.Role) access.Actor {
	t.Helper()
	within(t, db, func(tx models.DB) error {
		return access.GrantRole(t.Context(), tx, access.System(), actor.PersonID, role)
	})
	return Actor(t, db, actor.PersonID)
}

func within(t testing.TB, db models.DB, fn func(tx models.DB) error) {
	t.Helper()
	if err := db.InTx(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}
