package billing

import (
	"context"
	"fmt"

	"github.com/stripe/stripe-go/v76"

	"hub.salford.ac.uk/ssph/models"
)

func (g stripeGateway) DisputeByID(ctx context.Context, id string) (Dispute, error) {
	if !disputeID.MatchString(id) {
		return Dispute{}, fmt.Errorf("%w: malformed id", ErrNoCheckout)
	}
	p := &stripe.DisputeParams{}
	p.Context = ctx
	d, err := g.api.Disputes.Get(id, p)
	if err != nil {
		return Dispute{}, gatewayError(err, false)
	}
	return disputeFrom(d), nil
}

func disputeFrom(d *stripe.Dispute) Dispute {
	out := Dispute{
		ID: d.ID, Amount: models.Pence(d.Amount), Currency: string(d.Currency), Reason: string(d.Reason), Created: instant(d.Created),
		Livemode: d.Livemode,
	}
	out.Status, out.Inquiry = disputeStatus(d.Status)
	if d.PaymentIntent != nil {
		out.PaymentIntent = d.PaymentIntent.ID
	}
	if d.Charge != nil {
		out.Charge = d.Charge.ID
	}
	if d.EvidenceDetails != nil {
		out.AnswerBy = instant(d.EvidenceDetails.DueBy)
	}
	var balance int64 // what was taken is negative, what was given back positive
	for _, b := range d.BalanceTransactions {
		balance += b.Amount
	}
	out.FundsWithdrawn = balance < 0
	return out
}

// disputeStatus puts Stripe's seven states into our three. The warnings are questions, before any money is asked back.
func disputeStatus(s stripe.DisputeStatus) (status DisputeStatus, inquiry bool) {
	switch s {
	case stripe.DisputeStatusWon:
		return DisputeWon, false
	case stripe.DisputeStatusLost:
		return DisputeLost, false
	case stripe.DisputeStatusWarningClosed:
		return DisputeWon, true
	case stripe.DisputeStatusWarningNeedsResponse, stripe.DisputeStatusWarningUnderReview:
		return DisputeOpen, true
	}
	return DisputeOpen, false
}
