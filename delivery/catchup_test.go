package delivery_test

import (
	"slices"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/booking/bookingtest"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// mornings are two mornings on end, the first on this day.
func mornings(first models.Date) schedulingtest.Option {
	return schedulingtest.InParts(schedulingtest.Part(first, "9:30am", "1pm"), schedulingtest.Part(first.AddDays(1), "9:30am", "1pm"))
}

// again is another session of Alan's on 9 and 10 February 2027, with one person on it, seen by the same day.
func (d *day) again(options ...schedulingtest.Option) *day {
	d.Helper()
	other := *d
	feb := models.Date{Year: 2027, Month: time.February, Day: 9}
	other.session = schedulingtest.OpenAccess(d.T, d.db, append([]schedulingtest.Option{mornings(feb)}, options...)...)
	other.booking = bookingtest.OnAccount(d.T, d.db, other.session.ID, "Quays Care", bookingtest.Named("Faith Adeyemi"))
	return &other
}

// missesTheSecond makes two mornings of January with Amira, who is there for both, and Ben, who misses the second, and completes them.
func missesTheSecond(t *testing.T, db models.DB, clock *modelstest.Clock) *day {
	t.Helper()
	d := newDay(t, db, clock, []string{"Amira Haddad", "Ben Rowley"}, twoMornings())
	d.markAll(1)
	clock.Set(d.session.Parts[1].StartsAt)
	if err := d.mark(d.trainer, 2, 2, delivery.Absent); err != nil {
		t.Fatal(err)
	}
	d.markAll(2)
	return d
}

func (d *day) add(part int, place int64) error {
	d.Helper()
	return d.db.InTx(d.Context(), func(tx models.DB) error {
		return delivery.AddCatchUp(d.Context(), tx, d.trainer, d.session.ID, part, place)
	})
}

func (d *day) remove(part int, place int64) error {
	d.Helper()
	return d.db.InTx(d.Context(), func(tx models.DB) error {
		return delivery.RemoveCatchUp(d.Context(), tx, d.trainer, d.session.ID, part, place)
	})
}

// could are the names of those who can catch a part up.
func (d *day) could(part int) (names []string) {
	d.Helper()
	all, err := delivery.CanCatchUp(d.Context(), d.db, d.trainer, d.session.ID, part)
	if err != nil {
		d.Fatal(err)
	}
	for _, c := range all {
		names = append(names, c.Name)
	}
	return names
}

func (d *day) outcome(place int64) booking.Outcome {
	d.Helper()
	outcomes, err := booking.Outcomes(d.Context(), d.db, d.session.ID)
	if err != nil {
		d.Fatal(err)
	}
	return outcomes[place]
}

// Ben misses the morning of 27 January and makes it up on 10 February: his training is whole then, and not before that day is completed.
func TestCatchUp_AMissedPartIsMadeUpInAnotherSession(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		january := missesTheSecond(t, db, clock)
		ben := january.booking.Places[1].ID
		january.nearlyOver()
		if made, err := january.complete(january.trainer); err != nil || len(made) != 1 {
			t.Fatalf("%+v %v", made, err)
		}
		february := january.again()
		clock.Set(february.session.FirstStart())
		if names := february.could(1); len(names) != 0 {
			t.Errorf("%v can catch up part 1, which nobody missed", names)
		}
		february.markAll(1)
		wants(t, "the day before", february.add(2, ben), models.KindConflict, "opens on Wednesday 10 February 2027")
		clock.Set(february.session.Parts[1].StartsAt)
		if names := february.could(2); !slices.Equal(names, []string{"Ben Rowley"}) {
			t.Fatalf("%v can catch up part 2", names)
		}
		for range 2 { // the button pressed twice
			if err := february.add(2, ben); err != nil {
				t.Fatal(err)
			}
		}
		if names := february.could(2); len(names) != 0 {
			t.Errorf("%v can still catch up", names)
		}
		if r := february.register(2); len(r.CatchUps) != 1 || r.CatchUps[0].Name != "Ben Rowley" || r.CatchUps[0].Missed.Day().ISO() != "2027-01-27" || r.Progress().People != 1 {
			t.Errorf("%+v", r.CatchUps)
		}
		february.markAll(2)
		february.nearlyOver()
		ahead, err := delivery.PreviewComplete(t.Context(), db, february.trainer, february.session.ID)
		if err != nil || len(ahead.Completes) != 1 || len(ahead.CatchUps) != 1 || ahead.CatchUps[0].Name != "Ben Rowley" {
			t.Errorf("%+v %v", ahead, err)
		}
		january.sound()
		made, err := february.complete(february.trainer)
		if err != nil || len(made) != 2 {
			t.Fatalf("%+v %v", made, err)
		}
		c := made[0] // by name
		if c.PersonName != "Ben Rowley" || c.PlaceID != ben || c.SessionID != january.session.ID || c.ClosedBy != february.session.ID || c.LastAttended.ISO() != "2027-02-10" {
			t.Errorf("%+v", c)
		}
		if got := january.outcome(ben); got != booking.OutcomeAttended {
			t.Errorf("his place: %s", got)
		}
		attended, err := delivery.SessionsAttended(t.Context(), db, made)
		if err != nil {
			t.Fatal(err)
		}
		if days := attended[c.ID].DaysLine(); days != "Tuesday 26 January 2027 and Wednesday 10 February 2027" || len(attended[c.ID].Parts) != 2 {
			t.Errorf("he attended %s", days)
		}
		if days := attended[made[1].ID].DaysLine(); days != "Tuesday 9 February 2027 and Wednesday 10 February 2027" {
			t.Errorf("she attended %s", days)
		}
		january.sound()
	})
}

// Whoever makes the part up before their own session is completed is completed with it.
func TestCatchUp_MadeUpBeforeTheOwnSessionIsCompleted(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		january := missesTheSecond(t, db, clock)
		ben, february := january.booking.Places[1].ID, january.again()
		for i, part := range february.session.Parts {
			clock.Set(part.StartsAt)
			february.markAll(i + 1)
		}
		if err := february.add(2, ben); err != nil {
			t.Fatal(err)
		}
		february.nearlyOver()
		if made, err := february.complete(february.trainer); err != nil || len(made) != 1 || made[0].PersonName != "Faith Adeyemi" {
			t.Errorf("%+v %v", made, err)
		}
		made, err := january.complete(january.trainer)
		if err != nil || len(made) != 2 || made[1].PersonName != "Ben Rowley" || made[1].LastAttended.ISO() != "2027-02-10" || made[1].ClosedBy != january.session.ID {
			t.Errorf("%+v %v", made, err)
		}
		january.sound()
		_, err = february.undo(february.trainer, "a slip")
		wants(t, "undoing what another completion rests on", err, models.KindConflict, "Tuesday 26 January 2027 and Wednesday 27 January 2027. Undo that one first")
		for _, d := range []*day{january, february} {
			if _, err := d.undo(d.trainer, "a slip"); err != nil {
				t.Error(err)
			}
			january.sound()
		}
	})
}

func TestCatchUp_UndoneWithTheSessionThatCompletedIt(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		january := missesTheSecond(t, db, clock)
		ben, february := january.booking.Places[1].ID, january.again()
		for i, part := range february.session.Parts {
			clock.Set(part.StartsAt)
			february.markAll(i + 1)
		}
		february.nearlyOver()
		if _, err := january.complete(january.trainer); err != nil { // recorded on the same day
			t.Fatal(err)
		}
		if err := february.add(2, ben); err != nil {
			t.Fatal(err)
		}
		if made, err := february.complete(february.trainer); err != nil || len(made) != 2 {
			t.Fatalf("%+v %v", made, err)
		}
		wants(t, "off a closed register", february.remove(2, ben), models.KindConflict, "can no longer change")
		_, err := january.undo(january.trainer, "a slip")
		wants(t, "the session of the place first", err, models.KindConflict, "Tuesday 9 February 2027 and Wednesday 10 February 2027. Undo that one first")
		preview, err := delivery.PreviewUndo(t.Context(), db, february.trainer, february.session.ID)
		if err != nil || len(preview) != 2 || preview[0].PlaceID != ben {
			t.Errorf("%+v %v", preview, err)
		}
		if undone, err := february.undo(february.trainer, "Ben was not there"); err != nil || len(undone) != 2 {
			t.Fatalf("%+v %v", undone, err)
		}
		if got := january.outcome(ben); got != booking.OutcomePart {
			t.Errorf("his place after undoing: %s", got)
		}
		january.sound()
		for range 2 {
			if err := february.remove(2, ben); err != nil {
				t.Error(err)
			}
		}
		if made, err := february.complete(february.trainer); err != nil || len(made) != 1 || made[0].PersonName != "Faith Adeyemi" {
			t.Errorf("%+v %v", made, err)
		}
		january.sound()
		d := january.again(mornings(models.Date{Year: 2027, Month: time.March, Day: 9}), schedulingtest.With("Rowan"))
		clock.Set(d.session.Parts[1].StartsAt)
		d.trainer = access.System()
		if err := d.add(2, ben); err != nil { // what was taken back can be made up later
			t.Error(err)
		}
	})
}

// Who was never there, was there for all of it, comes from another format, a whole day or too long ago, has nothing to catch up.
func TestCatchUp_OnlyTheSamePartOfTheSameTraining(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := newDay(t, db, clock, []string{"Amira Haddad", "Ben Rowley", "Ceri Vaughan"}, twoMornings())
		for part, marks := range [][3]delivery.Mark{{delivery.Present, delivery.Present, delivery.Absent}, {delivery.Present, delivery.Absent, delivery.Absent}} {
			clock.Set(d.session.Parts[part].StartsAt)
			for place, mark := range marks {
				if err := d.mark(d.trainer, part+1, place+1, mark); err != nil {
					t.Fatal(err)
				}
			}
		}
		d.nearlyOver()
		if _, err := d.complete(d.trainer); err != nil {
			t.Fatal(err)
		}
		on := func(month time.Month, options ...schedulingtest.Option) *day {
			return d.again(append([]schedulingtest.Option{mornings(models.Date{Year: 2027, Month: month, Day: 16})}, options...)...)
		}
		cases := map[string]struct {
			session *day
			want    []string
		}{
			"the same training": {on(time.February), []string{"Ben Rowley"}},
			"online":            {on(time.March, schedulingtest.Online("https://video.example/a")), nil},
		}
		for name, c := range cases {
			clock.Set(c.session.session.Parts[1].StartsAt)
			if got := c.session.could(2); !slices.Equal(got, c.want) {
				t.Errorf("%s: %v, want %v", name, got, c.want)
			}
			if len(c.want) == 0 {
				wants(t, name, c.session.add(2, d.booking.Places[1].ID), models.KindConflict, "no part 2 to catch up")
			}
		}
		whole := d.again(schedulingtest.OnDay(models.Date{Year: 2027, Month: time.April, Day: 16}))
		clock.Set(whole.session.FirstStart())
		if got := whole.could(1); len(got) != 0 {
			t.Errorf("a whole day: %v", got)
		}
		late := d.again(mornings(models.Date{Year: 2028, Month: time.January, Day: 27}))
		year := d.again(mornings(models.Date{Year: 2028, Month: time.January, Day: 26}), schedulingtest.With("Rowan"))
		year.trainer = access.System()
		clock.Set(year.session.Parts[1].StartsAt)
		if got := year.could(2); !slices.Equal(got, []string{"Ben Rowley"}) { // 365 days after
			t.Errorf("a year later: %v", got)
		}
		clock.Set(late.session.Parts[1].StartsAt)
		if got := late.could(2); len(got) != 0 { // 366 days after
			t.Errorf("a year and two days later: %v", got)
		}
		rowan := d.signInAs("Rowan")
		_, err := delivery.CanCatchUp(t.Context(), db, rowan, late.session.ID, 2)
		wants(t, "another trainer", err, models.KindForbidden, "This is Alan’s session")
		err = db.InTx(t.Context(), func(tx models.DB) error {
			return delivery.AddCatchUp(t.Context(), tx, rowan, cases["the same training"].session.session.ID, 2, d.booking.Places[1].ID)
		})
		wants(t, "added by another trainer", err, models.KindForbidden, "This is Alan’s session")
	})
}

// Catching up takes room: the last chair goes to one of a walk-in and two who catch up, at once.
func TestCatchUp_TakesRoomAndNeverMoreThanThereIs(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := newDay(t, db, clock, []string{"Amira Haddad", "Ben Rowley", "Ceri Vaughan"}, twoMornings())
		d.markAll(1)
		clock.Set(d.session.Parts[1].StartsAt)
		for place, mark := range []delivery.Mark{delivery.Present, delivery.Absent, delivery.Absent} {
			if err := d.mark(d.trainer, 2, place+1, mark); err != nil {
				t.Fatal(err)
			}
		}
		february := d.again(schedulingtest.Capacity(2))
		clock.Set(february.session.Parts[1].StartsAt)
		errs := make([]error, 12)
		together(len(errs), func(i int) {
			if i%3 == 0 {
				errs[i] = db.InTx(t.Context(), func(tx models.DB) error {
					came := booking.Came{Person: bookingtest.Named("Gus Hall")[0], RequestKey: "walk-in"}
					_, err := delivery.AddWalkIn(t.Context(), tx, february.trainer, february.session.ID, came)
					return err
				})
				return
			}
			errs[i] = february.add(2, d.booking.Places[i%3].ID)
		})
		for i, err := range errs {
			if kind := models.KindOf(err); kind != "" && kind != models.KindFull {
				t.Errorf("call %d: %v", i, err)
			}
		}
		taken, err := booking.Taken(t.Context(), db, []int64{february.session.ID})
		if err != nil || taken[february.session.ID] != 2 {
			t.Errorf("%v %v", taken, err)
		}
		d.sound()
	})
}

// While one completes the session of the place and another the session of the catch-up, and a third undoes, nobody has two completions.
func TestCatchUp_BothSessionsAtOnce(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		january := missesTheSecond(t, db, clock)
		ben, february := january.booking.Places[1].ID, january.again()
		for i, part := range february.session.Parts {
			clock.Set(part.StartsAt)
			february.markAll(i + 1)
		}
		if err := february.add(2, ben); err != nil {
			t.Fatal(err)
		}
		february.nearlyOver()
		sessions := []scheduling.Session{january.session, february.session}
		together(32, func(i int) {
			err := db.InTx(t.Context(), func(tx models.DB) (err error) {
				if id := sessions[i%2].ID; i%4 < 2 {
					_, err = delivery.Complete(t.Context(), tx, january.trainer, id)
				} else {
					_, err = delivery.Undo(t.Context(), tx, january.trainer, id, "race")
				}
				return err
			})
			if kind := models.KindOf(err); kind != "" && kind != models.KindConflict {
				t.Error(err)
			}
		})
		january.sound()
		for _, d := range []*day{january, february} {
			if _, err := d.complete(d.trainer); err != nil {
				t.Error(err)
			}
		}
		january.counts(map[string]int64{"completions c WHERE NOT EXISTS (SELECT 1 FROM completion_withdrawals w WHERE w.completion_id = c.id)": 3})
		january.sound()
	})
}
