package handlers_test

import (
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/booking/bookingtest"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// graduates are people who were trained, through the use cases that the pages call.
type graduates struct {
	session scheduling.Session
	booking booking.Booking
	manager access.Actor // who booked, for Irwell Wellbeing Network
	outcome licensing.Outcome
}

// trainedFor is the organisation of the graduates.
const trainedFor = "Irwell Wellbeing Network"

// bookFor books places on account of it; an empty name leaves one to be named.
func bookFor(t *testing.T, w *handlerstest.World, session int64, people ...string) booking.Booking {
	t.Helper()
	return bookingtest.OnAccount(t, w.DB, session, trainedFor, bookingtest.Named(people...))
}

// train opens a session, books places for the people, goes to the end of each part, marks everybody present and completes it.
func train(t *testing.T, w *handlerstest.World, people []string, options ...schedulingtest.Option) graduates {
	t.Helper()
	g := graduates{session: schedulingtest.OpenAccess(t, w.DB, options...)}
	g.booking = bookFor(t, w, g.session.ID, people...)
	g.manager = bookingtest.Manager(t, w.DB, trainedFor)
	for _, part := range g.session.Parts {
		w.Clock.Set(part.EndsAt)
		w.InTx(func(tx models.DB) error {
			_, err := delivery.MarkAll(t.Context(), tx, access.System(), g.session.ID, part.Ordinal)
			return err
		})
	}
	w.InTx(func(tx models.DB) (err error) {
		g.outcome, err = licensing.Desk{BaseURL: handlerstest.BaseURL}.CompleteSession(t.Context(), tx, access.System(), g.session.ID)
		return err
	})
	if len(g.outcome.Granted) != len(people) {
		t.Fatalf("%d people were trained, want %d", len(g.outcome.Granted), len(people))
	}
	return g
}

// person is the person of the nth granted certificate, signed in.
func (g graduates) person(t *testing.T, w *handlerstest.World, n int) *handlerstest.Browser {
	t.Helper()
	actor, err := access.ActorFor(t.Context(), w.DB, g.outcome.Granted[n].Completion.PersonID)
	if err != nil {
		t.Fatal(err)
	}
	return w.SignedIn(actor)
}

// code is the nth certificate's code as it is printed.
func (g graduates) code(n int) string { return g.outcome.Granted[n].Certificate.Code.String() }

// anHourToday is a session that is over within the hour, so that whoever is signed in stays so.
func anHourToday(w *handlerstest.World) schedulingtest.Option {
	return schedulingtest.InParts(schedulingtest.Part(models.DateOf(w.Clock.Now()), "11am", "12pm"))
}
