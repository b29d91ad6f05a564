package delivery_test

import (
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/booking/bookingtest"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// The states of a register in the order of its life, each reached from the one before.
var states = []struct {
	name  string
	reach func(d *day)
	// what may be done then: mark, mark all, name, walk in, complete, preview, undo
	may [7]bool
}{
	{"before the day", func(d *day) { d.clock.Set(d.session.FirstDay().At(0, 0).Add(-time.Second)) }, [7]bool{}},
	{"on the day, before the start", func(d *day) { d.clock.Set(d.session.FirstDay().At(0, 0)) }, [7]bool{true, true, true, true, false, false, false}},
	{"begun", func(d *day) { d.clock.Set(d.session.FirstStart()) }, [7]bool{true, true, true, true, false, false, false}},
	{"everybody marked", func(d *day) { d.markAll(1) }, [7]bool{true, true, true, true, false, false, false}},
	{"more than an hour left", func(d *day) { d.clock.Set(d.session.LastEnd().Add(-time.Hour - time.Second)) }, [7]bool{true, true, true, true, false, false, false}},
	{"nearly over", (*day).nearlyOver, [7]bool{true, true, true, true, true, false, false}},
	{"completed", func(d *day) { d.must(d.complete(d.trainer)) }, [7]bool{false, false, false, false, true, true, true}},
	{"undone", func(d *day) { d.must(d.undo(d.trainer, "by mistake")) }, [7]bool{true, true, true, true, true, false, false}},
	{"completed again", func(d *day) { d.must(d.complete(d.trainer)) }, [7]bool{false, false, false, false, true, true, true}},
	{"the day after", func(d *day) { d.clock.Set(d.session.FirstDay().AddDays(1).At(0, 0)) }, [7]bool{false, false, false, false, true, false, false}},
}

func (d *day) must(_ []delivery.Completion, err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

// actions try everything that changes a register, each in a transaction that is then undone.
func (d *day) actions() map[string]func(tx models.DB) error {
	ctx, session := d.Context(), d.session.ID
	return map[string]func(tx models.DB) error{
		"mark": func(tx models.DB) error {
			return delivery.MarkPerson(ctx, tx, d.trainer, session, 1, d.booking.Places[0].ID, delivery.Late)
		},
		"mark all": func(tx models.DB) error { _, err := delivery.MarkAll(ctx, tx, d.trainer, session, 1); return err },
		"name": func(tx models.DB) error {
			return delivery.NameOnTheDay(ctx, tx, d.trainer, session, d.booking.Places[1].ID, bookingtest.Named("Ben Rowley")[0])
		},
		"walk in": func(tx models.DB) error {
			_, err := delivery.AddWalkIn(ctx, tx, d.trainer, session, booking.Came{Person: bookingtest.Named("Ceri Vaughan")[0], RequestKey: "w"})
			return err
		},
		"complete": func(tx models.DB) error { _, err := delivery.Complete(ctx, tx, d.trainer, session); return err },
		"preview":  func(tx models.DB) error { _, err := delivery.PreviewUndo(ctx, tx, d.trainer, session); return err },
		"undo": func(tx models.DB) error {
			_, err := delivery.Undo(ctx, tx, d.trainer, session, "by mistake")
			return err
		},
	}
}

func TestRegister_WhatMayBeDoneInEachState(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := newDay(t, db, clock, []string{"Amira Haddad", ""})
		for _, state := range states {
			state.reach(d)
			for i, name := range []string{"mark", "mark all", "name", "walk in", "complete", "preview", "undo"} {
				err := d.tryAndUndo(d.actions()[name])
				if state.may[i] && err != nil || !state.may[i] && models.KindOf(err) != models.KindConflict {
					t.Errorf("%s: %s: %v", state.name, name, err)
				}
			}
		}
		d.sound()
	})
}

// tryAndUndo runs the work in a transaction that never commits and returns what the work said.
func (d *day) tryAndUndo(work func(tx models.DB) error) (said error) {
	d.Helper()
	stop := models.Fail(models.KindInternal, "undo it")
	_ = d.db.InTx(d.Context(), func(tx models.DB) error {
		said = work(tx)
		return stop
	})
	return said
}

// Who came without a place is in the register at once, and is trained like everybody else.
func TestWalkIn_IsMarkedAndCompleted(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		d := newDay(t, db, clock, []string{"Amira Haddad", ""})
		d.in(func(tx models.DB) error {
			err := delivery.NameOnTheDay(t.Context(), tx, d.trainer, d.session.ID, d.booking.Places[1].ID, bookingtest.Named("Ben Rowley")[0])
			if err != nil {
				return err
			}
			_, err = delivery.AddWalkIn(t.Context(), tx, d.trainer, d.session.ID, booking.Came{Person: bookingtest.Named("Ceri Vaughan")[0], RequestKey: "w"})
			return err
		})
		if got := d.register(1).Progress(); got.People != 3 || got.Unnamed != 0 {
			t.Errorf("%+v", got)
		}
		err := d.db.InTx(t.Context(), func(tx models.DB) error {
			return delivery.NameOnTheDay(t.Context(), tx, d.trainer, d.session.ID, d.booking.Places[1].ID, bookingtest.Named("Dev Patel")[0])
		})
		wants(t, "a place with a name", err, models.KindConflict, "named for Ben Rowley already")
		if marked := d.markAll(1); marked != 3 {
			t.Errorf("%d marked", marked)
		}
		d.nearlyOver()
		made, err := d.complete(d.trainer)
		if err != nil || len(made) != 3 || made[2].PersonName != "Ceri Vaughan" || made[2].OrganisationID != nil || made[1].OrganisationID == nil {
			t.Errorf("%+v %v", made, err)
		}
		d.sound()
	})
}
