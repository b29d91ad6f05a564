package delivery_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/booking/bookingtest"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// day is a session with its trainer and the people booked on it.
type day struct {
	*testing.T
	db      models.DB
	clock   *modelstest.Clock
	session scheduling.Session
	trainer access.Actor // Alan, whose session it is
	booking booking.Booking
}

// newDay opens a session of Alan's, books places for the people named and sets the clock to the start of its first part.
func newDay(t *testing.T, db models.DB, clock *modelstest.Clock, names []string, options ...schedulingtest.Option) *day {
	t.Helper()
	d := &day{T: t, db: db, clock: clock, session: schedulingtest.OpenAccess(t, db, options...)}
	d.trainer = d.signInAs("Alan")
	d.booking = bookingtest.OnAccount(t, db, d.session.ID, "Irwell Wellbeing Network", bookingtest.Named(names...))
	clock.Set(d.session.FirstStart())
	return d
}

// twoMornings are Tuesday 26 and Wednesday 27 January 2027.
func twoMornings() schedulingtest.Option {
	tue := models.Date{Year: 2027, Month: time.January, Day: 26}
	return schedulingtest.InParts(schedulingtest.Part(tue, "9:30am", "1pm"), schedulingtest.Part(tue.AddDays(1), "9:30am", "1pm"))
}

// signInAs makes the person who signs in as a trainer of the diary.
func (d *day) signInAs(trainer string) access.Actor {
	d.Helper()
	person := accesstest.Person(d, d.db, trainer, strings.ToLower(trainer)+"@ssph.example")
	d.in(func(tx models.DB) error {
		if err := access.GrantRole(d.Context(), tx, access.System(), person.PersonID, access.RoleTrainer); err != nil {
			return err
		}
		return scheduling.SignsInAs(d.Context(), tx, access.System(), schedulingtest.TrainerIDs(d, d.db, trainer)[0], person.PersonID)
	})
	return accesstest.Actor(d, d.db, person.PersonID)
}

// in runs a transaction that must succeed.
func (d *day) in(work func(tx models.DB) error) {
	d.Helper()
	if err := d.db.InTx(d.Context(), work); err != nil {
		d.Fatal(err)
	}
}

// mark marks the nth place of the booking, from 1.
func (d *day) mark(actor access.Actor, part, place int, mark delivery.Mark) error {
	d.Helper()
	return d.db.InTx(d.Context(), func(tx models.DB) error {
		return delivery.MarkPerson(d.Context(), tx, actor, d.session.ID, part, d.booking.Places[place-1].ID, mark)
	})
}

// nearlyOver goes to the first instant at which the session can be completed: an hour before the end of its last part.
func (d *day) nearlyOver() { d.clock.Set(d.session.LastEnd().Add(-time.Hour)) }

func (d *day) markAll(part int) int {
	d.Helper()
	marked := 0
	d.in(func(tx models.DB) (err error) {
		marked, err = delivery.MarkAll(d.Context(), tx, d.trainer, d.session.ID, part)
		return err
	})
	return marked
}

func (d *day) complete(actor access.Actor) (made []delivery.Completion, err error) {
	d.Helper()
	err = d.db.InTx(d.Context(), func(tx models.DB) error {
		made, err = delivery.Complete(d.Context(), tx, actor, d.session.ID)
		return err
	})
	return made, err
}

func (d *day) undo(actor access.Actor, reason string) (undone []delivery.Completion, err error) {
	d.Helper()
	err = d.db.InTx(d.Context(), func(tx models.DB) error {
		undone, err = delivery.Undo(d.Context(), tx, actor, d.session.ID, reason)
		return err
	})
	return undone, err
}

func (d *day) register(part int) delivery.Register {
	d.Helper()
	r, err := delivery.RegisterOf(d.Context(), d.db, d.trainer, d.session.ID, part)
	if err != nil {
		d.Fatal(err)
	}
	return r
}

// counts checks how many rows each table, or table with a condition, has.
func (d *day) counts(want map[string]int64) {
	d.Helper()
	for table, rows := range want {
		var got int64
		if err := d.db.SQL(d.Context()).Table(table).Count(&got).Error; err != nil || got != rows {
			d.Errorf("%s: %d rows, want %d, %v", table, got, rows, err)
		}
	}
}

// sound fails the test when the doctor's checks find anything.
func (d *day) sound() {
	d.Helper()
	found, err := delivery.Check(d.Context(), d.db)
	places, wrong := booking.CheckPlaces(d.Context(), d.db)
	room, full := booking.CheckCapacity(d.Context(), d.db)
	if all := append(append(found, places...), room...); err != nil || wrong != nil || full != nil || len(all) > 0 {
		d.Errorf("%v %v %v\n%s", err, wrong, full, strings.Join(all, "\n"))
	}
}

// wants checks the kind of an error and a part of its sentence.
func wants(t *testing.T, what string, err error, kind models.Kind, part string) {
	t.Helper()
	if models.KindOf(err) != kind || err == nil || !strings.Contains(err.Error(), part) {
		t.Errorf("%s: %v (%s), want %s: %s", what, err, models.KindOf(err), kind, part)
	}
}

// together runs the work n times at once and waits for all.
func together(n int, work func(i int)) {
	var wait sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		wait.Go(func() {
			<-start
			work(i)
		})
	}
	close(start)
	wait.Wait()
}

// rename gives the nth place of the booking to another person, as the booker does.
func (d *day) rename(place int, name string) {
	d.Helper()
	manager := accesstest.Actor(d, d.db, bookingtest.Manager(d, d.db, "Irwell Wellbeing Network").PersonID)
	d.in(func(tx models.DB) error {
		_, err := bookingtest.Desk.NamePlace(d.Context(), tx, manager, d.booking.ID, place, bookingtest.Named(name)[0])
		return err
	})
}
