package scheduling_test

import (
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// move claims a session and moves it in one transaction.
func move(t *testing.T, db models.DB, actor access.Actor, id int64, m scheduling.Move) (moved scheduling.Moved, err error) {
	t.Helper()
	err = db.InTx(t.Context(), func(tx models.DB) error {
		s, err := scheduling.Claim(t.Context(), tx, id)
		if err != nil {
			return err
		}
		moved, err = scheduling.MoveSession(t.Context(), tx, actor, s, m)
		return err
	})
	return moved, err
}

// alan signs in as the trainer Alan.
func alan(t *testing.T, db models.DB) access.Actor {
	t.Helper()
	actor := trainer(t, db, "Alan Mercer", "alan@ssph.example")
	err := db.InTx(t.Context(), func(tx models.DB) error {
		return scheduling.SignsInAs(t.Context(), tx, access.System(), schedulingtest.TrainerIDs(t, db, "Alan")[0], actor.PersonID)
	})
	if err != nil {
		t.Fatal(err)
	}
	return actor
}

// trainer makes a person with the role of a trainer who is not in the diary.
func trainer(t *testing.T, db models.DB, name, email string) access.Actor {
	t.Helper()
	person := accesstest.Person(t, db, name, email)
	err := db.InTx(t.Context(), func(tx models.DB) error {
		return access.GrantRole(t.Context(), tx, access.System(), person.PersonID, access.RoleTrainer)
	})
	if err != nil {
		t.Fatal(err)
	}
	return accesstest.Actor(t, db, person.PersonID)
}

// inPlace is a move that keeps venue and link.
func inPlace(s scheduling.Session, parts ...scheduling.NewPart) scheduling.Move {
	m := scheduling.Move{Parts: parts, JoinLink: s.JoinLink}
	if s.Venue != nil {
		m.VenueID = s.Venue.ID
	}
	return m
}

// Two mornings either side of the change of clocks on 28 March 2027: 9:30am is 09:30 UTC before it and 08:30 UTC after.
func TestMoveSession_KeepsLondonTimesOverTheClockChange(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		first, second := day(2027, 3, 2), day(2027, 3, 9)
		s := schedulingtest.OpenAccess(t, db, schedulingtest.InParts(
			schedulingtest.Part(first, "10am", "1pm"), schedulingtest.Part(second, "10am", "1pm")))
		moved, err := move(t, db, alan(t, db), s.ID, inPlace(s,
			schedulingtest.Part(day(2027, 3, 23), "9:30am", "12:30pm"), schedulingtest.Part(day(2027, 3, 30), "9:30am", "12:30pm")))
		if err != nil {
			t.Fatal(err)
		}
		want := []time.Time{time.Date(2027, 3, 23, 9, 30, 0, 0, time.UTC), time.Date(2027, 3, 30, 8, 30, 0, 0, time.UTC)}
		for i, p := range moved.After.Parts {
			if !p.StartsAt.Equal(want[i]) || p.ID != s.Parts[i].ID {
				t.Errorf("part %d starts at %s, want %s", p.Ordinal, p.StartsAt, want[i])
			}
		}
		if moved.Number != 1 || !moved.Changed() || moved.LinkChanged() || moved.Before.FirstDay() != first {
			t.Errorf("%+v", moved)
		}
		past, err := scheduling.Moves(t.Context(), db, s.ID)
		if err != nil || len(past) != 1 || past[0].Where != "Frederick Road campus, Salford" ||
			past[0].When != "Tuesday 2 March 2027 and Tuesday 9 March 2027, 10am to 1pm on both days" {
			t.Errorf("%+v %v", past, err)
		}
		if got := count(t, db, "audit_rows WHERE action = 'session-moved'"); got != 1 {
			t.Errorf("%d audit rows", got)
		}
		sound(t, db)
	})
}

// A session that is moved by an hour does not clash with its own old time, nor one part with the other.
func TestMoveSession_NeverClashesWithItself(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		thu := day(2027, 1, 14)
		s := schedulingtest.OpenAccess(t, db, schedulingtest.With("Alan", "Rowan"), schedulingtest.InParts(
			schedulingtest.Part(thu, "9am", "12pm"), schedulingtest.Part(thu, "1pm", "4pm")))
		for _, times := range [][4]string{{"11am", "2pm", "3pm", "6pm"}, {"8am", "11am", "12pm", "3pm"}} {
			if _, err := move(t, db, access.System(), s.ID, inPlace(s,
				schedulingtest.Part(thu, times[0], times[1]), schedulingtest.Part(thu, times[2], times[3]))); err != nil {
				t.Errorf("%v: %v", times, err)
			}
			sound(t, db)
		}
	})
}

func TestMoveSession_RefusesATrainerElsewhereAndChangesNothing(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		thu := day(2027, 1, 14)
		schedulingtest.OpenAccess(t, db, schedulingtest.OnDay(thu))
		s := schedulingtest.OpenAccess(t, db, schedulingtest.OnDay(thu.AddDays(1)))
		_, err := move(t, db, access.System(), s.ID, inPlace(s, schedulingtest.Part(thu, "5pm", "8pm")))
		const want = "Alan is in Salford until 4:30pm and needs 120 minutes to travel. Choose another time or trainer"
		if got := models.ProblemsOf(err).For(scheduling.FieldTrainers); got != want || !errors.Is(err, models.ErrOverlap) {
			t.Errorf("%v", err)
		}
		if after, err := scheduling.FindAny(t.Context(), db, s.ID); err != nil || !after.FirstStart().Equal(s.FirstStart()) {
			t.Errorf("%+v %v", after.Parts, err)
		}
		if got := count(t, db, "session_moves"); got != 0 {
			t.Errorf("%d moves", got)
		}
		sound(t, db)
	})
}

func TestMoveSession_IsForItsTrainersAndTheOffice(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db)
		for i, c := range []struct {
			actor access.Actor
			may   bool
		}{
			{access.Visitor(), false},
			{accesstest.Person(t, db, "Tom Ashworth", "tom@irwell.example"), false},
			{trainer(t, db, "Rowan", "rowan@ssph.example"), false},
			{alan(t, db), true},
			{accesstest.Office(t, db), true},
		} {
			_, err := move(t, db, c.actor, s.ID, inPlace(s, schedulingtest.Part(day(2027, 1, 20+i), "9:30am", "4:30pm")))
			if c.may && err != nil || !c.may && models.KindOf(err) != models.KindForbidden {
				t.Errorf("%s: %v", c.actor.Name, err)
			}
		}
	})
}

func TestMoveSession_OnlyBeforeItStarts(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db)
		later := inPlace(s, schedulingtest.Part(day(2027, 1, 20), "9:30am", "4:30pm"))
		clock.Set(s.FirstStart())
		if _, err := move(t, db, access.System(), s.ID, later); models.KindOf(err) != models.KindConflict {
			t.Errorf("at its start: %v", err)
		}
		clock.Set(s.FirstStart().Add(-time.Minute))
		if _, err := move(t, db, access.System(), s.ID, later); err != nil {
			t.Errorf("a minute before: %v", err)
		}
		draft := schedulingtest.OpenAccess(t, db, schedulingtest.OnDay(day(2027, 2, 20)), schedulingtest.AsDraft())
		if _, err := change(t, db, draft.ID, func(tx models.DB, s scheduling.Session) (scheduling.Session, error) {
			return scheduling.CancelDraft(t.Context(), tx, access.System(), s.ID)
		}); err != nil {
			t.Fatal(err)
		}
		if _, err := move(t, db, access.System(), draft.ID, later); models.KindOf(err) != models.KindConflict {
			t.Errorf("a cancelled one: %v", err)
		}
	})
}

func TestMoveSession_SaysWhatIsWrongBesideTheField(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		room := schedulingtest.OpenAccess(t, db)
		call := schedulingtest.OpenAccess(t, db, schedulingtest.Online("https://meet.example/a"), schedulingtest.OnDay(day(2027, 2, 3)))
		good := schedulingtest.Part(day(2027, 2, 10), "9:30am", "4:30pm")
		soon := schedulingtest.Part(day(2026, 11, 25), "9:30am", "4:30pm")
		for field, c := range map[string]struct {
			session scheduling.Session
			move    scheduling.Move
		}{
			scheduling.FieldParts:            {room, inPlace(room, good, schedulingtest.Part(day(2027, 2, 11), "9:30am", "4:30pm"))},
			scheduling.FieldVenue:            {room, scheduling.Move{Parts: []scheduling.NewPart{good}}},
			scheduling.FieldJoinLink:         {call, scheduling.Move{Parts: []scheduling.NewPart{soon}}},
			scheduling.PartField(1, "day"):   {room, inPlace(room, schedulingtest.Part(day(2026, 11, 20), "9:30am", "4:30pm"))},
			scheduling.PartField(1, "start"): {room, inPlace(room, schedulingtest.Part(day(2027, 3, 28), "1:30am", "4:30am"))},
			scheduling.PartField(1, "until"): {room, inPlace(room, schedulingtest.Part(day(2027, 2, 10), "4:30pm", "9:30am"))},
		} {
			_, err := move(t, db, access.System(), c.session.ID, c.move)
			if problems := models.ProblemsOf(err); problems.For(field) == "" || len(problems) != 1 {
				t.Errorf("%s: %v", field, err)
			}
		}
		if got := count(t, db, "session_moves"); got != 0 {
			t.Errorf("%d moves", got)
		}
	})
}

func TestMoveSession_NothingChangedIsNoMove(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db, schedulingtest.Online("https://meet.example/a"))
		same := inPlace(s, schedulingtest.Part(schedulingtest.Day, "9:30am", "4:30pm"))
		if moved, err := move(t, db, access.System(), s.ID, same); err != nil || moved.Changed() {
			t.Errorf("%+v %v", moved, err)
		}
		same.JoinLink = " https://meet.example/b "
		moved, err := move(t, db, access.System(), s.ID, same)
		if err != nil || !moved.LinkChanged() || moved.After.JoinLink != "https://meet.example/b" {
			t.Errorf("%+v %v", moved, err)
		}
		if moved, err := move(t, db, access.System(), s.ID, same); err != nil || moved.Changed() {
			t.Errorf("%+v %v", moved, err)
		}
		later := inPlace(s, schedulingtest.Part(schedulingtest.Day, "10am", "4:30pm"))
		later.JoinLink = same.JoinLink
		if moved, err := move(t, db, access.System(), s.ID, later); err != nil || !moved.Changed() || moved.LinkChanged() {
			t.Errorf("moved with the same link: %+v %v", moved, err)
		}
	})
}

// A move may bring a session right up to another of its trainer's, before or after, and into the time of one that was given up; not a
// minute further, and neither may a time that is changed in the database itself.
func TestMoveSession_UpToAnotherAndNotAMinuteFurther(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		actor, on := alan(t, db), schedulingtest.Day
		middle := schedulingtest.OpenAccess(t, db, schedulingtest.Online(""), schedulingtest.InParts(schedulingtest.Part(on, "11am", "2pm")))
		s := schedulingtest.OpenAccess(t, db, schedulingtest.Online(""), schedulingtest.OnDay(on.AddDays(1)))
		draft := schedulingtest.OpenAccess(t, db, schedulingtest.Online(""), schedulingtest.AsDraft(), schedulingtest.OnDay(on.AddDays(2)))
		err := db.InTx(t.Context(), func(tx models.DB) error {
			_, err := scheduling.CancelDraft(t.Context(), tx, access.System(), draft.ID)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			part scheduling.NewPart
			may  bool
		}{
			{schedulingtest.Part(on, "9am", "11am"), true}, {schedulingtest.Part(on, "9am", "11:01am"), false},
			{schedulingtest.Part(on, "2pm", "4pm"), true}, {schedulingtest.Part(on, "1:59pm", "4pm"), false},
			{schedulingtest.Part(on, "10am", "3pm"), false}, {schedulingtest.Part(on.AddDays(2), "9:30am", "4:30pm"), true},
			{schedulingtest.Part(on, "9am", "11am"), true},
		} {
			if _, err := move(t, db, actor, s.ID, inPlace(s, c.part)); (err == nil) != c.may {
				t.Errorf("%+v: %v, may %v", c.part, err, c.may)
			}
		}
		widen := func(column string, to time.Time) error {
			return db.InTx(t.Context(), func(tx models.DB) error {
				return tx.SQL(t.Context()).Exec("UPDATE trainer_times SET "+column+" = ? WHERE part_id = ?", to, middle.Parts[0].ID).Error
			})
		}
		if err := widen("busy_from", middle.FirstStart().Add(-time.Minute)); !errors.Is(err, models.ErrOverlap) {
			t.Errorf("a minute into the session before: %v", err)
		}
		if err := widen("busy_until", middle.LastEnd().Add(time.Minute)); err != nil {
			t.Errorf("a minute into free time: %v", err)
		}
		if n := count(t, db, fmt.Sprintf("session_moves WHERE moved_by = %d", actor.PersonID)); n != 4 {
			t.Errorf("%d moves are the trainer's, want 4", n)
		}
		sound(t, db)
	})
}

// 32 sessions on 32 days are moved at once to one day of their trainer's: 8 hours, each wanted four times. One of each four gets it.
func TestMoveSession_RaceOf32PutsNobodyInTwoPlaces(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		thu := day(2027, 1, 14)
		var sessions [32]scheduling.Session
		for i := range sessions {
			s, err := open(db, online(t, db, "Alan", "9am", "10am", thu.AddDays(1+i)))
			if err != nil {
				t.Fatal(err)
			}
			sessions[i] = s
		}
		var moved, refused atomic.Int64
		together(len(sessions), func(i int) {
			hour := 9 + i%8
			_, err := move(t, db, access.System(), sessions[i].ID,
				inPlace(sessions[i], schedulingtest.Part(thu, fmt.Sprintf("%d:00", hour), fmt.Sprintf("%d:00", hour+1))))
			switch {
			case err == nil:
				moved.Add(1)
			case errors.Is(err, models.ErrOverlap) && models.KindOf(err) == models.KindConflict:
				refused.Add(1)
			default:
				t.Errorf("session %d: %v", i, err)
			}
		})
		if moved.Load() != 8 || refused.Load() != 24 {
			t.Errorf("%d moved, %d refused", moved.Load(), refused.Load())
		}
		sound(t, db)
	})
}

func TestOpenSession_ATrainerOpensForThemselvesOnly(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		actor := alan(t, db)
		opened := func(n scheduling.NewSession) (s scheduling.Session, err error) {
			err = db.InTx(t.Context(), func(tx models.DB) error {
				s, err = scheduling.OpenSession(t.Context(), tx, actor, n)
				return err
			})
			return s, err
		}
		n := online(t, db, "Alan", "9:30am", "1pm", day(2027, 1, 14), day(2027, 1, 15))
		n.TrainerIDs = nil
		if s, err := opened(n); err != nil || s.TrainerNames() != "Alan" || len(s.Parts) != 2 || !s.TaughtBy(actor) {
			t.Errorf("%+v %v", s, err)
		}
		n.TrainerIDs = schedulingtest.TrainerIDs(t, db, "Alan", "Rowan")
		if _, err := opened(n); !strings.Contains(models.ProblemsOf(err).For(scheduling.FieldTrainers), "for yourself only") {
			t.Errorf("with another trainer: %v", err)
		}
		n.TrainerIDs, n.Route, n.OrganisationID = nil, scheduling.Bespoke, 1
		if _, err := opened(n); models.ProblemsOf(err).For(scheduling.FieldRoute) == "" {
			t.Errorf("an own group: %v", err)
		}
		if found, err := scheduling.TrainerOf(t.Context(), db, actor.PersonID); err != nil || found.Name != "Alan" {
			t.Errorf("%+v %v", found, err)
		}
		if _, err := scheduling.TrainerOf(t.Context(), db, actor.PersonID+1); models.KindOf(err) != models.KindNotFound {
			t.Error(err)
		}
	})
}
