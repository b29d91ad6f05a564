package app

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// buyer is an invented organisation with the person who books for it.
type buyer struct {
	person, email string
	details       booking.Details
}

func irwell() buyer {
	return buyer{"Priya Nair", "priya.nair@irwellwellbeing.example", booking.Details{
		Organisation: "Irwell Wellbeing Network", Line1: "14 Quay Street", Town: "Salford", Postcode: "M50 0AA",
		InvoiceEmail: "accounts@irwellwellbeing.example", PurchaseOrder: "IWN-20417",
	}}
}

func brightwater() buyer {
	return buyer{"Daniel Mensah", "daniel.mensah@brightwaterpcn.example", booking.Details{
		Organisation: "Brightwater Primary Care Network", Line1: "3 Reservoir Road", Town: "Bolton", Postcode: "BL1 2AB", PurchaseOrder: "BW/0931",
	}}
}

func kersal() buyer {
	return buyer{"Sana Iqbal", "sana.iqbal@kersaltrust.example", booking.Details{
		Organisation: "Kersal Community Trust", Line1: "Kersal Hall", Line2: "22 Moor Lane", Town: "Salford", Postcode: "M7 3PX", PurchaseOrder: "KCT-118",
	}}
}

func quaysCare() buyer {
	return buyer{"Helen Price", "helen.price@quaysprimarycare.example", booking.Details{
		Organisation: "Quays Primary Care", Line1: "9 Ontario Basin", Town: "Salford", Postcode: "M50 3BB", PurchaseOrder: "QPC-77",
	}}
}

// follows is the buyer when the purchase order number comes later.
func follows(b buyer) buyer {
	b.details.PurchaseOrder, b.details.ToFollow = "", true
	return b
}

// order is an invented booking: so many places, the first of them named.
type order struct {
	session string
	by      buyer
	places  int
	named   []booking.PersonNamed
}

func theOrders() []order {
	return []order{
		{campusDay, irwell(), 3, []booking.PersonNamed{
			{Name: "Tom Ashworth", Email: "tom.ashworth@irwellwellbeing.example"}, {Name: "Grace Okafor", Email: "grace.okafor@irwellwellbeing.example"},
		}},
		{campusDay, brightwater(), 6, nil},
		{twoMornings, quaysCare(), 3, []booking.PersonNamed{{Name: "Hannah Whitworth", Email: "hannah.whitworth@quaysprimarycare.example"}}},
		{twoMornings, kersal(), 9, nil},
		{fullDay, brightwater(), 9, nil},
		{fullDay, kersal(), 6, nil},
		{onlineDay, follows(irwell()), 3, nil},
		{soonOnline, brightwater(), 9, nil},
		{soonOnline, quaysCare(), 4, nil},
	}
}

// booked are the invented bookings that are to come, by what was ordered.
type booked map[string]booking.Booking

func (o order) name() string { return o.by.details.Organisation + ", " + o.session }

// seedBookings books and invoices through the use cases that the pages call, so that the demonstration holds nothing that the
// program could not have made itself. What follows from them, the office's money, is part of it.
func seedBookings(ctx context.Context, tx models.DB, desk booking.Desk) error {
	sessions, err := seedSessions(ctx, tx)
	if err != nil {
		return err
	}
	done := booked{}
	for i, o := range theOrders() {
		b, err := o.place(ctx, tx, desk, sessions[o.session], fmt.Sprintf("demonstration-%d", i+1))
		if err != nil {
			return fmt.Errorf("booking %d, of %s: %w", i+1, o.by.details.Organisation, err)
		}
		done[o.name()] = b
	}
	return seedMoney(ctx, tx, desk, done)
}

func (o order) place(ctx context.Context, tx models.DB, desk booking.Desk, s scheduling.Session, key string) (b booking.Booking, err error) {
	person, err := access.DemonstrationPerson(ctx, tx, o.by.person, o.by.email)
	if err != nil {
		return b, err
	}
	actor, err := access.ActorFor(ctx, tx, person.ID)
	if err != nil {
		return b, err
	}
	actor = actor.WithClaims(key)
	if b, err = booking.Hold(ctx, tx, actor, booking.HoldRequest{SessionID: s.ID, Places: o.places, RequestKey: key, ClaimHash: key}); err != nil {
		return b, err
	}
	people := make([]booking.PersonNamed, o.places)
	copy(people, o.named)
	if _, err := booking.NamePeople(ctx, tx, actor, b.ID, people); err != nil {
		return b, err
	}
	details := o.by.details
	details.Name, details.Email, details.Country = o.by.person, o.by.email, "GB"
	if _, err := booking.SetDetails(ctx, tx, actor, b.ID, booking.Organisation, details); err != nil {
		return b, err
	}
	return desk.ConfirmOnAccount(ctx, tx, actor, b.ID, nil)
}
