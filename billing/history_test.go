package billing_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/billing/stripedouble"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// cardLife is what happens to one card payment, by chance.
type cardLife struct {
	*till
	chance  *rand.Rand
	page    string
	invoice billing.Document
	dispute string   // Stripe's id of it; empty before there is one
	told    []string // what has happened, for whoever reads a failure
}

// Whatever happens to card payments, and in whatever order, how often or whether at all Stripe's news of it comes: each credit note's
// money is somewhere once, nothing is under zero, every penny that is free is asked about, what is asked can be done, and the doctor
// finds nothing. What was not told is repaired by comparison: then we know what Stripe knows.
func TestCredit_AnyHistoryWithStripeStaysSound(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		seed := rand.Uint64() //nolint:gosec // only a seed, told when it fails
		t.Logf("seed %d", seed)
		for id := range int64(4) {
			page, invoice := s.sold(id + 1)
			h := &cardLife{till: s, chance: rand.New(rand.NewPCG(seed, uint64(id))), page: page, invoice: invoice} //nolint:gosec // a history, not a secret
			for range 14 {
				h.step()
				h.never()
			}
			h.end()
			if t.Failed() {
				t.Fatalf("order %d: %s", id+1, strings.Join(h.told, "; "))
			}
		}
	})
}

// step lets one thing happen, as it may; what Stripe refuses does not.
func (h *cardLife) step() {
	h.Helper()
	h.clock.Advance(time.Duration(1+h.chance.IntN(8)) * time.Hour)
	sum := models.Pence(1 + h.chance.IntN(82080/2))
	whatever := map[string]func(){
		"refunded at Stripe": func() { _ = h.double.RefundDirectly(h.page, sum) },
		"credited":           func() { h.credit(sum) },
		"credited, too":      func() { h.credit(sum) },
		"worked":             func() { h.double.HoldRefunds(h.chance.IntN(2) == 0); h.work() },
		"a refund's end":     h.settleOne,
		"disputed":           func() { h.open(sum) },
		"dispute goes on":    h.goOn,
		"dispute, further":   h.goOn,
		"sent again":         h.sendAgain,
		"decided":            h.decide,
	}
	names := make([]string, 0, len(whatever))
	for name := range whatever {
		names = append(names, name)
	}
	slices.Sort(names)
	name := names[h.chance.IntN(len(names))]
	whatever[name]()
	h.told = append(h.told, name+" "+sum.String())
	h.hearSome()
}

// hearSome tells the program what has happened since in any order: some of it twice, some of it never.
func (h *cardLife) hearSome() {
	h.Helper()
	var fresh []stripedouble.Told
	for _, e := range h.double.Events()[h.heard:] {
		for range []int{0, 1, 1, 2}[h.chance.IntN(4)] {
			fresh = append(fresh, e)
		}
	}
	h.heard = len(h.double.Events())
	h.chance.Shuffle(len(fresh), func(i, j int) { fresh[i], fresh[j] = fresh[j], fresh[i] })
	for _, e := range fresh {
		h.tell(e)
	}
	if h.chance.IntN(4) == 0 {
		h.must(h.CatchUp(h.Context(), h.db))
		h.told = append(h.told, "caught up")
	}
}

// credit takes a sum off the invoice, as far as it has that; its money goes back at once, or when the office sends it.
func (h *cardLife) credit(sum models.Pence) {
	h.Helper()
	now := find(h.T, h.db, h.invoice.Code)
	net := min(sum*5/6, now.Net-now.Credited*5/6-10)
	if net <= 0 {
		return
	}
	req := billing.CreditRequest{InvoiceID: h.invoice.ID, Reason: "agreed", Lines: []billing.CreditLine{{Line: 1, Description: "agreed", Amount: billing.Amount{Net: net, VAT: net / 5}}}}
	h.must(inTx(h.T, h.db, func(tx models.DB) error {
		note, err := billing.Credit(h.Context(), tx, h.office, req)
		if err != nil || h.chance.IntN(3) == 0 {
			return err
		}
		return billing.RefundCredit(h.Context(), tx, h.office, note.ID, note.Code)
	}))
}

func (h *cardLife) settleOne() {
	if back := h.double.Refunds(); len(back) > 0 {
		_ = h.double.SettleRefund(back[len(back)-1-h.chance.IntN(min(3, len(back)))].ID, h.chance.IntN(2) > 0)
	}
}

// open has the cardholder's bank ask for a part of the payment, or all of it.
func (h *cardLife) open(sum models.Pence) {
	if h.chance.IntN(2) == 0 {
		sum = 82080
	}
	if id, err := h.double.OpenDispute(h.page, sum, "fraudulent", h.chance.IntN(4) == 0); err == nil {
		h.dispute = id
	}
}

// goOn brings the dispute a step further: its money is taken, it is decided, mostly against us, or what was lost comes back.
func (h *cardLife) goOn() {
	if h.double.TakeFunds(h.dispute) != nil && h.double.CloseDispute(h.dispute, h.chance.IntN(4) == 0) != nil {
		_ = h.double.GiveBack(h.dispute)
	}
}

// sendAgain does what waits for the office.
func (h *cardLife) sendAgain() {
	h.Helper()
	failed, err := billing.FailedRefunds(h.Context(), h.db, h.office)
	h.must(err)
	for _, f := range failed {
		if err := h.tryInstead(f.ID); err != nil && !f.Held {
			h.Errorf("refund %d of %s: %v", f.ID, f.Gross, err)
		}
	}
	notes, err := billing.CreditsToRefund(h.Context(), h.db, h.office)
	h.must(err)
	for _, n := range notes {
		h.must(inTx(h.T, h.db, func(tx models.DB) error {
			return billing.RefundCredit(h.Context(), tx, h.office, n.ID, n.Code+h.db.Now().String())
		}))
	}
	waiting, err := billing.BankRefunds(h.Context(), h.db, h.office)
	h.must(err)
	for _, w := range waiting {
		h.paidByBank(w.ID)
	}
}

// decide puts money that is on no invoice on its own again, or sends it back.
func (h *cardLife) decide() {
	h.Helper()
	free, err := billing.Unallocated(h.Context(), h.db, h.office)
	h.must(err)
	for _, p := range free {
		docs, _, err := billing.Documents(h.Context(), h.db, h.office.Scope(), billing.DocumentFilter{Order: p.Order, Unpaid: true})
		h.must(err)
		h.must(inTx(h.T, h.db, func(tx models.DB) error {
			if len(docs) > 0 {
				return billing.AllocateLeft(h.Context(), tx, h.office, p.ID, p.Left, []billing.AllocationShare{{DocumentID: docs[0].ID, Gross: min(p.Left, docs[0].Outstanding())}})
			}
			_, err := billing.RequestRefund(h.Context(), tx, h.office, billing.RefundWish{
				PaymentID: p.ID, Gross: p.Left, Cause: billing.CauseOverpaid, Method: p.Method, RequestKey: "back " + h.db.Now().String(),
			})
			return err
		}))
	}
}

// end tells everything, lets the office do all that it is asked, and compares with Stripe.
func (h *cardLife) end() {
	h.Helper()
	h.double.HoldRefunds(false)
	if h.chance.IntN(2) == 0 {
		h.goOn()
	}
	_ = h.double.CloseDispute(h.dispute, h.chance.IntN(2) == 0)
	for _, r := range h.double.Refunds() {
		_ = h.double.SettleRefund(r.ID, true)
	}
	for range 3 {
		h.must(h.CatchUp(h.Context(), h.db))
		h.must(h.Compare(h.Context(), h.db))
		h.clock.Advance(time.Hour)
		h.sendAgain()
		h.decide()
		h.work()
		h.never()
	}
	h.heard = len(h.double.Events())
	h.knows()
	sound(h.T, h.db)
}
