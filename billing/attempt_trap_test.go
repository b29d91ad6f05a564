package billing_test

import (
	"errors"
	"net/http"
	"strconv"
	"testing"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/billing/stripedouble"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// attempt writes down that an order is about to be paid.
func attempt(t *testing.T, db models.DB) (a billing.Attempt) {
	t.Helper()
	err := db.InTx(t.Context(), func(tx models.DB) (err error) {
		a, err = billing.StartAttempt(t.Context(), tx, billing.AttemptRequest{
			Order: billing.Order{Kind: billing.BookingOrder, ID: 41}, Reference: "B-7K3M", Description: "3 places (price includes VAT at 20%)",
			Quantity: 3, Gross: 82080, Email: "priya@example.org", SuccessURL: "http://shop.example/paid", CancelURL: "http://shop.example/back",
			ExpiresAt: db.Now().Add(billing.MinCheckoutLife),
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// oneLivePage wants the order's live attempt to be open on the one page there is that can be paid, and returns its id.
func (c counter) oneLivePage(t *testing.T, db models.DB, address string) (id string) {
	t.Helper()
	for _, page := range c.double.Pages() {
		if page.Status == "open" {
			if id != "" {
				t.Error("two pages can be paid")
			}
			id = page.ID
		}
	}
	live, err := billing.LiveAttempt(t.Context(), db, billing.Order{Kind: billing.BookingOrder, ID: 41})
	if err != nil || live.Status != billing.AttemptOpen || live.URL != address || address != c.url+"/pay/"+id {
		t.Errorf("%+v %v at %s, want the page %s", live, err, address, id)
	}
	return id
}

// The page is opened and the answer is lost on every try; then the same attempt finds the same page.
func TestTrap8_LostAnswerFindsTheSamePage(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		c := openCounter(t)
		till := billing.Till{Gateway: c}
		a := attempt(t, db)
		c.double.Inject(stripedouble.Fault{Kind: stripedouble.ResetAfter, Method: http.MethodPost, Times: 3})
		if _, err := till.OpenCheckout(t.Context(), db, a); !errors.Is(err, billing.ErrGatewayDown) {
			t.Fatal(err)
		}
		made := c.double.Pages()[0].ID
		again := attempt(t, db) // the customer presses again
		address, err := till.OpenCheckout(t.Context(), db, again)
		if err != nil || again.ID != a.ID {
			t.Fatalf("attempt %d after %d: %v", again.ID, a.ID, err)
		}
		if id := c.oneLivePage(t, db, address); id != made {
			t.Errorf("another page: %s", id)
		}
	})
}

// The program ends after the attempt is committed and before Stripe is asked: the row is found, and asked about once.
func TestTrap8_KilledBetweenCommitAndCall(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		c := openCounter(t)
		first := attempt(t, db)
		again := attempt(t, db)
		if first != again || first.Status != billing.AttemptCreated {
			t.Errorf("%+v, then %+v", first, again)
		}
		address, err := billing.Till{Gateway: c}.OpenCheckout(t.Context(), db, again)
		if err != nil {
			t.Fatal(err)
		}
		c.oneLivePage(t, db, address)
	})
}

// The key of an attempt was used with other figures: Stripe refuses it, the attempt is over, and the next one has a key of its own.
func TestTrap9_UsedKeyWithOtherFigures(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		c := openCounter(t)
		till := billing.Till{Gateway: c}
		a := attempt(t, db)
		spoiled, err := c.OpenCheckout(t.Context(), c.request(strconv.FormatInt(a.ID, 10))) // the same key, another description and address
		if err != nil {
			t.Fatal(err)
		}
		if _, err := till.OpenCheckout(t.Context(), db, a); !errors.Is(err, billing.ErrGatewayRefused) {
			t.Fatalf("other figures under a used key: %v", err)
		}
		if _, err := c.ExpireCheckout(t.Context(), spoiled.ID); err != nil {
			t.Fatal(err)
		}
		next := attempt(t, db)
		if next.ID == a.ID {
			t.Fatal("the refused attempt is tried again")
		}
		address, err := till.OpenCheckout(t.Context(), db, next)
		if err != nil {
			t.Fatal(err)
		}
		c.oneLivePage(t, db, address)
	})
}
