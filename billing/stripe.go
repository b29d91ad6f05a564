package billing

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"time"

	"github.com/stripe/stripe-go/v76"
	"github.com/stripe/stripe-go/v76/client"

	"hub.salford.ac.uk/ssph/models"
)

// StripeConfig says how to reach the card processor.
type StripeConfig struct {
	Key     string        // secret or restricted key
	URL     string        // empty: Stripe itself; tests and demonstration name the double
	Timeout time.Duration // of one request; 20 seconds when zero
}

const stripeTimeout = 20 * time.Second

// NewStripe makes the gateway over Stripe Checkout. It has its own connection settings, so nothing of stripe-go is global; the
// library tries a request that got no answer twice more with the same idempotency key.
func NewStripe(c StripeConfig) Gateway { return stripeGateway{c.client()} }

func (c StripeConfig) client() *client.API {
	if c.Timeout == 0 {
		c.Timeout = stripeTimeout
	}
	config := &stripe.BackendConfig{
		HTTPClient:        &http.Client{Timeout: c.Timeout},
		LeveledLogger:     &stripe.LeveledLogger{Level: stripe.LevelNull}, // errors reach the caller, who logs them once
		MaxNetworkRetries: stripe.Int64(2),
		EnableTelemetry:   stripe.Bool(false),
	}
	if c.URL != "" {
		config.URL = stripe.String(c.URL)
	}
	b := stripe.GetBackendWithConfig(stripe.APIBackend, config)
	return client.New(c.Key, &stripe.Backends{API: b, Connect: b, Uploads: b})
}

type stripeGateway struct{ api *client.API }

// Ids reach us in addresses and webhooks, and become part of a path: only what Stripe itself writes is let through.
var (
	checkoutID = regexp.MustCompile(`^cs_[A-Za-z0-9_]{1,200}$`)
	refundID   = regexp.MustCompile(`^(re|pyr)_[A-Za-z0-9_]{1,200}$`)
	disputeID  = regexp.MustCompile(`^(dp|du)_[A-Za-z0-9_]{1,200}$`)
	intentID   = regexp.MustCompile(`^pi_[A-Za-z0-9_]{1,200}$`)
	chargeID   = regexp.MustCompile(`^(ch|py)_[A-Za-z0-9_]{1,200}$`)
)

const expandCharge = "payment_intent.latest_charge"

func (g stripeGateway) OpenCheckout(ctx context.Context, req CheckoutRequest) (Checkout, error) {
	if req.Attempt == "" || req.Quantity < 1 || req.Gross < MinCharge {
		return Checkout{}, fmt.Errorf("checkout for attempt %q: %d for %s", req.Attempt, req.Quantity, req.Gross)
	}
	p := checkoutParams(req)
	p.Context = ctx
	s, err := g.api.CheckoutSessions.New(p)
	if err != nil {
		return Checkout{}, gatewayError(err, true)
	}
	return checkoutFrom(s), nil
}

// checkoutParams sends one gross figure: a line of equal unit prices when it divides exactly, else one line for the whole.
// Stripe computes no tax and issues no invoice; ours is the VAT document.
func checkoutParams(req CheckoutRequest) *stripe.CheckoutSessionParams {
	quantity, unit := int64(req.Quantity), int64(req.Gross)
	if unit%quantity == 0 {
		unit /= quantity
	} else {
		quantity = 1
	}
	metadata := withID(req.Metadata, "attempt_id", req.Attempt)
	p := &stripe.CheckoutSessionParams{
		Mode:               stripe.String(string(stripe.CheckoutSessionModePayment)),
		SubmitType:         stripe.String(string(stripe.CheckoutSessionSubmitTypeBook)),
		PaymentMethodTypes: stripe.StringSlice([]string{"card"}), // else methods that pay days later appear uninvited
		ClientReferenceID:  stripe.String(req.Reference),
		SuccessURL:         stripe.String(req.SuccessURL),
		CancelURL:          stripe.String(req.CancelURL),
		ExpiresAt:          stripe.Int64(req.ExpiresAt.Unix()),
		Metadata:           metadata,
		PaymentIntentData:  &stripe.CheckoutSessionPaymentIntentDataParams{Metadata: metadata}, // not copied across by Stripe
		LineItems: []*stripe.CheckoutSessionLineItemParams{{
			Quantity: stripe.Int64(quantity),
			PriceData: &stripe.CheckoutSessionLineItemPriceDataParams{
				Currency:    stripe.String(string(stripe.CurrencyGBP)),
				UnitAmount:  stripe.Int64(unit),
				ProductData: &stripe.CheckoutSessionLineItemPriceDataProductDataParams{Name: stripe.String(req.Description)},
			},
		}},
	}
	if req.Email != "" {
		p.CustomerEmail = stripe.String(req.Email)
	}
	p.SetIdempotencyKey("co:" + req.Attempt)
	return p
}

func withID(metadata map[string]string, name, id string) map[string]string {
	out := map[string]string{name: id}
	for k, v := range metadata {
		if k != name {
			out[k] = v
		}
	}
	return out
}

func (g stripeGateway) Checkout(ctx context.Context, id string) (Checkout, error) {
	if !checkoutID.MatchString(id) {
		return Checkout{}, fmt.Errorf("%w: malformed id", ErrNoCheckout)
	}
	p := &stripe.CheckoutSessionParams{}
	p.Context = ctx
	p.AddExpand(expandCharge)
	s, err := g.api.CheckoutSessions.Get(id, p)
	if err != nil {
		return Checkout{}, gatewayError(err, false)
	}
	return checkoutFrom(s), nil
}

func (g stripeGateway) ExpireCheckout(ctx context.Context, id string) (Checkout, error) {
	if !checkoutID.MatchString(id) {
		return Checkout{}, fmt.Errorf("%w: malformed id", ErrNoCheckout)
	}
	p := &stripe.CheckoutSessionExpireParams{}
	p.Context = ctx
	s, err := g.api.CheckoutSessions.Expire(id, p)
	if err == nil {
		return checkoutFrom(s), nil
	}
	refused := gatewayError(err, true)
	now, err := g.Checkout(ctx, id) // refused because it is no longer open?
	if err != nil {
		return Checkout{}, err
	}
	if now.Status == CheckoutOpen {
		return now, refused
	}
	return now, nil
}

func checkoutFrom(s *stripe.CheckoutSession) Checkout {
	c := Checkout{
		ID: s.ID, URL: s.URL, Status: CheckoutStatus(s.Status),
		Paid: s.PaymentStatus == stripe.CheckoutSessionPaymentStatusPaid, PaymentStatus: string(s.PaymentStatus),
		AmountTotal: models.Pence(s.AmountTotal), Currency: string(s.Currency), ExpiresAt: instant(s.ExpiresAt),
		Metadata: s.Metadata, Reference: s.ClientReferenceID, Livemode: s.Livemode,
	}
	if pi := s.PaymentIntent; pi != nil {
		c.PaymentIntent = pi.ID
		if ch := pi.LatestCharge; ch != nil && ch.Paid {
			c.Charge, c.ChargedAt = ch.ID, instant(ch.Created)
		}
	}
	return c
}

// instant reads Stripe's whole seconds; 0 is no time.
func instant(seconds int64) time.Time {
	if seconds == 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}
