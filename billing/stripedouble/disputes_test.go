package stripedouble

import (
	"errors"
	"net/http"
	"testing"

	"github.com/stripe/stripe-go/v76"

	"hub.salford.ac.uk/ssph/models"
)

// disputed opens a dispute over the whole of a paid page and reads it as the program would.
func (b *bench) disputed(t *testing.T, inquiry bool) (page string, d *stripe.Dispute) {
	t.Helper()
	s := b.paid(t)
	id, err := b.OpenDispute(s.ID, 82080, "fraudulent", inquiry)
	if err != nil {
		t.Fatal(err)
	}
	return s.ID, b.readDispute(t, id)
}

func (b *bench) readDispute(t *testing.T, id string) *stripe.Dispute {
	t.Helper()
	d, err := b.api.Disputes.Get(id, nil)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// balance is what the dispute has moved: negative while the money is away.
func balance(d *stripe.Dispute) (sum int64) {
	for _, m := range d.BalanceTransactions {
		sum += m.Amount
	}
	return sum
}

func TestDispute_TakesTheMoneyUntilItIsWon(t *testing.T) {
	b := setUp(t, nil)
	page, d := b.disputed(t, false)
	if d.Status != "needs_response" || d.Reason != "fraudulent" || d.Amount != 82080 || d.Currency != "gbp" || balance(d) != -82080 {
		t.Errorf("opened: %+v", d)
	}
	paid := b.read(t, page).PaymentIntent
	if d.PaymentIntent.ID != paid.ID || d.Charge.ID != paid.LatestCharge.ID || !paid.LatestCharge.Disputed {
		t.Errorf("opened on %s %s", d.PaymentIntent.ID, d.Charge.ID)
	}
	if d.EvidenceDetails.DueBy != b.clock.Now().AddDate(0, 0, 9).Unix() {
		t.Errorf("to be answered by %d", d.EvidenceDetails.DueBy)
	}
	_, err := b.refund(paid.ID, 100)
	if e := refused(t, err, http.StatusBadRequest, stripe.ErrorTypeInvalidRequest); e.Code != "charge_disputed" {
		t.Errorf("refund during a dispute: %s", e.Code)
	}
	if err := b.CloseDispute(d.ID, true); err != nil {
		t.Fatal(err)
	}
	if d = b.readDispute(t, d.ID); d.Status != "won" || balance(d) != 0 || len(d.BalanceTransactions) != 2 {
		t.Errorf("won: %+v", d)
	}
	if _, err := b.refund(paid.ID, 100); err != nil {
		t.Errorf("refund afterwards: %v", err)
	}
	want := "checkout.session.completed charge.dispute.created charge.dispute.funds_withdrawn charge.dispute.closed " +
		"charge.dispute.funds_reinstated refund.created charge.refunded"
	if got := b.kinds(); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestDispute_LostKeepsTheMoneyAway(t *testing.T) {
	b := setUp(t, nil)
	_, d := b.disputed(t, false)
	if err := b.CloseDispute(d.ID, false); err != nil {
		t.Fatal(err)
	}
	if d = b.readDispute(t, d.ID); d.Status != "lost" || balance(d) != -82080 {
		t.Errorf("%+v", d)
	}
	if err := b.CloseDispute(d.ID, true); !errors.Is(err, ErrDispute) {
		t.Errorf("won after it was lost: %v", err)
	}
}

func TestDispute_AnInquiryTakesNothingUnlessItGrows(t *testing.T) {
	b := setUp(t, nil)
	_, d := b.disputed(t, true)
	if d.Status != "warning_needs_response" || balance(d) != 0 {
		t.Errorf("asked: %+v", d)
	}
	if err := b.CloseDispute(d.ID, true); err != nil {
		t.Fatal(err)
	}
	if d = b.readDispute(t, d.ID); d.Status != "warning_closed" || balance(d) != 0 {
		t.Errorf("closed: %+v", d)
	}
	if err := b.TakeFunds(d.ID); !errors.Is(err, ErrDispute) {
		t.Errorf("taken after it was closed: %v", err)
	}
	_, d = b.disputed(t, true)
	if err := b.TakeFunds(d.ID); err != nil {
		t.Fatal(err)
	}
	if d = b.readDispute(t, d.ID); d.Status != "needs_response" || balance(d) != -82080 {
		t.Errorf("grown: %+v", d)
	}
}

func TestDispute_OnlyOverMoneyThatCame(t *testing.T) {
	b := setUp(t, nil)
	page, _ := b.disputed(t, false)
	for name, id := range map[string]string{"twice": page, "not paid": b.create(t).ID, "unknown": "cs_test_unknown"} {
		if _, err := b.OpenDispute(id, 100, "duplicate", false); err == nil {
			t.Errorf("%s: disputed", name)
		}
	}
	other := b.paid(t).ID
	for _, pence := range []int64{0, 82081} {
		if _, err := b.OpenDispute(other, models.Pence(pence), "duplicate", false); !errors.Is(err, ErrDispute) {
			t.Errorf("over %d: %v", pence, err)
		}
	}
	_, err := b.api.Disputes.Get("dp_unknown", nil)
	refused(t, err, http.StatusNotFound, stripe.ErrorTypeInvalidRequest)
	if err := b.TakeFunds("dp_unknown"); !errors.Is(err, ErrDispute) {
		t.Error(err)
	}
}
