package billing_test

import (
	"context"
	"errors"
	"testing"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// A payment page that another program opened with our account is paid: its money is nobody's here. The office is asked once, however
// often we hear of it, and nothing is recorded.
func TestReceive_APaymentOfNobodyAsksTheOffice(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, err := s.Gateway.OpenCheckout(t.Context(), billing.CheckoutRequest{
			Attempt: "shop-1", Reference: "S-1", Description: "Something else", Quantity: 1, Gross: 5000, Email: "somebody@shop.example",
			SuccessURL: "http://shop.example/paid", CancelURL: "http://shop.example/back", ExpiresAt: db.Now().Add(billing.MinCheckoutLife),
		})
		s.must(err)
		s.must(s.double.Pay(page.ID))
		s.hear()
		s.asks("unknown payment")
		s.says("Stripe reports a payment of £50.00 that belongs to no booking here. Look at " + page.ID + " at Stripe")
		s.wants(map[string]int{"payments": 0, "documents": 0, "ledger_entries": 0})
	})
}

// News of what the processor does not know itself is written down as unknown and taken: asked for again it would never end.
func TestReceive_NewsOfWhatIsNotThere(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		for n, kind := range []string{"checkout.session.completed", "refund.updated", "charge.dispute.created", "customer.created"} {
			event := billing.Event{ID: "evt_" + kind, Type: kind, ObjectID: "cs_test_nobody", Created: clock.Now()}
			for range 2 {
				if err := s.Receive(t.Context(), db, event); err != nil {
					t.Errorf("%s: %v", kind, err)
				}
			}
			s.wants(map[string]int{"stripe_events": n + 1})
		}
		s.wants(map[string]int{"stripe_events WHERE outcome = 'unknown'": 3, "stripe_events WHERE outcome = 'ignored'": 1, "payments": 0})
		s.asks()
	})
}

// nameless reads payment pages without what of ours travels with them.
type nameless struct{ billing.Gateway }

func (n nameless) Checkout(ctx context.Context, id string) (billing.Checkout, error) {
	page, err := n.Gateway.Checkout(ctx, id)
	page.Metadata = nil
	return page, err
}

// A payment is taken for nobody's, because its page told nothing of its attempt; the next look finds whose it is, and the task ends.
func TestReceive_APaymentOfNobodyIsSomebodysAfterAll(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		dying := s.Till
		dying.Gateway = dead{Gateway: s.Gateway, open: func(req billing.CheckoutRequest) (billing.Checkout, error) {
			_, err := s.Gateway.OpenCheckout(t.Context(), req)
			return billing.Checkout{}, errors.Join(err, errKilled)
		}}
		if _, err := dying.OpenCheckout(t.Context(), db, s.start(1)); !errors.Is(err, errKilled) {
			t.Fatal(err)
		}
		page := s.double.Pages()[0].ID
		s.must(s.double.Pay(page))
		blind := s.Till
		blind.Gateway = nameless{s.Gateway}
		event := billing.Event{ID: "evt_paid", Type: "checkout.session.completed", ObjectID: page, Created: clock.Now()}
		s.must(blind.Receive(t.Context(), db, event))
		s.asks("unknown payment")
		s.wants(map[string]int{"payments": 0, "stripe_events WHERE outcome = 'unknown'": 1})
		s.must(s.CatchUp(t.Context(), db))
		s.asks()
		s.wants(map[string]int{"payments": 1, "office_tasks WHERE kind = 'unknown payment' AND done_at IS NOT NULL AND done_by IS NULL": 1})
	})
}
