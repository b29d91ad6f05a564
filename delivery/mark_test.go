package delivery_test

import (
	"errors"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/booking/bookingtest"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

func TestRegister_CountsWhoIsHereLateAndAbsent(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := newDay(t, db, clock, []string{"Amira Haddad", "Ben Rowley", "Ceri Vaughan", "Dev Patel", ""})
		for place, mark := range map[int]delivery.Mark{1: delivery.Present, 2: delivery.Late, 4: delivery.Absent} {
			clock.Set(d.session.FirstStart().Add(20 * time.Minute))
			if err := d.mark(d.trainer, 1, place, mark); err != nil {
				t.Fatal(err)
			}
		}
		r := d.register(1)
		want := delivery.Progress{People: 4, Marked: 3, Here: 2, Late: 1, Absent: 1, Unnamed: 1}
		if got := r.Progress(); got != want || got.Left() != 1 || got.String() != "3 of 4 marked. 2 here (1 late), 1 absent." {
			t.Errorf("%+v %s", got, got)
		}
		lines := map[string]string{
			"Amira Haddad": "Here from 9:30am", "Ben Rowley": "Late, at 9:50am", "Ceri Vaughan": "Not marked yet", "Dev Patel": "Absent", "": "Not marked yet",
		}
		for _, row := range r.Rows {
			if got := r.Line(row); got != lines[row.Name] {
				t.Errorf("%s: %q", row.Name, got)
			}
		}
		if r.Rows[4].Named() || r.Rows[0].Organisation != "Irwell Wellbeing Network" {
			t.Errorf("%+v", r.Rows)
		}
		if marked := d.markAll(1); marked != 1 {
			t.Errorf("%d marked at once, want the one that was not marked", marked)
		}
		if got := d.register(1).Progress(); got.Here != 3 || got.Absent != 1 || got.Left() != 0 {
			t.Errorf("%+v", got)
		}
		d.sound()
	})
}

func TestMark_TheSameTwiceChangesNothingAndAnotherCorrects(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := newDay(t, db, clock, []string{"Amira Haddad"})
		for _, mark := range []delivery.Mark{delivery.Present, delivery.Present, delivery.Absent, delivery.Late, delivery.Late} {
			if err := d.mark(d.trainer, 1, 1, mark); err != nil {
				t.Fatal(err)
			}
		}
		d.counts(map[string]int64{"attendance_marks WHERE mark = 'late'": 1, "attendance_marks": 1, "audit_rows WHERE action = 'attendance-marked'": 3})
	})
}

func TestMark_NotBeforeThePartsLondonDay(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := newDay(t, db, clock, []string{"Amira Haddad"}, twoMornings())
		wants(t, "the second part on the first day", d.mark(d.trainer, 2, 1, delivery.Present),
			models.KindConflict, "opens on Wednesday 27 January 2027")
		clock.Set(d.session.FirstDay().At(0, 0).Add(-time.Second))
		wants(t, "a second before the day", d.mark(d.trainer, 1, 1, delivery.Present), models.KindConflict, "opens on Tuesday 26 January 2027")
		if r := d.register(1); r.Begun {
			t.Error("the register has begun")
		}
		clock.Set(d.session.FirstDay().At(0, 0))
		if err := d.mark(d.trainer, 1, 1, delivery.Present); err != nil {
			t.Errorf("at midnight: %v", err)
		}
		clock.Set(d.session.LastEnd().Add(72 * time.Hour))
		if err := d.mark(d.trainer, 1, 1, delivery.Late); err != nil {
			t.Errorf("days later: %v", err)
		}
	})
}

// In summer London is an hour ahead of UTC: its day begins at 23:00 UTC of the day before.
func TestMark_TheDayBeginsInLondon(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		summer := models.Date{Year: 2027, Month: time.June, Day: 10}
		d := newDay(t, db, clock, []string{"Amira Haddad"}, schedulingtest.OnDay(summer))
		clock.Set(time.Date(2027, 6, 9, 22, 59, 59, 0, time.UTC))
		wants(t, "before", d.mark(d.trainer, 1, 1, delivery.Present), models.KindConflict, "Thursday 10 June 2027")
		clock.Set(time.Date(2027, 6, 9, 23, 0, 0, 0, time.UTC))
		if err := d.mark(d.trainer, 1, 1, delivery.Present); err != nil {
			t.Error(err)
		}
	})
}

func TestMark_OnlyByTheSessionsTrainersAndTheOffice(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := newDay(t, db, clock, []string{"Amira Haddad"})
		for _, c := range []struct {
			who   string
			actor access.Actor
			may   bool
		}{
			{"a visitor", access.Visitor(), false},
			{"a delegate", accesstest.Person(t, db, "Amira Haddad", "amira.haddad@delegate.example"), false},
			{"another trainer", d.signInAs("Rowan"), false},
			{"the office", accesstest.Office(t, db), true},
			{"its trainer", d.trainer, true},
		} {
			_, seen := delivery.RegisterOf(t.Context(), db, c.actor, d.session.ID, 1)
			for _, err := range []error{d.mark(c.actor, 1, 1, delivery.Present), seen} {
				if c.may && err != nil || !c.may && models.KindOf(err) != models.KindForbidden {
					t.Errorf("%s: %v", c.who, err)
				}
			}
		}
	})
}

func TestMark_RefusesWhatIsNotThere(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := newDay(t, db, clock, []string{"Amira Haddad", ""})
		other := newDay(t, db, clock, []string{"Ben Rowley"}, schedulingtest.OnDay(schedulingtest.Day.AddDays(1)))
		clock.Set(d.session.FirstStart())
		elsewhere := d.booking.Places[0]
		d.booking.Places[0] = other.booking.Places[0]
		wants(t, "a place of another session", d.mark(d.trainer, 1, 1, delivery.Present), models.KindNotFound, "no such place")
		d.booking.Places[0] = elsewhere
		wants(t, "part 0", d.mark(d.trainer, 0, 1, delivery.Present), models.KindNotFound, "no such part")
		wants(t, "part 2", d.mark(d.trainer, 2, 1, delivery.Present), models.KindNotFound, "no such part")
		wants(t, "an unnamed place", d.mark(d.trainer, 1, 2, delivery.Present), models.KindConflict, "Enter the person’s name first")
		wants(t, "another word", d.mark(d.trainer, 1, 1, "here"), models.KindInvalid, "Choose here, late or absent")
		wants(t, "no word", d.mark(d.trainer, 1, 1, ""), models.KindInvalid, "Choose here, late or absent")
		d.session.ID += 100
		wants(t, "no session", d.mark(d.trainer, 1, 1, delivery.Present), models.KindNotFound, "no session")
		d.counts(map[string]int64{"attendance_marks": 0})
	})
}

// A draft has no register, whoever asks: nothing of the day can be done in it.
func TestRegister_OnlyOfPublishedSessions(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := newDay(t, db, clock, []string{"Amira Haddad", ""})
		d.session = schedulingtest.OpenAccess(t, db, schedulingtest.AsDraft(), schedulingtest.OnDay(schedulingtest.Day.AddDays(1)))
		clock.Set(d.session.LastEnd())
		d.trainer = access.System()
		_, err := delivery.RegisterOf(t.Context(), db, d.trainer, d.session.ID, 1)
		wants(t, "a draft", err, models.KindConflict, "no register")
		for _, name := range []string{"mark", "mark all", "name", "walk in", "complete"} {
			wants(t, name, d.tryAndUndo(d.actions()[name]), models.KindConflict, "no register")
		}
	})
}

// Whoever is not the session's trainer or the office does nothing in its register, by whichever door.
func TestRegister_StrangersDoNothingInIt(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := newDay(t, db, clock, []string{"Amira Haddad", ""})
		for who, actor := range map[string]access.Actor{
			"another trainer": d.signInAs("Rowan"), "a visitor": access.Visitor(), "the booker": bookingtest.Manager(t, db, "Irwell Wellbeing Network"),
		} {
			stranger := *d
			stranger.trainer = actor
			for name, action := range stranger.actions() {
				if err := d.tryAndUndo(action); models.KindOf(err) != models.KindForbidden {
					t.Errorf("%s: %s: %v", who, name, err)
				}
			}
		}
	})
}

// The time beside a late mark is told while it says something: between the start of the part and its end.
func TestRegister_TheLineOfALateMark(t *testing.T) {
	t.Parallel()
	start := time.Date(2027, time.January, 14, 9, 30, 0, 0, time.UTC)
	r := delivery.Register{Part: scheduling.Part{Ordinal: 1, StartsAt: start, EndsAt: start.Add(7 * time.Hour)}}
	for at, want := range map[time.Duration]string{
		-time.Minute: "Late", 0: "Late", 20 * time.Minute: "Late, at 9:50am", 7*time.Hour - time.Minute: "Late, at 4:29pm", 7 * time.Hour: "Late", 30 * time.Hour: "Late",
	} {
		if got := r.Line(delivery.Row{Mark: delivery.Late, MarkedAt: start.Add(at)}); got != want {
			t.Errorf("marked %s after the start: %q, want %q", at, got, want)
		}
	}
}

// Until the start the booker may give the place to somebody else: what was marked before was of the first person.
func TestMark_IsOfThePersonNotOfThePlace(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := newDay(t, db, clock, []string{"Amira Haddad"})
		clock.Set(d.session.FirstStart().Add(-10 * time.Minute))
		if err := d.mark(d.trainer, 1, 1, delivery.Present); err != nil {
			t.Fatal(err)
		}
		d.rename(1, "Ben Rowley")
		if r := d.register(1); r.Rows[0].Name != "Ben Rowley" || r.Rows[0].Mark != delivery.Unmarked {
			t.Errorf("%+v", r.Rows[0])
		}
		clock.Set(d.session.FirstStart())
		d.nearlyOver()
		_, err := d.complete(d.trainer)
		wants(t, "completing", err, models.KindConflict, "1 person is not marked yet")
		if err := d.mark(d.trainer, 1, 1, delivery.Present); err != nil {
			t.Fatal(err)
		}
		made, err := d.complete(d.trainer)
		if err != nil || len(made) != 1 || made[0].PersonName != "Ben Rowley" {
			t.Errorf("%+v %v", made, err)
		}
		d.sound()
	})
}

func TestMarks_TheDatabaseKeepsThemOnceTheRegisterIsClosed(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := newDay(t, db, clock, []string{"Amira Haddad"})
		d.markAll(1)
		d.nearlyOver()
		if _, err := d.complete(d.trainer); err != nil {
			t.Fatal(err)
		}
		wants(t, "marking again", d.mark(d.trainer, 1, 1, delivery.Absent), models.KindConflict, "was completed on 14 January 2027 at 3:30pm")
		for _, statement := range []string{
			"UPDATE attendance_marks SET mark = 'absent'", "DELETE FROM attendance_marks", "UPDATE completions SET demonstration = FALSE",
			"DELETE FROM completions", "DELETE FROM register_closings", "UPDATE register_closings SET round = 2",
			`INSERT INTO attendance_marks (part_id, place_id, person_id, mark, marked_at) SELECT part_id, place_id + 1, person_id, mark, marked_at FROM attendance_marks`,
			"INSERT INTO register_closings (session_id, round, closed_at) SELECT session_id, 2, closed_at FROM register_closings",
			`INSERT INTO completions (closing_id, session_id, place_id, person_id, last_attended, completed_at, demonstration)
				SELECT closing_id, session_id, place_id, person_id, last_attended, completed_at, demonstration FROM completions`,
		} {
			err := db.InTx(t.Context(), func(tx models.DB) error { return tx.SQL(t.Context()).Exec(statement).Error })
			if !errors.Is(err, models.ErrRefused) {
				t.Errorf("%s: %v", statement, err)
			}
		}
	})
}
