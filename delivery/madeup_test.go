package delivery_test

import (
	"slices"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// Two parts were missed: made up one at a time in two sessions, the training is whole with the second and not before.
func TestCatchUp_OneOfTwoMissedPartsIsNotEnough(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		three := func(first models.Date) schedulingtest.Option {
			return schedulingtest.InParts(schedulingtest.Part(first, "9:30am", "12pm"),
				schedulingtest.Part(first.AddDays(1), "9:30am", "12pm"), schedulingtest.Part(first.AddDays(2), "9:30am", "12pm"))
		}
		january := newDay(t, db, clock, []string{"Amira Haddad", "Ben Rowley"}, three(models.Date{Year: 2027, Month: time.January, Day: 26}))
		ben := january.booking.Places[1].ID
		attend := func(d *day) {
			t.Helper()
			for i, part := range d.session.Parts {
				clock.Set(part.StartsAt)
				if d == january && i > 0 {
					if err := d.mark(d.trainer, i+1, 2, delivery.Absent); err != nil {
						t.Fatal(err)
					}
				}
				d.markAll(i + 1)
			}
			d.nearlyOver()
		}
		attend(january)
		if made, err := january.complete(january.trainer); err != nil || len(made) != 1 {
			t.Fatalf("%+v %v", made, err)
		}
		for n, first := range []models.Date{{Year: 2027, Month: time.February, Day: 9}, {Year: 2027, Month: time.March, Day: 9}} {
			d := january.again(three(first))
			attend(d)
			if err := d.add(n+2, ben); err != nil { // part 2 in February, part 3 in March
				t.Fatal(err)
			}
			made, err := d.complete(d.trainer)
			if err != nil || len(made) != n+1 {
				t.Errorf("session %d: %+v, %v", n+1, made, err)
			}
			want := []booking.Outcome{booking.OutcomePart, booking.OutcomeAttended}[n]
			if got := january.outcome(ben); got != want {
				t.Errorf("after session %d his place is %s, want %s", n+1, got, want)
			}
			january.sound()
		}
		january.counts(map[string]int64{"completions": 4, "audit_rows WHERE action = 'catch-up-added'": 2})
	})
}

// Amira's completion was withdrawn by itself. Another person's catch-up in February does not bring it back.
func TestCatchUp_CompletesOnlyWhoCaughtUp(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := newDay(t, db, clock, []string{"Amira Haddad", "Ben Rowley", "Ceri Vaughan"}, twoMornings())
		d.markAll(1)
		clock.Set(d.session.Parts[1].StartsAt)
		if err := d.mark(d.trainer, 2, 2, delivery.Absent); err != nil {
			t.Fatal(err)
		}
		d.markAll(2)
		d.nearlyOver()
		made, err := d.complete(d.trainer)
		if err != nil || len(made) != 2 {
			t.Fatalf("%+v %v", made, err)
		}
		d.in(func(tx models.DB) error {
			return delivery.Withdraw(t.Context(), tx, d.trainer, made[0].ID, "wrong person")
		})
		february := d.again()
		for i, part := range february.session.Parts {
			clock.Set(part.StartsAt)
			february.markAll(i + 1)
		}
		if err := february.add(2, d.booking.Places[1].ID); err != nil {
			t.Fatal(err)
		}
		february.nearlyOver()
		if made, err = february.complete(february.trainer); err != nil || len(made) != 2 || made[0].PersonName != "Ben Rowley" || made[1].PersonName != "Faith Adeyemi" {
			t.Errorf("%+v %v", made, err)
		}
		d.sound()
	})
}

// Put on the register in the morning and taken off again: both are in the audit, and pressing twice adds nothing.
func TestCatchUp_AddedAndRemovedAreAudited(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		january := missesTheSecond(t, db, clock)
		ben, february := january.booking.Places[1].ID, january.again()
		clock.Set(february.session.Parts[1].StartsAt)
		for range 2 {
			if err := february.add(2, ben); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 {
			if err := february.remove(2, ben); err != nil {
				t.Fatal(err)
			}
		}
		february.counts(map[string]int64{"audit_rows WHERE action = 'catch-up-added'": 1, "audit_rows WHERE action = 'catch-up-removed'": 1})
	})
}

// Put on the register in the early morning of a day that was then moved: it does not count for the new day, and can be made again there.
func TestCatchUp_OfADayThatWasMoved(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		january := missesTheFirst(t, db, clock)
		ben := january.booking.Places[1].ID
		february := january.again()
		clock.Set(february.session.FirstStart().Add(-time.Hour))
		if err := february.add(1, ben); err != nil {
			t.Fatal(err)
		}
		february.moveTo(models.Date{Year: 2027, Month: time.February, Day: 16})
		clock.Set(february.session.FirstStart())
		if r := february.register(1); len(r.CatchUps) != 0 {
			t.Errorf("on the new day: %+v", r.CatchUps)
		}
		if names := february.could(1); !slices.Equal(names, []string{"Ben Rowley"}) {
			t.Errorf("%v can catch up on the new day", names)
		}
		if err := february.add(1, ben); err != nil {
			t.Error(err)
		}
		if r := february.register(1); len(r.CatchUps) != 1 {
			t.Errorf("once he is there: %+v", r.CatchUps)
		}
	})
}

// The same, and he comes to another session instead: what was written of the day that was moved stands in nobody's way.
func TestCatchUp_InAnotherSessionThanTheOneThatWasMoved(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		january := missesTheFirst(t, db, clock)
		ben, february := january.booking.Places[1].ID, january.again()
		clock.Set(february.session.FirstStart().Add(-time.Hour))
		if err := february.add(1, ben); err != nil {
			t.Fatal(err)
		}
		february.moveTo(models.Date{Year: 2027, Month: time.March, Day: 16})
		march := january.again(mornings(models.Date{Year: 2027, Month: time.March, Day: 2}))
		clock.Set(march.session.FirstStart())
		if err := march.add(1, ben); err != nil {
			t.Fatal(err)
		}
		if r := march.register(1); len(r.CatchUps) != 1 {
			t.Errorf("where he came: %+v", r.CatchUps)
		}
		clock.Set(february.session.FirstStart())
		if r := february.register(1); len(r.CatchUps) != 0 || len(february.could(1)) != 0 {
			t.Errorf("on the day that was moved: %+v, and %v", r.CatchUps, february.could(1))
		}
	})
}

// missesTheFirst makes two mornings of January with Amira, who is there for both, and Ben, who misses the first.
func missesTheFirst(t *testing.T, db models.DB, clock *modelstest.Clock) *day {
	t.Helper()
	d := newDay(t, db, clock, []string{"Amira Haddad", "Ben Rowley"}, twoMornings())
	if err := d.mark(d.trainer, 1, 2, delivery.Absent); err != nil {
		t.Fatal(err)
	}
	d.markAll(1)
	clock.Set(d.session.Parts[1].StartsAt)
	d.markAll(2)
	return d
}

// moveTo moves the session's two mornings, as the office does.
func (d *day) moveTo(first models.Date) {
	d.Helper()
	d.in(func(tx models.DB) error {
		claimed, err := scheduling.Claim(d.Context(), tx, d.session.ID)
		if err != nil {
			return err
		}
		parts := []scheduling.NewPart{schedulingtest.Part(first, "9:30am", "1pm"), schedulingtest.Part(first.AddDays(1), "9:30am", "1pm")}
		moved, err := scheduling.MoveSession(d.Context(), tx, access.System(), claimed, scheduling.Move{Parts: parts, VenueID: claimed.Venue.ID})
		d.session = moved.After
		return err
	})
}
