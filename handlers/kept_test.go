package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/handlers/handlerstest"
)

// typedOn are the texts that a page shows to be copied, by their labels.
func typedOn(p *handlerstest.Page) map[string]string {
	typed := map[string]string{}
	for _, area := range p.Doc.Find("textarea[readonly]").EachIter() {
		typed[p.Doc.Find("label[for="+area.AttrOr("id", "")+"]").Text()] = area.Text()
	}
	return typed
}

func wantTyped(t *testing.T, p *handlerstest.Page, want map[string]string) {
	t.Helper()
	got := typedOn(p)
	for label, text := range want {
		if got[label] != text {
			t.Errorf("%q is %q on the page, want %q", label, got[label], text)
		}
	}
	if len(got) != len(want) {
		t.Errorf("the page shows %v", got)
	}
}

// After 12 hours the sign-in is over. What was written meanwhile stands on the page, with the way to sign in and back.
func TestKept_AFormSentAfterTheSignInIsOverShowsWhatWasWritten(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		at := c.begin("IWN-0147")
		form := c.visit.Get(at + "/conversation/S2").Must(http.StatusOK)
		c.Clock.Set(c.Clock.Now().Add(13 * time.Hour))
		page := c.visit.Submit(form, "#P1 form.ssph-note", map[string]string{"text-P1": "Fixing", "mark-P1": "matters-most"}).Must(http.StatusForbidden)
		page.Shows("h1", "Sign in again")
		wantTyped(t, page, map[string]string{"Conversation: What are you good at, or what would a friend say you are good at?": "Fixing"})
		if !strings.HasPrefix(page.Doc.Find("main a[href^='/sign-in']").AttrOr("href", ""), "/sign-in?next=") {
			t.Error("there is no way to sign in")
		}
		page.Shows("#urgent-help", "116 123")
		plan := c.visit.Post(at+"/plan", url.Values{"what_matters": {"Useful"}, "goal-1-hope": {"Workshop"}, "version": {"3"}, "action-1-candidate": {"2"}}).Must(http.StatusForbidden)
		wantTyped(t, plan, map[string]string{"Plan: What matters to me": "Useful", "Plan, goal 1: my goal": "Workshop"})
		c.visit.Post(at+"/moves", url.Values{"to": {"CONVERSATION"}}).Must(http.StatusSeeOther) // nothing was written
		if status, s := c.autosave(c.visit, at, map[string]any{"code": "P1", "text": "x"}); status != http.StatusUnauthorized || !strings.Contains(s.Error, "signed out") {
			t.Errorf("autosave: %d %+v", status, s)
		}
	})
}

// A browser that must show a token shows an old one.
func TestKept_AStaleTokenLosesNothing(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		at := c.begin("IWN-0147")
		c.visit.FetchSite = ""
		typed := url.Values{"_csrf": {"an old one"}, "P-d-evidence": {"Knee"}, "P-d-person": {"1"}}
		page := c.visit.Post(at+"/understanding", typed).Must(http.StatusForbidden)
		page.Shows("main", "This page was open for too long")
		wantTyped(t, page, map[string]string{"Understanding: Body, energy, senses": "Knee"})
		c.visit.FetchSite = "cross-site"
		wantTyped(t, c.visit.Post(at+"/understanding", typed).Must(http.StatusForbidden), nil)
	})
}

// A paste of two megabytes comes back on its page with the reason beside it, not a character less.
func TestKept_WhatIsFarTooLongComesBack(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		at := c.begin("IWN-0147")
		book := strings.Repeat("a long story ", 160_000)
		page := c.visit.Post(at+"/notes", url.Values{"code": {"P1"}, "text-P1": {book}}).Must(http.StatusUnprocessableEntity)
		if page.Problem("text-P1") == "" || strings.TrimSpace(page.Text("#text-P1")) != strings.TrimSpace(book) {
			t.Errorf("a note of 2 MB: %q, %d characters came back", page.Problem("text-P1"), len(page.Text("#text-P1")))
		}
		c.visit.Post("/contact", url.Values{"message": {book}}).Must(http.StatusRequestEntityTooLarge)
	})
}

func TestKept_TheNameOfASixthIdea(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		at := c.begin("IWN-0147")
		c.toMatching(at)
		for range 5 {
			c.workshop(at)
		}
		if c.visit.Get(at + "/ideas").Has("#name") {
			t.Error("a sixth idea is asked for")
		}
		page := c.visit.Post(at+"/ideas", url.Values{"name": {"Choir"}, "kind": {"activity"}}).Must(http.StatusUnprocessableEntity)
		if got := page.Doc.Find("#name").AttrOr("value", ""); got != "Choir" {
			t.Errorf("the name of a sixth idea came back as %q", got)
		}
	})
}

// A form that cannot be read is refused, by browsers with a token and without; it does not count as an empty one.
func TestForm_ThatCannotBeReadIsRefused(t *testing.T) {
	eachClinic(t, func(t *testing.T, c *clinic) {
		at := c.begin("IWN-0147")
		for _, site := range []string{"", "same-origin"} {
			c.visit.FetchSite = site
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, handlerstest.BaseURL+at+"/notes", strings.NewReader("code=P1&text-P1=100%zz"))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Sec-Fetch-Site", site)
			if site == "" {
				r.Header.Del("Sec-Fetch-Site")
			}
			c.visit.Do(r).Must(http.StatusBadRequest).Shows("h1", "We could not read that")
		}
	})
}
