package e2e_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/handlers"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// BenchmarkFitPage asks the program for the page of a fit, and a bare Echo handler for the same bytes, in turn. The figure is how many
// times longer the program takes: sign-in, gate, the case opened and unsealed, its audit row, the fit, the picture and the template.
func BenchmarkFitPage(b *testing.B) {
	for _, dialect := range modelstest.Dialects {
		b.Run(string(dialect), func(b *testing.B) {
			clock := modelstest.NewClock()
			site, db := serveForBench(b, dialect, clock)
			v := signedInForBench(b, db, site, licensedForBench(b, db, clock))
			address := v.ratedForBench(b)
			page, err := fetch(v.client, address)
			if err != nil {
				b.Fatal(err)
			}
			e := echo.New()
			e.GET("/fit", func(c echo.Context) error { return c.HTMLBlob(http.StatusOK, page) })
			bare := httptest.NewServer(e)
			defer bare.Close()
			var ours, ceiling time.Duration
			for b.Loop() {
				timed(b, &ours, func() error { _, err := fetch(v.client, address); return err })
				timed(b, &ceiling, func() error { _, err := fetch(v.client, bare.URL+"/fit"); return err })
			}
			b.ReportMetric(float64(ours)/float64(ceiling), "x-bare-echo")
			b.ReportMetric(float64(ours.Microseconds())/float64(b.N), "µs/page")
			b.ReportMetric(float64(len(page)), "bytes/page")
		})
	}
}

// signedInForBench follows a sign-in link.
func signedInForBench(b *testing.B, db models.DB, site string, who access.Actor) *visitor {
	b.Helper()
	v, err := newVisitor(site)
	if err != nil {
		b.Fatal(err)
	}
	var token string
	err = db.InTx(b.Context(), func(tx models.DB) error {
		token, err = access.IssueLink(b.Context(), tx, access.LinkRequest{Email: who.Email})
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	v.through(b, handlers.SignInLink(site, token), "main form", nil)
	return v
}

// ratedForBench begins a case with one idea, answers its twelve questions as the golden example does, and returns the address of the fit.
func (v *visitor) ratedForBench(b *testing.B) string {
	b.Helper()
	begun := v.through(b, "/tool/cases/new", "main form", map[string]string{"reference": "IWN-0147", "name": "Sam"})
	home := begun.URL.JoinPath("../..")
	added := v.through(b, home.JoinPath("ideas").String(), "main form.ssph-form", map[string]string{"name": "Repair workshop, Thursdays", "kind": "activity", "physical": "1"})
	return v.through(b, added.URL.String(), "main form", map[string]string{
		"PO1": "4", "PO2": "3", "PO3": "3", "PO4": "3", "PE1": "3", "PE2": "1", "PE3": "2", "PE4": "3", "EO1": "4", "EO2": "3", "EO3": "4", "EO4": "2",
	}).URL.String()
}

// through opens a page, sends a form of it and returns what that leads to.
func (v *visitor) through(b *testing.B, address, form string, typed map[string]string) answered {
	b.Helper()
	page, err := v.get(b.Context(), address)
	if err == nil {
		page, err = v.submit(b.Context(), page, form, typed)
	}
	if err != nil || page.Status != http.StatusOK {
		b.Fatalf("%s leads to %d: %v\n%s", address, page.Status, err, page.Find("main").Text())
	}
	return page
}
