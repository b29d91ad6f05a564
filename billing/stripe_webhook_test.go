package billing_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/stripe/stripe-go/v76"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/billing/stripedouble"
	"hub.salford.ac.uk/ssph/models"
)

const webhookAddress = "https://training.example/webhooks/stripe"

func (c counter) config() billing.StripeConfig {
	return billing.StripeConfig{Key: "rk_test_0123456789", URL: c.url}
}

func TestCreateWebhook_PinsTheVersionAndNamesTheEvents(t *testing.T) {
	c := openCounter(t)
	made, err := billing.CreateWebhook(t.Context(), c.config(), webhookAddress)
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(made.Events)
	events := billing.WebhookEvents()
	slices.Sort(events)
	if made.URL != webhookAddress || made.APIVersion != stripe.APIVersion || !slices.Equal(made.Events, events) {
		t.Errorf("%+v", made)
	}
	if err := billing.CheckSecret(made.Secret); err != nil {
		t.Error(err)
	}
}

// Two endpoints of one address would tell everything twice.
func TestCreateWebhook_OncePerAddress(t *testing.T) {
	c := openCounter(t)
	c.double.Inject(stripedouble.Fault{Kind: stripedouble.ResetAfter, Method: http.MethodPost, Times: 1}) // tried again by itself
	for i := range 2 {
		_, err := billing.CreateWebhook(t.Context(), c.config(), webhookAddress)
		if (err == nil) != (i == 0) || i == 1 && models.KindOf(err) != models.KindConflict {
			t.Errorf("%d: %v", i, err)
		}
	}
	if _, err := billing.CreateWebhook(t.Context(), c.config(), "https://other.example/webhooks/stripe"); err != nil {
		t.Error(err)
	}
}

func TestCreateWebhook_OnlyToOurOwnPathByHTTPS(t *testing.T) {
	c := openCounter(t)
	for _, address := range []string{
		"", "training.example/webhooks/stripe", "http://training.example/webhooks/stripe", "https:///webhooks/stripe", "https://training.example",
		"https://training.example/webhooks/stripe/", "https://training.example/hooks", "https://training.example/webhooks/stripe?a=1",
		"https://sam:secret@training.example/webhooks/stripe", "https://training.example/webhooks/stripe#top", "https://%zz/webhooks/stripe",
	} {
		if _, err := billing.CreateWebhook(t.Context(), c.config(), address); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%q: %v", address, err)
		}
	}
}
