package stripedouble

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v76"
	"github.com/stripe/stripe-go/v76/client"

	"hub.salford.ac.uk/ssph/models/modelstest"
)

const testSecret = "whsec_0123456789abcdef0123"

// bench is a double behind real HTTP, the real client before it, and a receiver of its webhooks.
type bench struct {
	*Double
	api   *client.API
	url   string
	clock *modelstest.Clock

	mu       sync.Mutex
	received []delivery
	answer   int
}

type delivery struct {
	body   []byte
	header string
}

func setUp(t *testing.T, change func(*Options)) *bench {
	t.Helper()
	b := &bench{clock: modelstest.NewClock(), answer: http.StatusOK}
	receiver := httptest.NewServer(http.HandlerFunc(b.receive))
	t.Cleanup(receiver.Close)
	o := Options{Clock: b.clock, WebhookURL: receiver.URL, WebhookSecret: testSecret, RetryPauses: []time.Duration{}}
	if change != nil {
		change(&o)
	}
	d, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	server := httptest.NewServer(d.Handler())
	t.Cleanup(server.Close)
	b.Double, b.url, b.api = d, server.URL, stripeClient(server.URL)
	return b
}

// stripeClient is stripe-go as it comes, but quiet.
func stripeClient(url string) *client.API {
	backend := stripe.GetBackendWithConfig(stripe.APIBackend, &stripe.BackendConfig{
		URL: stripe.String(url), LeveledLogger: &stripe.LeveledLogger{Level: stripe.LevelNull},
	})
	return client.New("sk_test_0123456789", &stripe.Backends{API: backend})
}

func (b *bench) receive(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.received = append(b.received, delivery{body, r.Header.Get("Stripe-Signature")})
	w.WriteHeader(b.answer)
}

func (b *bench) deliveries() []delivery {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]delivery(nil), b.received...)
}

// params is a proper order of three places.
func (b *bench) params(key string) *stripe.CheckoutSessionParams {
	p := &stripe.CheckoutSessionParams{
		Mode:               stripe.String("payment"),
		SubmitType:         stripe.String("book"),
		PaymentMethodTypes: stripe.StringSlice([]string{"card"}),
		ClientReferenceID:  stripe.String("B-1"),
		CustomerEmail:      stripe.String("sam@example.org"),
		SuccessURL:         stripe.String("http://shop.example/paid?session_id={CHECKOUT_SESSION_ID}"),
		CancelURL:          stripe.String("http://shop.example/booking"),
		ExpiresAt:          stripe.Int64(b.clock.Now().Add(35 * time.Minute).Unix()),
		Metadata:           map[string]string{"attempt_id": "7"},
		PaymentIntentData:  &stripe.CheckoutSessionPaymentIntentDataParams{Metadata: map[string]string{"attempt_id": "7"}},
		LineItems: []*stripe.CheckoutSessionLineItemParams{{
			Quantity: stripe.Int64(3),
			PriceData: &stripe.CheckoutSessionLineItemPriceDataParams{
				Currency: stripe.String("gbp"), UnitAmount: stripe.Int64(27360),
				ProductData: &stripe.CheckoutSessionLineItemPriceDataProductDataParams{Name: stripe.String("A place <b>& more")},
			},
		}},
	}
	if key != "" {
		p.SetIdempotencyKey(key)
	}
	return p
}

// create opens a page that the test is sure of.
func (b *bench) create(t *testing.T) *stripe.CheckoutSession {
	t.Helper()
	s, err := b.api.CheckoutSessions.New(b.params(""))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// paid opens a page and pays it, and reads it with its charge.
func (b *bench) paid(t *testing.T) *stripe.CheckoutSession {
	t.Helper()
	s := b.create(t)
	if err := b.Pay(s.ID); err != nil {
		t.Fatal(err)
	}
	return b.read(t, s.ID)
}

func (b *bench) read(t *testing.T, id string) *stripe.CheckoutSession {
	t.Helper()
	p := &stripe.CheckoutSessionParams{}
	p.AddExpand("payment_intent.latest_charge")
	s, err := b.api.CheckoutSessions.Get(id, p)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// refused wants a Stripe error of that status and kind.
func refused(t *testing.T, err error, status int, kind stripe.ErrorType) *stripe.Error {
	t.Helper()
	var e *stripe.Error
	if !errors.As(err, &e) {
		t.Fatalf("not refused by Stripe: %v", err)
	}
	if e.HTTPStatusCode != status || e.Type != kind {
		t.Errorf("%d %s %s, want %d %s", e.HTTPStatusCode, e.Type, e.Msg, status, kind)
	}
	return e
}
