package stripedouble

import (
	"net/http"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stripe/stripe-go/v76"
)

func (b *bench) refund(payment string, pence int64) (*stripe.Refund, error) {
	return b.api.Refunds.New(&stripe.RefundParams{
		PaymentIntent: stripe.String(payment), Amount: stripe.Int64(pence), Reason: stripe.String("requested_by_customer"),
		Metadata: map[string]string{"refund_id": "1"},
	})
}

func TestRefund_PartsAddUpToTheCharge(t *testing.T) {
	b := setUp(t, nil)
	s := b.paid(t)
	for _, pence := range []int64{27360, 13680, 41040} {
		r, err := b.refund(s.PaymentIntent.ID, pence)
		if err != nil || r.Status != "succeeded" || r.Amount != pence {
			t.Fatalf("%d: %v %v", pence, r, err)
		}
		got, err := b.api.Refunds.Get(r.ID, nil)
		if err != nil || got.PaymentIntent.ID != s.PaymentIntent.ID || got.Metadata["refund_id"] != "1" {
			t.Errorf("%d read back: %v %v", pence, got, err)
		}
	}
	charge := b.read(t, s.ID).PaymentIntent.LatestCharge
	if charge.AmountRefunded != 82080 || !charge.Refunded {
		t.Errorf("%+v", charge)
	}
	_, err := b.refund(s.PaymentIntent.ID, 1)
	if e := refused(t, err, http.StatusBadRequest, stripe.ErrorTypeInvalidRequest); e.Code != "charge_already_refunded" {
		t.Errorf("code %s", e.Code)
	}
}

func TestRefund_NeverMoreThanWasPaid(t *testing.T) {
	b := setUp(t, nil)
	s := b.paid(t)
	_, err := b.refund(s.PaymentIntent.ID, 82081)
	refused(t, err, http.StatusBadRequest, stripe.ErrorTypeInvalidRequest)
	var wg sync.WaitGroup
	var given atomic.Int64
	for range 10 {
		wg.Go(func() {
			if r, err := b.refund(s.PaymentIntent.ID, 20000); err == nil {
				given.Add(r.Amount)
			}
		})
	}
	wg.Wait()
	if given.Load() != 80000 {
		t.Errorf("%d pence of 82080 went back in parts of 20000", given.Load())
	}
}

func TestRefund_RefusesNonsense(t *testing.T) {
	b := setUp(t, nil)
	s := b.create(t)
	if err := b.Decline(s.ID); err != nil {
		t.Fatal(err)
	}
	_, err := b.refund(b.read(t, s.ID).PaymentIntent.ID, 100)
	refused(t, err, http.StatusBadRequest, stripe.ErrorTypeInvalidRequest)
	_, err = b.refund("pi_unknown", 100)
	refused(t, err, http.StatusNotFound, stripe.ErrorTypeInvalidRequest)
	_, err = b.refund(b.paid(t).PaymentIntent.ID, 0)
	refused(t, err, http.StatusBadRequest, stripe.ErrorTypeInvalidRequest)
	_, err = b.api.Refunds.Get("re_unknown", nil)
	refused(t, err, http.StatusNotFound, stripe.ErrorTypeInvalidRequest)
}

func TestRefund_PendingThenSucceededThenFailed(t *testing.T) {
	b := setUp(t, nil)
	s := b.paid(t)
	b.HoldRefunds(true)
	r, err := b.refund(s.PaymentIntent.ID, 82080)
	if err != nil || r.Status != "pending" {
		t.Fatalf("%v %v", r, err)
	}
	for _, step := range []struct {
		succeeded bool
		status    stripe.RefundStatus
	}{{true, "succeeded"}, {false, "failed"}} {
		if err := b.SettleRefund(r.ID, step.succeeded); err != nil {
			t.Fatal(err)
		}
		if got, err := b.api.Refunds.Get(r.ID, nil); err != nil || got.Status != step.status {
			t.Errorf("%v %v, want %s", got, err, step.status)
		}
	}
	if err := b.SettleRefund(r.ID, true); err == nil {
		t.Error("a failed refund succeeded")
	}
	if _, err := b.refund(s.PaymentIntent.ID, 82080); err != nil {
		t.Errorf("what failed can be refunded again: %v", err)
	}
}

func TestRefund_MadeDirectlyHasNoIdOfOurs(t *testing.T) {
	b := setUp(t, nil)
	s := b.paid(t)
	if err := b.RefundDirectly(s.ID, 27360); err != nil {
		t.Fatal(err)
	}
	list := b.api.Refunds.List(&stripe.RefundListParams{PaymentIntent: stripe.String(s.PaymentIntent.ID)})
	var n int
	for list.Next() {
		n++
		if r := list.Refund(); r.Amount != 27360 || r.Metadata["refund_id"] != "" {
			t.Errorf("%+v", r)
		}
	}
	if n != 1 || list.Err() != nil {
		t.Errorf("%d refunds, %v", n, list.Err())
	}
	if err := b.RefundDirectly("cs_test_unknown", 1); err == nil {
		t.Error("refunded a page that never was")
	}
}

func TestRefund_ListedByItsChargeToo(t *testing.T) {
	b := setUp(t, nil)
	s := b.paid(t)
	if _, err := b.refund(b.paid(t).PaymentIntent.ID, 500); err != nil { // of another
		t.Fatal(err)
	}
	for _, pence := range []int64{100, 200} {
		if _, err := b.refund(s.PaymentIntent.ID, pence); err != nil {
			t.Fatal(err)
		}
	}
	charge := s.PaymentIntent.LatestCharge.ID
	list := b.api.Refunds.List(&stripe.RefundListParams{Charge: stripe.String(charge)})
	var sum int64
	for list.Next() {
		sum += list.Refund().Amount
	}
	if sum != 300 || list.Err() != nil {
		t.Errorf("%d pence, %v", sum, list.Err())
	}
	if got, err := b.api.Charges.Get(charge, nil); err != nil || got.AmountRefunded != 300 || got.Refunded || got.PaymentIntent.ID != s.PaymentIntent.ID {
		t.Errorf("%+v %v", got, err)
	}
	for _, p := range []*stripe.RefundListParams{{Charge: stripe.String("ch_unknown")}, {PaymentIntent: stripe.String("pi_unknown")}} {
		list := b.api.Refunds.List(p)
		refused(t, list.Err(), http.StatusNotFound, stripe.ErrorTypeInvalidRequest)
	}
}
