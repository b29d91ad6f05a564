package billing_test

import (
	"errors"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/billing"
)

// wantDispute reads a dispute and compares what moves.
func (c counter) wantDispute(t *testing.T, id string, status billing.DisputeStatus, withdrawn bool) {
	t.Helper()
	got, err := c.DisputeByID(t.Context(), id)
	if err != nil || got.Status != status || got.FundsWithdrawn != withdrawn {
		t.Errorf("%+v %v; want %s, money withdrawn %t", got, err, status, withdrawn)
	}
}

func TestGateway_DisputeFromBeginningToEnd(t *testing.T) {
	c := openCounter(t)
	for _, end := range []struct {
		won       bool
		status    billing.DisputeStatus
		withdrawn bool
	}{{true, billing.DisputeWon, false}, {false, billing.DisputeLost, true}} {
		paid := c.paid(t, string(end.status))
		id, err := c.double.OpenDispute(paid.ID, 27360, "product_not_received", false)
		if err != nil {
			t.Fatal(err)
		}
		got, err := c.DisputeByID(t.Context(), id)
		want := billing.Dispute{
			ID: id, PaymentIntent: paid.PaymentIntent, Charge: paid.Charge, Amount: 27360, Currency: "gbp", Reason: "product_not_received",
			Status: billing.DisputeOpen, FundsWithdrawn: true, AnswerBy: c.clock.Now().Add(9 * 24 * time.Hour), Created: c.clock.Now(),
		}
		if err != nil || got != want {
			t.Errorf("%+v %v, want %+v", got, err, want)
		}
		if err := c.double.CloseDispute(id, end.won); err != nil {
			t.Fatal(err)
		}
		c.wantDispute(t, id, end.status, end.withdrawn)
	}
}

func TestGateway_AnInquiryTakesNoMoney(t *testing.T) {
	c := openCounter(t)
	id, err := c.double.OpenDispute(c.paid(t, "7").ID, 82080, "general", true)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := c.DisputeByID(t.Context(), id); err != nil || !got.Inquiry || got.Status != billing.DisputeOpen || got.FundsWithdrawn {
		t.Errorf("%+v %v", got, err)
	}
	if err := c.double.CloseDispute(id, true); err != nil {
		t.Fatal(err)
	}
	c.wantDispute(t, id, billing.DisputeWon, false)
}

func TestGateway_UnknownDispute(t *testing.T) {
	c := openCounter(t)
	for _, id := range []string{"dp_unknown", "", "re_1", "dp_1/close"} {
		if _, err := c.DisputeByID(t.Context(), id); !errors.Is(err, billing.ErrNoCheckout) {
			t.Errorf("%q: %v", id, err)
		}
	}
}
