package billing

import "github.com/stripe/stripe-go/v76"

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
