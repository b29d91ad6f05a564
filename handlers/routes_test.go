package handlers_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/handlers"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func TestRoutes_EveryRouteEchoAnswersStandsInTheTable(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		known := map[string]handlers.Rule{}
		for _, r := range w.Site.Table() {
			if known[r.Method+" "+r.Path] != "" {
				t.Errorf("%s %s stands twice in the table", r.Method, r.Path)
			}
			known[r.Method+" "+r.Path] = r.Rule
			if r.Method == http.MethodGet {
				known["HEAD "+r.Path] = r.Rule
			}
		}
		rules := []handlers.Rule{handlers.Public, handlers.Holder, handlers.SignedIn, handlers.Licensed, handlers.Manager, handlers.Trainer, handlers.Teaching, handlers.Office}
		for _, r := range w.Site.Registered() {
			if r.Method == "echo_route_not_found" {
				continue
			}
			if rule := known[r.Method+" "+r.Path]; !slices.Contains(rules, rule) {
				t.Errorf("%s %s has no rule", r.Method, r.Path)
			}
		}
	})
}

// visitorRole is the role of somebody who has not signed in.
const visitorRole = "visitor"

// browsers are one browser for each role. None of the people has anything of their own.
func browsers(t *testing.T, w *handlerstest.World) map[string]*handlerstest.Browser {
	t.Helper()
	all := map[string]*handlerstest.Browser{
		visitorRole:    w.Browser(),
		"practitioner": w.SignedIn(accesstest.Person(t, w.DB, "Hannah Whitworth", "hannah@practice.example")),
		"manager":      w.SignedIn(accesstest.Manager(t, w.DB, "Priya Nair", "priya@network.example", "Irwell Wellbeing Network")),
		"trainer":      w.SignedIn(accesstest.Trainer(t, w.DB)),
		"office":       w.SignedIn(accesstest.Office(t, w.DB)),
	}
	for _, b := range all {
		b.FetchSite = "same-origin"
	}
	return all
}

// admitted says what the rules promise, written down a second time.
func admitted(rule handlers.Rule, role string) bool {
	switch rule {
	case handlers.Public, handlers.Holder:
		return true
	case handlers.SignedIn:
		return role != visitorRole
	case handlers.Licensed:
		return false // none of them has a licence, or a case to read
	case handlers.Manager:
		return role == "manager"
	case handlers.Trainer:
		return role == "trainer"
	case handlers.Teaching:
		return role == "trainer" || role == "office"
	case handlers.Office:
		return role == "office"
	}
	return false
}

func TestRoutes_EachRoleIsAdmittedOnlyWhereItsRuleSays(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		roles := browsers(t, w)
		theirs := newStranger(t, w)
		for _, r := range w.Site.Pages() {
			if r.Path == "/sign-out" { // it would end the session of the next check
				continue
			}
			address := theirs.address(t, r)
			for role, b := range roles {
				got := ask(b, r.Method, address)
				switch {
				case got.Status >= http.StatusInternalServerError:
					t.Errorf("%s %s as %s: status %d\n%s", r.Method, address, role, got.Status, w.Log)
				case admitted(r.Rule, role):
					if got.Status == http.StatusForbidden || strings.HasPrefix(got.Location, "/sign-in?") {
						t.Errorf("%s %s (%s) as %s: refused with %d", r.Method, address, r.Rule, role, got.Status)
					}
				case role == visitorRole:
					if got.Status != http.StatusSeeOther || !strings.HasPrefix(got.Location, "/sign-in?next=") {
						t.Errorf("%s %s (%s) as visitor: %d to %q, want to sign in", r.Method, address, r.Rule, got.Status, got.Location)
					}
				case got.Status != http.StatusForbidden:
					t.Errorf("%s %s (%s) as %s: status %d, want 403", r.Method, address, r.Rule, role, got.Status)
				}
			}
		}
	})
}

func TestRoutes_WhatBelongsToAStrangerIsNotFound(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		roles := browsers(t, w)
		theirs := newStranger(t, w)
		for _, r := range w.Site.Pages() {
			if !strings.Contains(r.Path, ":") || r.Rule == handlers.Public || r.Rule == handlers.Office {
				continue
			}
			address := theirs.address(t, r)
			for role, b := range roles {
				if role == "office" && (r.Rule == handlers.Holder || r.Rule == handlers.Teaching) || !admitted(r.Rule, role) {
					continue // the office sees everything; the others are refused before
				}
				if got := ask(b, r.Method, address); got.Status != http.StatusNotFound {
					t.Errorf("%s %s as %s: status %d, want 404", r.Method, address, role, got.Status)
				}
			}
		}
	})
}

func TestRoutes_MalformedIDsAreNotFound(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		roles := browsers(t, w)
		for _, r := range w.Site.Pages() {
			if !strings.Contains(r.Path, ":") {
				continue
			}
			for _, id := range []string{"0", "-1", "1x", "999999999999999999999", "01", "%27%20OR%201%3D1", "%00", "..%2F1"} {
				address := filled(r.Path, func(string) string { return id })
				for role, b := range roles {
					if !admitted(r.Rule, role) {
						continue
					}
					if got := ask(b, r.Method, address); got.Status != http.StatusNotFound {
						t.Errorf("%s %s as %s: status %d, want 404", r.Method, address, role, got.Status)
					}
				}
			}
		}
	})
}

func TestRoutes_ARoleTakenAwayCountsAtTheNextRequest(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		w.Site.Add(handlers.Route{Method: http.MethodGet, Path: "/test/office", Rule: handlers.Office, Handle: ok})
		person := accesstest.Person(t, db, "Sam Lowe", "sam@ssph.example")
		b := w.SignedIn(person)
		b.Get("/test/office").Must(http.StatusForbidden)
		w.InTx(func(tx models.DB) error {
			return access.GrantRole(t.Context(), tx, access.System(), person.PersonID, access.RoleOffice)
		})
		b.Get("/test/office").Must(http.StatusOK)
		w.InTx(func(tx models.DB) error {
			return tx.SQL(t.Context()).Exec("DELETE FROM person_roles WHERE person_id = ?", person.PersonID).Error
		})
		b.Get("/test/office").Must(http.StatusForbidden)
	})
}

// ask calls a route: with an empty form when it is one.
func ask(b *handlerstest.Browser, method, address string) *handlerstest.Page {
	if method == http.MethodGet {
		return b.Get(address)
	}
	return b.Post(address, url.Values{"nothing": {"typed"}})
}

// filled puts values into the places of a path.
func filled(path string, value func(name string) string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if name, ok := strings.CutPrefix(part, ":"); ok {
			parts[i] = value(name)
		}
	}
	return strings.Join(parts, "/")
}
