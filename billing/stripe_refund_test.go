package billing_test

import (
	"errors"
	"net/http"
	"testing"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/billing/stripedouble"
	"hub.salford.ac.uk/ssph/models"
)

func refundOf(paid billing.Checkout, id string, amount models.Pence) billing.RefundRequest {
	return billing.RefundRequest{ID: id, PaymentIntent: paid.PaymentIntent, Amount: amount, Reason: billing.RefundRequested}
}

func TestGateway_RefundOnceHoweverOftenAsked(t *testing.T) {
	c := openCounter(t)
	paid := c.paid(t, "7")
	req := refundOf(paid, "31", 13680)
	var first billing.Refund
	for range 3 {
		got, err := c.Refund(t.Context(), req)
		if err != nil || got.Status != billing.RefundSucceeded || got.Amount != 13680 || got.Metadata["refund_id"] != "31" {
			t.Fatalf("%+v %v", got, err)
		}
		if first.ID == "" {
			first = got
		}
		if got.ID != first.ID {
			t.Errorf("paid back again as %s", got.ID)
		}
	}
	if n := len(c.double.Refunds()); n != 1 {
		t.Errorf("%d refunds", n)
	}
	got, err := c.RefundByID(t.Context(), first.ID)
	if err != nil || got.PaymentIntent != paid.PaymentIntent || got.Currency != "gbp" || !got.Created.Equal(c.clock.Now()) {
		t.Errorf("%+v %v", got, err)
	}
}

func TestGateway_RefundOverWhatIsLeftIsRefused(t *testing.T) {
	c := openCounter(t)
	paid := c.paid(t, "7")
	if _, err := c.Refund(t.Context(), refundOf(paid, "1", 82000)); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Refund(t.Context(), refundOf(paid, "2", 81)); !errors.Is(err, billing.ErrGatewayRefused) {
		t.Errorf("a penny too much: %v", err)
	}
	if _, err := c.Refund(t.Context(), refundOf(paid, "3", 80)); err != nil {
		t.Errorf("the rest: %v", err)
	}
}

func TestGateway_RefundThatFailsLaterSaysSo(t *testing.T) {
	c := openCounter(t)
	c.double.HoldRefunds(true)
	got, err := c.Refund(t.Context(), refundOf(c.paid(t, "7"), "1", 82080))
	if err != nil || got.Status != billing.RefundPending {
		t.Fatalf("%+v %v", got, err)
	}
	for _, step := range []struct {
		succeeded bool
		want      billing.RefundStatus
	}{{true, billing.RefundSucceeded}, {false, billing.RefundFailed}} {
		if err := c.double.SettleRefund(got.ID, step.succeeded); err != nil {
			t.Fatal(err)
		}
		if now, err := c.RefundByID(t.Context(), got.ID); err != nil || now.Status != step.want {
			t.Errorf("%+v %v, want %s", now, err, step.want)
		}
	}
}

// Stripe repeats a fault for the key, and another key would pay back twice: the gateway looks.
func TestGateway_RefundAfterAFaultIsLookedFor(t *testing.T) {
	c := openCounter(t)
	paid := c.paid(t, "7")
	c.double.Inject(stripedouble.Fault{Kind: stripedouble.LateError, Method: http.MethodPost, Path: "/v1/refunds", Times: 1})
	got, err := c.Refund(t.Context(), refundOf(paid, "1", 100))
	if err != nil || got.Amount != 100 || len(c.double.Refunds()) != 1 {
		t.Errorf("made although it said not: %+v %v", got, err)
	}
	c.double.Inject(stripedouble.Fault{Kind: stripedouble.ServerError, Method: http.MethodPost, Path: "/v1/refunds", Times: 1})
	if _, err := c.Refund(t.Context(), refundOf(paid, "2", 100)); !errors.Is(err, billing.ErrGatewayRefused) {
		t.Errorf("not made: %v", err)
	}
	if n := len(c.double.Refunds()); n != 1 {
		t.Errorf("%d refunds", n)
	}
}

func TestGateway_UnknownRefund(t *testing.T) {
	c := openCounter(t)
	for _, id := range []string{"re_unknown", "", "cs_1", "re_1/cancel"} {
		if _, err := c.RefundByID(t.Context(), id); !errors.Is(err, billing.ErrNoCheckout) {
			t.Errorf("%q: %v", id, err)
		}
	}
	if _, err := c.Refund(t.Context(), billing.RefundRequest{ID: "1", PaymentIntent: "pi_unknown", Amount: 1}); !errors.Is(err, billing.ErrNoCheckout) {
		t.Errorf("unknown payment: %v", err)
	}
}
