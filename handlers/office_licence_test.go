package handlers_test

import (
	"net/http"
	"net/url"
	"testing"

	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// decides is an office with one licensed person, Hannah, and her signed in beside it.
type decides struct {
	*handlerstest.World
	t              *testing.T
	office, hannah *handlerstest.Browser
	person         string // the office's page about her
}

func deciding(t *testing.T, fn func(t *testing.T, d decides)) {
	t.Helper()
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		g := train(t, w, []string{"Hannah Whitworth"}, anHourToday(w))
		d := decides{World: w, t: t, office: w.SignedIn(accesstest.Office(t, db)), hannah: g.person(t, w, 0)}
		d.person = "/office/people/" + idOf(g.outcome.Granted[0].Completion.PersonID)
		fn(t, d)
	})
}

// rows counts what a query finds.
func (d decides) rows(query string) int64 {
	d.t.Helper()
	var n int64
	if err := d.DB.SQL(d.t.Context()).Raw("SELECT COUNT(*) FROM " + query).Scan(&n).Error; err != nil {
		d.t.Fatal(err)
	}
	return n
}

// The licence of somebody trained on 23 November 2026 has its last day on 23 November 2027.
func TestOfficeLicence_SuspendedReinstatedAndWithdrawnAndTheNextRequestObeys(t *testing.T) {
	deciding(t, func(t *testing.T, d decides) {
		d.hannah.Get("/tool/cases").Must(http.StatusOK)
		asked := d.office.Get("/office/licences/L-00001/suspend").Must(http.StatusOK)
		for _, words := range []string{
			"Suspend licence L-00001?", "Hannah Whitworth", "L-00001, active", "Last day 23 November 2027", "At once, Monday 23 November 2026",
			"nothing can be written in the tool", "the last day stays 23 November 2027",
			"Your licence has been suspended since 23 November 2026. Your cases are safe.",
		} {
			asked.Shows("main", words)
		}
		wellFormed(t, asked)
		d.hannah.Get("/tool/cases/new").Must(http.StatusOK)
		done := d.office.Submit(asked, "main form", map[string]string{"grounds": "request", "reason": "On leave until spring"}).Must(http.StatusSeeOther)
		page := d.office.Follow(done).Must(http.StatusOK)
		if page.Path != d.person {
			t.Errorf("it leads to %s", page.Path)
		}
		page.Shows(".ssph-flash", "Licence L-00001 is suspended. Its holder is told by email.")
		page.Shows("[aria-labelledby=licences-title]", "Suspended")
		page.Shows(".ssph-chain", "On leave until spring")
		d.hannah.Get("/tool/cases/new").Must(http.StatusForbidden)
		d.hannah.Get("/account/licence").Shows("main", asked.Doc.Find(".ssph-panel--soft p").First().Text()[:50])

		back := d.office.Get("/office/licences/L-00001/reinstate").Must(http.StatusOK)
		back.Shows("main", "the tool works again, up to the end of 23 November 2027")
		if back.Has("[name=grounds]") {
			t.Error("reinstating asks for grounds")
		}
		wellFormed(t, back)
		d.office.Submit(back, "main form", map[string]string{"reason": "Back at work"}).Must(http.StatusSeeOther)
		d.hannah.Get("/tool/cases/new").Must(http.StatusOK)

		end := d.office.Get("/office/licences/L-00001/revoke").Must(http.StatusOK)
		end.Shows("main", "It cannot be reinstated")
		end.Shows("main", "Their certificate stays valid")
		end.Shows("main", "On grounds of misuse: Your licence was withdrawn on 23 November 2026.")
		wellFormed(t, end)
		d.office.Submit(end, "main form", map[string]string{"grounds": "misuse", "reason": "Shared the sign-in"}).Must(http.StatusSeeOther)
		d.hannah.Get("/tool/cases").Must(http.StatusForbidden)
		page = d.office.Get(d.person).Must(http.StatusOK)
		page.Shows("[aria-labelledby=licences-title]", "Withdrawn")
		page.Shows("[aria-labelledby=history-title]", "Licence suspendedJoanne Fearn")
		page.Shows("[aria-labelledby=history-title]", "Licence reinstatedJoanne Fearn")
		page.Shows("[aria-labelledby=history-title]", "Licence withdrawnJoanne Fearn")
		if page.Has("main a[href^='/office/licences/']") {
			t.Error("something is offered for a licence that was withdrawn for good")
		}
		if n := d.rows("audit_rows WHERE action IN ('licence-suspended', 'licence-reinstated', 'licence-revoked')"); n != 3 {
			t.Errorf("%d audit rows, want 3", n)
		}
	})
}

// The button pressed twice, or a second tab, changes nothing and tells nobody again.
func TestOfficeLicence_ASecondPressChangesNothing(t *testing.T) {
	deciding(t, func(t *testing.T, d decides) {
		asked := d.office.Get("/office/licences/L-00001/suspend").Must(http.StatusOK)
		for _, says := range []string{"Licence L-00001 is suspended. Its holder", "This licence is suspended already."} {
			done := d.office.Submit(asked, "main form", map[string]string{"grounds": "other", "reason": "Asked why"}).Must(http.StatusSeeOther)
			d.office.Follow(done).Shows(".ssph-flash", says)
		}
		d.office.Follow(d.office.Get("/office/licences/L-00001/suspend").Must(http.StatusSeeOther)).Shows(".ssph-flash", "suspended already")
		if events, mails := d.rows("licence_events"), d.rows("mails WHERE kind = 'licence-changed'"); events != 1 || mails != 1 {
			t.Errorf("%d events and %d mails, want one of each", events, mails)
		}
		d.office.Get("/office/licences/L-00002/suspend").Must(http.StatusNotFound)
	})
}

func TestOfficeLicence_WithoutAReasonNothingHappensAndWhatWasTypedStays(t *testing.T) {
	deciding(t, func(t *testing.T, d decides) {
		for verb, fields := range map[string]map[string]string{
			"suspend": {"reason": "Say why", "grounds": "Choose misuse, at their request or another reason"},
			"revoke":  {"reason": "Say why", "grounds": "Choose misuse, at their request or another reason"},
		} {
			answer := d.office.Submit(d.office.Get("/office/licences/L-00001/"+verb), "main form", map[string]string{"reason": " \n "}).Must(http.StatusUnprocessableEntity)
			for field, says := range fields {
				if got := answer.Problem(field); got != says {
					t.Errorf("%s: %q beside %s, want %q", verb, got, field, says)
				}
			}
			wellFormed(t, answer)
		}
		answer := d.office.Submit(d.office.Get("/office/licences/L-00001/suspend"), "main form", map[string]string{"reason": "On leave <b>"}).Must(http.StatusUnprocessableEntity)
		if kept := answer.Doc.Find("#reason").Text(); kept != "On leave <b>" {
			t.Errorf("the reason became %q", kept)
		}
		d.office.Submit(answer, "main form", map[string]string{"grounds": "request"}).Must(http.StatusSeeOther)
		empty := d.office.Submit(d.office.Get("/office/licences/L-00001/reinstate"), "main form", nil).Must(http.StatusUnprocessableEntity)
		if got := empty.Problem("reason"); got != "Say why" {
			t.Errorf("reinstate: %q", got)
		}
		if n := d.rows("licence_events"); n != 1 {
			t.Errorf("%d events, want the one with a reason", n)
		}
	})
}

// Whoever is not the office changes nothing, whatever they send.
func TestOfficeLicence_TheHolderCanNotDecide(t *testing.T) {
	deciding(t, func(t *testing.T, d decides) {
		d.hannah.FetchSite = "same-origin"
		for _, verb := range []string{"suspend", "reinstate", "revoke"} {
			d.hannah.Get("/office/licences/L-00001/" + verb).Must(http.StatusForbidden)
			d.hannah.Post("/office/licences/L-00001/"+verb, url.Values{"grounds": {"other"}, "reason": {"Why not"}}).Must(http.StatusForbidden)
		}
		if n := d.rows("licence_events"); n != 0 {
			t.Errorf("%d events", n)
		}
	})
}

// Every step of the timeline leads to what it tells of.
func TestOfficePerson_TheTimelineLeadsBackAlongTheChain(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		g := train(t, w, []string{"Hannah Whitworth"}, anHourToday(w))
		b := w.SignedIn(accesstest.Office(t, db))
		page := b.Get("/office/people/" + idOf(g.outcome.Granted[0].Completion.PersonID)).Must(http.StatusOK)
		for _, to := range []string{"/office/bookings/" + g.booking.Reference(), "/office/sessions/" + idOf(g.session.ID), "/certificates/" + g.code(0)} {
			if !page.Has(".ssph-chain a[href='" + to + "']") {
				t.Errorf("no step leads to %s", to)
			}
			b.Get(to).Must(http.StatusOK)
		}
		if !page.Has(".ssph-chain a[href='#L-00001']") || !page.Has("tr[id='L-00001']") {
			t.Error("no step leads to the licence")
		}
	})
}
