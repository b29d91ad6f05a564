package main

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/cmd/ssph/app"
	"hub.salford.ac.uk/ssph/models"
)

// stripeCommand sets up what the program needs at Stripe.
type stripeCommand struct {
	WebhookCreate stripeWebhookCreate `cmd:"" help:"Make the webhook endpoint that tells this program about payments. Its secret is printed once."`
}

// stripeWebhookCreate makes the endpoint through Stripe's interface, because one made by hand gets the account's API version.
type stripeWebhookCreate struct {
	URL string `required:"" help:"Where Stripe reaches the website, like https://training.example.ac.uk/webhooks/stripe."`
}

// Help says which settings count.
func (stripeWebhookCreate) Help() string {
	return "The account is that of SSPH_STRIPE_KEY, here with the right to write webhook endpoints; the key that serve uses needs no such right. " +
		"In production it is a live key; for a test account set SSPH_MODE=development. The endpoint gets the API version that this program speaks and the " +
		"events it acts on. Put the printed line into the environment of serve."
}

// Run makes the endpoint and prints its secret, as the line that the environment needs.
func (c stripeWebhookCreate) Run(ctx context.Context, out output) error {
	config, err := app.StripeFromEnvironment()
	if err != nil {
		return err
	}
	made, err := billing.CreateWebhook(ctx, config, c.URL)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(out.people, "The webhook endpoint %s is set up: %s, API version %s, %s. Stripe tells its secret only now:\n",
		made.ID, made.URL, made.APIVersion, models.Count(len(made.Events), "event")); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out.results, "SSPH_STRIPE_WEBHOOK_SECRET=%s\n", made.Secret)
	return err
}
