package billing

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/stripe/stripe-go/v76"

	"hub.salford.ac.uk/ssph/models"
)

func (g stripeGateway) Refund(ctx context.Context, req RefundRequest) (Refund, error) {
	if req.ID == "" || req.PaymentIntent == "" || req.Amount < 1 {
		return Refund{}, fmt.Errorf("refund %q of %s on payment %q", req.ID, req.Amount, req.PaymentIntent)
	}
	p := &stripe.RefundParams{
		PaymentIntent: stripe.String(req.PaymentIntent),
		Amount:        stripe.Int64(int64(req.Amount)),
		Metadata:      withID(req.Metadata, "refund_id", req.ID),
	}
	if req.Reason != "" {
		p.Reason = stripe.String(string(req.Reason))
	}
	p.Context = ctx
	p.SetIdempotencyKey("rf:" + req.ID)
	r, err := g.api.Refunds.New(p)
	if err == nil {
		return refundFrom(r), nil
	}
	switch {
	case serverFault(err):
		return g.refundAfterFault(ctx, req, err)
	case tooLittle(err):
		return Refund{}, fmt.Errorf("%w: %w", ErrGatewayShort, gatewayError(err, false))
	}
	return Refund{}, gatewayError(err, true)
}

// tooLittle says whether Stripe would refund if there were more on our account. It keeps that answer under the key for a day too.
func tooLittle(err error) bool {
	var e *stripe.Error
	return errors.As(err, &e) && (e.HTTPStatusCode == http.StatusPaymentRequired ||
		e.Code == stripe.ErrorCodeBalanceInsufficient || e.Code == stripe.ErrorCodeInsufficientFunds)
}

// refundAfterFault looks whether the refund was made although Stripe answered with a fault of its own. Stripe keeps that answer
// under the key for a day, so asking again would learn nothing, and asking with another key might pay back twice.
func (g stripeGateway) refundAfterFault(ctx context.Context, req RefundRequest, fault error) (Refund, error) {
	made, err := g.RefundsOf(ctx, req.PaymentIntent)
	if err != nil {
		return Refund{}, err
	}
	for _, r := range made {
		if r.Metadata["refund_id"] == req.ID {
			return r, nil
		}
	}
	return Refund{}, gatewayError(fault, true)
}

func (g stripeGateway) RefundByID(ctx context.Context, id string) (Refund, error) {
	if !refundID.MatchString(id) {
		return Refund{}, fmt.Errorf("%w: malformed id", ErrNoCheckout)
	}
	p := &stripe.RefundParams{}
	p.Context = ctx
	r, err := g.api.Refunds.Get(id, p)
	if err != nil {
		return Refund{}, gatewayError(err, false)
	}
	return refundFrom(r), nil
}

func refundFrom(r *stripe.Refund) Refund {
	out := Refund{
		ID: r.ID, Amount: models.Pence(r.Amount), Currency: string(r.Currency), Status: RefundStatus(r.Status),
		FailureReason: string(r.FailureReason), Created: instant(r.Created), Metadata: r.Metadata,
	}
	if r.PaymentIntent != nil {
		out.PaymentIntent = r.PaymentIntent.ID
	}
	if r.Charge != nil {
		out.Charge = r.Charge.ID
	}
	return out
}

func serverFault(err error) bool {
	var e *stripe.Error
	return errors.As(err, &e) && e.HTTPStatusCode >= http.StatusInternalServerError && e.HTTPStatusCode != http.StatusServiceUnavailable
}

// gatewayError sorts what stripe-go returns under our sentinels. Of Stripe's answer it keeps type, code, sentence and request id:
// the whole of it can hold a payer's details. A fault on a write is a refusal, because Stripe repeats it for the same key.
func gatewayError(err error, write bool) error {
	var e *stripe.Error
	if !errors.As(err, &e) {
		return fmt.Errorf("%w: %w", ErrGatewayDown, err)
	}
	kind := ErrGatewayRefused
	switch status := e.HTTPStatusCode; {
	case status == http.StatusNotFound:
		kind = ErrNoCheckout
	case status == http.StatusConflict, status == http.StatusTooManyRequests, status == http.StatusServiceUnavailable:
		kind = ErrGatewayDown
	case status >= http.StatusInternalServerError && !write:
		kind = ErrGatewayDown
	}
	return fmt.Errorf("%w: %d %s %s: %s (request %s)", kind, e.HTTPStatusCode, e.Type, e.Code, e.Msg, e.RequestID)
}
