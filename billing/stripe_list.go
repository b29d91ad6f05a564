package billing

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/stripe/stripe-go/v76"
)

// pageOfList is how many entries each request of a list asks for: the most that Stripe gives.
const pageOfList = 100

func (g stripeGateway) RefundsOf(ctx context.Context, id string) ([]Refund, error) {
	p := &stripe.RefundListParams{}
	switch {
	case intentID.MatchString(id):
		p.PaymentIntent = stripe.String(id)
	case chargeID.MatchString(id):
		p.Charge = stripe.String(id)
	default:
		return nil, fmt.Errorf("%w: malformed id", ErrNoCheckout)
	}
	return g.refunds(ctx, p)
}

func (g stripeGateway) RefundsSince(ctx context.Context, since time.Time) ([]Refund, error) {
	return g.refunds(ctx, &stripe.RefundListParams{CreatedRange: from(since)})
}

func (g stripeGateway) refunds(ctx context.Context, p *stripe.RefundListParams) ([]Refund, error) {
	wholeList(ctx, &p.ListParams)
	list := g.api.Refunds.List(p)
	return oldestFirst(list, func() Refund { return refundFrom(list.Refund()) })
}

// CompletedSince looks at pages opened up to a day earlier, because a page may be paid for as long as it lives.
func (g stripeGateway) CompletedSince(ctx context.Context, since time.Time) ([]Checkout, error) {
	p := &stripe.CheckoutSessionListParams{
		CreatedRange: from(since.Add(-MaxCheckoutLife)), Status: stripe.String(string(stripe.CheckoutSessionStatusComplete)),
	}
	p.AddExpand("data." + expandCharge)
	wholeList(ctx, &p.ListParams)
	list := g.api.CheckoutSessions.List(p)
	return oldestFirst(list, func() Checkout { return checkoutFrom(list.CheckoutSession()) })
}

func (g stripeGateway) EventsSince(ctx context.Context, q EventQuery) ([]Event, error) {
	p := &stripe.EventListParams{Types: stripe.StringSlice(WebhookEvents()), CreatedRange: from(q.Since)}
	if !q.Before.IsZero() {
		p.CreatedRange.LesserThan = q.Before.Unix()
	}
	if q.Missed {
		p.DeliverySuccess = stripe.Bool(false)
	}
	wholeList(ctx, &p.ListParams)
	list := g.api.Events.List(p)
	return oldestFirst(list, func() Event { return eventFrom(list.Event()) })
}

// eventFrom reads a listed event, which is as genuine as the connection, into what a webhook would have told.
func eventFrom(e *stripe.Event) Event {
	out := Event{ID: e.ID, Type: string(e.Type), Livemode: e.Livemode, APIVersion: e.APIVersion, Created: instant(e.Created)}
	if e.Data != nil {
		out.ObjectID, _ = e.Data.Object["id"].(string) // not every object has one
	}
	return out
}

func from(since time.Time) *stripe.RangeQueryParams {
	return &stripe.RangeQueryParams{GreaterThanOrEqual: since.Unix()}
}

func wholeList(ctx context.Context, p *stripe.ListParams) {
	p.Context = ctx
	p.Limit = stripe.Int64(pageOfList)
}

// oldestFirst reads a list to its end, page by page. Stripe gives the newest first.
func oldestFirst[T any](list interface {
	Next() bool
	Err() error
}, current func() T,
) ([]T, error) {
	var out []T
	for list.Next() {
		out = append(out, current())
	}
	if err := list.Err(); err != nil {
		return nil, gatewayError(err, false)
	}
	slices.Reverse(out)
	return out, nil
}
