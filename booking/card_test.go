package booking_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http/httptest"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/billing/stripedouble"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/jobs"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// shop is a session of two places, a till over the Stripe double, and the jobs.
type shop struct {
	*testing.T
	db      models.DB
	clock   *modelstest.Clock
	double  *stripedouble.Double
	till    billing.Till
	runner  *jobs.Runner
	session scheduling.Session
}

func newShop(t *testing.T, db models.DB, clock *modelstest.Clock, capacity int) *shop {
	t.Helper()
	double, err := stripedouble.New(stripedouble.Options{Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(double.Handler())
	t.Cleanup(func() { server.Close(); double.Close() })
	s := &shop{T: t, db: db, clock: clock, double: double, till: billing.Till{
		Gateway: billing.NewStripe(billing.StripeConfig{Key: "sk_test_double", URL: server.URL}),
		Sellers: billing.Sellers{billing.BookingOrder: desk},
	}}
	registry := jobs.NewRegistry()
	billing.Register(registry, db, s.till)
	booking.Register(registry, db, desk, s.till)
	mail.Register(registry, db, mail.NewMailbox())
	if s.runner, err = jobs.NewRunner(db, registry, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	s.session = schedulingtest.OpenAccess(t, db, schedulingtest.Capacity(capacity))
	return s
}

// hold keeps places in a browser of its own, with details filled in.
func (s *shop) hold(key string, places int) booking.Booking {
	s.Helper()
	actor := access.Visitor(key)
	b, err := inTx(s.T, s.db, func(ctx context.Context, tx models.DB) (booking.Booking, error) {
		return booking.Hold(ctx, tx, actor, booking.HoldRequest{SessionID: s.session.ID, Places: places, RequestKey: key, ClaimHash: key})
	})
	if err != nil {
		s.Fatalf("hold %d: %v", places, err)
	}
	b, err = inTx(s.T, s.db, func(ctx context.Context, tx models.DB) (booking.Booking, error) {
		return booking.SetDetails(ctx, tx, actor, b.ID, booking.Individual, booking.Details{
			Name: "Lena Osei", Email: key + "@osei.example", Line1: "2 Mill Lane", Town: "Bury", Postcode: "BL9 0AA", Country: "GB",
		})
	})
	if err != nil {
		s.Fatalf("details: %v", err)
	}
	return b
}

// openPage opens the booking's payment page and returns its id at the double.
func (s *shop) openPage(key string, b booking.Booking) string {
	s.Helper()
	_, err := desk.OpenPayment(s.Context(), s.db, s.till, access.Visitor(key), b.ID, booking.PayPages{
		Success: "http://ssph.example/return?checkout={CHECKOUT_SESSION_ID}", Cancel: "http://ssph.example/check",
	})
	if err != nil {
		s.Fatalf("open payment: %v", err)
	}
	pages := s.double.Pages()
	for i := len(pages) - 1; i >= 0; i-- {
		if pages[i].Reference == b.Reference() {
			return pages[i].ID
		}
	}
	s.Fatal("the double has no page for the booking")
	return ""
}

func (s *shop) pay(page string) {
	s.Helper()
	if err := s.double.Pay(page); err != nil {
		s.Fatal(err)
	}
}

func (s *shop) settle(page string) {
	s.Helper()
	if _, err := s.till.Settle(s.Context(), s.db, page); err != nil {
		s.Fatalf("settle: %v", err)
	}
}

func (s *shop) work() {
	s.Helper()
	if err := s.runner.RunUntilIdle(s.Context()); err != nil {
		s.Fatalf("jobs: %v", err)
	}
}

func (s *shop) status(b booking.Booking) booking.Status {
	s.Helper()
	found, err := booking.Find(s.Context(), s.db, access.System().Scope(), b.ID)
	if err != nil {
		s.Fatal(err)
	}
	return found.Status
}

func (s *shop) documents() []billing.Document {
	s.Helper()
	docs, _, err := billing.Documents(s.Context(), s.db, access.System().Scope(), billing.DocumentFilter{})
	if err != nil {
		s.Fatal(err)
	}
	return docs
}

func (s *shop) mails(kind string) int {
	s.Helper()
	all, _, err := mail.List(s.Context(), s.db, mail.Filter{})
	if err != nil {
		s.Fatal(err)
	}
	n := 0
	for _, m := range all {
		if m.Kind == kind {
			n++
		}
	}
	return n
}

// sound runs every check of the doctor that touches bookings and money.
func (s *shop) sound() {
	s.Helper()
	for name, check := range map[string]func(context.Context, models.DB) ([]string, error){
		"capacity": booking.CheckCapacity, "places": booking.CheckPlaces, "series": billing.CheckSeries, "ledger": billing.CheckLedger, "files": billing.CheckFiles,
	} {
		if found, err := check(s.Context(), s.db); err != nil || len(found) > 0 {
			s.Errorf("%s: %v %v", name, found, err)
		}
	}
}

func (s *shop) balance(b booking.Booking) models.Pence {
	s.Helper()
	owed, err := billing.Balance(s.Context(), s.db, b.Order())
	if err != nil {
		s.Fatal(err)
	}
	return owed
}

func TestCard_PaidOnceHoweverOftenItIsSettled(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 2)
		b := s.hold("lena", 1)
		page := s.openPage("lena", b)
		if again := s.openPage("lena", b); again != page {
			t.Errorf("a second press opened another page: %s, %s", page, again)
		}
		s.settle(page) // nothing is paid yet
		if got := s.status(b); got != booking.Held {
			t.Fatalf("before payment: %s", got)
		}
		s.pay(page)
		for range 3 {
			s.settle(page)
		}
		docs := s.documents()
		if s.status(b) != booking.Confirmed || len(docs) != 1 || docs[0].Gross != 27360 || docs[0].State(db.Today()) != billing.StatePaid {
			t.Errorf("booking %s, documents %+v", s.status(b), docs)
		}
		if n := s.mails("booking-confirmed"); n != 1 {
			t.Errorf("%d confirmations", n)
		}
		if owed := s.balance(b); owed != 0 {
			t.Errorf("balance %s", owed)
		}
		s.sound()
	})
}

// The tax point of a card payment is the London day on which the card was charged: 23:30 UTC on 30 June is 1 July.
func TestTrap20_TaxPointIsTheLondonDayOfTheCharge(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 2)
		clock.Set(time.Date(2026, time.December, 1, 9, 0, 0, 0, time.UTC))
		s.session = schedulingtest.OpenAccess(t, db, schedulingtest.OnDay(models.Date{Year: 2027, Month: 9, Day: 9}), schedulingtest.With("Rowan"))
		clock.Set(time.Date(2027, time.June, 30, 23, 30, 0, 0, time.UTC))
		b := s.hold("lena", 1)
		page := s.openPage("lena", b)
		s.pay(page)
		s.settle(page)
		if docs := s.documents(); len(docs) != 1 || docs[0].TaxPoint.ISO() != "2027-07-01" {
			t.Errorf("%+v", docs)
		}
	})
}

func TestTrap6_LatePaymentIsSeatedWhileThereIsRoom(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 2)
		b, page := s.lateBooking()
		s.pay(page)
		s.settle(page)
		if got := s.status(b); got != booking.Confirmed {
			t.Errorf("with room the late payment left the booking %s", got)
		}
		s.sound()
	})
}

func TestTrap6_LatePaymentGoesBackWhenTheSessionIsFull(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 2)
		b, page := s.lateBooking()
		s.hold("quicker", 2)
		s.pay(page)
		s.settle(page)
		s.settle(page)
		s.work()
		if got := s.status(b); got != booking.Expired {
			t.Errorf("booking is %s", got)
		}
		if back := s.double.Refunds(); len(back) != 1 || back[0].Amount != 27360 {
			t.Errorf("refunds %+v", back)
		}
		if owed := s.balance(b); owed != 0 || len(s.documents()) != 0 {
			t.Errorf("balance %s, documents %d", owed, len(s.documents()))
		}
		if s.mails("payment-too-late") != 1 || s.mails("booking-confirmed") != 0 {
			t.Error("the booker was not told, or was told wrong")
		}
		s.sound()
	})
}

// lateBooking is a booking whose hold and attempt we ended, while the page at the processor is still open: what a lost answer leaves.
func (s *shop) lateBooking() (booking.Booking, string) {
	s.Helper()
	b := s.hold("late", 1)
	page := s.openPage("late", b)
	s.endUnheard()
	return b, page
}

// endUnheard ends every hold and attempt with us, while the pages at the processor stay open.
func (s *shop) endUnheard() {
	s.Helper()
	err := s.db.InTx(s.Context(), func(tx models.DB) error {
		for _, sql := range []string{
			"UPDATE payment_attempts SET status = 'expired', ended_at = created_at", "UPDATE places SET status = 'released'",
			"UPDATE bookings SET status = 'expired', ended_at = created_at, hold_until = created_at",
		} {
			if err := tx.SQL(s.Context()).Exec(sql).Error; err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		s.Fatal(err)
	}
}

func TestSweep_LetsALapsedHoldGoOnlyAfterItsPageIsClosed(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 2)
		unpaid, paid := s.hold("unpaid", 1), s.hold("paid", 1)
		s.openPage("unpaid", unpaid)
		s.pay(s.openPage("paid", paid))
		clock.Advance(2 * time.Hour)
		if err := booking.Sweep(t.Context(), db, s.till); err != nil {
			t.Fatal(err)
		}
		if s.status(unpaid) != booking.Expired || s.status(paid) != booking.Confirmed {
			t.Errorf("unpaid %s, paid %s", s.status(unpaid), s.status(paid))
		}
		s.sound()
	})
}

func TestSweep_KeepsThePlacesWhileTheProcessorIsOutOfReach(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 1)
		b := s.hold("lena", 1)
		s.openPage("lena", b)
		clock.Advance(2 * time.Hour)
		dead := s.till
		dead.Gateway = billing.NewStripe(billing.StripeConfig{Key: "sk_test_double", URL: "http://127.0.0.1:1", Timeout: time.Second})
		if err := booking.Sweep(t.Context(), db, dead); !errors.Is(err, billing.ErrGatewayDown) {
			t.Errorf("%v", err)
		}
		_, err := inTx(t, db, func(ctx context.Context, tx models.DB) (booking.Booking, error) {
			return booking.Hold(ctx, tx, access.Visitor(), booking.HoldRequest{SessionID: s.session.ID, Places: 1, RequestKey: "other"})
		})
		if models.KindOf(err) != models.KindFull {
			t.Errorf("another buyer got %v while money may still come", err)
		}
	})
}

// A hold of 30 minutes lasts, once its payment page is open, for the page's 35 minutes and 10 more.
func TestOpenPayment_KeepsThePlacesLongerThanThePage(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 1)
		b := s.hold("lena", 1)
		clock.Advance(20 * time.Minute)
		s.openPage("lena", b)
		held, err := booking.Find(t.Context(), db, access.System().Scope(), b.ID)
		if err != nil || held.HoldUntil.Before(clock.Now().Add(45*time.Minute)) {
			t.Errorf("held until %s, opened at %s: %v", held.HoldUntil, clock.Now(), err)
		}
	})
}

func TestGiveUp_FreesThePlacesAtOnce(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 1)
		b := s.hold("lena", 1)
		page := s.openPage("lena", b)
		if paid, err := booking.GiveUp(t.Context(), db, s.till, access.Visitor("lena"), b.ID); paid || err != nil {
			t.Fatal(paid, err)
		}
		if err := s.double.Pay(page); err == nil {
			t.Error("the payment page was still open")
		}
		var audits int
		if err := db.SQL(t.Context()).Raw("SELECT COUNT(*) FROM audit_rows WHERE action = 'hold given up' AND subject_id = ?", b.ID).Scan(&audits).Error; err != nil || audits != 1 {
			t.Errorf("%d audit rows, %v", audits, err)
		}
		s.hold("next", 1)
		s.sound()
	})
}

func TestTrap12_WrongAmountConfirmsNothingAndAsksTheOffice(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 1)
		b := s.hold("lena", 1)
		page := s.openPage("lena", b)
		if err := s.double.Alter(page, 27359, "gbp"); err != nil {
			t.Fatal(err)
		}
		s.pay(page)
		s.settle(page)
		tasks, err := billing.Tasks(t.Context(), db)
		if err != nil || len(tasks) != 1 || s.status(b) != booking.Held {
			t.Errorf("tasks %+v, booking %s, %v", tasks, s.status(b), err)
		}
		if owed := s.balance(b); owed != -27359 {
			t.Errorf("the money is not recorded: %s", owed)
		}
		s.sound()
	})
}
