package stripedouble

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v76"
)

func TestKey_SameRequestIsAnsweredOnce(t *testing.T) {
	b := setUp(t, nil)
	first, err := b.api.CheckoutSessions.New(b.params("co:1"))
	if err != nil {
		t.Fatal(err)
	}
	again, err := b.api.CheckoutSessions.New(b.params("co:1"))
	if err != nil || again.ID != first.ID {
		t.Fatalf("%v %v", again, err)
	}
	if first.LastResponse.Header.Get("Idempotent-Replayed") != "" || again.LastResponse.Header.Get("Idempotent-Replayed") != "true" {
		t.Error("the replay is not marked as one")
	}
	if err := b.Pay(first.ID); err != nil {
		t.Fatal(err)
	}
	if late, err := b.api.CheckoutSessions.New(b.params("co:1")); err == nil && late.Status != "open" {
		t.Error("a replay tells the first answer, not the present state")
	}
	if n := len(b.Pages()); n != 1 {
		t.Errorf("%d pages", n)
	}
}

func TestKey_OtherRequestIsRefused(t *testing.T) {
	b := setUp(t, nil)
	if _, err := b.api.CheckoutSessions.New(b.params("co:1")); err != nil {
		t.Fatal(err)
	}
	p := b.params("co:1")
	*p.LineItems[0].Quantity = 4
	_, err := b.api.CheckoutSessions.New(p)
	refused(t, err, http.StatusBadRequest, stripe.ErrorTypeIdempotency)
}

func TestKey_ForgottenAfterADay(t *testing.T) {
	b := setUp(t, nil)
	first, err := b.api.CheckoutSessions.New(b.params("co:1"))
	if err != nil {
		t.Fatal(err)
	}
	b.clock.Advance(24*time.Hour + time.Second)
	second, err := b.api.CheckoutSessions.New(b.params("co:1"))
	if err != nil || second.ID == first.ID {
		t.Errorf("%v", err)
	}
}

func TestKey_RefusedParametersAreNotRemembered(t *testing.T) {
	b := setUp(t, nil)
	p := b.params("co:1")
	p.Mode = stripe.String("setup")
	_, err := b.api.CheckoutSessions.New(p)
	refused(t, err, http.StatusBadRequest, stripe.ErrorTypeInvalidRequest)
	if _, err := b.api.CheckoutSessions.New(b.params("co:1")); err != nil {
		t.Error(err)
	}
}

// stripe-go tries a 409 again by itself, so the second caller ends with the first one's answer.
func TestKey_TwoAtOnceMakeOnePage(t *testing.T) {
	b := setUp(t, nil)
	release := make(chan struct{})
	b.Inject(Fault{Kind: Delay, Method: http.MethodPost, Times: 1, Until: release})
	var wg sync.WaitGroup
	ids := make([]string, 2)
	ask := func(i int) func() {
		return func() {
			s, err := b.api.CheckoutSessions.New(b.params("co:1"))
			if err == nil {
				ids[i] = s.ID
			}
		}
	}
	first := b.params("co:1")
	wg.Go(ask(0))
	waitUntil(t, func() bool { // the first holds the key, and waits: a third is told so
		b.Double.mu.Lock()
		defer b.Double.mu.Unlock()
		return b.inflight["co:1"]
	})
	wg.Go(ask(1))
	quiet := stripe.GetBackendWithConfig(stripe.APIBackend, &stripe.BackendConfig{
		URL: stripe.String(b.url), MaxNetworkRetries: stripe.Int64(0), LeveledLogger: &stripe.LeveledLogger{Level: stripe.LevelNull},
	})
	err := quiet.Call(http.MethodPost, "/v1/checkout/sessions", "sk_test_0123456789", first, &stripe.CheckoutSession{})
	refused(t, err, http.StatusConflict, stripe.ErrorTypeIdempotency)
	close(release)
	wg.Wait()
	if ids[0] == "" || ids[0] != ids[1] || len(b.Pages()) != 1 {
		t.Errorf("%v, %d pages", ids, len(b.Pages()))
	}
}

func TestFault_LostAnswerIsFoundAgain(t *testing.T) {
	b := setUp(t, nil)
	b.Inject(Fault{Kind: ResetAfter, Method: http.MethodPost, Times: 1})
	s, err := b.api.CheckoutSessions.New(b.params("co:1")) // the client tries again by itself
	if err != nil || len(b.Pages()) != 1 || b.Pages()[0].ID != s.ID {
		t.Errorf("%v, %d pages", err, len(b.Pages()))
	}
}

func TestFault_ServerErrorIsRepeatedForTheKey(t *testing.T) {
	b := setUp(t, nil)
	b.Inject(Fault{Kind: ServerError, Path: "/v1/checkout", Times: 1})
	for range 2 {
		_, err := b.api.CheckoutSessions.New(b.params("co:1"))
		refused(t, err, http.StatusInternalServerError, stripe.ErrorTypeAPI)
	}
	if _, err := b.api.CheckoutSessions.New(b.params("co:2")); err != nil || len(b.Pages()) != 1 {
		t.Errorf("a new key: %v, %d pages", err, len(b.Pages()))
	}
}

func TestFault_BeforeMeansNoEffect(t *testing.T) {
	for _, kind := range []FaultKind{ResetBefore, Unavailable} {
		b := setUp(t, nil)
		b.Inject(Fault{Kind: kind, Times: 3}) // the client tries three times
		if _, err := b.api.CheckoutSessions.New(b.params("co:1")); err == nil || len(b.Pages()) != 0 {
			t.Errorf("kind %d: %v, %d pages", kind, err, len(b.Pages()))
		}
		if _, err := b.api.CheckoutSessions.New(b.params("co:1")); err != nil {
			t.Errorf("kind %d, afterwards: %v", kind, err)
		}
	}
}

// waitUntil looks every millisecond, for ten seconds.
func waitUntil(t *testing.T, done func() bool) {
	t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for range 10_000 {
		if done() {
			return
		}
		<-tick.C
	}
	t.Fatal("it never came to that")
}
