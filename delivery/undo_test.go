package delivery_test

import (
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/booking/bookingtest"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func TestUndo_WithdrawsEverythingAndOpensTheRegister(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := newDay(t, db, clock, []string{"Amira Haddad", "Ben Rowley"})
		d.markAll(1)
		d.nearlyOver()
		made, err := d.complete(d.trainer)
		if err != nil {
			t.Fatal(err)
		}
		preview, err := delivery.PreviewUndo(t.Context(), db, d.trainer, d.session.ID)
		if err != nil || len(preview) != 2 || preview[0].ID != made[0].ID {
			t.Errorf("%+v %v", preview, err)
		}
		clock.Advance(time.Hour)
		undone, err := d.undo(d.trainer, " Ben   was not here ")
		if err != nil || len(undone) != 2 || undone[1].Live() || undone[1].Reason != "Ben was not here" {
			t.Fatalf("%+v %v", undone, err)
		}
		if r := d.register(1); r.Completed != nil || r.Progress().Here != 2 {
			t.Errorf("%+v", r)
		}
		d.counts(map[string]int64{"place_outcomes WHERE outcome = 'open'": 2})
		d.sound()
		if err := d.mark(d.trainer, 1, 2, delivery.Absent); err != nil {
			t.Fatal(err)
		}
		again, err := d.complete(d.trainer)
		if err != nil || len(again) != 1 || again[0].PersonName != "Amira Haddad" || again[0].ID == made[0].ID {
			t.Errorf("%+v %v", again, err)
		}
		all, err := delivery.OfSession(t.Context(), db, d.trainer, d.session.ID)
		if err != nil || len(all) != 3 {
			t.Errorf("%+v %v", all, err)
		}
		d.counts(map[string]int64{"completions": 3, "completion_withdrawals": 2, "register_closings": 2, "register_reopenings": 1})
		d.sound()
	})
}

func TestUndo_OnlyOnTheLondonDayOfTheCompletion(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := newDay(t, db, clock, []string{"Amira Haddad"})
		d.markAll(1)
		_, err := d.undo(d.trainer, "too early")
		wants(t, "before it is completed", err, models.KindConflict, "not completed")
		d.nearlyOver()
		made, err := d.complete(d.trainer)
		if err != nil {
			t.Fatal(err)
		}
		for _, reason := range []string{"", " \n ", strings.Repeat("x", 501), "a slip\xff"} {
			if _, err := d.undo(d.trainer, reason); models.ProblemsOf(err).For("reason") == "" {
				t.Errorf("reason %q: %v", reason, err)
			}
		}
		midnight := d.session.FirstDay().AddDays(1).At(0, 0)
		clock.Set(midnight)
		_, err = d.undo(d.trainer, "a day late")
		wants(t, "at midnight", err, models.KindConflict, "completed on Thursday 14 January 2027")
		_, err = delivery.PreviewUndo(t.Context(), db, d.trainer, d.session.ID)
		wants(t, "preview at midnight", err, models.KindConflict, "until the end of that day")
		err = db.InTx(t.Context(), func(tx models.DB) error {
			return delivery.Withdraw(t.Context(), tx, d.trainer, made[0].ID, "a day late")
		})
		wants(t, "withdraw at midnight", err, models.KindConflict, "until the end of that day")
		clock.Set(midnight.Add(-time.Second))
		if _, err := d.undo(d.trainer, strings.Repeat("é", 500)); err != nil { // in time, and as long as a reason may be
			t.Error(err)
		}
	})
}

// Taking back one completion leaves the others; the last one taken back opens the register. Twice is once.
func TestWithdraw_OneByOne(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := newDay(t, db, clock, []string{"Amira Haddad", "Ben Rowley"})
		d.markAll(1)
		d.nearlyOver()
		made, err := d.complete(d.trainer)
		if err != nil {
			t.Fatal(err)
		}
		withdraw := func(i int) {
			t.Helper()
			d.in(func(tx models.DB) error {
				return delivery.Withdraw(t.Context(), tx, d.trainer, made[i].ID, "wrong person")
			})
		}
		booker := bookingtest.Manager(t, db, "Irwell Wellbeing Network")
		stranger := func() error {
			return db.InTx(t.Context(), func(tx models.DB) error {
				return delivery.Withdraw(t.Context(), tx, booker, made[1].ID, "not mine")
			})
		}
		wants(t, "by the booker", stranger(), models.KindForbidden, "Only")
		withdraw(1)
		withdraw(1)
		wants(t, "by the booker, once it is withdrawn", stranger(), models.KindForbidden, "Only")
		if left, err := d.complete(d.trainer); err != nil || len(left) != 1 || left[0].ID != made[0].ID {
			t.Errorf("%+v %v", left, err)
		}
		d.counts(map[string]int64{"completion_withdrawals": 1, "register_reopenings": 0})
		withdraw(0)
		withdraw(0)
		if r := d.register(1); r.Completed != nil {
			t.Error("the register is still closed")
		}
		d.counts(map[string]int64{"completion_withdrawals": 2, "register_reopenings": 1, "audit_rows WHERE action = 'completion-withdrawn'": 2})
		d.sound()
	})
}

// Half of 50 callers complete and half undo, at once: whatever the order, no place ever has two completions that stand.
func TestUndo_RacesWithComplete(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := newDay(t, db, clock, []string{"Amira Haddad", "Ben Rowley"})
		d.markAll(1)
		d.nearlyOver()
		together(50, func(i int) {
			err := db.InTx(t.Context(), func(tx models.DB) (err error) {
				if i%2 == 0 {
					_, err = delivery.Complete(t.Context(), tx, d.trainer, d.session.ID)
				} else {
					_, err = delivery.Undo(t.Context(), tx, d.trainer, d.session.ID, "race")
				}
				return err
			})
			if kind := models.KindOf(err); kind != "" && kind != models.KindConflict {
				t.Error(err)
			}
		})
		d.sound()
		if made, err := d.complete(d.trainer); err != nil || len(made) != 2 {
			t.Errorf("%+v %v", made, err)
		}
		d.sound()
	})
}
