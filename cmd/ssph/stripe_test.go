package main

import (
	"net/http/httptest"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/billing/stripedouble"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

const webhookAddress = "https://training.example/webhooks/stripe"

// atDouble sets the environment of a program whose Stripe is a double.
func atDouble(t *testing.T) {
	t.Helper()
	d, err := stripedouble.New(stripedouble.Options{Clock: modelstest.NewClock()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	server := httptest.NewServer(d.Handler())
	t.Cleanup(server.Close)
	t.Setenv("SSPH_MODE", "development")
	t.Setenv("SSPH_STRIPE_KEY", "rk_test_0123456789")
	t.Setenv("SSPH_STRIPE_URL", server.URL)
}

func TestStripeWebhookCreate_PrintsTheSecretOnceAsTheEnvironmentNeedsIt(t *testing.T) {
	atDouble(t)
	code, stdout, stderr := told(t, "stripe", "webhook-create", "--url", webhookAddress)
	secret, ok := strings.CutPrefix(strings.TrimSuffix(stdout, "\n"), "SSPH_STRIPE_WEBHOOK_SECRET=")
	if code != 0 || !ok || billing.CheckSecret(secret) != nil {
		t.Fatalf("exit %d, %q, %q", code, stdout, stderr)
	}
	if !strings.Contains(stderr, webhookAddress+", API version 2023-10-16, 14 events") || strings.Contains(stderr, secret) {
		t.Errorf("%q", stderr)
	}
	code, stdout, stderr = told(t, "stripe", "webhook-create", "--url", webhookAddress)
	if code != exitFault || stdout != "" || !strings.Contains(stderr, "already") || strings.Contains(stderr, secret) {
		t.Errorf("again: exit %d, %q, %q", code, stdout, stderr)
	}
}

func TestStripeWebhookCreate_RefusesWhatCannotWork(t *testing.T) {
	atDouble(t)
	code, _, stderr := told(t, "stripe", "webhook-create", "--url", "http://training.example/webhooks/stripe")
	if code != exitMisuse || !strings.Contains(stderr, "Enter the address as https://") {
		t.Errorf("http: exit %d, %q", code, stderr)
	}
	for mode, key := range map[string]string{"production": "rk_test_0123456789", "development": "rk_live_0123456789", "demo": ""} {
		t.Setenv("SSPH_MODE", mode)
		t.Setenv("SSPH_STRIPE_KEY", key)
		code, stdout, stderr := told(t, "stripe", "webhook-create", "--url", webhookAddress)
		if code != exitFault || stdout != "" || !strings.Contains(stderr, "SSPH_STRIPE_KEY") || key != "" && strings.Contains(stderr, key) {
			t.Errorf("%s: exit %d, %q, %q", mode, code, stdout, stderr)
		}
	}
}

func TestStripeWebhookCreate_HelpSaysWhichKeyItNeeds(t *testing.T) {
	code, stdout, _ := told(t, "stripe", "webhook-create", "--help")
	if code != 0 || !strings.Contains(strings.Join(strings.Fields(stdout), " "), "the right to write webhook endpoints") {
		t.Errorf("exit %d, %q", code, stdout)
	}
}
