package handlers_test

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/handlers"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// withClaims is a world with a page that begins a booking and one that says which claims the browser holds.
func withClaims(t *testing.T, db models.DB, clock *modelstest.Clock) *handlerstest.World {
	t.Helper()
	w := handlerstest.Open(t, db, clock)
	w.Site.Add(handlers.Route{Method: http.MethodGet, Path: "/test/begin/:n", Rule: handlers.Public, Handle: func(c echo.Context) error {
		n, err := strconv.ParseInt(c.Param("n"), 10, 64)
		if err != nil {
			return err
		}
		if err := w.Site.Remember(c, n, "secret-"+c.Param("n")); err != nil {
			return err
		}
		return ok(c)
	}})
	w.Site.Add(handlers.Route{Method: http.MethodGet, Path: "/test/claims", Rule: handlers.Public, Handle: func(c echo.Context) error {
		return c.String(http.StatusOK, strings.Join(handlers.ActorOf(c).Claims, "\n"))
	}})
	return w
}

func TestClaims_ABrowserHoldsOnToItsOwnBookingsOnly(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := withClaims(t, db, clock)
		b, other := w.Browser(), w.Browser()
		b.Get("/test/begin/17").Must(http.StatusOK)
		b.Get("/test/begin/18").Must(http.StatusOK)
		want := []string{w.Keys.Claim("secret-17"), w.Keys.Claim("secret-18")}
		slices.Sort(want)
		if got := strings.Split(b.Get("/test/claims").Body, "\n"); !slices.Equal(got, want) {
			t.Errorf("claims %v, want %v", got, want)
		}
		if got := other.Get("/test/claims").Body; got != "" {
			t.Errorf("another browser holds %q", got)
		}
		var stored int64
		if err := db.SQL(t.Context()).Raw("SELECT COUNT(*) FROM browser_sessions").Scan(&stored).Error; err != nil || stored != 1 {
			t.Errorf("%d browser sessions (%v), want 1: who only looks gets none", stored, err)
		}
	})
}

func TestClaims_TheOldestGoFirstWhenThereAreManyOfThem(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := withClaims(t, db, clock)
		b := w.Browser()
		for n := 1; n <= 25; n++ {
			b.Get(fmt.Sprintf("/test/begin/%d", n)).Must(http.StatusOK)
		}
		got := strings.Split(b.Get("/test/claims").Body, "\n")
		if len(got) != 20 || slices.Contains(got, w.Keys.Claim("secret-5")) || !slices.Contains(got, w.Keys.Claim("secret-6")) {
			t.Errorf("%d claims are held", len(got))
		}
	})
}

func TestCaching_PagesOfSomebodyAreNotKept(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := withClaims(t, db, clock)
		b := w.Browser()
		if got := b.Get("/contact").Header.Get("Cache-Control"); got != "private, no-cache" {
			t.Errorf("a visitor's page: %s", got)
		}
		b.Get("/test/begin/17")
		if got := b.Get("/contact").Header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("a page of somebody who has begun a booking: %s", got)
		}
	})
}
