package handlers

import (
	"context"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
)

// adoptNow gives somebody who has been signed in all along what they have just paid for under their own proven address. Others get
// it when they sign in.
func (s *Site) adoptNow(ctx context.Context, b booking.Booking, actor access.Actor) error {
	if !actor.SignedIn() || actor.Email != b.Details.Email || b.BookerID != nil {
		return nil
	}
	return s.db.InTx(ctx, func(tx models.DB) error {
		person, err := access.FindPerson(ctx, tx, actor.PersonID)
		if err != nil {
			return err
		}
		return booking.Adopt(ctx, tx, person)
	})
}
