package delivery_test

import (
	"slices"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/booking/bookingtest"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// Two mornings, four people: both mornings; late on one; only the first; neither. The first two are trained, from the second day on.
func TestComplete_IsForWhoeverAttendedEveryPart(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := newDay(t, db, clock, []string{"Amira Haddad", "Ben Rowley", "Ceri Vaughan", "Dev Patel", ""}, twoMornings())
		for place, marks := range map[int][2]delivery.Mark{
			1: {delivery.Present, delivery.Present}, 2: {delivery.Late, delivery.Present},
			3: {delivery.Present, delivery.Absent}, 4: {delivery.Absent, delivery.Absent},
		} {
			for i, mark := range marks {
				clock.Set(d.session.Parts[i].StartsAt)
				if err := d.mark(d.trainer, i+1, place, mark); err != nil {
					t.Fatal(err)
				}
			}
		}
		clock.Set(d.session.LastEnd().Add(5 * 24 * time.Hour)) // recorded on Monday; it counts from the Wednesday
		made, err := d.complete(d.trainer)
		if err != nil || len(made) != 2 {
			t.Fatalf("%+v %v", made, err)
		}
		for i, name := range []string{"Amira Haddad", "Ben Rowley"} {
			c := made[i]
			if c.PersonName != name || c.LastAttended.ISO() != "2027-01-27" || !c.Live() || c.PlaceID != d.booking.Places[i].ID ||
				c.OrganisationID == nil || *c.OrganisationID != *d.booking.OrganisationID || c.CompletedBy == nil ||
				*c.CompletedBy != d.trainer.PersonID || !c.CompletedAt.Equal(clock.Now()) || !c.Demonstration {
				t.Errorf("%+v", c)
			}
		}
		outcomes, err := booking.Outcomes(t.Context(), db, d.session.ID)
		want := []booking.Outcome{booking.OutcomeAttended, booking.OutcomeAttended, booking.OutcomePart, booking.OutcomeNoShow, ""}
		for i, outcome := range want {
			if got := outcomes[d.booking.Places[i].ID]; got != outcome || err != nil {
				t.Errorf("place %d: %q, want %q, %v", i+1, got, outcome, err)
			}
		}
		if r := d.register(2); r.Completed == nil || !r.Completed.Equal(clock.Now()) {
			t.Errorf("completed %v", r.Completed)
		}
		d.sound()
	})
}

func TestComplete_WaitsForTheLastPartAndForEverybodysMark(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := newDay(t, db, clock, []string{"Amira Haddad", "Ben Rowley", "Ceri Vaughan"}, twoMornings())
		d.markAll(1)
		_, err := d.complete(d.trainer)
		wants(t, "after the first part", err, models.KindConflict, "from 12pm on Wednesday 27 January 2027")
		clock.Set(d.session.Parts[1].StartsAt.Add(-time.Second))
		if err := d.mark(d.trainer, 2, 1, delivery.Present); err != nil {
			t.Fatal(err)
		}
		_, err = d.complete(d.trainer)
		wants(t, "before the last part", err, models.KindConflict, "from 12pm on Wednesday 27 January 2027")
		clock.Set(d.session.LastEnd().Add(-time.Hour - time.Second))
		_, err = d.complete(d.trainer)
		wants(t, "a second too early", err, models.KindConflict, "from 12pm on Wednesday 27 January 2027")
		d.nearlyOver()
		_, err = d.complete(d.trainer)
		wants(t, "two unmarked", err, models.KindConflict, "2 people are not marked yet in part 2. Mark everybody here, late or absent first")
		d.counts(map[string]int64{"completions": 0, "register_closings": 0, "place_outcomes": 0})
		d.markAll(2)
		if made, err := d.complete(d.trainer); err != nil || len(made) != 3 {
			t.Errorf("%+v %v", made, err)
		}
	})
}

func TestComplete_OnlyByTheSessionsTrainersAndTheOffice(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := newDay(t, db, clock, []string{"Amira Haddad"})
		d.markAll(1)
		for _, actor := range []access.Actor{access.Visitor(), bookingtest.Manager(t, db, "Irwell Wellbeing Network"), d.signInAs("Rowan")} {
			_, err := d.complete(actor)
			wants(t, actor.Name, err, models.KindForbidden, "Only")
			_, err = d.undo(actor, "by mistake")
			wants(t, actor.Name, err, models.KindForbidden, "Only")
			_, err = delivery.PreviewUndo(t.Context(), db, actor, d.session.ID)
			wants(t, actor.Name, err, models.KindForbidden, "Only")
		}
		d.nearlyOver()
		if _, err := d.complete(accesstest.Office(t, db)); err != nil {
			t.Error(err)
		}
	})
}

func TestComplete_ASessionWithoutAnybodyIsRefused(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := newDay(t, db, clock, []string{""})
		d.nearlyOver()
		_, err := d.complete(d.trainer)
		wants(t, "nobody named", err, models.KindConflict, "Nobody is named")
	})
}

// Whoever is absent has no completion, and when everybody is the register is closed all the same.
func TestComplete_EverybodyAbsent(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := newDay(t, db, clock, []string{"Amira Haddad"})
		if err := d.mark(d.trainer, 1, 1, delivery.Absent); err != nil {
			t.Fatal(err)
		}
		d.nearlyOver()
		if made, err := d.complete(d.trainer); err != nil || len(made) != 0 {
			t.Errorf("%+v %v", made, err)
		}
		d.counts(map[string]int64{"register_closings": 1, "completions": 0, "place_outcomes WHERE outcome = 'no-show'": 1})
		d.sound()
	})
}

// 50 people press the button at once, through two programs' worth of connections: each place has one completion, and everybody is
// shown the same.
func TestComplete_FiftyAtOnceMakeOneEach(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := newDay(t, db, clock, []string{"Amira Haddad", "Ben Rowley", "Ceri Vaughan"})
		d.markAll(1)
		d.nearlyOver()
		var shown [50][]delivery.Completion
		together(len(shown), func(i int) {
			err := db.InTx(t.Context(), func(tx models.DB) (err error) {
				shown[i], err = delivery.Complete(t.Context(), tx, d.trainer, d.session.ID)
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
		for i, made := range shown {
			if len(made) != 3 || made[0].ID != shown[0][0].ID || made[2].ID != shown[0][2].ID {
				t.Errorf("call %d was shown %+v", i, made)
			}
		}
		d.counts(map[string]int64{"completions": 3, "register_closings": 1, "audit_rows WHERE action = 'session-completed'": 1, "place_outcomes": 3})
		d.sound()
	})
}

func TestCompletions_AreSeenByTheirPersonAndTheirOrganisation(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := newDay(t, db, clock, []string{"Amira Haddad", "Ben Rowley"})
		d.markAll(1)
		d.nearlyOver()
		made, err := d.complete(d.trainer)
		if err != nil {
			t.Fatal(err)
		}
		manager := accesstest.Actor(t, db, bookingtest.Manager(t, db, "Irwell Wellbeing Network").PersonID)
		for _, c := range []struct {
			who   string
			actor access.Actor
			sees  int
		}{
			{"a visitor", access.Visitor(), 0},
			{"a stranger", accesstest.Person(t, db, "Lena Osei", "lena@osei.example"), 0},
			{"another manager", accesstest.Manager(t, db, "Sam Reid", "sam@mersey.example", "Mersey Care"), 0},
			{"Amira", access.Actor{PersonID: made[0].PersonID}, 1},
			{"their manager", manager, 2},
			{"the office", accesstest.Office(t, db), 2},
		} {
			found, err := delivery.Completions(t.Context(), db, c.actor.Scope(), delivery.Filter{SessionID: d.session.ID})
			if err != nil || len(found) != c.sees {
				t.Errorf("%s sees %d, %v", c.who, len(found), err)
			}
			_, err = delivery.CompletionByID(t.Context(), db, c.actor.Scope(), made[0].ID)
			if c.sees > 0 && err != nil || c.sees == 0 && models.KindOf(err) != models.KindNotFound {
				t.Errorf("%s: %v", c.who, err)
			}
		}
		if all, err := delivery.OfSession(t.Context(), db, d.trainer, d.session.ID); err != nil || len(all) != 2 {
			t.Errorf("%+v %v", all, err)
		}
		if _, err := delivery.OfSession(t.Context(), db, manager, d.session.ID); models.KindOf(err) != models.KindForbidden {
			t.Error(err)
		}
	})
}

// The day is London's: a part that starts at 12:15am in June is on the day before by UTC.
// Each filter keeps to what it names, and all of them together to what each does.
func TestCompletions_EachFilterNarrows(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		first := newDay(t, db, clock, []string{"Amira Haddad", "Ben Rowley"}) // Irwell Wellbeing Network
		second := first.again()                                               // Faith Adeyemi of Quays Care
		made := map[string]delivery.Completion{}
		for _, d := range []*day{first, second} {
			for i, part := range d.session.Parts {
				clock.Set(part.EndsAt)
				d.markAll(i + 1)
			}
			all, err := d.complete(d.trainer)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range all {
				made[c.PersonName] = c
			}
		}
		d := second
		d.in(func(tx models.DB) error {
			return delivery.Withdraw(t.Context(), tx, d.trainer, made["Faith Adeyemi"].ID, "a slip")
		})
		amira := made["Amira Haddad"]
		for name, c := range map[string]struct {
			filter delivery.Filter
			want   []string
		}{
			"none":            {delivery.Filter{}, []string{"Amira Haddad", "Ben Rowley", "Faith Adeyemi"}},
			"session":         {delivery.Filter{SessionID: first.session.ID}, []string{"Amira Haddad", "Ben Rowley"}},
			"closed by":       {delivery.Filter{ClosedBy: second.session.ID}, []string{"Faith Adeyemi"}},
			"person":          {delivery.Filter{PersonID: amira.PersonID}, []string{"Amira Haddad"}},
			"organisation":    {delivery.Filter{OrganisationID: *amira.OrganisationID}, []string{"Amira Haddad", "Ben Rowley"}},
			"live":            {delivery.Filter{Live: true}, []string{"Amira Haddad", "Ben Rowley"}},
			"session, person": {delivery.Filter{SessionID: second.session.ID, PersonID: amira.PersonID}, nil},
		} {
			found, err := delivery.Completions(t.Context(), db, access.System().Scope(), c.filter)
			var names []string
			for _, f := range found {
				names = append(names, f.PersonName)
			}
			if err != nil || !slices.Equal(names, c.want) {
				t.Errorf("%s: %v, want %v, %v", name, names, c.want, err)
			}
		}
	})
}

func TestComplete_LastAttendedIsALondonDay(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		night := models.Date{Year: 2027, Month: time.June, Day: 10}
		d := newDay(t, db, clock, []string{"Amira Haddad"}, schedulingtest.InParts(schedulingtest.Part(night, "12:15am", "6am")))
		d.markAll(1)
		d.nearlyOver()
		made, err := d.complete(d.trainer)
		if err != nil || made[0].LastAttended != night {
			t.Errorf("%+v %v", made, err)
		}
		d.sound()
	})
}

// The rule is the setting's of the day of the last part, and a part shorter than that is completed once it has begun.
func TestComplete_OpensAsTheSettingOfThatDaySays(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := newDay(t, db, clock, []string{"Amira Haddad"}, twoMornings())
		opens := func(minutes, from, want string) {
			t.Helper()
			d.in(func(tx models.DB) error {
				return tx.SQL(t.Context()).Exec("INSERT INTO settings (name, value, effective_from, note) VALUES ('completion_minutes', ?, ?, '')", minutes, from).Error
			})
			if got := d.register(1).OpensAt; models.When(got) != want {
				t.Errorf("%s minutes from %s: opens on %s, want %s", minutes, from, models.When(got), want)
			}
		}
		opens("30", "2027-01-28", "27 January 2027 at 12pm")
		opens("90", "2027-01-26", "27 January 2027 at 11:30am")
		opens("0", "2027-01-27", "27 January 2027 at 1pm")
		short := newDay(t, db, clock, []string{"Ben Rowley"}, schedulingtest.InParts(schedulingtest.Part(d.session.LastDay().AddDays(7), "9:30am", "9:45am")))
		if got := short.register(1).OpensAt; models.When(got) != "3 February 2027 at 9:30am" {
			t.Errorf("a quarter of an hour opens on %s", models.When(got))
		}
	})
}
