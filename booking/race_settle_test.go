package booking_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/billing/stripedouble"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// atOnce runs the works together and waits for all.
func atOnce(works ...func()) {
	var wait sync.WaitGroup
	start := make(chan struct{})
	for _, work := range works {
		wait.Go(func() {
			<-start
			work()
		})
	}
	close(start)
	wait.Wait()
}

// count counts rows: "payments WHERE method = 'card'".
func (s *shop) count(what string) (n int) {
	s.Helper()
	if err := s.db.SQL(s.Context()).Raw("SELECT COUNT(*) FROM " + what).Scan(&n).Error; err != nil {
		s.Fatal(err)
	}
	return n
}

// wants checks numbers of rows.
func (s *shop) wants(numbers map[string]int) {
	s.Helper()
	for what, want := range numbers {
		if got := s.count(what); got != want {
			s.Errorf("%d %s, want %d", got, what, want)
		}
	}
}

// tell gives the program a webhook about a page, under an id of its own unless one is given.
func (s *shop) tell(id, kind, page string) error {
	return s.till.Receive(s.Context(), s.db, billing.Event{ID: id, Type: kind, ObjectID: page, Created: s.clock.Now()})
}

// The customer comes back, seven deliveries of four webhooks arrive and the sweep looks, twenty times in all and at once.
func TestTrap2_ReturnPageWebhooksAndSweepAtOnceSettleOnce(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 2)
		b := s.hold("lena", 2)
		page := s.openPage("lena", b)
		s.pay(page)
		clock.Advance(2 * time.Minute) // the sweep leaves younger pages alone
		var works []func()
		for i := range 20 {
			works = append(works, func() {
				var err error
				switch i % 3 {
				case 0:
					_, err = s.till.Settle(t.Context(), db, page)
				case 1:
					err = s.tell(fmt.Sprintf("evt_%d", i%4), "checkout.session.completed", page)
				case 2:
					err = s.till.Sweep(t.Context(), db)
				}
				if err != nil {
					t.Errorf("call %d: %v", i, err)
				}
			})
		}
		atOnce(works...)
		s.work()
		s.wants(map[string]int{
			"payments": 1, "documents": 1, "allocations": 1, "ledger_entries": 2, "refunds": 0, "office_tasks": 0,
			"mails WHERE kind = 'booking-confirmed'": 1, "stripe_events": 4,
		})
		if s.status(b) != booking.Confirmed || s.balance(b) != 0 {
			t.Errorf("booking %s, balance %s", s.status(b), s.balance(b))
		}
		s.sound()
	})
}

func TestTrap3_NewsOutOfOrderTakesNothingBack(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 2)
		b := s.hold("lena", 1)
		page := s.openPage("lena", b)
		s.pay(page)
		for i, kind := range []string{"checkout.session.completed", "checkout.session.expired", "payment_intent.payment_failed", "checkout.session.completed"} {
			if err := s.tell(fmt.Sprint("evt_", i), kind, page); err != nil {
				t.Fatalf("%s: %v", kind, err)
			}
		}
		if s.status(b) != booking.Confirmed {
			t.Errorf("booking %s", s.status(b))
		}
		s.wants(map[string]int{"payments": 1, "documents": 1, "mails WHERE kind = 'booking-confirmed'": 1})
		s.sound()
	})
}

// Both pages of one booking are paid: the first one's end was lost on the way to us. The second payment goes back, once.
func TestTrap7_SecondPaymentOfABookingGoesBack(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 2)
		b, first := s.lateBooking()
		second := s.openPage("late", b)
		if first == second {
			t.Fatal("the second attempt has the first one's page")
		}
		s.pay(second)
		s.pay(first)
		var works []func()
		for range 5 {
			works = append(works, func() { s.settle(first) }, func() { s.settle(second) })
		}
		atOnce(works...)
		// The refund is made, and its answer is a fault: asking again with another key would pay it back twice.
		s.double.Inject(stripedouble.Fault{Kind: stripedouble.LateError, Method: "POST", Path: "/v1/refunds", Times: 1})
		s.work()
		s.wants(map[string]int{
			"payments": 2, "documents": 1, "refunds WHERE status = 'succeeded' AND reason = 'duplicate'": 1,
			"mails WHERE kind = 'payment-twice'": 1, "mails WHERE kind = 'booking-confirmed'": 1,
		})
		if back := s.double.Refunds(); len(back) != 1 || back[0].Amount != 27360 {
			t.Errorf("refunds %+v", back)
		}
		if s.status(b) != booking.Confirmed || s.balance(b) != 0 {
			t.Errorf("booking %s, balance %s", s.status(b), s.balance(b))
		}
		s.sound()
	})
}

func TestTrap12_AnotherCurrencyIsNotMoneyOfOurs(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 1)
		b := s.hold("lena", 1)
		page := s.openPage("lena", b)
		if err := s.double.Alter(page, 27360, "eur"); err != nil {
			t.Fatal(err)
		}
		s.pay(page)
		s.settle(page)
		s.settle(page)
		s.wants(map[string]int{"payments": 0, "documents": 0, "office_tasks WHERE kind = 'wrong money'": 1})
		if s.status(b) == booking.Confirmed {
			t.Error("the booking was confirmed")
		}
		s.sound()
	})
}

// killed is a processor whose answer never reaches us: the program dies after the page was opened and before it was written down.
type killed struct{ billing.Gateway }

var errKilled = errors.New("killed")

// OpenCheckout opens the page and forgets it.
func (k killed) OpenCheckout(ctx context.Context, r billing.CheckoutRequest) (billing.Checkout, error) {
	if _, err := k.Gateway.OpenCheckout(ctx, r); err != nil {
		return billing.Checkout{}, err
	}
	return billing.Checkout{}, errKilled
}

// openAndDie starts a payment in a program that dies before it can write the page down.
func (s *shop) openAndDie(key string, b booking.Booking) {
	s.Helper()
	dying := s.till
	dying.Gateway = killed{s.till.Gateway}
	_, err := desk.OpenPayment(s.Context(), s.db, dying, access.Visitor(key), b.ID, booking.PayPages{
		Success: "http://ssph.example/return?checkout={CHECKOUT_SESSION_ID}", Cancel: "http://ssph.example/check",
	})
	if !errors.Is(err, errKilled) {
		s.Fatalf("open payment: %v", err)
	}
}

func TestTrap8_KilledBeforeThePageIsWrittenDown(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 2)
		again := s.hold("again", 1)
		s.openAndDie("again", again)
		page := s.openPage("again", again)
		if n := len(s.double.Pages()); n != 1 {
			t.Fatalf("trying again opened a second page: %d", n)
		}
		s.pay(page)
		s.settle(page)
		if s.status(again) != booking.Confirmed {
			t.Errorf("after trying again and paying the booking is %s", s.status(again))
		}
		// The customer never comes back, and yet pays: the webhook is the first we hear of the page.
		gone := s.hold("gone", 1)
		s.openAndDie("gone", gone)
		page = s.double.Pages()[1].ID
		s.pay(page)
		if err := s.tell("evt_1", "checkout.session.completed", page); err != nil {
			t.Fatal(err)
		}
		if s.status(gone) != booking.Confirmed {
			t.Errorf("the webhook left the booking %s", s.status(gone))
		}
		s.wants(map[string]int{"payments": 2, "documents": 2})
		s.sound()
	})
}

// One place, thirty times: its hold has ended, and its payment and a new buyer come at the same moment. Whoever is second loses: the
// buyer is told that it is full, the payment goes back.
func TestTrap5_LatePaymentAndNewHoldShareNoPlace(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 1)
		late, quick := 0, 0
		for round := range 30 {
			s.session = schedulingtest.OpenAccess(t, db, schedulingtest.Capacity(1), schedulingtest.OnDay(schedulingtest.Day.AddDays(1+round)))
			key := fmt.Sprint("late-", round)
			b := s.hold(key, 1)
			s.openAndDie(key, b)
			clock.Advance(time.Hour) // our side gives the hold up, for it never heard of the page
			if err := booking.Sweep(t.Context(), db, s.till); err != nil {
				t.Fatal(err)
			}
			clock.Advance(-time.Hour) // the processor's clock is behind ours, and the page still takes money
			page := s.double.Pages()[round].ID
			s.pay(page)
			var refused error
			atOnce(func() { s.settle(page) }, func() {
				_, refused = inTx(t, db, func(ctx context.Context, tx models.DB) (booking.Booking, error) {
					return booking.Hold(ctx, tx, access.Visitor(), booking.HoldRequest{SessionID: s.session.ID, Places: 1, RequestKey: fmt.Sprint("new-", round)})
				})
			})
			switch confirmed := s.status(b) == booking.Confirmed; {
			case confirmed && models.KindOf(refused) == models.KindFull:
				late++
			case !confirmed && refused == nil:
				quick++
			default:
				t.Errorf("round %d: late booking %s, new buyer: %v", round, s.status(b), refused)
			}
		}
		s.work()
		s.wants(map[string]int{"payments": 30, "documents": late, "refunds WHERE status = 'succeeded' AND reason = 'late'": quick})
		if got := len(s.double.Refunds()); got != quick {
			t.Errorf("%d refunds at the processor, want %d", got, quick)
		}
		s.sound()
	})
}
