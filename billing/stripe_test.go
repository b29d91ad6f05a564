package billing_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/billing/stripedouble"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// counter is a gateway before a double.
type counter struct {
	billing.Gateway
	double *stripedouble.Double
	clock  *modelstest.Clock
	url    string
}

func openCounter(t *testing.T) counter {
	t.Helper()
	clock := modelstest.NewClock()
	d, err := stripedouble.New(stripedouble.Options{Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	server := httptest.NewServer(d.Handler())
	t.Cleanup(server.Close)
	g := billing.NewStripe(billing.StripeConfig{Key: "sk_test_0123456789", URL: server.URL})
	return counter{g, d, clock, server.URL}
}

func (c counter) request(attempt string) billing.CheckoutRequest {
	return billing.CheckoutRequest{
		Attempt: attempt, Reference: "B-7K3M", Description: "3 places (price includes VAT at 20%)", Quantity: 3, Gross: 82080,
		Email: "priya@example.org", SuccessURL: "http://shop.example/paid?session_id={CHECKOUT_SESSION_ID}",
		CancelURL: "http://shop.example/back", ExpiresAt: c.clock.Now().Add(billing.MinCheckoutLife),
		Metadata: map[string]string{"booking_id": "41"},
	}
}

// paid opens a page and pays it.
func (c counter) paid(t *testing.T, attempt string) billing.Checkout {
	t.Helper()
	opened, err := c.OpenCheckout(t.Context(), c.request(attempt))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.double.Pay(opened.ID); err != nil {
		t.Fatal(err)
	}
	got, err := c.Checkout(t.Context(), opened.ID)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestGateway_OpenThenPaid(t *testing.T) {
	c := openCounter(t)
	opened, err := c.OpenCheckout(t.Context(), c.request("7"))
	if err != nil {
		t.Fatal(err)
	}
	if opened.Status != billing.CheckoutOpen || opened.Paid || opened.URL != c.url+"/pay/"+opened.ID || !opened.ChargedAt.IsZero() {
		t.Errorf("opened: %+v", opened)
	}
	if !opened.ExpiresAt.Equal(c.clock.Now().Add(35*time.Minute)) || opened.AmountTotal != 82080 || opened.Currency != "gbp" {
		t.Errorf("opened: %+v", opened)
	}
	c.clock.Advance(4 * time.Minute)
	if err := c.double.Pay(opened.ID); err != nil {
		t.Fatal(err)
	}
	got, err := c.Checkout(t.Context(), opened.ID)
	if err != nil || got.Status != billing.CheckoutComplete || !got.Paid || got.PaymentStatus != "paid" || got.Livemode {
		t.Errorf("paid: %+v %v", got, err)
	}
	if !got.ChargedAt.Equal(c.clock.Now()) || got.PaymentIntent == "" || got.Charge == "" {
		t.Errorf("charge: %+v", got)
	}
	if got.Reference != "B-7K3M" || got.Metadata["attempt_id"] != "7" || got.Metadata["booking_id"] != "41" {
		t.Errorf("references: %+v", got)
	}
}

func TestGateway_DeclinedIsNotCharged(t *testing.T) {
	c := openCounter(t)
	opened, err := c.OpenCheckout(t.Context(), c.request("7"))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.double.Decline(opened.ID); err != nil {
		t.Fatal(err)
	}
	got, err := c.Checkout(t.Context(), opened.ID)
	if err != nil || got.Paid || got.Status != billing.CheckoutOpen || !got.ChargedAt.IsZero() || got.Charge != "" {
		t.Errorf("%+v %v", got, err)
	}
}

// £225.77 does not divide by 3: one line carries it, and not a penny is lost.
func TestGateway_GrossArrivesToThePenny(t *testing.T) {
	c := openCounter(t)
	for i, gross := range []models.Pence{22577, 67726, 203176, 30} {
		req := c.request(string(rune('a' + i)))
		req.Gross = gross
		got, err := c.OpenCheckout(t.Context(), req)
		if err != nil || got.AmountTotal != gross {
			t.Errorf("%s: %s %v", gross, got.AmountTotal, err)
		}
	}
}

func TestGateway_LostAnswerFindsTheSamePage(t *testing.T) {
	c := openCounter(t)
	c.double.Inject(stripedouble.Fault{Kind: stripedouble.ResetAfter, Method: http.MethodPost, Times: 3}) // all tries of one call
	if _, err := c.OpenCheckout(t.Context(), c.request("7")); !errors.Is(err, billing.ErrGatewayDown) {
		t.Fatalf("%v", err)
	}
	again, err := c.OpenCheckout(t.Context(), c.request("7"))
	if pages := c.double.Pages(); err != nil || len(pages) != 1 || pages[0].ID != again.ID {
		t.Errorf("%v, pages %v", err, pages)
	}
}

func TestGateway_ErrorsSayWhatToDo(t *testing.T) {
	c := openCounter(t)
	if _, err := c.OpenCheckout(t.Context(), c.request("7")); err != nil {
		t.Fatal(err)
	}
	changed := c.request("7")
	changed.Gross = 27360
	if _, err := c.OpenCheckout(t.Context(), changed); !errors.Is(err, billing.ErrGatewayRefused) {
		t.Errorf("other figures for the same attempt: %v", err)
	}
	soon := c.request("8")
	soon.ExpiresAt = c.clock.Now().Add(10 * time.Minute)
	if _, err := c.OpenCheckout(t.Context(), soon); !errors.Is(err, billing.ErrGatewayRefused) {
		t.Errorf("ten minutes: %v", err)
	}
	c.double.Inject(stripedouble.Fault{Kind: stripedouble.ServerError, Method: http.MethodPost, Times: 1})
	if _, err := c.OpenCheckout(t.Context(), c.request("9")); !errors.Is(err, billing.ErrGatewayRefused) {
		t.Errorf("a fault stays with the attempt: %v", err)
	}
	c.double.Inject(stripedouble.Fault{Kind: stripedouble.ServerError, Method: http.MethodGet, Times: 3})
	if _, err := c.Checkout(t.Context(), c.double.Pages()[0].ID); !errors.Is(err, billing.ErrGatewayDown) {
		t.Errorf("a fault on reading: %v", err)
	}
	for _, id := range []string{"cs_test_unknown", "", "../refunds", "cs_x/expire", "cs_", "re_1", strings.Repeat("cs_", 99)} {
		if _, err := c.Checkout(t.Context(), id); !errors.Is(err, billing.ErrNoCheckout) {
			t.Errorf("%q: %v", id, err)
		}
		if _, err := c.ExpireCheckout(t.Context(), id); !errors.Is(err, billing.ErrNoCheckout) {
			t.Errorf("expire %q: %v", id, err)
		}
	}
}

func TestGateway_GivesUpWithTheCaller(t *testing.T) {
	c := openCounter(t)
	release := make(chan struct{})
	defer close(release)
	c.double.Inject(stripedouble.Fault{Kind: stripedouble.Delay, Times: 1, Until: release})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := c.OpenCheckout(ctx, c.request("7"))
	if !errors.Is(err, billing.ErrGatewayDown) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	nowhere := billing.NewStripe(billing.StripeConfig{Key: "sk_test_0123456789", URL: "http://127.0.0.1:1"})
	if _, err := nowhere.Checkout(t.Context(), "cs_test_1"); !errors.Is(err, billing.ErrGatewayDown) {
		t.Errorf("nobody there: %v", err)
	}
}

func TestGateway_NonsenseIsNotSent(t *testing.T) {
	c := openCounter(t)
	for name, change := range map[string]func(*billing.CheckoutRequest){
		"no attempt": func(r *billing.CheckoutRequest) { r.Attempt = "" },
		"no places":  func(r *billing.CheckoutRequest) { r.Quantity = 0 },
		"29 pence":   func(r *billing.CheckoutRequest) { r.Gross = 29 },
	} {
		req := c.request("7")
		change(&req)
		if _, err := c.OpenCheckout(t.Context(), req); err == nil {
			t.Errorf("%s was sent", name)
		}
	}
	for _, req := range []billing.RefundRequest{{PaymentIntent: "pi_1", Amount: 1}, {ID: "1", Amount: 1}, {ID: "1", PaymentIntent: "pi_1"}} {
		if _, err := c.Refund(t.Context(), req); err == nil {
			t.Errorf("%+v was sent", req)
		}
	}
}

func TestGateway_ExpireTellsThePresentState(t *testing.T) {
	c := openCounter(t)
	opened, err := c.OpenCheckout(t.Context(), c.request("7"))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time it has ended already
		got, err := c.ExpireCheckout(t.Context(), opened.ID)
		if err != nil || got.Status != billing.CheckoutExpired || got.Paid {
			t.Errorf("%+v %v", got, err)
		}
	}
	paid := c.paid(t, "8")
	got, err := c.ExpireCheckout(t.Context(), paid.ID)
	if err != nil || !got.Paid || got.ChargedAt.IsZero() {
		t.Errorf("a paid page must say so before anything is released: %+v %v", got, err)
	}
	still, err := c.OpenCheckout(t.Context(), c.request("9"))
	if err != nil {
		t.Fatal(err)
	}
	c.double.Inject(stripedouble.Fault{Kind: stripedouble.Unavailable, Method: http.MethodPost, Times: 3})
	if got, err := c.ExpireCheckout(t.Context(), still.ID); !errors.Is(err, billing.ErrGatewayDown) || got.Status != billing.CheckoutOpen {
		t.Errorf("not ended must not look ended: %+v %v", got, err)
	}
}
