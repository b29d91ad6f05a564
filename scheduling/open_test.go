package scheduling_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// open tries to open a session as the system does.
func open(db models.DB, n scheduling.NewSession) (s scheduling.Session, err error) {
	err = db.InTx(context.Background(), func(tx models.DB) error {
		s, err = scheduling.OpenSession(context.Background(), tx, access.System(), n)
		return err
	})
	return s, err
}

// online is a session by video call on a day with one trainer, with nothing wrong.
func online(t *testing.T, db models.DB, trainer, from, until string, days ...models.Date) scheduling.NewSession {
	t.Helper()
	course, err := scheduling.TheCourse(context.Background(), db)
	if err != nil {
		t.Fatal(err)
	}
	n := scheduling.NewSession{
		CourseID: course.ID, Route: scheduling.OpenAccess, Format: scheduling.Online, Publish: true,
		TrainerIDs: schedulingtest.TrainerIDs(t, db, trainer),
	}
	for _, d := range days {
		n.Parts = append(n.Parts, schedulingtest.Part(d, from, until))
	}
	return n
}

// inRoom makes the session face to face in a town.
func inRoom(t *testing.T, db models.DB, town string, n scheduling.NewSession) scheduling.NewSession {
	t.Helper()
	n.Format = scheduling.FaceToFace
	n.VenueID = schedulingtest.Venue(t, db, scheduling.Venue{Name: town + " library", Address: "High Street", Town: town, Postcode: "BL1 1AA"}).ID
	return n
}

func count(t *testing.T, db models.DB, table string) (n int64) {
	t.Helper()
	if err := db.SQL(context.Background()).Table(table).Count(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

func TestOpenSession_WritesItWhole(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		tue := day(2027, 3, 23)
		n := inRoom(t, db, "Bolton", online(t, db, "Rowan", "9:30am", "1pm", tue, tue.AddDays(7)))
		n.TrainerIDs = append(n.TrainerIDs, schedulingtest.TrainerIDs(t, db, "Alan", "Rowan")...)
		n.Captions, n.Publish, n.Demonstration = true, false, true
		s, err := open(db, n)
		if err != nil {
			t.Fatal(err)
		}
		if s.Capacity != 15 || s.Status != scheduling.Draft || !s.Captions || !s.Demonstration || s.CreatedAt != db.Now() {
			t.Errorf("%+v", s)
		}
		if s.CourseTitle != "Social Prescribing Tool training" || s.Where() != "Bolton" || s.TrainerNames() != "Alan and Rowan" {
			t.Errorf("%+v", s)
		}
		if s.TimesLine() != "9:30am to 1pm on both days" || len(s.Parts) != 2 || s.Parts[1].Ordinal != 2 {
			t.Errorf("%+v", s.Parts)
		}
		if got := count(t, db, "trainer_times"); got != 4 {
			t.Errorf("%d trainer times", got)
		}
		if got := count(t, db, "audit_rows WHERE action = 'session-opened'"); got != 1 {
			t.Errorf("%d audit rows", got)
		}
		sound(t, db)
	})
}

// One to one is for one person unless more is said; the audit of an own group stands with its organisation.
func TestOpenSession_ForOnePersonAndForOneOrganisation(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		alone := online(t, db, "Alan", "9:30am", "1pm", day(2027, 1, 14))
		alone.Route = scheduling.OneToOne
		if s, err := open(db, alone); err != nil || s.Capacity != 1 {
			t.Errorf("%d places, %v", s.Capacity, err)
		}
		group := online(t, db, "Alan", "9:30am", "1pm", day(2027, 1, 15))
		group.Route, group.OrganisationID = scheduling.Bespoke, organisation(t, db)
		if s, err := open(db, group); err != nil || s.Capacity != 15 {
			t.Errorf("%d places, %v", s.Capacity, err)
		}
		if n := count(t, db, fmt.Sprintf("audit_rows WHERE action = 'session-opened' AND organisation_id = %d", group.OrganisationID)); n != 1 {
			t.Errorf("%d audit rows of the organisation, want 1", n)
		}
	})
}

func TestOpenSession_RefusesAndWritesNothing(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		right := online(t, db, "Alan", "9:30am", "1pm", day(2027, 1, 14))
		for name, c := range map[string]struct {
			change func(*scheduling.NewSession)
			field  string
		}{
			"unknown course":       {func(n *scheduling.NewSession) { n.CourseID = 99 }, scheduling.FieldCourse},
			"unknown venue":        {func(n *scheduling.NewSession) { n.Format, n.VenueID = scheduling.FaceToFace, 99 }, scheduling.FieldVenue},
			"unknown trainer":      {func(n *scheduling.NewSession) { n.TrainerIDs = []int64{99} }, scheduling.FieldTrainers},
			"unknown organisation": {func(n *scheduling.NewSession) { n.Route, n.OrganisationID = scheduling.Bespoke, 99 }, scheduling.FieldOrganisation},
		} {
			n := right
			c.change(&n)
			_, err := open(db, n)
			if models.KindOf(err) != models.KindInvalid || models.ProblemsOf(err).For(c.field) == "" {
				t.Errorf("%s: %v", name, err)
			}
		}
		for _, table := range []string{"sessions", "parts", "session_trainers", "trainer_times", "audit_rows"} {
			if got := count(t, db, table); got != 0 {
				t.Errorf("%d rows in %s", got, table)
			}
		}
	})
}

func TestOpenSession_IsForTheOffice(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		n := online(t, db, "Alan", "9:30am", "1pm", day(2027, 1, 14))
		trainer := access.Actor{PersonID: 7, Roles: []access.Role{access.RoleTrainer}}
		for _, actor := range []access.Actor{access.Visitor(), {PersonID: 7}, trainer} {
			err := db.InTx(t.Context(), func(tx models.DB) error {
				_, err := scheduling.OpenSession(t.Context(), tx, actor, n)
				return err
			})
			if models.KindOf(err) != models.KindForbidden {
				t.Errorf("%+v: %v", actor, err)
			}
		}
		if _, err := scheduling.OpenSession(t.Context(), db, access.System(), n); err == nil {
			t.Error("opened outside a transaction")
		}
	})
}

func TestOpenSession_NoTrainerIsInTwoPlaces(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		thu := day(2027, 1, 14)
		if _, err := open(db, inRoom(t, db, "Bolton", online(t, db, "Rowan", "9:30am", "4:30pm", thu))); err != nil {
			t.Fatal(err)
		}
		for name, c := range map[string]struct {
			n    scheduling.NewSession
			want string // "" when it is allowed
		}{
			"half an hour after": {
				online(t, db, "Rowan", "5pm", "8pm", thu),
				"Rowan is in Bolton until 4:30pm and needs 60 minutes to travel. Choose another time or trainer",
			},
			"the same time": {
				online(t, db, "Rowan", "9:30am", "4:30pm", thu),
				"Rowan is in Bolton from 9:30am to 4:30pm. Choose another time or trainer",
			},
			"the second of two days": {
				online(t, db, "Rowan", "5pm", "8pm", thu.AddDays(-1), thu),
				"Rowan is in Bolton until 4:30pm on Thursday 14 January 2027 and needs 60 minutes to travel. Choose another time or trainer",
			},
			"another room an hour and a half after": {
				inRoom(t, db, "Salford", online(t, db, "Rowan", "6pm", "9pm", thu)),
				"Rowan is in Bolton until 4:30pm and needs 120 minutes to travel. Choose another time or trainer",
			},
			"somebody else":  {online(t, db, "Alan", "9:30am", "4:30pm", thu), ""},
			"an hour after":  {online(t, db, "Rowan", "5:30pm", "8pm", thu), ""},
			"an hour before": {online(t, db, "Rowan", "6:30am", "8:30am", thu), ""},
		} {
			_, err := open(db, c.n)
			if got := models.ProblemsOf(err).For(scheduling.FieldTrainers); got != c.want {
				t.Errorf("%s: %q, want %q (%v)", name, got, c.want, err)
			}
			if c.want != "" && (models.KindOf(err) != models.KindConflict || !errors.Is(err, models.ErrOverlap)) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if got := count(t, db, "sessions"); got != 4 {
			t.Errorf("%d sessions, want 4", got)
		}
		sound(t, db)
	})
}

func TestOpenSession_BackToBackOnlineIsAllowed(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		thu := day(2027, 1, 14)
		for _, times := range [][2]string{{"9am", "12pm"}, {"12pm", "3pm"}, {"7am", "9am"}} {
			if _, err := open(db, online(t, db, "Alan", times[0], times[1], thu)); err != nil {
				t.Errorf("%v: %v", times, err)
			}
		}
		_, err := open(db, online(t, db, "Alan", "2:59pm", "4pm", thu))
		if !errors.Is(err, models.ErrOverlap) {
			t.Errorf("one minute too early: %v", err)
		}
	})
}

func TestOpenSession_AFaceToFaceDayInTwoPartsOfOneDay(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		thu := day(2027, 1, 14)
		n := inRoom(t, db, "Bolton", online(t, db, "Alan", "9:30am", "12:30pm", thu))
		n.Parts = append(n.Parts, schedulingtest.Part(thu, "1:30pm", "4:30pm"))
		s, err := open(db, n)
		if err != nil || s.Length() != "one day" {
			t.Fatalf("%v %v", s, err)
		}
		if _, err := open(db, online(t, db, "Alan", "12:45pm", "1:15pm", thu)); !errors.Is(err, models.ErrOverlap) {
			t.Errorf("over lunch: %v", err)
		}
		sound(t, db)
	})
}

func TestTrainerTimes_DatabaseRefusesAnOverlapByItself(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		schedulingtest.OpenAccess(t, db)
		schedulingtest.OpenAccess(t, db, schedulingtest.With("Rowan"))
		err := db.InTx(t.Context(), func(tx models.DB) error { // Alan, on the same day, for Rowan's part
			return tx.SQL(t.Context()).Exec(`INSERT INTO trainer_times (trainer_id, part_id, busy_from, busy_until, status)
				SELECT a.id, p.part_id, p.busy_from, p.busy_until, 'taken' FROM trainers a, trainer_times p JOIN trainers r ON r.id = p.trainer_id
				WHERE a.name = 'Alan' AND r.name = 'Rowan'`).Error
		})
		if !errors.Is(err, models.ErrOverlap) {
			t.Errorf("insert: %v", err)
		}
		err = db.InTx(t.Context(), func(tx models.DB) error {
			return tx.SQL(t.Context()).Exec(`UPDATE trainer_times SET trainer_id = (SELECT id FROM trainers WHERE name = 'Alan')
				WHERE trainer_id = (SELECT id FROM trainers WHERE name = 'Rowan')`).Error
		})
		if !errors.Is(err, models.ErrOverlap) {
			t.Errorf("update: %v", err)
		}
	})
}

// sound fails the test when the checks of `ssph doctor` find anything.
func sound(t *testing.T, db models.DB) {
	t.Helper()
	found, err := scheduling.Check(t.Context(), db)
	if err != nil || len(found) > 0 {
		t.Errorf("%v\n%s", err, strings.Join(found, "\n"))
	}
}
