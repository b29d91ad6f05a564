package stripedouble

import (
	"errors"
	"testing"
	"time"
)

func TestLater_CompleteIsNotPaid(t *testing.T) {
	b := setUp(t, nil)
	s := b.create(t)
	if err := b.PayLater(s.ID); err != nil {
		t.Fatal(err)
	}
	waiting := b.read(t, s.ID)
	if waiting.Status != "complete" || waiting.PaymentStatus != "unpaid" || waiting.PaymentIntent.Status != "processing" || waiting.PaymentIntent.LatestCharge.Paid {
		t.Errorf("on its way: %+v", waiting)
	}
	if _, err := b.refund(waiting.PaymentIntent.ID, 1); err == nil {
		t.Error("refunded what had not come")
	}
	b.clock.Advance(3 * 24 * time.Hour)
	if err := b.Arrive(s.ID, true); err != nil {
		t.Fatal(err)
	}
	paid := b.read(t, s.ID)
	if paid.PaymentStatus != "paid" || !paid.PaymentIntent.LatestCharge.Paid || paid.PaymentIntent.LatestCharge.Created != b.clock.Now().Unix() {
		t.Errorf("arrived: %+v", paid)
	}
	if got := b.kinds(); got != "checkout.session.completed checkout.session.async_payment_succeeded" {
		t.Error(got)
	}
	if err := b.Arrive(s.ID, true); !errors.Is(err, ErrNotOnItsWay) {
		t.Errorf("arrived twice: %v", err)
	}
}

func TestLater_TheBankSaysNo(t *testing.T) {
	b := setUp(t, nil)
	s := b.create(t)
	if err := b.PayLater(s.ID); err != nil {
		t.Fatal(err)
	}
	if err := b.Arrive(s.ID, false); err != nil {
		t.Fatal(err)
	}
	if got := b.read(t, s.ID); got.Status != "complete" || got.PaymentStatus != "unpaid" || got.PaymentIntent.LatestCharge.Paid {
		t.Errorf("%+v", got)
	}
	if got := b.kinds(); got != "checkout.session.completed payment_intent.payment_failed checkout.session.async_payment_failed" {
		t.Error(got)
	}
	for id, want := range map[string]error{s.ID: ErrPaid, "cs_test_unknown": ErrNoPage} {
		if err := b.PayLater(id); !errors.Is(err, want) {
			t.Errorf("%s again: %v", id, err)
		}
	}
	if err := b.Arrive("cs_test_unknown", true); !errors.Is(err, ErrNoPage) {
		t.Error(err)
	}
}
