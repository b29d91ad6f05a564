package handlers_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/handlers"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
)

// on sets the clock to ten in the morning of a day so many days after the licence's last, and signs Hannah in again.
func (c *clinic) on(after int) *handlerstest.Browser {
	c.t.Helper()
	last := models.Date{Year: 2027, Month: time.November, Day: 2}
	c.Clock.Set(last.AddDays(after).At(10, 14))
	return c.browser(c.hannah)
}

func TestGate_OpenUpToTheEndOfGraceAndReadOnlyAfter(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		url := c.begin("IWN-0147")
		for _, day := range []int{-40, 0, 1, 14} {
			b := c.on(day)
			b.Get("/tool/cases").Must(http.StatusOK).Shows("main", "IWN-0147")
			b.Get("/tool/cases/new").Must(http.StatusOK)
			page := b.Get(url + "/conversation/S2").Must(http.StatusOK)
			if !page.Has("form.ssph-note") {
				t.Errorf("%d days after the last day nothing can be written", day)
			}
			if soon := page.Has(".ssph-tool__licence"); soon != (day > -30) {
				t.Errorf("%d days after the last day: it is said that the licence ends: %v", day, soon)
			}
			if inGrace := strings.Contains(page.Text("main"), "You can go on using the tool up to the end of 16 November 2027"); inGrace != (day > 0) {
				t.Errorf("%d days after the last day: grace is shown: %v", day, inGrace)
			}
		}
		b := c.on(30)
		gate := b.Get("/tool/cases").Must(http.StatusForbidden)
		gate.Shows("h1", "Your licence ended on 2 November 2027")
		gate.Shows("main", "Your cases are safe. You can still read, print and export the one you have.")
		gate.Shows("main", "The 14 days of grace ended on 16 November 2027")
		gate.Shows("main .nhsuk-button", "Ask the Hub to renew")
		for _, number := range []string{"999", "NHS 111, option 2", "116 123"} {
			gate.Shows("#urgent-help", number)
		}
		read := b.Submit(b.Get("/tool/cases?read=yes").Must(http.StatusOK), "main form.ssph-find", nil).Must(http.StatusOK)
		read.Shows("main", "IWN-0147")
		if page := b.Get(url + "/conversation/S2").Must(http.StatusOK); page.Has("form.ssph-note") {
			t.Error("a case can be written to after grace")
		}
		b.Get(url + "/export").Must(http.StatusOK)
		b.Get("/tool/cases/new").Must(http.StatusForbidden)
	})
}

func TestGate_ACaseOpenedBeforeCanBeFinishedForADay(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		url := c.begin("IWN-0147")
		b := c.on(15) // ten in the morning after the midnight at which grace ended
		b.Get("/tool/cases").Must(http.StatusForbidden).Shows("main", "Finish a case that was open before, until the end of 17 November 2027")
		page := b.Get(url + "/conversation/S2").Must(http.StatusOK)
		page.Shows(".ssph-tool__licence", "You can finish this case until the end of 17 November 2027")
		b.Submit(page, "#P1 form.ssph-note", map[string]string{"text-P1": "Fixing things"}).Must(http.StatusSeeOther)
		b.Get(url+"/conversation/S2").Shows("#P1", "Fixing things")
		b.Post("/tool/cases", map[string][]string{"reference": {"IWN-0148"}}).Must(http.StatusForbidden)
	})
}

// What the gate says once the licence is over: what can be done still, what cannot and until when, and how to renew.
func TestGate_SaysExactlyWhatAnEndedLicenceStillAllows(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		const finish = "Finish a case that was open before, until the end of 17 November 2027"
		says := func(when, safe string, can, cannot []string) {
			t.Helper()
			page := c.browser(c.hannah).Get("/tool/cases").Must(http.StatusForbidden)
			got := map[string][]string{}
			for _, list := range []string{"can", "cannot"} {
				for _, item := range page.Doc.Find("section[aria-labelledby=" + list + "-title] li").EachIter() {
					got[list] = append(got[list], item.Text())
				}
			}
			if !slices.Equal(got["can"], can) || !slices.Equal(got["cannot"], cannot) || page.Text("#cannot-title") != "You cannot, until you renew" {
				t.Errorf("%s: %q; %q %q", when, got["can"], page.Text("#cannot-title"), got["cannot"])
			}
			page.Shows(".ssph-gate__safe", safe)
			page.Shows("main", "The 14 days of grace ended on 16 November 2027. Ask the Hub to renew, or book another training day.")
			asks, err := url.Parse(page.Doc.Find("main .nhsuk-button").AttrOr("href", ""))
			if err != nil || asks.Path != "/contact" || asks.Query().Get("topic") != "licence" || !strings.HasSuffix(asks.Query().Get("message"), "Its last day is 2 November 2027.") {
				t.Errorf("%s: asking to renew leads to %s", when, asks)
			}
			if read := page.Doc.Find("main a[href='/tool/cases?read=yes']").Length(); read != min(len(can), 1) {
				t.Errorf("%s: %d ways to the cases", when, read)
			}
		}
		c.on(15) // nothing was begun, so there is nothing to read or finish
		says("without a case", "Your licence ended on 2 November 2027", nil, []string{"Open a new case", "Change a plan or a review"})
		c.Clock.Set(models.Date{Year: 2026, Month: time.November, Day: 23}.At(9, 0))
		c.visit = c.browser(c.hannah)
		c.begin("IWN-0147")
		c.begin("IWN-0148")
		read := []string{"Read your own cases", "Print plans and export"}
		safe := "Your cases are safe. You can still read, print and export all 2 of them."
		last := models.Date{Year: 2027, Month: time.November, Day: 17}
		for _, at := range []time.Time{last.At(0, 0), last.At(23, 59)} {
			c.Clock.Set(at)
			says(at.String(), safe, append(slices.Clone(read), finish), []string{"Open a new case", "Change a case that was closed before"})
		}
		c.Clock.Set(last.AddDays(1).At(0, 0))
		says("a day after grace", safe, read, []string{"Open a new case", "Change a plan or a review"})
	})
}

func TestGate_WhatWasBeingWrittenIsKept(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		address := c.begin("IWN-0131")
		page := c.visit.Get(address + "/conversation/S3").Must(http.StatusOK)
		b := c.on(16)
		gate := b.Submit(page, "#E1 form.ssph-note", map[string]string{"text-E1": "Damp, and the lift is broken"}).Must(http.StatusForbidden)
		gate.Shows(".ssph-gate__kept", "Case IWN-0131, “Your world”, saved at 10:14am on 18 November 2027")
		b.Get(gate.Doc.Find(".ssph-gate__kept a").AttrOr("href", "")).Must(http.StatusOK).Shows("#E1", "Damp, and the lift is broken")
		b.Get("/tool/cases?kept="+strings.TrimPrefix(address, "/tool/cases/")).Must(http.StatusForbidden).Shows(".ssph-gate__kept", "IWN-0131")
		// Another form's text cannot be kept, but it stands on the page to be copied.
		refused := b.Post(address+"/plan", url.Values{"what_matters": {"Feel useful again"}, "no": {"0"}, "version": {"0"}}).Must(http.StatusForbidden)
		if got := refused.Text("textarea"); got != "Feel useful again" {
			t.Errorf("the gate shows %q of what was typed", got)
		}
	})
}

func TestGate_EachStateSaysWhyAndWhatToDo(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		c.begin("IWN-0147")
		whole := c.held[c.hannah.PersonID]
		since := c.Clock.Now()
		for name, state := range map[string]struct {
			licence licensing.Licence
			heading string
			button  string
			reads   bool
		}{
			"none":        {licensing.Licence{}, "You have no licence", "See training dates", false},
			"suspended":   {licensing.Licence{ID: 1, Standing: licensing.StandingSuspended, StandingSince: since, Periods: whole.Periods}, "Your licence is suspended", "Ask the Hub", true},
			"misuse":      {licensing.Licence{ID: 1, Standing: licensing.StandingRevoked, StandingSince: since, Grounds: licensing.GroundsMisuse, Periods: whole.Periods}, "Your licence was withdrawn", "Ask the Hub", false},
			"transferred": {licensing.Licence{ID: 1, Standing: licensing.StandingTransferred, StandingSince: since, Periods: whole.Periods}, "Your licence was passed on", "Ask the Hub", false},
		} {
			c.held[c.hannah.PersonID] = state.licence
			page := c.visit.Get("/tool/cases").Must(http.StatusForbidden)
			page.Shows("h1", state.heading)
			page.Shows("main .nhsuk-button", state.button)
			page.Shows("#urgent-help", "999")
			if got := strings.Contains(page.Text("main"), "Go to my cases"); got != state.reads {
				t.Errorf("%s: a way to the cases: %v", name, got)
			}
			if page.Doc.Find("main .nhsuk-button").Length() != 1 {
				t.Errorf("%s: not one button", name)
			}
		}
	})
}

func TestGate_AsksOnEveryRequest(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		url := c.begin("IWN-0147")
		c.visit.Get(url + "/conversation/S2").Must(http.StatusOK)
		whole := c.held[c.hannah.PersonID]
		for range 2 {
			c.held[c.hannah.PersonID] = licensing.Licence{ID: 1, Standing: licensing.StandingTransferred, StandingSince: c.Clock.Now(), Periods: whole.Periods}
			for _, path := range []string{"", "/conversation/S2", "/safety", "/understanding", "/fit", "/plan", "/plan/print", "/plan.pdf", "/review", "/process", "/export"} {
				c.visit.Get(url + path).Must(http.StatusForbidden)
			}
			c.held[c.hannah.PersonID] = whole
			c.visit.Get(url + "/conversation/S2").Must(http.StatusOK)
		}
	})
}

func TestTool_EveryAddressOfACaseIsNotFoundForAStranger(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		address := c.begin("IWN-0147")
		id := strings.TrimPrefix(address, "/tool/cases/")
		c.workshop(address)
		tom := c.browser(c.tom)
		solo := accesstest.Person(t, c.DB, "Sol Solo", "sol@solo.example")
		c.held[solo.PersonID] = yearFrom(nil)
		for who, b := range map[string]*handlerstest.Browser{"another organisation": tom, "somebody on their own": c.browser(solo)} {
			for _, r := range c.Site.Pages() {
				if r.Rule != handlers.Licensed || !strings.Contains(r.Path, ":") {
					continue
				}
				theirs := map[string]string{"case": id, "section": "S2", "idea": "1", "flag": "1"}
				there := ask(b, r.Method, filled(r.Path, func(name string) string { return theirs[name] }))
				theirs["case"] = "9999"
				none := ask(b, r.Method, filled(r.Path, func(name string) string { return theirs[name] }))
				if there.Status != http.StatusNotFound || none.Status != http.StatusNotFound || there.Text("main") != none.Text("main") {
					t.Errorf("%s %s as %s: %d, and %d for a case that is not there", r.Method, r.Path, who, there.Status, none.Status)
				}
			}
		}
	})
}

func TestTool_UrgentHelpNeedsNoSignIn(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		page := c.Browser().Get("/tool/urgent-help").Must(http.StatusOK)
		for _, number := range []string{"999", "NHS 111, option 2", "116 123", "Text SHOUT to 85258"} {
			page.Shows("main", number)
		}
		if got := c.Browser().Get("/tool/cases"); got.Status != http.StatusSeeOther || !strings.HasPrefix(got.Location, "/sign-in?next=") {
			t.Errorf("a visitor's way into the tool: %d to %q", got.Status, got.Location)
		}
	})
}
