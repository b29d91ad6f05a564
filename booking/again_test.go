package booking_test

import (
	"context"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func (s *shop) again(browser, key string, b booking.Booking) (booking.Booking, error) {
	return inTx(s.T, s.db, func(ctx context.Context, tx models.DB) (booking.Booking, error) {
		return booking.HoldAgain(ctx, tx, access.Visitor(browser), b.ID, booking.HoldRequest{RequestKey: key, ClaimHash: key})
	})
}

func (s *shop) name(key string, b booking.Booking, people ...booking.PersonNamed) {
	s.Helper()
	_, err := inTx(s.T, s.db, func(ctx context.Context, tx models.DB) (booking.Booking, error) {
		return booking.NamePeople(ctx, tx, access.Visitor(key), b.ID, people)
	})
	if err != nil {
		s.Fatalf("name: %v", err)
	}
}

func TestHoldAgain_BringsPeopleAndDetailsButNobodyTwice(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 4)
		tom := booking.PersonNamed{Name: "Tom Ashworth", Email: "tom@irwell.example"}
		ann := booking.PersonNamed{Name: "Ann Bell", Email: "ann@irwell.example"}
		before := s.hold("mine", 3)
		s.name("mine", before, tom, ann, booking.PersonNamed{})
		clock.Advance(31 * time.Minute)
		s.name("other", s.hold("other", 1), ann) // Ann has a place through another booking meanwhile
		var after booking.Booking
		for range 2 { // a second press of the button changes nothing
			again, err := s.again("mine", "mine-2", before)
			if err != nil {
				t.Fatal(err)
			}
			if after.ID != 0 && after.ID != again.ID {
				t.Errorf("pressed twice it is bookings %d and %d", after.ID, again.ID)
			}
			after = again
		}
		if after.ID == before.ID || len(after.Places) != 3 || after.Places[0].Email != tom.Email || after.Places[1].Named() || after.Places[2].Named() {
			t.Errorf("%+v", after.Places)
		}
		if after.Details != before.Details || after.Buyer != booking.Individual || s.status(before) != booking.Expired {
			t.Errorf("details %+v, the old booking is %s", after.Details, s.status(before))
		}
		s.sound()
	})
}

func TestHoldAgain_IsRefusedWithoutRoomAndForStrangers(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 2)
		before := s.hold("mine", 2)
		clock.Advance(31 * time.Minute)
		s.hold("other", 1)
		if _, err := s.again("mine", "mine-2", before); models.KindOf(err) != models.KindFull {
			t.Errorf("without room: %v", err)
		}
		if _, err := s.again("stranger", "theirs", before); models.KindOf(err) != models.KindNotFound {
			t.Errorf("a stranger: %v", err)
		}
	})
}

func TestReturned_TellsHowFarTheMoneyHasGoneBack(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 2)
		b, page := s.lateBooking()
		s.hold("quicker", 2)
		s.pay(page)
		s.settle(page)
		for _, want := range []billing.RefundState{billing.RefundWanted, billing.RefundSent} {
			back, err := billing.Returned(t.Context(), db, b.Order())
			if err != nil || len(back) != 1 || back[0].Gross != 27360 || back[0].Cause != billing.CauseLate || back[0].State != want {
				t.Errorf("%+v, %v, want %s", back, err, want)
			}
			s.work()
		}
		if back, err := billing.Returned(t.Context(), db, billing.Order{Kind: billing.BookingOrder, ID: b.ID + 1}); err != nil || len(back) != 0 {
			t.Errorf("another booking: %+v, %v", back, err)
		}
	})
}
