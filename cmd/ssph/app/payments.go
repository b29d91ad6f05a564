package app

import (
	"context"
	"path/filepath"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/billing/stripedouble"
	"hub.salford.ac.uk/ssph/models"
)

// stripeOrigin is the payment page's own, for the Content-Security-Policy of the page that leads there.
const stripeOrigin = "https://checkout.stripe.com"

// payments is how card payments are taken.
type payments struct {
	gateway billing.Gateway
	origin  string // of the payment page
	secrets []string
	live    bool
	clock   models.Clock // by which signatures are checked: the sender's
}

// openPayments reaches Stripe, or starts our own stand-in on this machine when no key is given.
func (a *App) openPayments(ctx context.Context) (payments, error) {
	s := a.config.Stripe
	if s.Key == "" {
		return a.openDouble(ctx)
	}
	p := payments{
		gateway: billing.NewStripe(billing.StripeConfig{Key: s.Key, URL: s.URL}), origin: stripeOrigin,
		secrets: []string{s.WebhookSecret}, live: !a.config.Demonstrates(), clock: models.SystemClock{},
	}
	if s.URL != "" {
		p.origin = originOf(s.URL)
	}
	if s.WebhookSecretOld != "" {
		p.secrets = append(p.secrets, s.WebhookSecretOld)
	}
	return p, nil
}

// The stand-in's own credentials: both ends are in this program and on this machine, so they protect nothing.
const (
	doubleKey    = "sk_test_standin_no_money_moves"
	doubleSecret = "whsec_standin_no_money_moves_0000"
)

func (a *App) openDouble(ctx context.Context) (payments, error) {
	l, err := a.listen(ctx, a.config.Stripe.DoubleAddr)
	if err != nil {
		return payments{}, err
	}
	// The browser sees localhost for both, so that a page of one may lead to the other.
	address := Config{}.baseURL(l.Addr().String())
	a.counter = address
	a.double, err = stripedouble.New(stripedouble.Options{
		Clock: a.clock, BaseURL: address, WebhookURL: "http://" + a.pages.Addr().String() + "/webhooks/stripe", WebhookSecret: doubleSecret,
		StateFile: filepath.Join(a.config.DataDir, "stripedouble.json"), Log: a.log,
	})
	if err != nil {
		return payments{}, err
	}
	a.closers = append(a.closers, func() error { a.double.Close(); return nil })
	a.serve = append(a.serve, serving{a.newServer(a.double.Handler()), l})
	return payments{
		gateway: billing.NewStripe(billing.StripeConfig{Key: doubleKey, URL: "http://" + l.Addr().String()}), origin: originOf(address),
		secrets: []string{doubleSecret}, clock: a.clock,
	}, nil
}
