package booking_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/billing/stripedouble"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// One event comes twice, then to twenty workers at once: one payment, one invoice, one letter, one event kept.
func TestTrap1_SameEventTwiceOrInParallel(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 4)
		once := func(key string, workers int) {
			b := s.hold(key, 1)
			page := s.openPage(key, b)
			s.pay(page)
			var works []func()
			for range workers {
				works = append(works, func() {
					if err := s.tell("evt_"+key, "checkout.session.completed", page); err != nil {
						t.Error(err)
					}
				})
			}
			atOnce(works...)
			s.work()
			if s.status(b) != booking.Confirmed || s.balance(b) != 0 {
				t.Errorf("booking %s, balance %s", s.status(b), s.balance(b))
			}
		}
		once("twice", 2)
		once("twenty", 20)
		s.wants(map[string]int{
			"payments": 2, "documents": 2, "stripe_events": 2, "ledger_entries": 4, "mails WHERE kind = 'booking-confirmed'": 2, "refunds": 0,
		})
		s.sound()
	})
}

// ending stops around the moment at which a payment page is ended at the processor.
type ending struct {
	billing.Gateway
	before, after func()
}

// ExpireCheckout does what the test wants before and after.
func (e ending) ExpireCheckout(ctx context.Context, id string) (billing.Checkout, error) {
	e.before()
	checkout, err := e.Gateway.ExpireCheckout(ctx, id)
	e.after()
	return checkout, err
}

// lapse ends the time of a hold while its payment page is still open at the processor.
func (s *shop) lapse(b booking.Booking) {
	s.Helper()
	err := s.db.InTx(s.Context(), func(tx models.DB) error {
		return tx.SQL(s.Context()).Exec("UPDATE bookings SET hold_until = ? WHERE id = ?", tx.Now(), b.ID).Error
	})
	if err != nil {
		s.Fatal(err)
	}
}

// another tries to hold the place in another browser.
func (s *shop) another(key string) error {
	_, err := inTx(s.T, s.db, func(ctx context.Context, tx models.DB) (booking.Booking, error) {
		return booking.Hold(ctx, tx, access.Visitor(key), booking.HoldRequest{SessionID: s.session.ID, Places: 1, RequestKey: key, ClaimHash: key})
	})
	return err
}

// The time is up and the customer presses Pay in the same second, just before the page is ended: the place is theirs, whether the
// webhook comes during the pause or not.
func TestTrap4_PaidJustBeforeThePageIsEnded(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 1)
		for day, heard := range []bool{false, true} {
			s.session = schedulingtest.OpenAccess(t, db, schedulingtest.Capacity(1), schedulingtest.OnDay(schedulingtest.Day.AddDays(1+day)))
			key := fmt.Sprint("heard-", heard)
			b := s.hold(key, 1)
			page := s.openPage(key, b)
			s.lapse(b)
			till := s.till
			till.Gateway = ending{s.till.Gateway, func() { s.pay(page) }, func() {
				if err := s.another("other-" + key); models.KindOf(err) != models.KindFull {
					t.Errorf("sold to another during the pause: %v", err)
				}
				if heard {
					s.settle(page)
				}
			}}
			if err := booking.Sweep(t.Context(), db, till); err != nil {
				t.Fatal(err)
			}
			if s.status(b) != booking.Confirmed || s.balance(b) != 0 {
				t.Errorf("heard %t: booking %s, balance %s", heard, s.status(b), s.balance(b))
			}
			s.sound()
		}
	})
}

// The page is ended first: during the pause nobody can pay it and nobody else gets the place; afterwards it is free.
func TestTrap4_NothingIsSoldBetweenTheEndAndTheRelease(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 1)
		b := s.hold("slow", 1)
		page := s.openPage("slow", b)
		s.lapse(b)
		till := s.till
		till.Gateway = ending{s.till.Gateway, func() {}, func() {
			if err := s.double.Pay(page); !errors.Is(err, stripedouble.ErrEnded) {
				t.Errorf("paid after its end: %v", err)
			}
			if err := s.another("early"); models.KindOf(err) != models.KindFull {
				t.Errorf("sold to another during the pause: %v", err)
			}
		}}
		if err := booking.Sweep(t.Context(), db, till); err != nil {
			t.Fatal(err)
		}
		if s.status(b) != booking.Expired {
			t.Errorf("booking %s", s.status(b))
		}
		if err := s.another("next"); err != nil {
			t.Errorf("the place is not free: %v", err)
		}
		s.wants(map[string]int{"payments": 0})
		s.sound()
	})
}

// The same second, twenty times, by real workers: whoever paid has the place, and whoever has not has none.
func TestTrap4_TimerAndPaymentAtOnce(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 20)
		for round := range 20 {
			key := fmt.Sprint("round-", round)
			b := s.hold(key, 1)
			page := s.openPage(key, b)
			s.lapse(b)
			var paid error
			atOnce(func() {
				if paid = s.double.Pay(page); paid == nil {
					s.settle(page)
				}
			}, func() {
				if err := booking.Sweep(t.Context(), db, s.till); err != nil {
					t.Error(err)
				}
			})
			if confirmed := s.status(b) == booking.Confirmed; confirmed != (paid == nil) {
				t.Errorf("round %d: paying said %v, the booking is %s", round, paid, s.status(b))
			}
		}
		s.wants(map[string]int{"refunds": 0})
		s.sound()
	})
}

// One place, two buyers, both pay: the first one's hold had ended when the second began. One is seated, the other has the money back.
func TestTrap5_TwoBuyersPayForTheLastPlace(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 1)
		first, one := s.lateBooking()
		second := s.hold("second", 1)
		two := s.openPage("second", second)
		s.pay(one)
		s.pay(two)
		atOnce(func() { s.settle(one) }, func() { s.settle(two) }, func() { s.settle(one) }, func() { s.settle(two) })
		s.work()
		if s.status(first) != booking.Expired || s.status(second) != booking.Confirmed {
			t.Errorf("first %s, second %s", s.status(first), s.status(second))
		}
		s.wants(map[string]int{"payments": 2, "documents": 1, "refunds WHERE status = 'succeeded' AND reason = 'late'": 1})
		if s.balance(first) != 0 || s.balance(second) != 0 {
			t.Errorf("balances %s and %s", s.balance(first), s.balance(second))
		}
		s.sound()
	})
}

// The money comes when the day of the training is over: it goes back.
func TestTrap6_LatePaymentForASessionThatHasRunGoesBack(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 2)
		b, page := s.lateBooking()
		s.pay(page)
		clock.Set(s.session.LastEnd().Add(time.Hour))
		s.settle(page)
		s.work()
		if s.status(b) != booking.Expired || s.balance(b) != 0 {
			t.Errorf("booking %s, balance %s", s.status(b), s.balance(b))
		}
		s.wants(map[string]int{"payments": 1, "documents": 0, "refunds WHERE status = 'succeeded' AND reason = 'late'": 1})
		s.sound()
	})
}

// The booking was paid and then cancelled, when a second payment for it comes: both have gone back in the end, and it stays cancelled.
func TestTrap6_PaymentForACancelledBookingGoesBack(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 2)
		b, first := s.lateBooking()
		second := s.openPage("late", b)
		s.pay(second)
		s.settle(second)
		office := accesstest.Office(t, db)
		if _, err := cancel(t, db, office, booking.CancelRequest{BookingID: b.ID, Ordinals: []int{1}, Ground: booking.ByTerms}); err != nil {
			t.Fatal(err)
		}
		s.pay(first)
		s.settle(first)
		s.work()
		if s.status(b) != booking.Cancelled {
			t.Errorf("booking %s", s.status(b))
		}
		owes(t, db, b, 0)
		s.wants(map[string]int{"payments": 2, "refunds WHERE status = 'succeeded'": 2, "places WHERE status = 'confirmed'": 0})
		s.sound()
	})
}

// Two tabs of one browser press Pay at once: both lead to the same page.
func TestTrap7_TwoTabsShareOnePage(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 2)
		b := s.hold("tabs", 1)
		var works []func()
		for range 6 {
			works = append(works, func() {
				_, err := desk.OpenPayment(t.Context(), db, s.till, access.Visitor("tabs"), b.ID, booking.PayPages{
					Success: "http://ssph.example/return?checkout={CHECKOUT_SESSION_ID}", Cancel: "http://ssph.example/check",
				})
				if err != nil && models.KindOf(err) == models.KindInternal {
					t.Error(err)
				}
			})
		}
		atOnce(works...)
		if n := len(s.double.Pages()); n != 1 {
			t.Fatalf("%d pages", n)
		}
		s.pay(s.openPage("tabs", b))
		s.settle(s.double.Pages()[0].ID)
		s.wants(map[string]int{"payments": 1, "documents": 1, "payment_attempts": 1})
		s.sound()
	})
}

// A method that pays days later was switched on at Stripe: the page is complete and nobody is seated. The places wait for the money;
// when it comes they are booked, and when it does not they are free.
func TestTrap11_CompletedIsNotPaid(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 2)
		comes, fails := s.hold("comes", 1), s.hold("fails", 1)
		pages := map[string]string{"comes": s.openPage("comes", comes), "fails": s.openPage("fails", fails)}
		for key, page := range pages {
			if err := s.double.PayLater(page); err != nil {
				t.Fatal(err)
			}
			if err := s.tell("evt_"+key, "checkout.session.completed", page); err != nil {
				t.Fatal(err)
			}
		}
		clock.Advance(48 * time.Hour)
		if err := errors.Join(booking.Sweep(t.Context(), db, s.till), s.till.Sweep(t.Context(), db)); err != nil {
			t.Fatal(err)
		}
		s.wants(map[string]int{"payments": 0, "documents": 0, "places WHERE status = 'held'": 2, "licences": 0, "mails WHERE kind = 'booking-confirmed'": 0})
		for key, kind := range map[string]string{"comes": "checkout.session.async_payment_succeeded", "fails": "checkout.session.async_payment_failed"} {
			if err := errors.Join(s.double.Arrive(pages[key], key == "comes"), s.tell("evt_later_"+key, kind, pages[key])); err != nil {
				t.Fatal(err)
			}
		}
		if err := booking.Sweep(t.Context(), db, s.till); err != nil {
			t.Fatal(err)
		}
		if s.status(comes) != booking.Confirmed || s.status(fails) != booking.Expired {
			t.Errorf("paid %s, not paid %s", s.status(comes), s.status(fails))
		}
		s.wants(map[string]int{"payments": 1, "documents": 1, "places WHERE status = 'released'": 1})
		s.sound()
	})
}
