package handlers_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/handlers"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func ok(c echo.Context) error { return c.String(http.StatusOK, "ok") }

func TestErrors_EachHasItsPage(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		for path, err := range map[string]error{
			"/test/secret":    errors.New("secret detail of the database"),
			"/test/invalid":   models.Invalid("people", "Choose 9 places or fewer"),
			"/test/full":      models.Fail(models.KindFull, "Someone took the last place").Because(errors.New("secret cause")),
			"/test/gone":      models.Fail(models.KindGone, "The hold has ended"),
			"/test/forbidden": models.Fail(models.KindForbidden, "Only the office can do this"),
			"/test/wrapped":   errors.Join(errors.New("secret outside"), models.NotFound("There is no such thing")),
		} {
			w.Site.Add(handlers.Route{Method: http.MethodGet, Path: path, Rule: handlers.Public, Handle: func(echo.Context) error { return err }})
		}
		b := w.Browser()
		for path, want := range map[string]struct {
			status int
			words  string
		}{
			"/no/such/page":   {404, "We cannot find that page"},
			"/test/secret":    {500, "Something went wrong on our side"},
			"/test/invalid":   {422, "Choose 9 places or fewer."},
			"/test/full":      {409, "Someone took the last place."},
			"/test/gone":      {410, "The hold has ended."},
			"/test/forbidden": {403, "Only the office can do this."},
			"/test/wrapped":   {404, "There is no such thing."},
			"/sign-out":       {405, "That page does not work that way"},
		} {
			page := b.Get(path).Must(want.status)
			page.Shows("main", want.words)
			if strings.Contains(page.Body, "secret") {
				t.Errorf("%s shows the cause: %s", path, page.Text("main"))
			}
		}
		if allow := b.Get("/sign-out").Header.Get("Allow"); allow != "POST" {
			t.Errorf("405 allows %q, want POST", allow)
		}
	})
}

func TestErrors_AFaultShowsItsReferenceAndTheLogTheCause(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		w.Site.Add(handlers.Route{Method: http.MethodGet, Path: "/test/panic", Rule: handlers.Public, Handle: func(echo.Context) error {
			panic("the roof came down")
		}})
		page := w.Browser().Get("/test/panic").Must(http.StatusInternalServerError)
		reference := page.Header.Get("X-Request-Id")
		if reference == "" || !strings.Contains(page.Text("main"), reference) {
			t.Errorf("the page does not show its reference %q: %s", reference, page.Text("main"))
		}
		if log := w.Log.String(); !strings.Contains(log, "the roof came down") || !strings.Contains(log, reference) || !strings.Contains(log, "status=500") {
			t.Errorf("the log lacks the cause, the reference or the status: %s", log)
		}
		if strings.Contains(page.Body, "roof") {
			t.Error("the page shows the panic")
		}
	})
}

func TestErrors_HEADHasNoBodyAndProgramsGetPlainText(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		b := w.Browser()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodHead, handlerstest.BaseURL+"/no/such/page", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		if head := b.Do(r).Must(http.StatusNotFound); head.Body != "" {
			t.Errorf("HEAD has a body: %q", head.Body)
		}
		if css := b.Get("/static/no-such.css").Must(http.StatusNotFound); css.Body != "not found\n" {
			t.Errorf("a missing file answers %q", css.Body)
		}
		if hook := b.Post("/webhooks/stripe", url.Values{"forged": {"yes"}}).Must(http.StatusBadRequest); hook.Body != "bad request\n" {
			t.Errorf("a forged webhook is answered %q", hook.Body)
		}
	})
}

func TestErrors_ADatabaseThatIsGoneIsAPageWithAReference(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		page := w.Browser().Get("/cancelling").Must(http.StatusInternalServerError)
		page.Shows("main h1", "Something went wrong on our side")
		page.Shows("main", page.Header.Get("X-Request-Id"))
		w.Browser().Get("/healthz").Must(http.StatusOK)
		w.Browser().Get("/readyz").Must(http.StatusServiceUnavailable)
	})
}

func TestBodies_OversizedOnesAreRefused(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		b := w.Browser()
		b.FetchSite = "same-origin"
		page := b.Post("/contact", url.Values{"message": {strings.Repeat("a", 2<<20)}}).Must(http.StatusRequestEntityTooLarge)
		page.Shows("main h1", "That is more than we can take")
		b.Post("/webhooks/stripe", url.Values{"a": {strings.Repeat("a", 1<<20)}}).Must(http.StatusRequestEntityTooLarge)
		if n := len(w.Mails()); n != 0 {
			t.Errorf("%d mails were written", n)
		}
	})
}

func TestHeaders_EveryAnswerIsGuarded(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		w.Site.Add(handlers.Route{Method: http.MethodGet, Path: "/test/pay", Rule: handlers.Public, Handle: ok, Pays: true})
		b := w.Browser()
		for _, path := range []string{"/contact", "/no/such/page", "/static/no-such.css", "/healthz", "/test/pay"} {
			h := b.Get(path).Header
			csp := h.Get("Content-Security-Policy")
			for _, part := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"} {
				if !strings.Contains(csp, part) {
					t.Errorf("%s: the policy lacks %s: %s", path, part, csp)
				}
			}
			if strings.Contains(csp, "unsafe") || strings.Contains(csp, "*") {
				t.Errorf("%s: the policy is too wide: %s", path, csp)
			}
			if onward := strings.Contains(csp, "form-action 'self' http"); onward != (path == "/test/pay") {
				t.Errorf("%s: form-action: %s", path, csp)
			}
			if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("X-Frame-Options") != "DENY" || h.Get("Referrer-Policy") == "" {
				t.Errorf("%s: headers are missing: %v", path, h)
			}
		}
	})
}

func TestHeaders_OnlyHTTPSSitesPinIt(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		plain := handlerstest.Open(t, db, clock).Browser().Get("/contact")
		if plain.Header.Get("Strict-Transport-Security") != "" {
			t.Error("a site on http pins https")
		}
		const base = "https://training.example"
		page := handlerstest.Open(t, db, clock, handlerstest.At(base)).Browser(base).Get("/contact")
		if page.Header.Get("Strict-Transport-Security") == "" {
			t.Error("a site on https does not pin it")
		}
		if cookie := page.Header.Get("Set-Cookie"); !strings.Contains(cookie, "Secure") || !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Lax") {
			t.Errorf("the cookie of a site on https: %s", cookie)
		}
	})
}

func TestMachineRoutes_SetNoCookie(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		for _, path := range []string{"/healthz", "/readyz", "/static/no-such.css"} {
			if cookie := w.Browser().Get(path).Header.Get("Set-Cookie"); cookie != "" {
				t.Errorf("%s sets %s", path, cookie)
			}
		}
	})
}
