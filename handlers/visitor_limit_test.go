package handlers_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// One network asks for 60 sign-in mails in an hour, each for another address; everybody else signs in as before.
func TestSignIn_OneNetworkDoesNotStopTheOthers(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		ask := func(b *handlerstest.Browser, n int) *handlerstest.Page {
			return b.Submit(b.Get("/sign-in"), "main form", map[string]string{"email": fmt.Sprintf("person-%d@example.org", n)})
		}
		first := w.Browser()
		for n := range 60 {
			ask(first.Neighbour(), n).Must(http.StatusSeeOther)
		}
		refused := ask(first.Neighbour(), 60).Must(http.StatusTooManyRequests)
		if got := refused.Problem("email"); got != "Many sign-in emails were asked for from your network in the last hour. Use the newest one you have, or try again in an hour" {
			t.Errorf("it says %q", got)
		}
		if refused.Header.Get("Retry-After") != "3600" || !refused.Has("[name=email][value='person-60@example.org']") {
			t.Error("it does not say when, or forgets what was typed")
		}
		ask(w.Browser(), 61).Must(http.StatusSeeOther)
		clock.Advance(time.Hour)
		ask(first.Neighbour(), 62).Must(http.StatusSeeOther)
	})
}

// holding opens dates and holds a place on each, with the browser that next gives; it returns the last answer.
func holding(t *testing.T, db models.DB, dates int, next func(n int) *handlerstest.Browser) (last *handlerstest.Page) {
	t.Helper()
	for n := range dates {
		session := schedulingtest.OpenAccess(t, db, schedulingtest.OnDay(schedulingtest.Day.AddDays(n)))
		b := next(n)
		last = b.Submit(b.Get("/sessions/"+idOf(session.ID)+"/book"), "main form", map[string]string{"places": "9"})
		if n < dates-1 {
			last.Must(http.StatusSeeOther)
		}
	}
	return last
}

func TestHold_OneBrowserHoldsSixDatesAtOnce(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		b := w.Browser()
		refused := holding(t, db, 7, func(int) *handlerstest.Browser { return b }).Must(http.StatusUnprocessableEntity)
		if got := refused.Problem("places"); got != "You hold places on 6 dates already. Finish one of those bookings or give it up first" {
			t.Errorf("it says %q", got)
		}
		b.Submit(b.Get("/sessions/1/book"), "main form", map[string]string{"places": "2"}).Must(http.StatusSeeOther) // in the place of its own on that date
		clock.Advance(31 * time.Minute)                                                                              // the holds have ended
		b.Submit(refused, "main form", map[string]string{"places": "9"}).Must(http.StatusSeeOther)
	})
}

// A program without cookies is a new browser each time, and the same network.
func TestHold_OneNetworkHoldsTwelveDatesAtOnceAndTheNextIsFree(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		first := w.Browser()
		refused := holding(t, db, 13, func(int) *handlerstest.Browser { return first.Neighbour() }).Must(http.StatusUnprocessableEntity)
		refused.Shows("main", "12 bookings from your network hold places and are not finished")
		refused.Shows("main", "ask the Hub")
		stranger := w.Browser()
		stranger.Submit(stranger.Get("/sessions/13/book"), "main form", map[string]string{"places": "9"}).Must(http.StatusSeeOther)
		clock.Advance(31 * time.Minute)
		again := first.Neighbour()
		again.Submit(again.Get("/sessions/1/book"), "main form", map[string]string{"places": "9"}).Must(http.StatusSeeOther)
	})
}
