package booking

import (
	"context"
	"errors"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// PayPages are the addresses a payment page sends its customer back to.
type PayPages struct {
	Success string // {CHECKOUT_SESSION_ID} in it becomes the page's id
	Cancel  string
}

// StartPayment prepares a card payment: it makes sure that there is room, keeps the places until the payment page has certainly
// closed, and writes the attempt down. The caller then opens the page, outside the transaction. Errors as for ConfirmOnAccount; invalid
// with field "pay", because of billing.ErrVATChanges, when VAT changes before the page would end: the places are kept as long all the same.
func (d Desk) StartPayment(ctx context.Context, tx models.DB, actor access.Actor, id int64, pages PayPages) (billing.Attempt, error) {
	b, session, err := claimBooking(ctx, tx, actor.Scope(), id)
	if err != nil {
		return billing.Attempt{}, err
	}
	if err := d.readyForCard(ctx, tx, b, session); err != nil {
		return billing.Attempt{}, err
	}
	settings, err := access.LoadSettings(ctx, tx)
	if err != nil {
		return billing.Attempt{}, err
	}
	sum, err := Sum(ctx, tx, b, tx.Today())
	if err != nil {
		return billing.Attempt{}, err
	}
	if sum.Gross == 0 {
		return billing.Attempt{}, models.Invalid("pay", "There is nothing to pay. Book without a card")
	}
	ends := tx.Now().Add(time.Duration(settings.CheckoutMinutes) * time.Minute)
	margin := time.Duration(settings.CheckoutMarginMinutes) * time.Minute
	attempt, err := billing.StartAttempt(ctx, tx, billing.AttemptRequest{
		Order: b.Order(), Reference: b.Reference(), Description: paymentWords(session), Quantity: len(b.Places), Gross: sum.Gross,
		Email: b.Details.Email, SuccessURL: pages.Success, CancelURL: pages.Cancel,
		ExpiresAt: ends,
	})
	if errors.Is(err, billing.ErrVATChanges) {
		if failed := keepUntil(ctx, tx, b, ends.Add(margin)); failed != nil {
			return billing.Attempt{}, failed
		}
		return billing.Attempt{}, afterMidnight(b, ends.Add(margin), err)
	}
	if err != nil {
		return billing.Attempt{}, err
	}
	return attempt, keepUntil(ctx, tx, b, attempt.ExpiresAt.Add(margin))
}

// afterMidnight says when a card can be taken again; VAT changes at the beginning of a London day.
func afterMidnight(b Booking, until time.Time, cause error) error {
	instead := "You can pay by card from then on"
	if b.Buyer == Organisation {
		instead += ", or choose to pay by invoice now"
	}
	return models.Invalid("pay", "VAT changes at midnight. %s. Your places are held until %s", instead, models.ClockTime(until)).Because(cause)
}

func (d Desk) readyForCard(ctx context.Context, tx models.DB, b Booking, s scheduling.Session) error {
	switch {
	case b.Status == Confirmed:
		return models.Fail(models.KindConflict, "This booking is already confirmed")
	case !b.Details.Complete() || b.Buyer == "":
		return models.Invalid("pay", "Tell us who is booking before you pay")
	}
	if err := withinLimit(ctx, tx, b); err != nil {
		return err
	}
	if err := s.BookableAt(tx.Now()); err != nil {
		return err
	}
	room, err := roomFor(ctx, tx, b, s)
	if err != nil {
		return err
	}
	if !room {
		return models.Fail(models.KindFull, "We could hold your places only until %s, and the session has filled up since. Choose another date",
			models.ClockTime(b.HoldUntil))
	}
	return nil
}

// paymentWords name one place on the payment page, which adds how many.
func paymentWords(s scheduling.Session) string {
	return "Place on " + s.CourseTitle + ", " + s.Heading() + ", " + s.DaysLine() + ", with one-year licence (price includes VAT)"
}

// OpenPayment does both halves: it prepares the payment and opens its page, whose address it returns. When VAT changes before the page
// would end, it opens none and keeps the places.
func (d Desk) OpenPayment(ctx context.Context, db models.DB, till billing.Till, actor access.Actor, id int64, pages PayPages) (string, error) {
	var attempt billing.Attempt
	var later error
	err := db.InTx(ctx, func(tx models.DB) (err error) {
		later = nil
		attempt, err = d.StartPayment(ctx, tx, actor, id, pages)
		if errors.Is(err, billing.ErrVATChanges) {
			later, err = err, nil
		}
		return err
	})
	if err = errors.Join(err, later); err != nil {
		return "", err
	}
	address, err := till.OpenCheckout(ctx, db, attempt)
	if errors.Is(err, billing.ErrGatewayDown) || errors.Is(err, billing.ErrGatewayRefused) {
		down := models.Fail(models.KindConflict, "The payment page cannot be reached at the moment. You have not been charged and your places "+
			"are held. Try again in a minute, or choose another way to pay").Because(err)
		down.Field = "pay"
		return "", down
	}
	return address, err
}
