package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

const noSuchCertificate = "We have no certificate with that code. Check the letters: it looks like 7K3M-Q9TX-2HVB-4WN8"

func TestCheck_ShowsEverythingPrintedHoweverTheCodeIsTyped(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		code := train(t, w, []string{"Hannah Whitworth"}).code(0)
		b := w.Browser()
		home := b.Get("/").Must(http.StatusOK)
		for name, page := range map[string]*handlerstest.Page{
			"address":      b.Get("/check/" + code),
			"lower case":   b.Get("/check/" + strings.ToLower(code)),
			"form at home": b.Submit(home, "main form[action='/check']", map[string]string{"code": strings.ReplaceAll(code, "-", " ")}),
			"form":         b.Submit(b.Get("/check"), "main form", map[string]string{"code": strings.ReplaceAll(code, "-", "")}),
		} {
			page.Must(http.StatusOK).Shows("main h1", "This certificate is valid")
			for _, words := range []string{
				"Hannah Whitworth", "completed Social Prescribing Tool training", "14 January 2027, face to face, Salford", "7 hours", "Alan",
				"Accredited by the Personalised Care Institute", "1 September 2025 to 31 August 2027", code, "Issued 14 January 2027", "University of Salford",
			} {
				page.Shows("main", words)
			}
			if robots := page.Header.Get("X-Robots-Tag"); robots != "noindex" || page.Has("a[href^='/certificates/']") {
				t.Errorf("%s: robots %q; a stranger is led to the certificate itself: %v", name, robots, page.Has("a[href^='/certificates/']"))
			}
		}
	})
}

// A code nobody has and one that nobody could have get one answer: the same status, the same page but for what was typed.
func TestCheck_AMistypedCodeAndAnUnknownOneGetTheSameAnswer(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		b := handlerstest.Open(t, db, clock).Browser()
		answer := func(typed string) string {
			page := b.Get("/check?" + url.Values{"code": {typed}}.Encode()).Must(http.StatusNotFound)
			if got := page.Problem("code"); got != noSuchCertificate {
				t.Errorf("%q: %q", typed, got)
			}
			if got := page.Doc.Find("#code").AttrOr("value", ""); got != typed {
				t.Errorf("%q is not kept: %q", typed, got)
			}
			return strings.ReplaceAll(page.Body, `value="`+typed+`"`, "")
		}
		unknown := answer("7K3M-Q9TX-2HVB-4WN8")
		for _, typed := range []string{"7K3M-Q9TX-2HVB", "hello", "UUUU-UUUU-UUUU-UUUU", "7K3M-Q9TX-2HVB-4WN8-7K3M", "0000-0000-0000-0000", "Grüße"} {
			if answer(typed) != unknown {
				t.Errorf("%q gets another answer than an unknown code", typed)
			}
		}
		for _, path := range []string{"/check/7K3M-Q9TX-2HVB-4WN8", "/check/hello", "/check/%00", "/check/" + strings.Repeat("A", 3000)} {
			if got := b.Get(path).Must(http.StatusNotFound).Problem("code"); got != noSuchCertificate {
				t.Errorf("%s: %q", path, got)
			}
		}
		empty := b.Get("/check?code=+").Must(http.StatusUnprocessableEntity)
		if got := empty.Problem("code"); got != "Enter the code that stands on the certificate" {
			t.Errorf("nothing typed: %q", got)
		}
	})
}

func TestCheck_AWithdrawnCertificateSaysSoAndSince(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		g := train(t, w, []string{"Hannah Whitworth"})
		w.InTx(func(tx models.DB) error {
			_, err := licensing.Desk{BaseURL: handlerstest.BaseURL}.UndoSession(t.Context(), tx, access.System(), g.session.ID, "marked by mistake")
			return err
		})
		page := w.Browser().Get("/check/" + g.code(0)).Must(http.StatusOK)
		page.Shows("main h1", "This certificate was withdrawn on 14 January 2027")
		page.Shows("main .ssph-tag", "Withdrawn")
		page.Shows("main", "Hannah Whitworth")
		if strings.Contains(page.Text("main"), "mistake") {
			t.Error("the public page tells the reason")
		}
		own := g.person(t, w, 0).Get("/certificates/" + g.code(0)).Must(http.StatusOK)
		own.Shows("main", "This certificate was withdrawn on 14 January 2027")
	})
}

func TestCheck_OneAddressMayAskThirtyTimesAMinute(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		code := train(t, w, []string{"Hannah Whitworth"}, schedulingtest.OnDay(schedulingtest.Day)).code(0)
		b := w.Browser()
		for range 30 {
			b.Get("/check/7K3M-Q9TX-2HVB-4WN8").Must(http.StatusNotFound)
		}
		refused := b.Get("/check/" + code).Must(http.StatusTooManyRequests)
		if refused.Header.Get("Retry-After") != "60" || strings.Contains(refused.Body, "Hannah") {
			t.Errorf("Retry-After %q; the answer is given away: %v", refused.Header.Get("Retry-After"), strings.Contains(refused.Body, "Hannah"))
		}
		b.Get("/check").Must(http.StatusOK)
		w.Browser().Get("/check/" + code).Must(http.StatusOK)
		clock.Advance(time.Minute)
		b.Get("/check/" + code).Must(http.StatusOK)
	})
}
