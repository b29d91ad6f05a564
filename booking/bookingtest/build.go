// Package bookingtest makes confirmed bookings for the tests of other packages, through the same use cases as a buyer.
package bookingtest

import (
	"fmt"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
)

// Desk writes the mails of the bookings made here.
var Desk = booking.Desk{BaseURL: "http://ssph.example"}

// Manager is the person who books here for an organisation of this name, once each.
func Manager(t testing.TB, db models.DB, organisation string) access.Actor {
	t.Helper()
	email := "manager@" + access.NameKey(organisation) + ".example"
	return accesstest.Person(t, db, "Priya Nair", email)
}

// Named makes people of these names, each with an address of their own: Tom Ashworth becomes tom.ashworth@delegate.example. An
// empty name leaves a place to be named.
func Named(names ...string) []booking.PersonNamed {
	people := make([]booking.PersonNamed, len(names))
	for i, name := range names {
		if name == "" {
			continue
		}
		local := strings.ToLower(strings.Join(strings.Fields(name), "."))
		people[i] = booking.PersonNamed{Name: name, Email: local + "@delegate.example"}
	}
	return people
}

// OnAccount books a place for each of the people on a session, on account of an organisation, and confirms it. The test ends when
// that fails.
func OnAccount(t testing.TB, db models.DB, sessionID int64, organisation string, people []booking.PersonNamed) booking.Booking {
	t.Helper()
	return OnAccountBy(t, db, Manager(t, db, organisation), sessionID, organisation, people)
}

// OnAccountBy is OnAccount by a person of one's own, for an organisation that shares its name with another.
func OnAccountBy(t testing.TB, db models.DB, manager access.Actor, sessionID int64, organisation string, people []booking.PersonNamed) booking.Booking {
	t.Helper()
	key := manager.Email + fmt.Sprintf(" for %s on %d with %v", organisation, sessionID, people)
	browser := manager.WithClaims(key)
	ctx := t.Context()
	var b booking.Booking
	err := db.InTx(ctx, func(tx models.DB) (err error) {
		if b, err = booking.Hold(ctx, tx, browser, booking.HoldRequest{SessionID: sessionID, Places: len(people), RequestKey: key, ClaimHash: key}); err != nil {
			return err
		}
		if b, err = booking.NamePeople(ctx, tx, browser, b.ID, people); err != nil {
			return err
		}
		if b, err = booking.SetDetails(ctx, tx, browser, b.ID, booking.Organisation, booking.Details{
			Name: manager.Name, Email: manager.Email, Organisation: organisation, Line1: "14 Quay Street", Town: "Salford",
			Postcode: "M50 0AA", Country: "GB", PurchaseOrder: "PO-20417",
		}); err != nil {
			return err
		}
		b, err = Desk.ConfirmOnAccount(ctx, tx, browser, b.ID, nil)
		return err
	})
	if err != nil {
		t.Fatalf("book for %s: %v", organisation, err)
	}
	return b
}
