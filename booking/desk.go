package booking

import (
	"context"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// Desk is where bookings are confirmed. It knows what the mails it writes need to know of the site.
type Desk struct {
	BaseURL string // https://…, without a slash at the end
}

// Lock takes the locks of a booking for billing: its session's.
func (d Desk) Lock(ctx context.Context, tx models.DB, bookingID int64) error {
	session, err := sessionOf(ctx, tx, bookingID)
	if err != nil {
		return err
	}
	_, err = scheduling.Claim(ctx, tx, session)
	return err
}

// Paid seats a booking whose price has come by card: its places are confirmed, the invoice is issued and everybody is told. When
// the hold had ended and the room is gone, or the booking was paid before or cancelled, it says so and the booker is told that the
// money goes back. It is billing's Settled.
func (d Desk) Paid(ctx context.Context, tx models.DB, paid billing.Paid) (billing.Outcome, error) {
	b, session, err := claimBooking(ctx, tx, access.System().Scope(), paid.OrderID)
	if err != nil {
		return "", err
	}
	switch b.Status {
	case Confirmed:
		return billing.AlreadyPaid, d.tellSecondPayment(ctx, tx, b, session, paid)
	case Cancelled:
		return billing.NoRoom, d.tellTooLate(ctx, tx, b, session, paid)
	}
	sum, err := billing.SumOf(ctx, tx, lines(b, session), models.DateOf(paid.At))
	if err != nil {
		return "", err
	}
	if sum.Gross != paid.Gross {
		return billing.Unclear, nil
	}
	room, err := roomFor(ctx, tx, b, session)
	if err != nil {
		return "", err
	}
	if !room {
		return billing.NoRoom, d.tellTooLate(ctx, tx, b, session, paid)
	}
	if err := ownedNow(ctx, tx, &b); err != nil {
		return "", err
	}
	return billing.Seated, d.confirm(ctx, tx, access.System(), b, session, ByCard, &paid)
}

// ownedNow links a booking that is about to be confirmed with the organisation of its booker, when they proved their address
// while they were still filling it in. One whose booker has not is linked when they sign in: see Adopt.
func ownedNow(ctx context.Context, tx models.DB, b *Booking) error {
	if b.BookerID == nil {
		return nil
	}
	person, err := access.FindPerson(ctx, tx, *b.BookerID)
	if err != nil {
		return err
	}
	return adopt(ctx, tx, b, person)
}
