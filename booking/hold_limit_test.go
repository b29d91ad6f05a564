package booking_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// Twelve unfinished bookings may hold places from one network, each in a browser of its own, and a thirteenth may not, until one is
// given up, sold, or has lapsed. Those of other networks do not count.
func TestHold_TwelveUnfinishedFromOneNetwork(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 15)
		elsewhere := s.hold("elsewhere", 1)
		var beside []int64
		next := func(key string) error {
			b, err := inTx(t, db, func(ctx context.Context, tx models.DB) (booking.Booking, error) {
				return booking.Hold(ctx, tx, access.Visitor(key), booking.HoldRequest{SessionID: s.session.ID, Places: 1, RequestKey: key, ClaimHash: key, Beside: beside})
			})
			if err == nil {
				beside = append(beside, b.ID)
			}
			return err
		}
		refused := func(key string) {
			t.Helper()
			if said := models.ProblemsOf(next(key)).For("places"); !strings.HasPrefix(said, "12 bookings from your network hold places and are not finished.") {
				t.Errorf("%s: %q", key, said)
			}
		}
		for n := range 12 {
			if n == 6 {
				clock.Advance(10 * time.Minute) // the first six lapse 30 minutes after they were made, the others later
			}
			if err := next(fmt.Sprint("browser-", n)); err != nil {
				t.Fatalf("hold %d: %v", n+1, err)
			}
		}
		refused("a thirteenth")
		if _, err := booking.GiveUp(t.Context(), db, s.till, access.Visitor("elsewhere"), elsewhere.ID); err != nil {
			t.Fatal(err)
		}
		refused("one of another network given up")
		if _, err := booking.GiveUp(t.Context(), db, s.till, access.Visitor("browser-11"), beside[11]); err != nil {
			t.Fatal(err)
		}
		if err := next("one given up"); err != nil {
			t.Error(err)
		}
		refused("after it")
		s.sell("browser-10", beside[10])
		if err := next("one sold"); err != nil {
			t.Error(err)
		}
		refused("after that")
		clock.Advance(20 * time.Minute)
		if err := next("six lapsed"); err != nil {
			t.Error(err)
		}
		s.sound()
	})
}

// sell gives a hold its details and pays it by card.
func (s *shop) sell(key string, id int64) {
	s.Helper()
	b, err := inTx(s.T, s.db, func(ctx context.Context, tx models.DB) (booking.Booking, error) {
		return booking.SetDetails(ctx, tx, access.Visitor(key), id, booking.Individual, booking.Details{
			Name: "Lena Osei", Email: key + "@osei.example", Line1: "2 Mill Lane", Town: "Bury", Postcode: "BL9 0AA", Country: "GB",
		})
	})
	if err != nil {
		s.Fatal(err)
	}
	page := s.openPage(key, b)
	s.pay(page)
	s.settle(page)
}
