package e2e_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/cmd/ssph/app"
	"hub.salford.ac.uk/ssph/handlers"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// timed does something and adds how long it took.
func timed(b *testing.B, total *time.Duration, do func() error) {
	b.Helper()
	from := time.Now()
	if err := do(); err != nil {
		b.Fatal(err)
	}
	*total += time.Since(from)
}

// BenchmarkSessions asks the program for the list of fifty sessions, and a bare Echo handler for the same bytes, in turn. The figure
// is how many times longer the program takes: session, queries, prices, words, template and all.
func BenchmarkSessions(b *testing.B) {
	for _, dialect := range modelstest.Dialects {
		b.Run(string(dialect), func(b *testing.B) {
			site, db := serveForBench(b, dialect, modelstest.NewClock())
			for n := range 50 {
				schedulingtest.OpenAccess(b, db, schedulingtest.OnDay(schedulingtest.Day.AddDays(n)), schedulingtest.With([]string{"Alan", "Rowan"}[n%2]))
			}
			page, err := fetch(http.DefaultClient, site+"/sessions")
			if err != nil {
				b.Fatal(err)
			}
			e := echo.New()
			e.GET("/sessions", func(c echo.Context) error { return c.HTMLBlob(http.StatusOK, page) })
			bare := httptest.NewServer(e)
			defer bare.Close()
			var ours, ceiling time.Duration
			for b.Loop() {
				timed(b, &ours, func() error { _, err := fetch(http.DefaultClient, site+"/sessions"); return err })
				timed(b, &ceiling, func() error { _, err := fetch(http.DefaultClient, bare.URL+"/sessions"); return err })
			}
			b.ReportMetric(float64(ours)/float64(ceiling), "x-bare-echo")
			b.ReportMetric(float64(ours.Microseconds())/float64(b.N), "µs/page")
			b.ReportMetric(float64(len(page)), "bytes/page")
		})
	}
}

// fetch asks for a page with the cookies of a client.
func fetch(as *http.Client, address string) ([]byte, error) {
	answer, err := as.Get(address)
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	content, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s is answered %d", address, answer.StatusCode)
	}
	return content, err
}

// serveForBench runs the program by a clock and returns its address and database.
func serveForBench(b *testing.B, dialect models.Dialect, clock models.Clock) (string, models.DB) {
	b.Helper()
	database := modelstest.Fresh(b, dialect)
	config := app.Config{
		Addr: "127.0.0.1:0", DataDir: b.TempDir(), DatabaseURL: database.URL, Mode: handlers.Development,
		SMTP: app.SMTPConfig{TLS: "none"}, Stripe: app.StripeConfig{DoubleAddr: "127.0.0.1:0"},
	}
	if database.URL == "" {
		config.DataDir = database.Dir
	}
	a, err := app.New(context.Background(), config, app.Parts{Log: slog.New(slog.DiscardHandler), Clock: clock})
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx, nil) }()
	b.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			b.Error(err)
		}
	})
	return a.URL(), a.DB()
}

// BenchmarkBooking books three places on account, with two people named, an invoice with its PDF, four mails and their jobs; and
// writes the same rows by raw SQL in one transaction, in turn. The figure is how many times longer the program takes.
func BenchmarkBooking(b *testing.B) {
	for _, dialect := range modelstest.Dialects {
		b.Run(string(dialect), func(b *testing.B) {
			db, _ := modelstest.Open(b, dialect)
			session := schedulingtest.OpenAccess(b, db, schedulingtest.Capacity(200))
			before, err := marks(b.Context(), db)
			if err != nil {
				b.Fatal(err)
			}
			if err := bookOnAccount(b.Context(), db, session.ID, "template"); err != nil {
				b.Fatal(err)
			}
			copies, err := rowsSince(b.Context(), db, before)
			if err != nil {
				b.Fatal(err)
			}
			var ours, ceiling time.Duration
			for n := 0; b.Loop(); n++ {
				if n%30 == 0 { // thirty bookings of ours and thirty copies fill a session
					b.StopTimer()
					session = schedulingtest.OpenAccess(b, db, schedulingtest.Capacity(200), schedulingtest.OnDay(schedulingtest.Day.AddDays(1+n/30)))
					b.StartTimer()
				}
				who := fmt.Sprint("bench", n)
				timed(b, &ours, func() error { return bookOnAccount(b.Context(), db, session.ID, who) })
				timed(b, &ceiling, func() error { return copies.write(b.Context(), db, 1_000_000+n) })
			}
			b.ReportMetric(float64(ours)/float64(ceiling), "x-raw-sql")
			b.ReportMetric(float64(ours.Microseconds())/1000/float64(b.N), "ms/booking")
			b.ReportMetric(float64(ceiling.Microseconds())/1000/float64(b.N), "ms/raw-rows")
			b.ReportMetric(float64(copies.count()), "rows/booking")
		})
	}
}

// bookOnAccount goes through the use cases that the pages call.
func bookOnAccount(ctx context.Context, db models.DB, session int64, who string) error {
	var person access.Person
	var b booking.Booking
	browser := access.Visitor(who)
	steps := []func(tx models.DB) error{
		func(tx models.DB) (err error) {
			b, err = booking.Hold(ctx, tx, browser, booking.HoldRequest{SessionID: session, Places: 3, RequestKey: who, ClaimHash: who})
			return err
		},
		func(tx models.DB) error {
			_, err := booking.NamePeople(ctx, tx, browser, b.ID, []booking.PersonNamed{
				{Name: "Tom Ashworth", Email: who + "-tom@people.example"}, {Name: "Grace Okafor", Email: who + "-grace@people.example"}, {},
			})
			return err
		},
		func(tx models.DB) error {
			_, err := booking.SetDetails(ctx, tx, browser, b.ID, booking.Organisation, booking.Details{
				Name: "Priya Nair", Email: who + "@bookers.example", Organisation: "Organisation " + who, Line1: "14 Quay Street", Town: "Salford",
				Postcode: "M50 0AA", Country: "GB", InvoiceEmail: who + "-accounts@bookers.example", PurchaseOrder: "IWN-20417",
			})
			return err
		},
		func(tx models.DB) (err error) {
			if person, err = access.FindOrCreatePerson(ctx, tx, "Priya Nair", who+"@bookers.example"); err != nil {
				return err
			}
			actor, err := access.ActorFor(ctx, tx, person.ID)
			if err != nil {
				return err
			}
			_, err = booking.Desk{BaseURL: "http://ssph.example"}.ConfirmOnAccount(ctx, tx, actor, b.ID, nil)
			return err
		},
	}
	for _, step := range steps {
		if err := db.InTx(ctx, step); err != nil {
			return err
		}
	}
	return nil
}
