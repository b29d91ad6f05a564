package api_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/handlers/api"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

const (
	secret = "whsec_0123456789abcdef0123456789"
	old    = "whsec_fedcba9876543210fedcba9876"
	event  = `{"id":"evt_1","object":"event","type":"checkout.session.completed","api_version":"2023-10-16","created":1795424400,"livemode":false,"data":{"object":{"id":"cs_test_1","object":"checkout.session"}}}`
)

// signed is the header Stripe sends: the time, and the MAC of time and body.
func signed(secret, body string, at time.Time) string {
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "%d.%s", at.Unix(), body)
	return fmt.Sprintf("t=%d,v1=%s", at.Unix(), hex.EncodeToString(mac.Sum(nil)))
}

// deliver posts a body to the webhook and returns the status.
func deliver(t *testing.T, w api.Webhook, body, signature string) int {
	t.Helper()
	e := echo.New()
	e.POST("/webhooks/stripe", w.Stripe)
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/webhooks/stripe", strings.NewReader(body))
	r.Header.Set("Stripe-Signature", signature)
	answer := httptest.NewRecorder()
	e.ServeHTTP(answer, r)
	return answer.Code
}

func TestWebhook_OnlyEventsSignedForUsNowAreReceived(t *testing.T) {
	t.Parallel()
	clock := modelstest.NewClock()
	now := clock.Now()
	for name, c := range map[string]struct {
		body, signature string
		status          int
	}{
		"genuine":             {event, signed(secret, event, now), http.StatusOK},
		"by the old secret":   {event, signed(old, event, now), http.StatusOK},
		"by somebody else":    {event, signed("whsec_somebody_else_altogether", event, now), http.StatusBadRequest},
		"changed on the way":  {strings.Replace(event, "cs_test_1", "cs_test_2", 1), signed(secret, event, now), http.StatusBadRequest},
		"without a signature": {event, "", http.StatusBadRequest},
		"of an hour ago":      {event, signed(secret, event, now.Add(-time.Hour)), http.StatusBadRequest},
		"of an hour ahead":    {event, signed(secret, event, now.Add(time.Hour)), http.StatusBadRequest},
		"of real money":       {live(), signed(secret, live(), now), http.StatusBadRequest},
		"no event":            {"{}", signed(secret, "{}", now), http.StatusBadRequest},
		"as long as may be":   {long(1 << 20), signed(secret, long(1<<20), now), http.StatusOK},
		"too long":            {long(1<<20 + 1), signed(secret, long(1<<20+1), now), http.StatusRequestEntityTooLarge},
	} {
		var received []string
		w := api.Webhook{
			Secrets: []string{secret, old}, Clock: clock, Log: slog.New(slog.DiscardHandler),
			Receive: func(_ context.Context, e billing.Event) error {
				received = append(received, e.ObjectID)
				return nil
			},
		}
		status := deliver(t, w, c.body, c.signature)
		if status != c.status || (len(received) == 1) != (c.status == http.StatusOK) {
			t.Errorf("%s: status %d, received %v; want %d", name, status, received, c.status)
		}
	}
}

// long is an event of that many bytes.
func long(size int) string {
	return strings.Replace(event, `"data":{`, `"data":{"padding":"`+strings.Repeat("a", size-len(event)-len(`"padding":"",`))+`",`, 1)
}

func live() string { return strings.Replace(event, `"livemode":false`, `"livemode":true`, 1) }

func TestWebhook_AFaultOfOursMakesStripeSendItAgain(t *testing.T) {
	t.Parallel()
	clock := modelstest.NewClock()
	for name, w := range map[string]api.Webhook{
		"the database is away": {Secrets: []string{secret}, Receive: func(context.Context, billing.Event) error { return errors.New("away") }},
		"no secret is set":     {Receive: func(context.Context, billing.Event) error { t.Error("received"); return nil }},
	} {
		w.Clock, w.Log = clock, slog.New(slog.DiscardHandler)
		if status := deliver(t, w, event, signed(secret, event, clock.Now())); status != http.StatusInternalServerError {
			t.Errorf("%s: status %d, want 500", name, status)
		}
	}
}
