// Package handlerstest gives tests the whole website over a real database, with the stand-in for Stripe, the job runner and a
// client that behaves as a browser does.
package handlerstest

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/billing/stripedouble"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/handlers"
	"hub.salford.ac.uk/ssph/handlers/api"
	"hub.salford.ac.uk/ssph/jobs"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/templates"
	"hub.salford.ac.uk/ssph/tool"
)

// BaseURL is where the site of every world is reached.
const BaseURL = "http://ssph.example"

// WebhookSecret signs the events of a world's Stripe.
const WebhookSecret = "whsec_0123456789abcdef0123456789"

// World is a site and everything it needs.
type World struct {
	DB     models.DB
	Clock  *modelstest.Clock
	Site   *handlers.Site
	Keys   access.Keys
	Desk   booking.Desk
	Till   billing.Till
	Tool   tool.Desk
	Double *stripedouble.Double
	Runner *jobs.Runner
	Log    *Log // what the site wrote into its log
	t      testing.TB

	browsers int // made so far
}

// Option changes the site before it is made.
type Option func(*handlers.Options)

// Production makes the site one of production: no mailbox page, no demonstration notice.
func Production(o *handlers.Options) { o.Mode = handlers.Production }

// At makes the site one that is reached at another address.
func At(baseURL string) Option { return func(o *handlers.Options) { o.BaseURL = baseURL } }

// Linked puts another behaviour of sign-in links in the place of booking's.
func Linked(link handlers.BookingLink) Option {
	return func(o *handlers.Options) { o.Booking = link }
}

// allPages are the templates, parsed once for the whole test program: they take some 60 MB, and drawing never changes them.
var allPages = sync.OnceValues(func() (*templates.Renderer, error) { return templates.New(templates.Options{}) })

// Open makes a world over a database.
func Open(t testing.TB, db models.DB, clock *modelstest.Clock, options ...Option) *World {
	t.Helper()
	w := &World{DB: db, Clock: clock, Keys: access.NewKeys(), Desk: booking.Desk{BaseURL: BaseURL}, Log: &Log{}, t: t}
	origin := w.openDouble()
	pages, err := allPages()
	if err != nil {
		t.Fatalf("templates: %v", err)
	}
	log := slog.New(slog.NewTextHandler(w.Log, nil))
	o := handlers.Options{
		DB: db, Pages: pages, Keys: w.Keys, Mode: handlers.Demo, BaseURL: BaseURL, PaymentOrigin: origin, Log: log,
		Desk: w.Desk, Till: w.Till, Booking: handlers.BookingLink{Adopt: booking.Adopt},
		Webhook: api.Webhook{
			Secrets: []string{WebhookSecret}, Clock: clock, Log: log,
			Receive: func(ctx context.Context, e billing.Event) error { return w.Till.Receive(ctx, db, e) },
		},
	}
	o.Tool = w.tool()
	for _, option := range options {
		option(&o)
	}
	w.Tool = o.Tool
	if w.Site, err = handlers.New(o); err != nil {
		t.Fatalf("the site: %v", err)
	}
	w.openRunner(log)
	return w
}

// tool is a desk with the starter pack, sealed with the world's key.
func (w *World) tool() tool.Desk {
	w.t.Helper()
	pack, err := tool.Starter()
	if err != nil {
		w.t.Fatalf("the starter pack: %v", err)
	}
	sealer, err := tool.NewSealer(w.Keys)
	if err != nil {
		w.t.Fatalf("the sealer: %v", err)
	}
	return tool.Desk{Pack: pack, Sealer: sealer, Licences: licensing.ForPerson, Holders: tool.LicensedBy}
}

// openDouble starts the stand-in for Stripe; its webhooks are held until the test delivers them.
func (w *World) openDouble() (origin string) {
	w.t.Helper()
	double, err := stripedouble.New(stripedouble.Options{Clock: w.Clock, WebhookSecret: WebhookSecret})
	if err != nil {
		w.t.Fatalf("stripedouble: %v", err)
	}
	server := httptest.NewServer(double.Handler())
	w.t.Cleanup(func() { server.Close(); double.Close() })
	w.Double = double
	w.Till = billing.Till{
		Gateway: billing.NewStripe(billing.StripeConfig{Key: "sk_test_0123456789abcdef", URL: server.URL, Timeout: 5 * time.Second}),
		Sellers: billing.Sellers{billing.BookingOrder: w.Desk},
	}
	return server.URL
}

func (w *World) openRunner(log *slog.Logger) {
	w.t.Helper()
	r := jobs.NewRegistry()
	mail.Register(r, w.DB, mail.NewMailbox())
	billing.Register(r, w.DB, w.Till)
	booking.Register(r, w.DB, w.Desk, w.Till)
	var err error
	if w.Runner, err = jobs.NewRunner(w.DB, r, log); err != nil {
		w.t.Fatalf("the job runner: %v", err)
	}
}

// Work does every job there is, here and now.
func (w *World) Work() {
	w.t.Helper()
	if err := w.Runner.RunUntilIdle(w.t.Context()); err != nil {
		w.t.Fatalf("jobs: %v", err)
	}
}

// Mails are all mails written so far, the newest first, with their bodies.
func (w *World) Mails() []mail.Mail {
	w.t.Helper()
	listed, _, err := mail.List(w.t.Context(), w.DB, mail.Filter{})
	if err != nil {
		w.t.Fatalf("mails: %v", err)
	}
	for i := range listed {
		if listed[i], err = mail.Find(w.t.Context(), w.DB, listed[i].ID); err != nil {
			w.t.Fatalf("mail: %v", err)
		}
	}
	return listed
}

// InTx runs fn in a transaction; an error fails the test.
func (w *World) InTx(fn func(tx models.DB) error) {
	w.t.Helper()
	if err := w.DB.InTx(w.t.Context(), fn); err != nil {
		w.t.Fatal(err)
	}
}
