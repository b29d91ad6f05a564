package e2e_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/booking/bookingtest"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
	"hub.salford.ac.uk/ssph/tool"
)

// BenchmarkGate asks a bare Echo handler for a short answer, and the same handler behind the gate of the tool, in turn. The figure is
// how many times longer the gate makes a route: the licence with its periods is read from the database on every request.
func BenchmarkGate(b *testing.B) {
	for _, dialect := range modelstest.Dialects {
		b.Run(string(dialect), func(b *testing.B) {
			db, clock := modelstest.Open(b, dialect)
			holder := licensedForBench(b, db, clock)
			desk := tool.Desk{Licences: licensing.ForPerson}
			answer := func(c echo.Context) error { return c.String(http.StatusOK, "ok") }
			e := echo.New()
			e.GET("/bare", answer)
			e.GET("/gated", func(c echo.Context) error {
				pass, err := desk.Pass(c.Request().Context(), db, holder)
				if err == nil && !pass.Allowed {
					err = errors.New("the gate refuses who has a licence")
				}
				if err != nil {
					return err
				}
				return answer(c)
			})
			server := httptest.NewServer(e)
			defer server.Close()
			var gated, bare time.Duration
			for b.Loop() {
				timed(b, &gated, func() error { _, err := fetch(server.Client(), server.URL+"/gated"); return err })
				timed(b, &bare, func() error { _, err := fetch(server.Client(), server.URL+"/bare"); return err })
			}
			b.ReportMetric(float64(gated)/float64(bare), "x-bare-echo")
			b.ReportMetric(float64((gated-bare).Microseconds())/float64(b.N), "µs/gate")
		})
	}
}

// licensedForBench is somebody who was trained and has a licence, among five people.
func licensedForBench(b *testing.B, db models.DB, clock *modelstest.Clock) access.Actor {
	b.Helper()
	session := schedulingtest.OpenAccess(b, db)
	names := []string{"Tom Ashworth", "Grace Okafor", "Amara Diallo", "Sana Malik", "Lena Osei"}
	bookingtest.OnAccount(b, db, session.ID, "Irwell Wellbeing Network", bookingtest.Named(names...))
	clock.Set(session.Parts[0].EndsAt)
	var granted []licensing.Granted
	err := db.InTx(b.Context(), func(tx models.DB) error {
		if _, err := delivery.MarkAll(b.Context(), tx, access.System(), session.ID, 1); err != nil {
			return err
		}
		out, err := licensing.Desk{BaseURL: "http://ssph.example"}.CompleteSession(b.Context(), tx, access.System(), session.ID)
		granted = out.Granted
		return err
	})
	if err != nil || len(granted) != len(names) {
		b.Fatalf("%d licences: %v", len(granted), err)
	}
	return accesstest.Actor(b, db, granted[0].Completion.PersonID)
}
