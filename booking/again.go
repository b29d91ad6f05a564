package booking

import (
	"context"
	"errors"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// HoldAgain begins a booking anew whose hold has ended: so many places on the same session, with the people and the details that
// were given before, at today's price. People who have a place by now, and details that no longer fit, are left out: the steps ask
// for them again. req.SessionID is the booking's own. Errors as for Hold; conflict when the booking was confirmed meanwhile.
func HoldAgain(ctx context.Context, tx models.DB, actor access.Actor, id int64, req HoldRequest) (Booking, error) {
	before, err := Find(ctx, tx, actor.Scope(), id)
	if err != nil {
		return Booking{}, err
	}
	if before.Status == Confirmed {
		return Booking{}, models.Fail(models.KindConflict, "This booking is already confirmed")
	}
	req.SessionID, req.Places = before.SessionID, len(before.Places)
	b, err := Hold(ctx, tx, actor, req)
	if err != nil || b.Status != Held || b.Buyer != "" || b.Unnamed() < len(b.Places) {
		return b, err // a second press of the button: everything was carried over by the first
	}
	actor = actor.WithClaims(append(actor.Claims, req.ClaimHash)...)
	if err := carryPeople(ctx, tx, actor, b, before); err != nil {
		return Booking{}, err
	}
	if before.Buyer != "" {
		_, err = SetDetails(ctx, tx, actor, b.ID, before.Buyer, before.Details)
	}
	if err != nil && len(models.ProblemsOf(err)) == 0 {
		return Booking{}, err
	}
	return Find(ctx, tx, actor.Scope(), b.ID)
}

// carryPeople names those people on the new hold who still have no place on the session.
func carryPeople(ctx context.Context, tx models.DB, actor access.Actor, b, before Booking) error {
	people := make([]PersonNamed, len(b.Places))
	for i, p := range before.Places[:min(len(before.Places), len(people))] {
		people[i] = PersonNamed{Name: p.Name, Email: p.Email}
	}
	_, err := NamePeople(ctx, tx, actor, b.ID, people)
	problems := models.ProblemsOf(err)
	if err == nil || len(problems) == 0 {
		return err
	}
	for i := range people {
		if problems.For(field(i+1, "email")) != "" || problems.For(field(i+1, "name")) != "" {
			people[i] = PersonNamed{}
		}
	}
	if _, err = NamePeople(ctx, tx, actor, b.ID, people); err != nil {
		return errors.Join(errors.New("carry the people over"), err)
	}
	return nil
}
