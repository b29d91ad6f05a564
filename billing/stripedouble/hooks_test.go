package stripedouble

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stripe/stripe-go/v76"
)

func hookParams(url string, events ...string) *stripe.WebhookEndpointParams {
	return &stripe.WebhookEndpointParams{
		URL: stripe.String(url), APIVersion: stripe.String(stripe.APIVersion), EnabledEvents: stripe.StringSlice(events),
	}
}

// Without a webhook of its own, the double sends to the endpoint made through the interface, signed with the secret told there.
func TestHook_GetsWhatItAskedForSignedWithItsSecret(t *testing.T) {
	b := setUp(t, func(o *Options) { o.WebhookURL, o.WebhookSecret = "", "" })
	receiver := httptest.NewServer(http.HandlerFunc(b.receive))
	t.Cleanup(receiver.Close)
	made, err := b.api.WebhookEndpoints.New(hookParams(receiver.URL, "checkout.session.completed"))
	if err != nil || !strings.HasPrefix(made.Secret, "whsec_") || made.APIVersion != stripe.APIVersion || made.Status != "enabled" {
		t.Fatalf("%+v %v", made, err)
	}
	s := b.paid(t)
	if _, err := b.refund(s.PaymentIntent.ID, 100); err != nil { // it did not ask for these
		t.Fatal(err)
	}
	b.Flush()
	got := b.deliveries()
	if len(got) != 1 {
		t.Fatalf("%d deliveries", len(got))
	}
	if e, err := genuine(got[0], made.Secret); err != nil || e.Type != "checkout.session.completed" {
		t.Errorf("%s: %v", e.Type, err)
	}
	list := b.api.WebhookEndpoints.List(nil)
	if !list.Next() || list.WebhookEndpoint().ID != made.ID || list.WebhookEndpoint().Secret != "" {
		t.Error("the list leaves it out, or tells the secret again")
	}
}

func TestHook_RefusesNonsense(t *testing.T) {
	b := setUp(t, nil)
	old := hookParams("https://shop.example/webhooks", "refund.created")
	old.APIVersion = stripe.String("2019-01-01")
	for name, p := range map[string]*stripe.WebhookEndpointParams{
		"no address": hookParams("webhooks", "refund.created"), "no events": hookParams("https://shop.example/webhooks"), "another version": old,
	} {
		_, err := b.api.WebhookEndpoints.New(p)
		t.Run(name, func(t *testing.T) { refused(t, err, http.StatusBadRequest, stripe.ErrorTypeInvalidRequest) })
	}
}
