package billing

import (
	"context"
	"errors"
	"strings"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// Receive takes a verified webhook event. The event is only a hint: the object is read again from the processor, and its effect
// and the event's id are written in one transaction, so that the same event twice, or twenty events at once, have one effect. An
// error means that nothing was written and the processor should send it again. What is about money not known here yet is looked
// at again for some days: see CatchUp.
func (t Till) Receive(ctx context.Context, db models.DB, event Event) error {
	effect, err := t.effectOf(ctx, event)
	if err != nil {
		return err
	}
	return db.InTx(ctx, func(tx models.DB) error {
		outcome, err := effect(tx)
		if err != nil {
			return err
		}
		return insertEvent(ctx, tx, event, outcome)
	})
}

// outcomeUnknown marks an event about money that is not recorded here: somebody else's, or of a payment we have not heard of yet.
const outcomeUnknown = "unknown"

// effectOf reads the event's object and returns what is to be done about it inside the transaction.
func (t Till) effectOf(ctx context.Context, event Event) (func(tx models.DB) (string, error), error) {
	effect, err := t.lookUp(ctx, event)
	if errors.Is(err, ErrNoCheckout) {
		return outcomeOnly(outcomeUnknown), nil
	}
	return effect, err
}

func (t Till) lookUp(ctx context.Context, event Event) (func(tx models.DB) (string, error), error) {
	switch {
	case strings.HasPrefix(event.Type, "checkout.session."):
		checkout, err := t.Gateway.Checkout(ctx, event.ObjectID)
		return func(tx models.DB) (string, error) { return t.checkoutEvent(ctx, tx, event.Type, checkout) }, err
	case strings.HasPrefix(event.Type, "refund.") || event.Type == "charge.refund.updated":
		refund, err := t.Gateway.RefundByID(ctx, event.ObjectID)
		return func(tx models.DB) (string, error) { return refundEvent(ctx, tx, refund) }, err
	case event.Type == "charge.refunded": // it tells only the sum of all refunds: each is looked at by itself
		refunds, err := t.Gateway.RefundsOf(ctx, event.ObjectID)
		return func(tx models.DB) (string, error) { return refundEvents(ctx, tx, refunds) }, err
	case strings.HasPrefix(event.Type, "charge.dispute."):
		dispute, err := t.Gateway.DisputeByID(ctx, event.ObjectID)
		return func(tx models.DB) (string, error) { return disputeEvent(ctx, tx, dispute) }, err
	}
	return outcomeOnly("ignored"), nil
}

func outcomeOnly(word string) func(models.DB) (string, error) {
	return func(models.DB) (string, error) { return word, nil }
}

// laterFailed is the one event that tells what the payment page itself does not: the money that was on its way will not come.
const laterFailed = "checkout.session.async_payment_failed"

// checkoutEvent settles; an event about somebody else's payment page becomes a task, never an endless retry.
func (t Till) checkoutEvent(ctx context.Context, tx models.DB, kind string, checkout Checkout) (string, error) {
	to := stateAt(checkout)
	if kind == laterFailed && to == AttemptProcessing {
		to = AttemptFailed
	}
	status, err := t.settleTo(ctx, tx, checkout, to)
	if err == nil {
		return string(status), finishTaskAbout(ctx, tx, access.System(), "unknown payment", "checkout "+checkout.ID, 0)
	}
	if models.KindOf(err) != models.KindNotFound {
		return "", err
	}
	if !checkout.Paid {
		return outcomeUnknown, nil
	}
	return outcomeUnknown, raise(ctx, tx, "unknown payment", "checkout "+checkout.ID, 0,
		"Stripe reports a payment of "+checkout.AmountTotal.String()+" that belongs to no booking here. Look at "+checkout.ID+" at Stripe")
}
