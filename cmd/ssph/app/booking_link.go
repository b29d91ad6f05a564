package app

import (
	"context"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/handlers"
	"hub.salford.ac.uk/ssph/models"
)

// bookingLink lets the link mailed for a booking on account confirm it: whoever uses it has proven the booker's address.
func bookingLink(desk booking.Desk, till billing.Till) handlers.BookingLink {
	return handlers.BookingLink{
		Adopt: booking.Adopt,
		Describe: func(ctx context.Context, db models.DB, id int64) (string, models.Pence, error) {
			b, err := booking.Find(ctx, db, access.System().Scope(), id)
			if err != nil {
				return "", 0, err
			}
			sum, err := booking.Sum(ctx, db, b, db.Today())
			return "Book " + models.Count(len(b.Places), "place") + " for " + sum.Gross.String(), sum.Gross, err
		},
		Prepare: func(ctx context.Context, db models.DB, id int64) error {
			_, err := till.CloseCheckout(ctx, db, billing.Order{Kind: billing.BookingOrder, ID: id})
			return err
		},
		Confirm: func(ctx context.Context, tx models.DB, actor access.Actor, link access.Link, shown *models.Pence) (string, error) {
			b, err := desk.ConfirmOnAccount(ctx, tx, actor, *link.BookingID, shown)
			return "/bookings/" + b.Reference(), err
		},
	}
}
