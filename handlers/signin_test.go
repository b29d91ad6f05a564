package handlers_test

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/handlers"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// askedLink asks for a link and returns its path, out of the mail.
func askedLink(t *testing.T, w *handlerstest.World, b *handlerstest.Browser, email, at string) string {
	t.Helper()
	page := b.Get(at).Must(http.StatusOK)
	sent := b.Submit(page, "main form", map[string]string{"email": email}).Must(http.StatusSeeOther)
	b.Follow(sent).Must(http.StatusOK).Shows("main h1", "Check your email")
	link := regexp.MustCompile(regexp.QuoteMeta(handlerstest.BaseURL) + `(/sign-in/link/\S+)`).FindStringSubmatch(w.Mails()[0].Text)
	if link == nil {
		t.Fatalf("no link in the mail: %s", w.Mails()[0].Text)
	}
	return link[1]
}

func TestSignIn_ByLinkAndButtonToTheHomeOfTheRole(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		for home, who := range map[string]access.Actor{
			"/office":       accesstest.Office(t, db),
			"/trainer":      accesstest.Trainer(t, db),
			"/organisation": accesstest.Manager(t, db, "Priya Nair", "priya@network.example", "Irwell Wellbeing Network"),
			"/account":      accesstest.Person(t, db, "Hannah Whitworth", "hannah@practice.example"),
		} {
			b := w.Browser()
			link := askedLink(t, w, b, " "+strings.ToUpper(who.Email)+" ", "/sign-in")
			page := b.Get(link).Must(http.StatusOK)
			page.Shows("main", who.Email)
			if done := b.Submit(page, "main form", nil).Must(http.StatusSeeOther); done.Location != home {
				t.Errorf("%s comes to %s, want %s", who.Email, done.Location, home)
			}
			b.Get("/contact").Shows(".ssph-who", who.Name)
		}
	})
}

func TestSignIn_LookingAtALinkDoesNotUseItAndUsingItWorksOnce(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		who := accesstest.Person(t, db, "Hannah Whitworth", "hannah@practice.example")
		link := askedLink(t, w, w.Browser(), who.Email, "/sign-in")
		for range 3 { // a mail scanner
			w.Browser().Get(link).Must(http.StatusOK)
		}
		b := w.Browser()
		page := b.Get(link)
		b.Submit(page, "main form", nil).Must(http.StatusSeeOther)
		b.Submit(page, "main form", nil).Must(http.StatusGone).Shows("main", "has been used")
		w.Browser().Get(link).Must(http.StatusGone)
	})
}

func TestSignIn_AnOldLinkSaysWhenItRanOut(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		who := accesstest.Person(t, db, "Hannah Whitworth", "hannah@practice.example")
		b := w.Browser()
		link := askedLink(t, w, b, who.Email, "/sign-in")
		clock.Advance(30 * time.Minute)
		b.Get(link).Must(http.StatusGone).Shows("main", "ran out on 23 November 2026 at 9:30am")
	})
}

func TestSignIn_TheScreenIsTheSameForAnAddressWeDoNotKnow(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		accesstest.Person(t, db, "Hannah Whitworth", "hannah@practice.example")
		answer := func(email string) string {
			b := w.Browser()
			sent := b.Submit(b.Get("/sign-in"), "main form", map[string]string{"email": email})
			page := b.Follow(sent).Must(http.StatusOK)
			return strings.ReplaceAll(page.Text("main"), email, "ADDRESS")
		}
		if known, unknown := answer("hannah@practice.example"), answer("nobody@practice.example"); known != unknown {
			t.Errorf("the screens differ:\n%s\n%s", known, unknown)
		}
		if text := w.Mails()[0].Text; strings.Contains(text, "/sign-in/link/") {
			t.Errorf("a stranger's mail carries a link: %s", text)
		}
	})
}

func TestSignIn_ABadAddressIsSaidBesideItsFieldAndKept(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		b := w.Browser()
		page := b.Submit(b.Get("/sign-in?next=/prices"), "main form", map[string]string{"email": "hannah.example"})
		page.Must(http.StatusUnprocessableEntity)
		if got := page.Problem("email"); got != "Your email is missing the @" {
			t.Errorf("beside the field: %q", got)
		}
		if !page.Has(`.nhsuk-error-summary a[href="#email"]`) || !page.Has(`#email[value="hannah.example"]`) || !page.Has(`input[name="next"][value="/prices"]`) {
			t.Errorf("the summary or what was typed is missing: %s", page.Body)
		}
	})
}

func TestSignIn_GoesBackToThePageThatWasAskedForAndNowhereElse(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		w.Site.Add(handlers.Route{Method: http.MethodGet, Path: "/test/mine", Rule: handlers.SignedIn, Handle: ok})
		who := accesstest.Person(t, db, "Hannah Whitworth", "hannah@practice.example")
		for asked, want := range map[string]string{
			"/test/mine?month=2027-01":                   "/test/mine?month=2027-01",
			"/sign-in?next=https://elsewhere.example/":   "/account",
			"/sign-in?next=//elsewhere.example/":         "/account",
			"/sign-in?next=/%5Celsewhere.example":        "/account",
			"/sign-in?next=javascript:alert(1)":          "/account",
			"/sign-in?next=/test/mine%0d%0aX-Header:%20": "/account",
		} {
			b := w.Browser()
			if first := b.Get(asked); first.Status == http.StatusSeeOther {
				asked = first.Location
			}
			link := askedLink(t, w, b, who.Email, asked)
			if done := b.Submit(b.Get(link), "main form", nil).Must(http.StatusSeeOther); done.Location != want {
				t.Errorf("%s leads to %q, want %q", asked, done.Location, want)
			}
			clock.Advance(time.Hour) // past the limit on mails to one address
		}
	})
}

func TestSignIn_StartsANewSessionSoThatAnOldTokenIsWorthNothing(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		who := accesstest.Person(t, db, "Hannah Whitworth", "hannah@practice.example")
		b := w.Browser()
		link := askedLink(t, w, b, who.Email, "/sign-in")
		before := sessionToken(b)
		b.Submit(b.Get(link), "main form", nil).Must(http.StatusSeeOther)
		after := sessionToken(b)
		if before == "" || after == "" || before == after {
			t.Errorf("the session's token was %q and is %q", before, after)
		}
		if page := withToken(t, w, before); page.Has(".ssph-who__name") {
			t.Error("the token from before is signed in")
		}
		if page := withToken(t, w, after); !page.Has(".ssph-who__name") {
			t.Error("the new token is not signed in")
		}
	})
}

func TestSignOut_EndsTheSession(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		b := w.SignedIn(accesstest.Person(t, db, "Hannah Whitworth", "hannah@practice.example"))
		token := sessionToken(b)
		page := b.Get("/contact")
		page.Shows(".ssph-who", "Hannah Whitworth")
		if done := b.Submit(page, ".ssph-who form", nil).Must(http.StatusSeeOther); done.Location != "/" {
			t.Errorf("signing out leads to %q", done.Location)
		}
		after := b.Get("/contact")
		after.Shows(".ssph-flash", "You have signed out.")
		if after.Has(".ssph-who__name") || withToken(t, w, token).Has(".ssph-who__name") {
			t.Error("somebody is still signed in")
		}
		if b.Get("/contact").Has(".ssph-flash") {
			t.Error("the flash is shown twice")
		}
	})
}

func TestSignIn_LastsTwelveHours(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		b := w.SignedIn(accesstest.Person(t, db, "Hannah Whitworth", "hannah@practice.example"))
		clock.Advance(12*time.Hour - time.Minute)
		if !b.Get("/contact").Has(".ssph-who__name") {
			t.Error("signed out before twelve hours")
		}
		clock.Advance(2 * time.Minute)
		if b.Get("/contact").Has(".ssph-who__name") {
			t.Error("still signed in after twelve hours")
		}
	})
}

func TestSignIn_ALinkForABookingConfirmsItOrDoesNothing(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		var refuse error
		confirmed := 0
		w := handlerstest.Open(t, db, clock, handlerstest.Linked(handlers.BookingLink{
			Describe: func(context.Context, models.DB, int64) (string, models.Pence, error) {
				return "Book 3 places for £820.80", 82080, nil
			},
			Prepare: func(context.Context, models.DB, int64) error { return nil },
			Confirm: func(_ context.Context, _ models.DB, actor access.Actor, _ access.Link, _ *models.Pence) (string, error) {
				if actor.Email != "priya@network.example" {
					t.Errorf("confirmed as %s", actor.Email)
				}
				if refuse == nil {
					confirmed++
				}
				return "/bookings/BK-00001", refuse
			},
		}))
		booking := heldBooking(t, w)
		var token string
		w.InTx(func(tx models.DB) (err error) {
			token, err = access.IssueLink(t.Context(), tx, access.LinkRequest{Email: "priya@network.example", BookingID: &booking})
			return err
		})
		path := strings.TrimPrefix(handlers.SignInLink(handlerstest.BaseURL, token), handlerstest.BaseURL)
		b := w.Browser()
		page := b.Get(path).Must(http.StatusOK)
		page.Shows("main button", "Book 3 places for £820.80")
		refuse = models.Fail(models.KindFull, "The session has filled up")
		b.Submit(page, "main form", nil).Must(http.StatusConflict).Shows("main", "The session has filled up")
		if b.Get("/contact").Has(".ssph-who__name") {
			t.Error("signed in although nothing was confirmed")
		}
		refuse = nil
		if done := b.Submit(b.Get(path), "main form", nil).Must(http.StatusSeeOther); done.Location != "/bookings/BK-00001" || confirmed != 1 {
			t.Errorf("led to %q, confirmed %d times", done.Location, confirmed)
		}
	})
}
