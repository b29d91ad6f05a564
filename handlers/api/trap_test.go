package api_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/billing/stripedouble"
	"hub.salford.ac.uk/ssph/handlers/api"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// post is a webhook before a real till and a real database, with a stand-in for Stripe that sends to it when told.
type post struct {
	*testing.T
	db      models.DB
	clock   *modelstest.Clock
	double  *stripedouble.Double
	gateway billing.Gateway
	webhook api.Webhook
	logged  strings.Builder
}

func newPost(t *testing.T, db models.DB, clock *modelstest.Clock) *post {
	t.Helper()
	p := &post{T: t, db: db, clock: clock}
	var err error
	if p.double, err = stripedouble.New(stripedouble.Options{Clock: clock}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.double.Close)
	stripe := httptest.NewServer(p.double.Handler())
	t.Cleanup(stripe.Close)
	p.gateway = billing.NewStripe(billing.StripeConfig{Key: "sk_test_0123456789", URL: stripe.URL})
	till := billing.Till{Gateway: p.gateway, Sellers: billing.Sellers{}}
	p.webhook = api.Webhook{
		Secrets: []string{secret, old}, Clock: clock, Log: slog.New(slog.NewTextHandler(&p.logged, nil)),
		Receive: func(ctx context.Context, e billing.Event) error { return till.Receive(ctx, db, e) },
	}
	e := echo.New()
	e.POST("/webhooks/stripe", p.webhook.Stripe)
	us := httptest.NewServer(e)
	t.Cleanup(us.Close)
	p.double.HoldWebhooks(true)
	p.double.SetWebhook(us.URL+"/webhooks/stripe", secret)
	return p
}

// strangersPayment pays a page that belongs to no booking of ours and returns the event that says so.
func (p *post) strangersPayment(attempt string) (event string) {
	p.Helper()
	page, err := p.gateway.OpenCheckout(p.Context(), billing.CheckoutRequest{
		Attempt: attempt, Reference: "X-1", Description: "something else", Quantity: 1, Gross: 27360,
		SuccessURL: "http://other.example/paid", CancelURL: "http://other.example", ExpiresAt: p.clock.Now().Add(billing.MinCheckoutLife),
	})
	if err != nil {
		p.Fatal(err)
	}
	if err := p.double.Pay(page.ID); err != nil {
		p.Fatal(err)
	}
	all := p.double.Events()
	return all[len(all)-1].ID
}

// wants delivers an event and compares the answer and how many rows there are afterwards.
func (p *post) wants(event string, twist stripedouble.Twist, status int, rows map[string]int) {
	p.Helper()
	got, err := p.double.Deliver(p.Context(), event, twist)
	if err != nil || got != status {
		p.Errorf("%+v: answered %d, %v; want %d", twist, got, err, status)
	}
	p.counts(rows)
}

func (p *post) counts(rows map[string]int) {
	p.Helper()
	for of, want := range rows {
		var n int
		if err := p.db.SQL(p.Context()).Raw("SELECT COUNT(*) FROM " + of).Scan(&n).Error; err != nil || n != want {
			p.Errorf("%d %s, want %d (%v)", n, of, want, err)
		}
	}
}

func TestTrap10_WhatIsNotGenuineHasNoEffect(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		p := newPost(t, db, clock)
		nothing := map[string]int{"stripe_events": 0, "office_tasks": 0, "payments": 0}
		id := p.strangersPayment("901")
		for _, twist := range []stripedouble.Twist{
			{Secret: "whsec_somebody_else_altogether"}, {Live: true},
			{SignedAt: clock.Now().Add(-6 * time.Minute)}, {SignedAt: clock.Now().Add(6 * time.Minute)}, {SignedAt: clock.Now().Add(48 * time.Hour)},
		} {
			p.wants(id, twist, http.StatusBadRequest, nothing)
		}
		nul := strings.Replace(event, `"id":"evt_`, `"id":"\u0000evt_`, 1)
		if status := deliver(t, p.webhook, nul, signed(secret, nul, clock.Now())); nul == event || status != http.StatusBadRequest {
			t.Errorf("signed, with an id that no database keeps: %d", status)
		}
		if status := deliver(t, p.webhook, event, ""); status != http.StatusBadRequest {
			t.Errorf("without a header: %d", status)
		}
		huge := long(1<<20 + 1)
		if status := deliver(t, p.webhook, huge, signed(secret, huge, clock.Now())); status != http.StatusRequestEntityTooLarge {
			t.Errorf("over 1 MiB: %d", status)
		}
		p.counts(nothing)
	})
}

// A payment that is nobody's is answered with 200 and becomes one task: sending it again would not help. Events signed with the secret before
// this one, and events of another API version, are as good as others.
func TestTrap10_UnknownBookingIsATaskNotALoop(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		p := newPost(t, db, clock)
		for i, twist := range []stripedouble.Twist{{}, {Secret: old}, {APIVersion: "2026-08-26.dahlia"}} {
			id := p.strangersPayment(string(rune('a' + i)))
			for range 2 {
				p.wants(id, twist, http.StatusOK, map[string]int{
					"stripe_events": i + 1, "office_tasks WHERE kind = 'unknown payment'": i + 1, "payments": 0, "documents": 0,
				})
			}
		}
		if got := p.logged.String(); strings.Count(got, "another API version") != 2 || !strings.Contains(got, "2026-08-26.dahlia") {
			t.Errorf("the log: %s", got)
		}
	})
}

func TestTrap10_UnknownTypeIsTakenAndLeft(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		p := newPost(t, db, clock)
		body := strings.Replace(event, "checkout.session.completed", "climate.order.delivered", 1)
		if status := deliver(t, p.webhook, body, signed(secret, body, clock.Now())); status != http.StatusOK {
			t.Errorf("answered %d", status)
		}
		p.counts(map[string]int{"stripe_events WHERE outcome = 'ignored'": 1, "office_tasks": 0})
	})
}

// Whatever Stripe signs is taken or refused, never a fault of ours that Stripe would repeat for three days.
func FuzzWebhook(f *testing.F) {
	f.Add([]byte(event))
	f.Add([]byte(live()))
	f.Add([]byte(`{"id":"evt_1","type":"a","data":{"object":null}}`))
	f.Add([]byte(`{"id":1}`))
	f.Add([]byte("\xff{}"))
	clock := modelstest.NewClock()
	f.Fuzz(func(t *testing.T, body []byte) {
		var received []billing.Event
		w := api.Webhook{
			Secrets: []string{secret}, Clock: clock, Log: slog.New(slog.DiscardHandler),
			Receive: func(_ context.Context, e billing.Event) error { received = append(received, e); return nil },
		}
		switch status := deliver(t, w, string(body), signed(secret, string(body), clock.Now())); status {
		case http.StatusOK:
			if len(received) != 1 || received[0].ID == "" || received[0].Type == "" || received[0].Livemode {
				t.Fatalf("%q was received as %+v", body, received)
			}
		case http.StatusBadRequest, http.StatusRequestEntityTooLarge:
			if len(received) != 0 {
				t.Fatalf("%q was refused and received", body)
			}
		default:
			t.Fatalf("%q was answered %d", body, status)
		}
	})
}
