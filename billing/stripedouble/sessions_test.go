package stripedouble

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v76"
)

func TestSession_OpenUntilPaid(t *testing.T) {
	b := setUp(t, nil)
	s := b.create(t)
	if s.AmountTotal != 82080 || s.Currency != "gbp" || s.Status != "open" || s.PaymentStatus != "unpaid" || s.PaymentIntent != nil {
		t.Errorf("new: %+v", s)
	}
	if s.URL != b.url+"/pay/"+s.ID || s.ClientReferenceID != "B-1" || s.Metadata["attempt_id"] != "7" {
		t.Errorf("new: %s %s %v", s.URL, s.ClientReferenceID, s.Metadata)
	}
	b.clock.Advance(5 * time.Minute)
	if err := b.Pay(s.ID); err != nil {
		t.Fatal(err)
	}
	s = b.read(t, s.ID)
	charge := s.PaymentIntent.LatestCharge
	if s.Status != "complete" || s.PaymentStatus != "paid" || s.URL != "" || s.PaymentIntent.Metadata["attempt_id"] != "7" {
		t.Errorf("paid: %+v", s)
	}
	if !charge.Paid || charge.Amount != 82080 || charge.Created != b.clock.Now().Unix() {
		t.Errorf("charge: %+v", charge)
	}
	if err := b.Pay(s.ID); !errors.Is(err, ErrPaid) {
		t.Errorf("paid twice: %v", err)
	}
}

func TestSession_DeclinedStaysOpen(t *testing.T) {
	b := setUp(t, nil)
	s := b.create(t)
	if err := b.Decline(s.ID); err != nil {
		t.Fatal(err)
	}
	declined := b.read(t, s.ID)
	if declined.Status != "open" || declined.PaymentStatus != "unpaid" || declined.PaymentIntent.LatestCharge.Paid {
		t.Errorf("declined: %+v", declined)
	}
	if err := b.Pay(s.ID); err != nil {
		t.Fatal(err)
	}
	paid := b.read(t, s.ID)
	if paid.PaymentIntent.ID != declined.PaymentIntent.ID || !paid.PaymentIntent.LatestCharge.Paid {
		t.Error("the second try is not on the same payment")
	}
}

func TestSession_EndsAtItsTime(t *testing.T) {
	b := setUp(t, nil)
	s := b.create(t)
	b.clock.Advance(35*time.Minute - time.Second)
	if got := b.read(t, s.ID); got.Status != "open" {
		t.Errorf("a second before: %s", got.Status)
	}
	b.clock.Advance(time.Second)
	if err := b.Pay(s.ID); !errors.Is(err, ErrEnded) {
		t.Errorf("paid at the end: %v", err)
	}
	if got := b.read(t, s.ID); got.Status != "expired" {
		t.Errorf("at the end: %s", got.Status)
	}
}

func TestSession_OnlyOpenOnesExpire(t *testing.T) {
	b := setUp(t, nil)
	s := b.create(t)
	got, err := b.api.CheckoutSessions.Expire(s.ID, nil)
	if err != nil || got.Status != "expired" {
		t.Fatalf("%v %v", got, err)
	}
	for _, id := range []string{s.ID, b.paid(t).ID} {
		_, err := b.api.CheckoutSessions.Expire(id, nil)
		refused(t, err, http.StatusBadRequest, stripe.ErrorTypeInvalidRequest)
	}
	_, err = b.api.CheckoutSessions.Expire("cs_test_unknown", nil)
	refused(t, err, http.StatusNotFound, stripe.ErrorTypeInvalidRequest)
}

func TestSession_RefusesWhatStripeRefuses(t *testing.T) {
	b := setUp(t, nil)
	now := b.clock.Now()
	for name, change := range map[string]func(*stripe.CheckoutSessionParams){
		"29 minutes": func(p *stripe.CheckoutSessionParams) { p.ExpiresAt = stripe.Int64(now.Add(29 * time.Minute).Unix()) },
		"over 24 hours": func(p *stripe.CheckoutSessionParams) {
			p.ExpiresAt = stripe.Int64(now.Add(24*time.Hour + time.Second).Unix())
		},
		"mode":    func(p *stripe.CheckoutSessionParams) { p.Mode = stripe.String("subscription") },
		"no mode": func(p *stripe.CheckoutSessionParams) { p.Mode = nil },
		"bank debit": func(p *stripe.CheckoutSessionParams) {
			p.PaymentMethodTypes = stripe.StringSlice([]string{"bacs_debit"})
		},
		"dollars": func(p *stripe.CheckoutSessionParams) { p.LineItems[0].PriceData.Currency = stripe.String("usd") },
		"29 pence": func(p *stripe.CheckoutSessionParams) {
			*p.LineItems[0].Quantity, *p.LineItems[0].PriceData.UnitAmount = 1, 29
		},
		"negative":       func(p *stripe.CheckoutSessionParams) { *p.LineItems[0].PriceData.UnitAmount = -27360 },
		"no lines":       func(p *stripe.CheckoutSessionParams) { p.LineItems = nil },
		"no name":        func(p *stripe.CheckoutSessionParams) { p.LineItems[0].PriceData.ProductData.Name = stripe.String("") },
		"no success URL": func(p *stripe.CheckoutSessionParams) { p.SuccessURL = stripe.String("/paid") },
		"unknown":        func(p *stripe.CheckoutSessionParams) { p.Locale = stripe.String("en-GB") },
		"long metadata":  func(p *stripe.CheckoutSessionParams) { p.Metadata["n"] = string(make([]byte, 501)) },
	} {
		p := b.params("")
		change(p)
		_, err := b.api.CheckoutSessions.New(p)
		t.Run(name, func(t *testing.T) { refused(t, err, http.StatusBadRequest, stripe.ErrorTypeInvalidRequest) })
	}
	if pages := b.Pages(); len(pages) != 0 {
		t.Errorf("%d pages were made all the same", len(pages))
	}
}

func TestSession_WholeWindowIsAllowed(t *testing.T) {
	b := setUp(t, nil)
	for _, life := range []time.Duration{30 * time.Minute, 24 * time.Hour} {
		p := b.params("")
		p.ExpiresAt = stripe.Int64(b.clock.Now().Add(life).Unix())
		if _, err := b.api.CheckoutSessions.New(p); err != nil {
			t.Errorf("%s: %v", life, err)
		}
	}
}

func TestSession_ListIsNewestFirstByPage(t *testing.T) {
	b := setUp(t, nil)
	var made []string
	for range 12 {
		made = append([]string{b.create(t).ID}, made...)
		b.clock.Advance(time.Second)
	}
	list := b.api.CheckoutSessions.List(&stripe.CheckoutSessionListParams{ListParams: stripe.ListParams{Limit: stripe.Int64(5)}})
	var got []string
	for list.Next() {
		got = append(got, list.CheckoutSession().ID)
	}
	if list.Err() != nil || len(got) != 12 {
		t.Fatalf("%d of 12, %v", len(got), list.Err())
	}
	for i := range got {
		if got[i] != made[i] {
			t.Errorf("%d: %s, want %s", i, got[i], made[i])
		}
	}
}

func TestAPI_RefusesStrangers(t *testing.T) {
	b := setUp(t, nil)
	for name, change := range map[string]func(*http.Request){
		"no key":        func(r *http.Request) { r.Header.Del("Authorization") },
		"live key":      func(r *http.Request) { r.Header.Set("Authorization", "Bearer sk_live_0123456789") },
		"other version": func(r *http.Request) { r.Header.Set("Stripe-Version", "2026-08-26.dahlia") },
		"unknown path":  func(r *http.Request) { r.URL.Path = "/v1/customers" },
	} {
		r, err := http.NewRequest(http.MethodGet, b.url+"/v1/events", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer sk_test_0123456789")
		r.Header.Set("Stripe-Version", apiVersion)
		change(r)
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode < 400 {
			t.Errorf("%s: %s", name, res.Status)
		}
	}
}
