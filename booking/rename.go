package booking

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// NamePlace names the person of one place of a confirmed booking, or gives the place to another person: free, until the session
// starts. Whoever had it gets a cancellation, whoever gets it an invitation. Errors: invalid with field "name" or "email"; gone
// when the session has started.
func (d Desk) NamePlace(ctx context.Context, tx models.DB, actor access.Actor, id int64, ordinal int, typed PersonNamed) (Booking, error) {
	b, session, err := claimBooking(ctx, tx, actor.Scope(), id)
	if err != nil {
		return Booking{}, err
	}
	place, err := b.changeable(ordinal)
	if err != nil {
		return Booking{}, err
	}
	if session.HasStarted(tx.Now()) {
		return Booking{}, models.Fail(models.KindGone, "The session has started, so the name can no longer change")
	}
	person, err := tidyOne(ctx, tx, b, place, typed)
	if err != nil {
		return Booking{}, err
	}
	if person.Email == place.Email && person.Name == place.Name {
		return b, nil
	}
	if err := writeName(ctx, tx, place, person); err != nil {
		return Booking{}, err
	}
	if person.Email != place.Email {
		if err := d.tellSwapped(ctx, tx, b, session, place, person); err != nil {
			return Booking{}, err
		}
	}
	err = access.Record(ctx, tx, actor, access.Entry{
		Action: "place named", SubjectKind: "place", SubjectID: place.ID, OrganisationID: b.OrganisationID,
		Detail: map[string]any{"booking": b.ID, "swapped": place.Named()},
	})
	if err != nil {
		return Booking{}, err
	}
	return Find(ctx, tx, actor.Scope(), id)
}

// changeable finds a place of a confirmed booking by its number.
func (b Booking) changeable(ordinal int) (Place, error) {
	if b.Status != Confirmed {
		return Place{}, models.Fail(models.KindConflict, "This booking is not confirmed yet")
	}
	for _, p := range b.Places {
		if p.Ordinal == ordinal && p.Status == PlaceConfirmed {
			return p, nil
		}
	}
	return Place{}, models.NotFound("This booking has no such place")
}

// tidyOne checks one person for one place of a confirmed booking, with the fields of a form that has only these two.
func tidyOne(ctx context.Context, tx models.DB, b Booking, place Place, typed PersonNamed) (PersonNamed, error) {
	var problems models.Problems
	person := PersonNamed{Name: oneName(&problems, "name", typed.Name, "Enter the person’s full name")}
	person.Email = oneEmail(&problems, "email", person.Name, typed.Email)
	if err := problems.Err(); err != nil {
		return person, err
	}
	for _, other := range b.Places {
		if other.ID != place.ID && other.Status != PlaceCancelled && other.Email == person.Email {
			return person, models.Invalid("email", "%s already has place %d of this booking", other.Name, other.Ordinal)
		}
	}
	there, err := namedElsewhere(ctx, tx, b.SessionID, b.ID, []string{person.Email})
	if err != nil {
		return person, fmt.Errorf("people on the session: %w", err)
	}
	if there[person.Email] {
		return person, models.Invalid("email", "%s already has a place on this session", person.Name)
	}
	return person, nil
}
