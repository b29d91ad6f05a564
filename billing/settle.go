package billing

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"hub.salford.ac.uk/ssph/models"
)

// Settle looks at a payment page as the processor has it now and brings our side up to date: the return page, the webhook and the
// sweep all call it, in any order, as often as they like. Money that has come is always recorded; then the seller seats the order,
// or the money goes back. It returns the attempt's state. A page we never opened is KindNotFound.
func (t Till) Settle(ctx context.Context, db models.DB, checkoutID string) (AttemptStatus, error) {
	checkout, err := t.look(ctx, checkoutID)
	if err != nil {
		return "", err
	}
	var status AttemptStatus
	err = db.InTx(ctx, func(tx models.DB) error {
		status, err = t.settle(ctx, tx, checkout)
		return err
	})
	return status, err
}

func (t Till) look(ctx context.Context, checkoutID string) (Checkout, error) {
	checkout, err := t.Gateway.Checkout(ctx, checkoutID)
	if errors.Is(err, ErrNoCheckout) {
		return Checkout{}, models.NotFound("We have no payment under that address").Because(err)
	}
	return checkout, err
}

// settle applies what the processor said, inside the transaction.
func (t Till) settle(ctx context.Context, tx models.DB, checkout Checkout) (AttemptStatus, error) {
	return t.settleTo(ctx, tx, checkout, stateAt(checkout))
}

// settleTo brings the attempt of a payment page to a state, as far as that is a step forward. An empty state changes nothing.
func (t Till) settleTo(ctx context.Context, tx models.DB, checkout Checkout, to AttemptStatus) (AttemptStatus, error) {
	attempt, err := attemptFor(ctx, tx, checkout)
	if err != nil {
		return "", err
	}
	seller, ok := t.Sellers[OrderKind(attempt.OrderKind)]
	if !ok {
		return "", fmt.Errorf("nobody sells %q", attempt.OrderKind)
	}
	if err := seller.Lock(ctx, tx, attempt.OrderID); err != nil {
		return "", err
	}
	if to == "" || to == attempt.Status {
		return attempt.Status, nil
	}
	moved, err := move(ctx, tx, attempt.ID, to)
	if err != nil || !moved {
		return attempt.Status, err
	}
	if to == AttemptPaid {
		return to, receive(ctx, tx, seller, attempt, checkout)
	}
	return to, nil
}

// stateAt says what a payment page's state at the processor means for its attempt; empty for nothing new.
func stateAt(c Checkout) AttemptStatus {
	switch {
	case c.Paid:
		return AttemptPaid
	case c.Status == CheckoutComplete:
		return AttemptProcessing // finished, but the money is not certain: nobody is seated
	case c.Status == CheckoutExpired:
		return AttemptExpired
	}
	return ""
}

// attemptFor finds the attempt a payment page belongs to: by its id, or, when the program died before writing that down, by the
// attempt's number that travels with the page.
func attemptFor(ctx context.Context, tx models.DB, checkout Checkout) (attemptRow, error) {
	row, err := attemptOfCheckout(ctx, tx, checkout.ID)
	if !errors.Is(err, models.ErrNoRow) {
		return row, err
	}
	unknown := models.NotFound("We have no payment under that address").Because(fmt.Errorf("checkout %s", checkout.ID))
	id, err := strconv.ParseInt(checkout.Metadata["attempt_id"], 10, 64)
	if err != nil {
		return row, unknown
	}
	row, known, err := adoptCheckout(ctx, tx, id, checkout)
	if err == nil && !known {
		err = unknown
	}
	return row, err
}

// receive records the money and hands it to the seller; whatever the seller answers, the payment row stays.
func receive(ctx context.Context, tx models.DB, seller Settled, attempt attemptRow, checkout Checkout) error {
	if checkout.Currency != "gbp" || checkout.AmountTotal <= 0 {
		return raise(ctx, tx, "wrong money", "attempt", attempt.ID, fmt.Sprintf(
			"A card payment of %d %s came for %s. We could not record it. Look at it at Stripe and send it back",
			checkout.AmountTotal, checkout.Currency, attempt.OrderKind))
	}
	payment, err := recordCardPayment(ctx, tx, attempt, checkout)
	if err != nil {
		return err
	}
	if checkout.AmountTotal != attempt.GrossPence {
		return mismatch(ctx, tx, payment, attempt)
	}
	outcome, err := seller.Paid(ctx, tx, Paid{
		OrderID: attempt.OrderID, PaymentID: payment.ID, Gross: payment.GrossPence, At: payment.ReceivedAt, Opened: attempt.CreatedAt,
	})
	if err != nil {
		return err
	}
	switch outcome {
	case Seated:
		return nil
	case NoRoom:
		return giveBack(ctx, tx, payment, CauseLate)
	case AlreadyPaid:
		return giveBack(ctx, tx, payment, CauseDuplicate)
	}
	return mismatch(ctx, tx, payment, attempt)
}

func recordCardPayment(ctx context.Context, tx models.DB, attempt attemptRow, checkout Checkout) (paymentRow, error) {
	at := checkout.ChargedAt
	if at.IsZero() {
		at = tx.Now()
	}
	row := paymentRow{
		Method: "card", GrossPence: checkout.AmountTotal, ReceivedAt: models.Instant(at), ReceivedOn: models.DateOf(at),
		Reference: checkout.ID, RequestKey: "card/" + checkout.PaymentIntent, PaymentIntent: &checkout.PaymentIntent,
		AttemptID: &attempt.ID, OrderKind: &attempt.OrderKind, OrderID: &attempt.OrderID, CreatedAt: tx.Now(),
	}
	if err := insertPayment(ctx, tx, &row); err != nil {
		return row, err
	}
	return row, post(ctx, tx, paymentEntry(tx, row, nil))
}

func mismatch(ctx context.Context, tx models.DB, payment paymentRow, attempt attemptRow) error {
	return raise(ctx, tx, taskMismatch, "payment", payment.ID, fmt.Sprintf(
		"A card payment of %s came, but %s was asked. The money is recorded and no place is confirmed. Decide with the customer",
		payment.GrossPence, attempt.GrossPence))
}
