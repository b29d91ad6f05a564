package handlers_test

import (
	"net/http"
	"net/url"
	"testing"

	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// Three kinds of browser: one that says the form came from our page, one that says it came from elsewhere, and one that says
// nothing and must show a token.
func TestFormToken_BrowsersThatSayWhereAFormComesFromAreBelieved(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		form := url.Values{"email": {"nobody at all"}}
		for site, want := range map[string]int{
			"same-origin": http.StatusUnprocessableEntity, // taken, and the address refused
			"none":        http.StatusUnprocessableEntity,
			"cross-site":  http.StatusForbidden,
			"same-site":   http.StatusForbidden,
		} {
			b := w.Browser()
			b.FetchSite = site
			page := b.Post("/sign-in", form).Must(want)
			if want == http.StatusForbidden {
				page.Shows("main", "This form was sent from another site")
			}
		}
	})
}

func TestFormToken_OtherBrowsersMustShowOne(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		b := w.Browser()
		b.Post("/sign-in", url.Values{"email": {"nobody at all"}}).Must(http.StatusBadRequest).Shows("main", "This page was open for too long")
		b.Post("/sign-in", url.Values{"email": {"nobody at all"}, "_csrf": {"a guess"}}).Must(http.StatusForbidden)
		page := b.Get("/sign-in").Must(http.StatusOK)
		b.Submit(page, "main form", map[string]string{"email": "nobody at all"}).Must(http.StatusUnprocessableEntity)

		stranger := w.Browser()
		stranger.Get("/sign-in")
		stranger.Submit(page, "main form", nil).Must(http.StatusForbidden)
	})
}
