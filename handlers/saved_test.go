package handlers_test

import (
	"net/http"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// Who is told that a mail is on its way, or is signed in, has a session that knows it. When that cannot be kept they get the error page
// with its reference, no promise and no cookie, and the log says what failed, once: the page does not try again.
func TestSession_ThatCannotBeSavedIsAnErrorAndNoPromise(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		hannah := accesstest.Person(t, db, "Hannah Whitworth", "hannah@practice.example")
		link := askedLink(t, w, w.Browser(), hannah.Email, "/sign-in")
		rename := func(from, to string) {
			w.InTx(func(tx models.DB) error {
				return tx.SQL(t.Context()).Exec("ALTER TABLE " + from + " RENAME TO " + to).Error
			})
		}
		asking, using := w.Browser(), w.Browser()
		ask, use := asking.Get("/sign-in").Must(http.StatusOK), using.Get(link).Must(http.StatusOK)
		rename("browser_sessions", "lost")
		for name, sent := range map[string]*handlerstest.Page{
			"asking for a link": asking.Submit(ask, "main form", map[string]string{"email": hannah.Email}),
			"using it":          using.Submit(use, "main form", nil),
		} {
			sent.Must(http.StatusInternalServerError).Shows("main h1", "Something went wrong on our side")
			reference := sent.Header.Get("X-Request-Id")
			sent.Shows("main", reference)
			if cookies := strings.Join(sent.Header.Values("Set-Cookie"), "; "); sent.Location != "" || strings.Contains(cookies, "ssph_session") {
				t.Errorf("%s: sent on to %q with %q", name, sent.Location, cookies)
			}
			if said := strings.Count(w.Log.String(), "save the browser session"); said == 0 || strings.Contains(w.Log.String(), "session not saved") {
				t.Errorf("%s: the log says it %d times: %s", name, said, w.Log.String())
			}
		}
		if said := strings.Count(w.Log.String(), "save the browser session"); said != 2 {
			t.Errorf("the log says %d times that a session was not saved, want once each", said)
		}
		rename("lost", "browser_sessions")
		if account := using.Get("/account").Must(http.StatusSeeOther); !strings.HasPrefix(account.Location, "/sign-in") {
			t.Errorf("signed in without a session: %s", account.Location)
		}
	})
}
