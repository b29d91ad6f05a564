package booking

import (
	"context"
	"errors"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// ConfirmOnAccount books on account for an organisation: the booker's address is proven, so the actor is signed in under it. Doing
// it again changes nothing. The caller has closed any payment page of the booking first. Errors: forbidden for anybody but the
// booker; invalid with field "purchase-order" without one that its organisation's rule takes, unless it may follow or nothing is to pay;
// full or gone when the places are no longer to be had; conflict while a payment page is open; invalid, because of ErrSumChanged, when
// the sum is more than the one shown. A booking whose purchase order is to follow is confirmed without an invoice: that comes with the
// number, see GivePurchaseOrder. shown is the sum that was agreed to; nil when nobody was shown one.
func (d Desk) ConfirmOnAccount(ctx context.Context, tx models.DB, actor access.Actor, id int64, shown *models.Pence) (Booking, error) {
	b, session, err := claimBooking(ctx, tx, access.System().Scope(), id)
	if err != nil {
		return Booking{}, err
	}
	if !actor.SignedIn() || actor.Email != b.Details.Email {
		return Booking{}, noSuchBooking()
	}
	if b.Status == Confirmed {
		return b, nil
	}
	if err := notMore(ctx, tx, b, shown); err != nil {
		return Booking{}, err
	}
	if err := d.readyForAccount(ctx, tx, b, session); err != nil {
		return Booking{}, err
	}
	person, err := access.FindPerson(ctx, tx, actor.PersonID)
	if err != nil {
		return Booking{}, err
	}
	if err := adopt(ctx, tx, &b, person); err != nil {
		return Booking{}, err
	}
	if err := applyAgreement(ctx, tx, &b, *b.OrganisationID); err != nil {
		return Booking{}, err
	}
	if err := settlePurchaseOrder(ctx, tx, &b, session); err != nil {
		return Booking{}, err
	}
	if err := d.confirm(ctx, tx, actor, b, session, OnAccount, nil); err != nil {
		return Booking{}, err
	}
	return Find(ctx, tx, access.System().Scope(), id)
}

func (d Desk) readyForAccount(ctx context.Context, tx models.DB, b Booking, s scheduling.Session) error {
	if b.Buyer != Organisation || !b.Details.Complete() {
		return models.Invalid("pay", "Only organisations can pay by invoice. Pay by card, or change who you are booking for")
	}
	if _, err := billing.LiveAttempt(ctx, tx, b.Order()); !errors.Is(err, models.ErrNoRow) {
		return errors.Join(err, models.Fail(models.KindConflict, "A card payment for this booking is still open. Try again in a minute"))
	}
	if err := withinLimit(ctx, tx, b); err != nil {
		return err
	}
	if err := s.BookableAt(tx.Now()); err != nil {
		return err
	}
	room, err := roomFor(ctx, tx, b, s)
	if err == nil && !room {
		return models.Fail(models.KindFull, "We could hold your places only until %s, and the session has filled up since. Choose another date",
			models.ClockTime(b.HoldUntil))
	}
	return err
}
