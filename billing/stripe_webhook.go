package billing

import (
	"context"
	"fmt"
	"net/url"

	"github.com/stripe/stripe-go/v76"

	"hub.salford.ac.uk/ssph/models"
)

// WebhookPath is where the program receives events.
const WebhookPath = "/webhooks/stripe"

// WebhookEndpoint is where Stripe sends events, and what it signs them with.
type WebhookEndpoint struct {
	ID         string
	URL        string
	APIVersion string
	Events     []string
	Secret     string // told once, when the endpoint is made
}

// CreateWebhook sets up an endpoint at Stripe for WebhookEvents, pinned to the API version that the program speaks: one made by hand
// gets the account's version. An address that has an endpoint already is refused (KindConflict), because Stripe would send
// everything to it twice. The key must be allowed to write webhook endpoints; the one that takes payments need not be.
func CreateWebhook(ctx context.Context, c StripeConfig, address string) (WebhookEndpoint, error) {
	if err := checkWebhookAddress(address); err != nil {
		return WebhookEndpoint{}, err
	}
	api := c.client()
	p := &stripe.WebhookEndpointListParams{}
	wholeList(ctx, &p.ListParams)
	list := api.WebhookEndpoints.List(p)
	for list.Next() {
		if e := list.WebhookEndpoint(); e.URL == address {
			return WebhookEndpoint{}, models.Fail(models.KindConflict,
				"Stripe has a webhook endpoint for this address already, %s. Roll its secret at Stripe, or delete it there and try again", e.ID)
		}
	}
	if err := list.Err(); err != nil {
		return WebhookEndpoint{}, gatewayError(err, false)
	}
	e, err := api.WebhookEndpoints.New(webhookParams(ctx, address))
	if err != nil {
		return WebhookEndpoint{}, gatewayError(err, true)
	}
	return WebhookEndpoint{e.ID, e.URL, e.APIVersion, e.EnabledEvents, e.Secret}, nil
}

func webhookParams(ctx context.Context, address string) *stripe.WebhookEndpointParams {
	p := &stripe.WebhookEndpointParams{
		URL: stripe.String(address), APIVersion: stripe.String(stripe.APIVersion), EnabledEvents: stripe.StringSlice(WebhookEvents()),
		Description: stripe.String("SSPH: bookings, refunds and disputes"),
	}
	p.Context = ctx
	return p
}

// checkWebhookAddress lets through https to our own path. A wrong path would be answered with "not found" for as long as nobody looks.
func checkWebhookAddress(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.Path != WebhookPath || u.RawQuery != "" || u.User != nil || u.Fragment != "" {
		return models.Invalid("url", "Enter the address as https://, where people reach the website, and %s: like https://training.example.ac.uk%s",
			WebhookPath, WebhookPath).Because(fmt.Errorf("webhook address %q", address))
	}
	return nil
}

// WebhookEvents are the events the program acts on: the ones a webhook endpoint is set up with, and the ones looked for after an
// outage. Stripe lets a list of events name at most 20.
func WebhookEvents() []string {
	var names []string
	for _, t := range []stripe.EventType{
		stripe.EventTypeCheckoutSessionCompleted, stripe.EventTypeCheckoutSessionExpired,
		stripe.EventTypeCheckoutSessionAsyncPaymentSucceeded, stripe.EventTypeCheckoutSessionAsyncPaymentFailed,
		stripe.EventTypePaymentIntentPaymentFailed,
		stripe.EventTypeRefundCreated, stripe.EventTypeRefundUpdated, stripe.EventTypeChargeRefundUpdated, stripe.EventTypeChargeRefunded,
		stripe.EventTypeChargeDisputeCreated, stripe.EventTypeChargeDisputeUpdated, stripe.EventTypeChargeDisputeClosed,
		stripe.EventTypeChargeDisputeFundsWithdrawn, stripe.EventTypeChargeDisputeFundsReinstated,
	} {
		names = append(names, string(t))
	}
	return names
}
