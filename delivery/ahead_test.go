package delivery_test

import (
	"slices"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

func TestPreviewComplete_NamesThoseWhoAttendedAllAndThePartsTheOthersMissed(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := newDay(t, db, clock, []string{"Amira Haddad", "Ben Rowley", "Ceri Vaughan", ""}, twoMornings())
		d.markAll(1)
		_, err := delivery.PreviewComplete(t.Context(), db, d.trainer, d.session.ID)
		wants(t, "before the last part", err, models.KindConflict, "You can complete this session from 12pm on Wednesday 27 January 2027")
		clock.Set(d.session.Parts[1].StartsAt)
		_, err = delivery.PreviewComplete(t.Context(), db, d.trainer, d.session.ID)
		wants(t, "an hour and more before its end", err, models.KindConflict, "from 12pm on Wednesday 27 January 2027")
		d.nearlyOver()
		_, err = delivery.PreviewComplete(t.Context(), db, d.trainer, d.session.ID)
		wants(t, "unmarked", err, models.KindConflict, "3 people are not marked yet in part 2")
		for place, mark := range map[int]delivery.Mark{1: delivery.Late, 2: delivery.Absent, 3: delivery.Present} {
			if err := d.mark(d.trainer, 2, place, mark); err != nil {
				t.Fatal(err)
			}
		}
		ahead, err := delivery.PreviewComplete(t.Context(), db, d.trainer, d.session.ID)
		if err != nil || len(ahead.Completes) != 2 || ahead.Completes[0].Name != "Amira Haddad" || ahead.Completes[1].Name != "Ceri Vaughan" {
			t.Errorf("completes %+v, %v", ahead.Completes, err)
		}
		if len(ahead.Misses) != 1 || ahead.Misses[0].Name != "Ben Rowley" || !slices.Equal(ahead.Misses[0].Parts, []int{2}) || ahead.Unnamed != 1 {
			t.Errorf("misses %+v, %d unnamed", ahead.Misses, ahead.Unnamed)
		}
		d.nearlyOver()
		made, err := d.complete(d.trainer)
		if err != nil || len(made) != len(ahead.Completes) {
			t.Errorf("%d completions of %d announced, %v", len(made), len(ahead.Completes), err)
		}
		_, err = delivery.PreviewComplete(t.Context(), db, d.trainer, d.session.ID)
		wants(t, "completed", err, models.KindConflict, "was completed on")
	})
}

func TestRegisters_AreForTheSessionsOwnTrainers(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := newDay(t, db, clock, []string{"Amira Haddad"}, twoMornings())
		rowan := d.signInAs("Rowan")
		_, err := delivery.Registers(t.Context(), db, rowan, d.session.ID)
		wants(t, "another trainer", err, models.KindForbidden, "This is Alan’s session")
		all, err := delivery.Registers(t.Context(), db, d.trainer, d.session.ID)
		if err != nil || len(all) != 2 || delivery.MayComplete(all, clock.Now()) {
			t.Errorf("%d registers, %v", len(all), err)
		}
		if delivery.MayComplete(nil, clock.Now()) {
			t.Error("a session without registers may be completed")
		}
	})
}

// A session of two parts waits once, and one that is completed takes no other off the list.
func TestWaiting_EachSessionOnceAndForItself(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		done := newDay(t, db, clock, []string{"Amira Haddad"})
		done.markAll(1)
		done.nearlyOver()
		if _, err := done.complete(done.trainer); err != nil {
			t.Fatal(err)
		}
		waits := done.again()
		schedulingtest.OpenAccess(t, db, schedulingtest.With("Rowan"), schedulingtest.OnDay(schedulingtest.Day.AddDays(2)))
		clock.Set(waits.session.LastEnd())
		if ids, err := delivery.Waiting(t.Context(), db, done.signInAs("Rowan").PersonID); err != nil || len(ids) != 0 {
			t.Errorf("another trainer waits for %v, %v", ids, err)
		}
		if ids, err := delivery.Waiting(t.Context(), db, done.trainer.PersonID); err != nil || !slices.Equal(ids, []int64{waits.session.ID}) {
			t.Errorf("%v, %v, want session %d once", ids, err, waits.session.ID)
		}
		clock.Set(waits.session.Parts[0].EndsAt)
		waits.markAll(1)
		clock.Set(waits.session.Parts[1].EndsAt)
		waits.markAll(2)
		if _, err := waits.complete(waits.trainer); err != nil {
			t.Fatal(err)
		}
		if _, err := waits.undo(access.System(), "a slip"); err != nil {
			t.Fatal(err)
		}
		at, err := delivery.CompletedAt(t.Context(), db, []int64{done.session.ID, waits.session.ID})
		if err != nil || len(at) != 1 || at[done.session.ID].IsZero() {
			t.Errorf("once the other was undone, completed: %v, %v", at, err)
		}
	})
}

func TestWaiting_FromTheLondonDayUntilCompleted(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		// In summer London's day begins at 23:00 UTC of the day before.
		summer := models.Date{Year: 2027, Month: time.July, Day: 6}
		d := newDay(t, db, clock, []string{"Amira Haddad"}, schedulingtest.OnDay(summer))
		schedulingtest.OpenAccess(t, db, schedulingtest.OnDay(summer.AddDays(1))) // nobody is booked: nothing to do
		waits := func(at time.Time, want int) {
			t.Helper()
			clock.Set(at)
			ids, err := delivery.Waiting(t.Context(), db, d.trainer.PersonID)
			if err != nil || len(ids) != want || want == 1 && ids[0] != d.session.ID {
				t.Errorf("at %s: %v, %v, want %d", at, ids, err, want)
			}
		}
		midnight := time.Date(2027, time.July, 5, 23, 0, 0, 0, time.UTC)
		waits(midnight.Add(-time.Second), 0)
		waits(midnight, 1)
		waits(midnight.AddDate(0, 2, 0), 1)
		rowan := d.signInAs("Rowan")
		if ids, err := delivery.Waiting(t.Context(), db, rowan.PersonID); err != nil || len(ids) != 0 {
			t.Errorf("another trainer: %v, %v", ids, err)
		}
		clock.Set(d.session.FirstStart())
		d.markAll(1)
		d.nearlyOver()
		if _, err := d.complete(d.trainer); err != nil {
			t.Fatal(err)
		}
		waits(clock.Now(), 0)
		at, err := delivery.CompletedAt(t.Context(), db, []int64{d.session.ID, 999})
		if err != nil || len(at) != 1 || !at[d.session.ID].Equal(clock.Now()) {
			t.Errorf("completed at %v, %v", at, err)
		}
		if _, err := d.undo(access.System(), "a slip"); err != nil {
			t.Fatal(err)
		}
		waits(clock.Now(), 1)
		if at, err = delivery.CompletedAt(t.Context(), db, []int64{d.session.ID}); err != nil || len(at) != 0 {
			t.Errorf("after undoing: %v, %v", at, err)
		}
		if none, err := delivery.CompletedAt(t.Context(), db, nil); err != nil || len(none) != 0 {
			t.Errorf("of no sessions: %v, %v", none, err)
		}
	})
}
