package stripedouble

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v76"
	"github.com/stripe/stripe-go/v76/webhook"
)

// genuine checks a delivery with stripe-go's own verification.
func genuine(d delivery, secret string) (stripe.Event, error) {
	return webhook.ConstructEventWithOptions(d.body, d.header, secret, webhook.ConstructEventOptions{IgnoreTolerance: true})
}

func (b *bench) kinds() string {
	var out []string
	for _, e := range b.Events() {
		out = append(out, e.Type)
	}
	return strings.Join(out, " ")
}

func TestWebhook_EveryChangeIsToldAndSigned(t *testing.T) {
	b := setUp(t, nil)
	if err := b.Decline(b.create(t).ID); err != nil {
		t.Fatal(err)
	}
	s := b.paid(t)
	if _, err := b.refund(s.PaymentIntent.ID, 100); err != nil {
		t.Fatal(err)
	}
	if _, err := b.api.CheckoutSessions.Expire(b.create(t).ID, nil); err != nil {
		t.Fatal(err)
	}
	want := "payment_intent.payment_failed checkout.session.completed refund.created charge.refunded checkout.session.expired"
	if got := b.kinds(); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	b.Flush()
	if n := len(b.deliveries()); n != 5 {
		t.Fatalf("%d deliveries", n)
	}
	for _, d := range b.deliveries() {
		e, err := genuine(d, testSecret)
		if err != nil || e.Livemode || e.APIVersion != stripe.APIVersion {
			t.Errorf("%s: %v", d.body, err)
		}
		if e.Type == "checkout.session.completed" && e.Data.Object["payment_status"] != "paid" {
			t.Errorf("%v", e.Data.Object)
		}
	}
	for _, e := range b.Events() {
		if !e.Delivered {
			t.Errorf("%s not marked as delivered", e.Type)
		}
	}
}

func TestWebhook_HeldBackThenRepeatedAndReordered(t *testing.T) {
	b := setUp(t, nil)
	b.HoldWebhooks(true)
	s := b.paid(t)
	if _, err := b.refund(s.PaymentIntent.ID, 100); err != nil {
		t.Fatal(err)
	}
	b.Flush()
	if len(b.deliveries()) != 0 {
		t.Fatal("sent although held back")
	}
	events := b.Events()
	for _, i := range []int{2, 0, 0} { // 1 is dropped
		if status, err := b.Deliver(t.Context(), events[i].ID, Twist{}); err != nil || status != http.StatusOK {
			t.Fatalf("%d %v", status, err)
		}
	}
	var got []string
	for _, d := range b.deliveries() {
		e, err := genuine(d, testSecret)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, e.ID)
	}
	if len(got) != 3 || got[0] != events[2].ID || got[1] != events[0].ID || got[2] != events[0].ID {
		t.Errorf("%v", got)
	}
	missed := b.api.Events.List(&stripe.EventListParams{DeliverySuccess: stripe.Bool(false),
		Types: stripe.StringSlice([]string{"refund.created", "charge.refunded"})})
	var left []string
	for missed.Next() {
		left = append(left, missed.Event().ID)
	}
	if missed.Err() != nil || len(left) != 1 || left[0] != events[1].ID {
		t.Errorf("not delivered: %v %v", left, missed.Err())
	}
}

func TestWebhook_TwistsAreSentAsAsked(t *testing.T) {
	b := setUp(t, nil)
	b.HoldWebhooks(true)
	b.paid(t)
	id := b.Events()[0].ID
	old := b.clock.Now().Add(-time.Hour)
	for _, twist := range []Twist{{Secret: "whsec_another"}, {SignedAt: old}, {APIVersion: "2026-08-26.dahlia"}, {Live: true}} {
		if _, err := b.Deliver(t.Context(), id, twist); err != nil {
			t.Fatal(err)
		}
	}
	got := b.deliveries()
	if _, err := genuine(got[0], testSecret); err == nil {
		t.Error("another secret verified")
	}
	if _, err := genuine(got[0], "whsec_another"); err != nil {
		t.Error(err)
	}
	if !strings.HasPrefix(got[1].header, "t=1795420800,") { // 23 November 2026, 8am
		t.Error(got[1].header)
	}
	if !strings.Contains(string(got[2].body), `"api_version":"2026-08-26.dahlia"`) || !strings.Contains(string(got[3].body), `"livemode":true`) {
		t.Errorf("%s %s", got[2].body, got[3].body)
	}
	if b.Events()[0].Delivered {
		t.Error("a spoiled delivery counts as delivered")
	}
	if _, err := b.Deliver(t.Context(), "evt_unknown", Twist{}); err == nil {
		t.Error("delivered what never was")
	}
}

func TestWebhook_SentAgainUntilAccepted(t *testing.T) {
	b := setUp(t, func(o *Options) { o.RetryPauses = []time.Duration{0, 0} })
	b.answer = http.StatusInternalServerError
	b.paid(t)
	b.Flush()
	if n := len(b.deliveries()); n != 3 || b.Events()[0].Delivered {
		t.Errorf("%d tries, delivered %t", n, b.Events()[0].Delivered)
	}
}

func TestState_SurvivesARestart(t *testing.T) {
	file := filepath.Join(t.TempDir(), "payments.json")
	keep := func(o *Options) { o.StateFile = file }
	b := setUp(t, keep)
	s, err := b.api.CheckoutSessions.New(b.params("co:1"))
	if err != nil {
		t.Fatal(err)
	}
	again := setUp(t, keep)
	replayed, err := again.api.CheckoutSessions.New(again.params("co:1"))
	if err != nil || replayed.ID != s.ID {
		t.Fatalf("%v %v", replayed, err)
	}
	if err := again.Pay(s.ID); err != nil {
		t.Fatal(err)
	}
	again.Close() // what is on its way may still write the file
	third := setUp(t, keep)
	if got := third.read(t, s.ID); got.PaymentStatus != "paid" || len(third.Events()) != 1 {
		t.Errorf("%s, %d events", got.PaymentStatus, len(third.Events()))
	}
	left, err := filepath.Glob(file + "*")
	if err != nil || len(left) != 1 {
		t.Errorf("files left: %v %v", left, err)
	}
}

func TestState_SpoiledFileIsRefused(t *testing.T) {
	file := filepath.Join(t.TempDir(), "payments.json")
	if err := (&state{}).store(file); err != nil {
		t.Fatal(err)
	}
	if _, err := load(file); err != nil {
		t.Error(err)
	}
	if _, err := load(filepath.Dir(file)); err == nil {
		t.Error("a folder was read as a state")
	}
}

func TestWebhook_InParallel(t *testing.T) {
	b := setUp(t, nil)
	b.HoldWebhooks(true)
	b.paid(t)
	statuses, err := b.DeliverAtOnce(t.Context(), b.Events()[0].ID, 4)
	if err != nil || len(statuses) != 4 || len(b.deliveries()) != 4 {
		t.Errorf("%v %v, %d deliveries", statuses, err, len(b.deliveries()))
	}
}

// The double ends after it has kept the effect and before it has answered: the same request finds the same page.
func TestFault_CrashAfterTheEffect(t *testing.T) {
	file := filepath.Join(t.TempDir(), "payments.json")
	keep := func(o *Options) { o.StateFile = file }
	b := setUp(t, keep)
	b.Inject(Fault{Kind: ResetAfter, Method: http.MethodPost, Times: 3}) // every try of one call
	if _, err := b.api.CheckoutSessions.New(b.params("co:1")); err == nil {
		t.Fatal("it answered")
	}
	b.Close()
	again := setUp(t, keep)
	s, err := again.api.CheckoutSessions.New(again.params("co:1"))
	if pages := again.Pages(); err != nil || len(pages) != 1 || pages[0].ID != s.ID {
		t.Errorf("%v, %d pages", err, len(pages))
	}
}
