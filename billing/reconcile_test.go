package billing_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// Stripe's webhooks do not arrive for six days: an order is paid, another refunded on Stripe's own pages, a third disputed and the
// dispute won. The hourly look finds all of it once, and says so.
func TestTrap30_AnOutageOfDaysIsRepaired(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		refunded, second := s.sold(2)
		disputed, third := s.sold(3)
		s.must(s.CatchUp(t.Context(), db))
		s.wants(map[string]int{"stripe_checks WHERE kind = 'events' AND repaired = 2": 1}) // the two webhooks of the sales
		day := 24 * time.Hour
		clock.Advance(day)
		s.pay(1)
		clock.Advance(day)
		s.must(s.double.RefundDirectly(refunded, 27360))
		id, err := s.double.OpenDispute(disputed, 82080, "fraudulent", false)
		s.must(err)
		clock.Advance(2 * day)
		s.must(s.double.CloseDispute(id, true))
		clock.Advance(2 * day)
		for range 2 {
			s.must(s.CatchUp(t.Context(), db))
		}
		s.stands(second, 82080, 0, 27360)
		s.stands(third, 82080, 0, 0)
		s.stands(find(t, db, "INV-000003"), 82080, 0, 0)
		s.asks("refund from outside")
		s.wants(map[string]int{
			"payments": 3, "refunds": 1, "disputes WHERE status = 'won'": 1,
			"stripe_checks WHERE repaired > 0": 2, "stripe_checks WHERE repaired = 0": 1,
		})
	})
}

// Stripe remembers thirty days. Away for 29 nothing is lost; away for 41 eleven days and an hour cannot be seen, and a task names them.
func TestTrap30_WhatNobodyCanSeeIsSaid(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		s.must(s.CatchUp(t.Context(), db))
		clock.Advance(29 * 24 * time.Hour)
		s.must(s.CatchUp(t.Context(), db))
		s.asks()
		s.pay(1) // on 22 December
		clock.Advance(41 * 24 * time.Hour)
		for range 2 {
			s.must(s.CatchUp(t.Context(), db))
		}
		s.asks("unseen days")
		tasks, err := billing.Tasks(t.Context(), db)
		if err != nil || !strings.HasPrefix(tasks[0].Sentence, "We did not look at Stripe from 22 December 2026 to 2 January 2027") {
			t.Errorf("%+v %v", tasks, err)
		}
		s.wants(map[string]int{"payments": 0})
		s.must(s.Compare(t.Context(), db)) // payments are remembered for longer than events; the sweep knows the page too
		s.must(s.Sweep(t.Context(), db))
		s.wants(map[string]int{"payments": 1})
	})
}

// deaf fails for one object, as a record at fault would.
type deaf struct {
	billing.Gateway
	to string
}

var errDeaf = errors.New("deaf")

func (d deaf) Checkout(ctx context.Context, id string) (billing.Checkout, error) {
	if id == d.to {
		return billing.Checkout{}, errDeaf
	}
	return d.Gateway.Checkout(ctx, id)
}

func TestCatchUp_OneFailureStopsNoOthersAndIsTriedAgain(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		first := s.pay(1)
		s.pay(2)
		half := s.Till
		half.Gateway = deaf{s.Gateway, first}
		if err := half.CatchUp(t.Context(), db); !errors.Is(err, errDeaf) {
			t.Errorf("%v", err)
		}
		s.wants(map[string]int{"payments": 1, "stripe_checks": 0})
		s.must(s.CatchUp(t.Context(), db))
		s.wants(map[string]int{"payments": 2, "stripe_checks": 1})
		sound(t, db)
	})
}

// The nightly comparison finds a payment and a refund that are not here, a refund that has gone on, and a sum that differs.
func TestCompare_RepairsWhatIsMissingAndSaysWhatDiffers(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		s.double.HoldRefunds(true)
		s.refund(invoice, "form")
		s.work()
		s.double.HoldRefunds(false)
		s.must(s.double.SettleRefund(s.double.Refunds()[0].ID, true))
		s.must(s.double.RefundDirectly(page, 10000))
		s.pay(2)
		clock.Advance(24 * time.Hour)
		for range 2 {
			s.must(s.Compare(t.Context(), db))
		}
		s.stands(invoice, 54720, 0, 10000)
		s.asks("refund from outside")
		s.wants(map[string]int{
			"payments": 2, "refunds WHERE status = 'succeeded'": 2,
			"stripe_checks WHERE kind = 'nightly' AND repaired = 3 AND found = 0": 1, "stripe_checks WHERE kind = 'nightly' AND repaired = 0": 1,
		})
		wrong := s.Till
		wrong.Gateway = mistold{s.Gateway}
		s.must(wrong.Compare(t.Context(), db))
		s.asks("refund from outside", "sums differ", "sums differ", "sums differ", "sums differ")
		s.wants(map[string]int{"payments": 2, "refunds": 2, "stripe_checks WHERE found = 4": 1})
		sound(t, db)
	})
}

// mistold says a penny more of everything.
type mistold struct{ billing.Gateway }

func (m mistold) CompletedSince(ctx context.Context, since time.Time) ([]billing.Checkout, error) {
	pages, err := m.Gateway.CompletedSince(ctx, since)
	for i := range pages {
		pages[i].AmountTotal++
	}
	return pages, err
}

func (m mistold) RefundsSince(ctx context.Context, since time.Time) ([]billing.Refund, error) {
	refunds, err := m.Gateway.RefundsSince(ctx, since)
	for i := range refunds {
		refunds[i].Amount++
	}
	return refunds, err
}

// A comparison reaches back to the last one, however long ago that was, and two days at least.
func TestCompare_ReachesBackToTheLast(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, _ := s.sold(1)
		s.must(s.Compare(t.Context(), db))
		clock.Advance(time.Hour)
		s.must(s.double.RefundDirectly(page, 10000))
		clock.Advance(20 * 24 * time.Hour)
		s.must(s.Compare(t.Context(), db))
		s.wants(map[string]int{"refunds WHERE reason = 'external' AND status = 'succeeded'": 1, "ledger_entries WHERE kind = 'refund' AND on_date = '2026-11-23'": 1})
		sound(t, db)
	})
}

// The program dies after Stripe has opened the page: the customer, who was sent there by a second try that died too, pays. Nobody
// comes back. Five minutes after the page's end the sweep asks under the same key and finds the money. An attempt that Stripe never
// heard of has just ended.
func TestTrap8_TheSweepFindsAPageNobodyWroteDown(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		dying := s.Till
		dying.Gateway = dead{Gateway: s.Gateway, open: func(req billing.CheckoutRequest) (billing.Checkout, error) {
			_, err := s.Gateway.OpenCheckout(t.Context(), req)
			return billing.Checkout{}, errors.Join(err, errKilled)
		}}
		if _, err := dying.OpenCheckout(t.Context(), db, s.start(1)); !errors.Is(err, errKilled) {
			t.Fatal(err)
		}
		s.must(s.double.Pay(s.double.Pages()[0].ID))
		s.start(2)
		clock.Advance(billing.MinCheckoutLife + 4*time.Minute)
		s.must(s.Sweep(t.Context(), db))
		s.wants(map[string]int{"payment_attempts WHERE status = 'created'": 2, "payments": 0})
		clock.Advance(2 * time.Minute)
		for range 2 {
			s.must(s.Sweep(t.Context(), db))
		}
		s.wants(map[string]int{
			"payment_attempts WHERE status = 'paid' AND order_id = 1": 1, "payment_attempts WHERE status = 'expired' AND order_id = 2": 1,
			"payments": 1, "documents": 1,
		})
		if n := len(s.double.Pages()); n != 1 {
			t.Errorf("%d pages at Stripe", n)
		}
		s.asks()
		sound(t, db)
	})
}

// What the bank has under way is looked at again, and a refund whose job never ran is sent, once.
func TestSweep_BringsRefundsToTheirEnd(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		_, invoice := s.sold(1)
		s.refund(invoice, "never-ran")
		s.must(s.Sweep(t.Context(), db))
		s.wants(map[string]int{"refunds WHERE status = 'requested'": 1}) // its job has ten minutes
		clock.Advance(later)
		s.double.HoldRefunds(true)
		for range 2 {
			s.must(s.Sweep(t.Context(), db))
		}
		s.work()
		s.wants(map[string]int{"refunds WHERE status = 'pending'": 1})
		s.must(s.double.SettleRefund(s.double.Refunds()[0].ID, true))
		s.must(s.Sweep(t.Context(), db))
		s.wants(map[string]int{"refunds WHERE status = 'succeeded'": 1})
		if back := s.double.Refunds(); len(back) != 1 {
			t.Errorf("%+v", back)
		}
		s.stands(invoice, 54720, 0, 0)
	})
}

// Money that is on its way for days and then does not come ends the attempt; the customer may try again, and late money still counts.
func TestTrap11_MoneyThatWasOnItsWayAndDidNotCome(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		if _, err := s.OpenCheckout(t.Context(), db, s.start(1)); err != nil {
			t.Fatal(err)
		}
		page := s.double.Pages()[0].ID
		s.must(s.double.PayLater(page))
		s.hear()
		s.wants(map[string]int{"payment_attempts WHERE status = 'processing'": 1, "payments": 0, "documents": 0})
		clock.Advance(4 * 24 * time.Hour)
		s.must(s.double.Arrive(page, false))
		fresh := s.double.Events()[s.heard:]
		for _, e := range slices.Concat(fresh, s.double.Events()[:s.heard]) { // and then the news of before once more
			s.tell(e)
		}
		s.must(s.Sweep(t.Context(), db))
		s.wants(map[string]int{"payment_attempts WHERE status = 'failed'": 1, "payments": 0, "documents": 0})
		if next := s.start(1); next.Status != billing.AttemptCreated {
			t.Errorf("the next try: %+v", next)
		}
	})
}
