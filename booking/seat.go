package booking

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// roomFor says whether a booking's places can be confirmed now, under the session's lock: they are still held, or others have left
// enough room. A session that has started or been cancelled has none.
func roomFor(ctx context.Context, tx models.DB, b Booking, s scheduling.Session) (bool, error) {
	if b.Live(tx.Now()) {
		return true, nil
	}
	if b.Status != Held && b.Status != Expired || s.BookableAt(tx.Now()) != nil {
		return false, nil
	}
	taken, err := takenByOthers(ctx, tx, s.ID, b.ID)
	return taken+len(b.Places) <= s.Capacity, err
}

// seat confirms a booking and its places. A person who meanwhile got a place on the session through another booking is taken off
// this one: the place stays, to be named.
func seat(ctx context.Context, tx models.DB, b Booking, payment Payment) error {
	if err := dropClashes(ctx, tx, b); err != nil {
		return err
	}
	columns := map[string]any{"status": Confirmed, "payment": payment, "confirmed_at": tx.Now(), "ended_at": nil}
	if payment == ByCard {
		columns["purchase_order_due"] = nil // it was going to follow, and is not needed now
	}
	if err := change(ctx, tx, b, columns); err != nil {
		return err
	}
	if err := changePlaces(ctx, tx, b, []PlaceStatus{PlaceHeld, PlaceReleased}, PlaceConfirmed); err != nil {
		return err
	}
	return makeKnown(ctx, tx, b.ID)
}

// dropClashes matters only for a booking whose hold had ended: until then the database keeps its people's places for them.
func dropClashes(ctx context.Context, tx models.DB, b Booking) error {
	var emails []string
	for _, p := range b.Places {
		if p.Status == PlaceReleased && p.Named() {
			emails = append(emails, p.Email)
		}
	}
	there, err := namedElsewhere(ctx, tx, b.SessionID, b.ID, emails)
	if err != nil {
		return err
	}
	for _, p := range b.Places {
		if !there[p.Email] {
			continue
		}
		if err := takeNameOff(ctx, tx, p.ID); err != nil {
			return err
		}
	}
	return nil
}

// adopt links a booking with its booker, whose address is proven, and with the organisation they book for.
func adopt(ctx context.Context, tx models.DB, b *Booking, person access.Person) error {
	b.BookerID = &person.ID
	if err := findBuyer(ctx, tx, access.Actor{PersonID: person.ID}, b, person); err != nil {
		return err
	}
	return change(ctx, tx, *b, map[string]any{"booker_id": person.ID, "organisation_id": b.OrganisationID})
}

// findBuyer gives a booking for an organisation that is only a name the one of that name that the person manages, or else a new one,
// which they manage from now on. A name alone never leads to an organisation that somebody else manages.
func findBuyer(ctx context.Context, tx models.DB, actor access.Actor, b *Booking, person access.Person) error {
	if b.Buyer != Organisation || b.OrganisationID != nil {
		return nil
	}
	org, err := access.OrganisationFor(ctx, tx, actor, person, access.NewOrganisation{
		Name: b.Details.Organisation, Address: joinAddress(b.Details), Postcode: b.Details.Postcode, Country: b.Details.Country,
		InvoiceEmail: b.Details.InvoiceTo(), Demonstration: b.Demonstration,
	})
	b.OrganisationID = &org.ID
	return err
}

// Adopt gives a person, who has proven an address by signing in, the bookings made with that address before. Each waits for its
// session's lock, in ascending order.
func Adopt(ctx context.Context, tx models.DB, person access.Person) error {
	if person.EmailConfirmedAt == nil {
		return fmt.Errorf("person %d has not proven the address", person.ID)
	}
	waiting, err := unowned(ctx, tx, person.Email)
	if err != nil {
		return err
	}
	for _, id := range waiting {
		b, _, err := claimBooking(ctx, tx, access.System().Scope(), id)
		if err != nil {
			return err
		}
		if b.BookerID != nil {
			continue
		}
		if b.Status != Confirmed { // nothing is bought yet: the person may carry on with it
			err = carryOn(ctx, tx, b, person)
		} else {
			err = adopt(ctx, tx, &b, person)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
