package scheduling_test

import (
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// change claims a session and changes it in one transaction.
func change(t *testing.T, db models.DB, id int64, how func(tx models.DB, s scheduling.Session) (scheduling.Session, error)) (scheduling.Session, error) {
	t.Helper()
	var changed scheduling.Session
	err := db.InTx(t.Context(), func(tx models.DB) error {
		s, err := scheduling.Claim(t.Context(), tx, id)
		if err != nil {
			return err
		}
		changed, err = how(tx, s)
		return err
	})
	return changed, err
}

func TestSetCapacity_NeverBelowThePlacesTaken(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db)
		set := func(capacity, taken int) error {
			changed, err := change(t, db, s.ID, func(tx models.DB, s scheduling.Session) (scheduling.Session, error) {
				return scheduling.SetCapacity(t.Context(), tx, access.System(), s, capacity, taken)
			})
			if err == nil && changed.Capacity != capacity {
				t.Errorf("it says %d places, and %d were asked for", changed.Capacity, capacity)
			}
			return err
		}
		for _, c := range []struct {
			capacity, taken int
			want            string // "" when it is allowed
		}{
			{6, 6, ""},
			{5, 6, "6 places are taken already. Enter 6 or more"},
			{0, 0, "Enter a number of places from 1 to 200"},
			{201, 0, "Enter a number of places from 1 to 200"},
			{200, 0, ""},
			{200, 0, ""}, // the same again changes nothing
		} {
			if got := models.ProblemsOf(set(c.capacity, c.taken)).For(scheduling.FieldCapacity); got != c.want {
				t.Errorf("%+v: %q", c, got)
			}
		}
		if got, err := scheduling.FindAny(t.Context(), db, s.ID); err != nil || got.Capacity != 200 {
			t.Errorf("%+v %v", got, err)
		}
		clock.Set(s.LastEnd())
		if err := set(10, 0); models.KindOf(err) != models.KindConflict {
			t.Errorf("when it is over: %v", err)
		}
	})
}

func TestSetJoinLink_OnlineOnlyAndDueAWeekBefore(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		call := schedulingtest.OpenAccess(t, db, schedulingtest.Online(""))
		room := schedulingtest.OpenAccess(t, db, schedulingtest.With("Rowan"))
		set := func(id int64, link string) (scheduling.Session, error) {
			return change(t, db, id, func(tx models.DB, s scheduling.Session) (scheduling.Session, error) {
				return scheduling.SetJoinLink(t.Context(), tx, access.System(), s, link)
			})
		}
		if s, err := set(call.ID, " "+link+"\n"); err != nil || s.JoinLink != link {
			t.Errorf("%+v %v", s, err)
		}
		if _, err := set(call.ID, ""); err != nil {
			t.Errorf("emptied early: %v", err)
		}
		for _, c := range []struct {
			id   int64
			link string
		}{{call.ID, "meet.example.org"}, {call.ID, "https://a.example/\" onclick="}, {room.ID, link}} {
			if _, err := set(c.id, c.link); models.ProblemsOf(err).For(scheduling.FieldJoinLink) == "" {
				t.Errorf("%+v: %v", c, err)
			}
		}
		clock.Set(call.FirstStart().Add(-7*24*time.Hour + time.Second))
		if _, err := set(call.ID, ""); models.ProblemsOf(err).For(scheduling.FieldJoinLink) == "" {
			t.Errorf("emptied in the last week: %v", err)
		}
	})
}

func TestPublish_MovesADraftOnce(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		draft := schedulingtest.OpenAccess(t, db, schedulingtest.AsDraft())
		call := schedulingtest.OpenAccess(t, db, schedulingtest.AsDraft(), schedulingtest.Online(""), schedulingtest.With("Rowan"))
		publish := func(id int64) error {
			return db.InTx(t.Context(), func(tx models.DB) error {
				_, err := scheduling.Publish(t.Context(), tx, access.System(), id)
				return err
			})
		}
		if err := publish(draft.ID); err != nil {
			t.Error(err)
		}
		if got, err := scheduling.Find(t.Context(), db, draft.ID); err != nil || got.Status != scheduling.Published {
			t.Errorf("%+v %v", got, err)
		}
		if err := publish(draft.ID); models.KindOf(err) != models.KindConflict {
			t.Errorf("twice: %v", err)
		}
		clock.Set(call.FirstStart().Add(-time.Hour))
		if err := publish(call.ID); models.ProblemsOf(err).For(scheduling.FieldJoinLink) == "" {
			t.Errorf("online without its link: %v", err)
		}
		clock.Set(call.FirstStart())
		if err := publish(call.ID); models.KindOf(err) != models.KindConflict {
			t.Errorf("after its start: %v", err)
		}
		if err := publish(99); models.KindOf(err) != models.KindNotFound {
			t.Error(err)
		}
	})
}

func TestCancelDraft_FreesTheTrainers(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		draft := schedulingtest.OpenAccess(t, db, schedulingtest.AsDraft(), schedulingtest.With("Alan", "Rowan"))
		cancel := func(id int64) error {
			return db.InTx(t.Context(), func(tx models.DB) error {
				_, err := scheduling.CancelDraft(t.Context(), tx, access.System(), id)
				return err
			})
		}
		if err := cancel(draft.ID); err != nil {
			t.Fatal(err)
		}
		again := schedulingtest.OpenAccess(t, db) // Alan, at the same time
		if err := cancel(again.ID); models.KindOf(err) != models.KindConflict {
			t.Errorf("a published one: %v", err)
		}
		if err := cancel(draft.ID); models.KindOf(err) != models.KindConflict {
			t.Errorf("twice: %v", err)
		}
		_, err := change(t, db, draft.ID, func(tx models.DB, s scheduling.Session) (scheduling.Session, error) {
			return scheduling.SetCapacity(t.Context(), tx, access.System(), s, 10, 0)
		})
		if models.KindOf(err) != models.KindConflict {
			t.Errorf("a change after that: %v", err)
		}
		sound(t, db)
	})
}

func TestChanges_AreForTheOffice(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db, schedulingtest.AsDraft())
		trainer := access.Actor{PersonID: 7, Roles: []access.Role{access.RoleTrainer}}
		for name, use := range map[string]func(tx models.DB) error{
			"publish": func(tx models.DB) error { _, err := scheduling.Publish(t.Context(), tx, trainer, s.ID); return err },
			"cancel":  func(tx models.DB) error { _, err := scheduling.CancelDraft(t.Context(), tx, trainer, s.ID); return err },
			"capacity": func(tx models.DB) error {
				_, err := scheduling.SetCapacity(t.Context(), tx, trainer, s, 9, 0)
				return err
			},
			"link": func(tx models.DB) error {
				_, err := scheduling.SetJoinLink(t.Context(), tx, trainer, s, link)
				return err
			},
			"venue": func(tx models.DB) error {
				_, err := scheduling.AddVenue(t.Context(), tx, trainer, *s.Venue)
				return err
			},
		} {
			if err := db.InTx(t.Context(), use); models.KindOf(err) != models.KindForbidden {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
