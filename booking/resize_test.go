package booking_test

import (
	"context"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func (s *shop) resize(key string, b booking.Booking, places int) (booking.Booking, error) {
	return inTx(s.T, s.db, func(ctx context.Context, tx models.DB) (booking.Booking, error) {
		return booking.Resize(ctx, tx, access.Visitor(key), b.ID, places)
	})
}

// A session of four: one buyer's two places lapse, another's one place may still be paid on an open page, and the third booking grows into
// what lapsed and no further. What lapsed is over with that, and its people may be named anew.
func TestResize_GrowsIntoWhatOthersLetLapse(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newShop(t, db, clock, 4)
		lapses, pays := s.hold("lapses", 2), s.hold("pays", 1)
		tom := booking.PersonNamed{Name: "Tom Ashworth", Email: "tom.ashworth@delegate.example"}
		s.name("lapses", lapses, tom, booking.PersonNamed{})
		s.openPage("pays", pays)
		clock.Advance(20 * time.Minute)
		grows := s.hold("grows", 1)
		if _, err := s.resize("grows", grows, 2); models.KindOf(err) != models.KindFull {
			t.Errorf("into places that are held: %v", err)
		}
		s.lapse(pays) // its time is over, but its page is open
		clock.Advance(10 * time.Minute)
		if _, err := s.resize("grows", grows, 4); models.KindOf(err) != models.KindFull {
			t.Errorf("into a place that may still be paid: %v", err)
		}
		b, err := s.resize("grows", grows, 3)
		if err != nil || len(b.Places) != 3 {
			t.Fatalf("%d places, %v", len(b.Places), err)
		}
		if s.status(lapses) != booking.Expired || s.status(pays) != booking.Held {
			t.Errorf("what lapsed is %s, what may still be paid %s", s.status(lapses), s.status(pays))
		}
		s.name("grows", b, tom, booking.PersonNamed{}, booking.PersonNamed{})
		s.sound()
	})
}
