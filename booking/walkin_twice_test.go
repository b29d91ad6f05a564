package booking_test

import (
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/booking/bookingtest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// A walk-in's form that is sent four times at once, and again when the session is full, adds one person on one place, and answers with
// that place each time.
func TestWalkIn_AFormSentTwiceAddsOnePerson(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db, schedulingtest.Capacity(2))
		clock.Set(s.FirstStart())
		var answers [4]booking.WalkedIn
		var works []func()
		for i := range answers {
			works = append(works, func() {
				var err error
				if answers[i], err = walkIn(t, db, s.ID, "form", "Lena Osei", ""); err != nil {
					t.Error(err)
				}
			})
		}
		atOnce(works...)
		if _, err := walkIn(t, db, s.ID, "another form", "Sam Reid", ""); err != nil { // the last place
			t.Fatal(err)
		}
		again, err := walkIn(t, db, s.ID, "form", "Lena Osei", "")
		if err != nil {
			t.Error(err)
		}
		for _, answer := range append(answers[:], again) {
			if answer != answers[0] || answer.PlaceID == 0 || answer.Joined {
				t.Errorf("%+v and %+v", answers[0], answer)
			}
		}
		taken, err := booking.Taken(t.Context(), db, []int64{s.ID})
		if tasks := tasksOpen(t, db); err != nil || taken[s.ID] != 2 || len(tasks) != 2 {
			t.Errorf("%v are taken, %+v, %v", taken, tasks, err)
		}
		noFindings(t, db)
	})
}

// A form is one session's: sent to another it adds nobody there, and tells nothing of the first. Nor is a buyer's own form a walk-in's.
func TestWalkIn_AFormOfAnotherSessionOrAnotherKindAddsNobody(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		shop := newShop(t, db, clock, 9)
		bought := shop.hold("bought", 2)
		first := schedulingtest.OpenAccess(t, db, schedulingtest.OnDay(schedulingtest.Day.AddDays(1)))
		clock.Set(shop.session.FirstStart())
		if _, err := walkIn(t, db, first.ID, "form", "Lena Osei", ""); err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{"form", "bought"} {
			if in, err := walkIn(t, db, shop.session.ID, key, "Sam Reid", ""); err == nil || in != (booking.WalkedIn{}) {
				t.Errorf("%s: %+v %v", key, in, err)
			}
		}
		if got, err := booking.Find(t.Context(), db, access.System().Scope(), bought.ID); err != nil || got.Places[0].Named() || got.Status != booking.Held {
			t.Errorf("%+v %v", got, err)
		}
		shop.wants(map[string]int{"places WHERE email = 'sam.reid@delegate.example'": 0, "walk_ins": 1})
	})
}

// On a place that the organisation had bought, too, a form sent twice adds one person: the second is told that they have it.
func TestWalkIn_AFormSentTwiceTakesOnePlaceThatWasBought(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db, schedulingtest.Capacity(3))
		b := bookingtest.OnAccount(t, db, s.ID, irwell, bookingtest.Named("", ""))
		clock.Set(s.FirstStart())
		if in, err := walkIn(t, db, s.ID, "form", "Lena Osei", irwell); err != nil || !in.Joined || in.PlaceID != b.Places[0].ID {
			t.Fatalf("%+v %v", in, err)
		}
		if _, err := walkIn(t, db, s.ID, "form", "Lena Osei", irwell); models.ProblemsOf(err).For("email") != "Lena Osei already has a place on this session" {
			t.Errorf("twice: %v", err)
		}
		after, err := booking.Find(t.Context(), db, access.System().Scope(), b.ID)
		if err != nil || after.Unnamed() != 1 {
			t.Errorf("%+v %v", after.Places, err)
		}
		noFindings(t, db)
	})
}
