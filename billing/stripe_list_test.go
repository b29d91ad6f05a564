package billing_test

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/billing/stripedouble"
	"hub.salford.ac.uk/ssph/models"
)

func TestGateway_RefundsOfAPaymentWhoeverBeganThem(t *testing.T) {
	c := openCounter(t)
	paid, other := c.paid(t, "7"), c.paid(t, "8")
	for i, pence := range []models.Pence{27360, 13680} {
		if _, err := c.Refund(t.Context(), refundOf(paid, strconv.Itoa(i+1), pence)); err != nil {
			t.Fatal(err)
		}
		c.clock.Advance(time.Minute)
	}
	if err := c.double.RefundDirectly(paid.ID, 100); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Refund(t.Context(), refundOf(other, "9", 5)); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{paid.PaymentIntent, paid.Charge} {
		got, err := c.RefundsOf(t.Context(), id)
		if err != nil || len(got) != 3 {
			t.Fatalf("%s: %d refunds, %v", id, len(got), err)
		}
		for i, want := range []struct {
			pence models.Pence
			ours  string
		}{{27360, "1"}, {13680, "2"}, {100, ""}} {
			r := got[i]
			if r.Amount != want.pence || r.Metadata["refund_id"] != want.ours || r.PaymentIntent != paid.PaymentIntent || r.Charge != paid.Charge {
				t.Errorf("%s, %d: %+v", id, i, r)
			}
		}
	}
	if got, err := c.RefundsOf(t.Context(), c.paid(t, "10").PaymentIntent); err != nil || len(got) != 0 {
		t.Errorf("nothing refunded: %v %v", got, err)
	}
	for _, id := range []string{"", "pi_unknown", "ch_unknown", "re_1", "pi_1/refunds"} {
		if _, err := c.RefundsOf(t.Context(), id); !errors.Is(err, billing.ErrNoCheckout) {
			t.Errorf("%q: %v", id, err)
		}
	}
}

func TestGateway_RefundsSinceAnInstant(t *testing.T) {
	c := openCounter(t)
	paid := c.paid(t, "7")
	for i := range 3 {
		if _, err := c.Refund(t.Context(), refundOf(paid, strconv.Itoa(i), models.Pence(i+1))); err != nil {
			t.Fatal(err)
		}
		c.clock.Advance(time.Hour)
	}
	got, err := c.RefundsSince(t.Context(), c.clock.Now().Add(-2*time.Hour))
	if err != nil || len(got) != 2 || got[0].Amount != 2 || got[1].Amount != 3 {
		t.Errorf("%+v %v", got, err)
	}
}

// A page may be paid a day after it was opened: the list goes by opening, so it begins a day earlier than asked.
func TestGateway_CompletedPagesAreListedWithTheirMoney(t *testing.T) {
	c := openCounter(t)
	long := c.request("7")
	long.ExpiresAt = c.clock.Now().Add(billing.MaxCheckoutLife)
	early, err := c.OpenCheckout(t.Context(), long)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.OpenCheckout(t.Context(), c.request("8")); err != nil { // never paid
		t.Fatal(err)
	}
	c.clock.Advance(23 * time.Hour)
	since := c.clock.Now()
	if err := c.double.Pay(early.ID); err != nil {
		t.Fatal(err)
	}
	later := c.paid(t, "9")
	got, err := c.CompletedSince(t.Context(), since)
	if err != nil || len(got) != 2 || got[0].ID != early.ID || got[1].ID != later.ID {
		t.Fatalf("%+v %v", got, err)
	}
	for _, page := range got {
		if !page.Paid || page.PaymentIntent == "" || page.Charge == "" || !page.ChargedAt.Equal(since) || page.AmountTotal != 82080 {
			t.Errorf("%+v", page)
		}
	}
	c.clock.Advance(48 * time.Hour)
	if got, err := c.CompletedSince(t.Context(), c.clock.Now()); err != nil || len(got) != 0 {
		t.Errorf("two days later: %v %v", got, err)
	}
}

func TestGateway_EventsMissedDuringAnOutage(t *testing.T) {
	c := openCounter(t)
	start := c.clock.Now()
	c.paid(t, "7")
	c.clock.Advance(time.Hour)
	page := c.paid(t, "8")
	if err := c.double.RefundDirectly(page.ID, 100); err != nil {
		t.Fatal(err)
	}
	all, err := c.EventsSince(t.Context(), billing.EventQuery{Since: start})
	if err != nil || len(all) != 4 {
		t.Fatalf("%d events, %v", len(all), err)
	}
	want := []string{"checkout.session.completed", "checkout.session.completed", "refund.created", "charge.refunded"}
	for i, e := range all {
		if e.Type != want[i] || e.ObjectID == "" || e.Livemode || e.OtherVersion() {
			t.Errorf("%d: %+v", i, e)
		}
	}
	if all[1].ObjectID != page.ID || all[3].ObjectID != page.Charge || !all[0].Created.Equal(start) {
		t.Errorf("%+v", all)
	}
	hour := start.Add(time.Hour)
	before, err := c.EventsSince(t.Context(), billing.EventQuery{Since: start, Before: hour})
	after, errAfter := c.EventsSince(t.Context(), billing.EventQuery{Since: hour})
	if err != nil || errAfter != nil || len(before) != 1 || len(after) != 3 {
		t.Errorf("%d before, %d after: %v %v", len(before), len(after), err, errAfter)
	}
}

// More than a page of each list, and every entry once.
func TestGateway_ListsAreReadToTheirEnd(t *testing.T) {
	c := openCounter(t)
	paid := c.paid(t, "7")
	for range 205 {
		if err := c.double.RefundDirectly(paid.ID, 1); err != nil {
			t.Fatal(err)
		}
	}
	refunds, err := c.RefundsOf(t.Context(), paid.PaymentIntent)
	if err != nil || len(refunds) != 205 {
		t.Fatalf("%d refunds, %v", len(refunds), err)
	}
	seen := map[string]bool{}
	for _, r := range refunds {
		seen[r.ID] = true
	}
	events, err := c.EventsSince(t.Context(), billing.EventQuery{Since: c.clock.Now()})
	if err != nil || len(seen) != 205 || len(events) != 1+2*205 {
		t.Errorf("%d different refunds, %d events, %v", len(seen), len(events), err)
	}
}

func TestGateway_AListThatBreaksOffIsNoList(t *testing.T) {
	c := openCounter(t)
	paid := c.paid(t, "7")
	for range 101 {
		if err := c.double.RefundDirectly(paid.ID, 1); err != nil {
			t.Fatal(err)
		}
	}
	for name, read := range map[string]func() (int, error){
		"refunds": func() (int, error) { r, err := c.RefundsOf(t.Context(), paid.PaymentIntent); return len(r), err },
		"events": func() (int, error) {
			e, err := c.EventsSince(t.Context(), billing.EventQuery{Since: c.clock.Now()})
			return len(e), err
		},
	} {
		c.double.Inject(stripedouble.Fault{Kind: stripedouble.Unavailable, Method: http.MethodGet, After: 1, Times: 3}) // the second page
		if n, err := read(); !errors.Is(err, billing.ErrGatewayDown) || n != 0 {
			t.Errorf("%s: %d entries, %v", name, n, err)
		}
	}
}

func TestWebhookEvents_AreWhatTheProgramActsOn(t *testing.T) {
	events := billing.WebhookEvents()
	slices.Sort(events)
	want := []string{
		"charge.dispute.closed", "charge.dispute.created", "charge.dispute.funds_reinstated", "charge.dispute.funds_withdrawn", "charge.dispute.updated",
		"charge.refund.updated", "charge.refunded",
		"checkout.session.async_payment_failed", "checkout.session.async_payment_succeeded", "checkout.session.completed", "checkout.session.expired",
		"payment_intent.payment_failed", "refund.created", "refund.updated",
	}
	if !slices.Equal(events, want) {
		t.Errorf("%v", events)
	}
}
