package billing_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// credited issues the credit note of a place and sends back what it leaves, as cancelling does; what was said before, what is said on
// issue and what is read later must be one sentence.
func (s *till) credited(invoice billing.Document, key string) (note billing.Document, said string) {
	s.Helper()
	ahead, err := billing.PreviewCredit(s.Context(), s.db, s.office, placeCredit(invoice))
	s.must(err)
	s.must(inTx(s.T, s.db, func(tx models.DB) (err error) {
		if note, err = billing.Credit(s.Context(), tx, s.office, placeCredit(invoice)); err != nil {
			return err
		}
		return billing.RefundCredit(s.Context(), tx, s.office, note.ID, key)
	}))
	said = note.Words().Statement
	if before, later := ahead.Words().Statement, find(s.T, s.db, note.Code).Words().Statement; before != said || later != said {
		s.Errorf("before: %q, on the credit note: %q, later: %q", before, said, later)
	}
	return note, said
}

// £136.80 of £820.80 went back at Stripe on 23 November; two days later one place is cancelled, £273.60.
func TestCredit_SaysWhatWentBeforeAndSendsTheRest(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		s.must(s.double.RefundDirectly(page, 13680))
		s.hear()
		clock.Advance(48 * time.Hour)
		note, said := s.credited(invoice, "form")
		if want := "£136.80 went back to your card on 23 November 2026. We are sending £136.80 back to your card."; said != want {
			t.Errorf("it says %q, want %q", said, want)
		}
		s.work()
		s.hear()
		s.settled(note)
		s.stands(invoice, 54720, 0, 0)
		s.asks()
		if back := s.double.Refunds(); len(back) != 2 || back[1].Amount != 13680 {
			t.Errorf("%+v", back)
		}
	})
}

// £600.00 of £820.80 went back at Stripe. It counts towards one place, £273.60, towards the second too, and £52.80 towards the third,
// of which £220.80 is sent: 3 × £273.60 are £820.80.
func TestCredit_ALargeRefundFromOutsideCountsTowardsSeveral(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		s.must(s.double.RefundDirectly(page, 60000))
		s.hear()
		for i, want := range []string{
			"£273.60 went back to your card on 23 November 2026.", "£273.60 went back to your card on 23 November 2026.",
			"£52.80 went back to your card on 23 November 2026. We are sending £220.80 back to your card.",
		} {
			note, said := s.credited(invoice, []string{"a", "b", "c"}[i])
			if said != want {
				t.Errorf("%d: it says %q, want %q", i, said, want)
			}
			s.work()
			s.hear()
			s.settled(note)
			sound(t, db)
			if i < 2 {
				s.asks("refund from outside")
			}
		}
		s.stands(invoice, 0, 0, 0)
		s.asks()
		if back := s.double.Refunds(); len(back) != 2 || back[1].Amount != 22080 {
			t.Errorf("%+v", back)
		}
		s.wants(map[string]int{"refund_shares": 3, "credit_settlements WHERE refund_id = 1": 3, "credit_settlements": 4})
	})
}

// A refund begun at Stripe is on its way when a place is credited, and comes to nothing: the credit note waits again and the office
// sends its money. When it goes through instead, the credit note counts for VAT on that day.
func TestCredit_CountsOnARefundThatIsOnItsWay(t *testing.T) {
	for name, succeeds := range map[string]bool{"it goes": true, "it fails": false} {
		t.Run(name, func(t *testing.T) {
			modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
				s := openTill(t, db, clock)
				page, invoice := s.sold(1)
				s.double.HoldRefunds(true)
				s.must(s.double.RefundDirectly(page, 27360))
				s.hear()
				note, said := s.credited(invoice, "form")
				if want := "We are sending £273.60 back to your card."; said != want {
					t.Errorf("it says %q, want %q", said, want)
				}
				s.work()
				if state := find(t, db, note.Code).State(db.Today()); state != billing.StateOnItsWay || len(s.double.Refunds()) != 1 {
					t.Errorf("the credit note is %s, and %d refunds were sent", state, len(s.double.Refunds()))
				}
				s.double.HoldRefunds(false)
				clock.Advance(3 * 24 * time.Hour)
				s.must(s.double.SettleRefund(s.double.Refunds()[0].ID, succeeds))
				s.hear()
				if succeeds {
					s.wants(map[string]int{"credit_settlements WHERE on_date = '2026-11-26' AND gross_pence = 27360": 1})
				} else {
					s.asks("credit not sent back")
					s.must(inTx(t, db, func(tx models.DB) error { return billing.RefundCredit(t.Context(), tx, s.office, note.ID, "again") }))
					s.work()
					s.hear()
				}
				s.settled(note)
				s.asks()
				s.stands(invoice, 54720, 0, 0)
			})
		})
	}
}

// £600.00 went at Stripe and counted towards two credit notes; weeks later the card's bank returns it. The office sends £547.20, what
// the two stand for; the other £52.80 pays for the third place, which nobody credited.
func TestRefund_FromOutsideFailsAfterItHadCounted(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		s.must(s.double.RefundDirectly(page, 60000))
		s.hear()
		s.credited(invoice, "a")
		s.credited(invoice, "b")
		clock.Advance(20 * 24 * time.Hour)
		s.must(s.double.SettleRefund(s.double.Refunds()[0].ID, false))
		s.hear()
		s.asks("refund failed")
		failed, err := billing.FailedRefunds(t.Context(), db, s.office)
		if err != nil || len(failed) != 1 || failed[0].Gross != 54720 {
			t.Fatalf("%+v, %v", failed, err)
		}
		for range 2 { // pressed twice
			s.must(inTx(t, db, func(tx models.DB) error {
				_, err := billing.PayByBankInstead(t.Context(), tx, s.office, failed[0].ID)
				return err
			}))
		}
		waiting, err := billing.BankRefunds(t.Context(), db, s.office)
		if err != nil || len(waiting) != 1 || waiting[0].Gross != 54720 {
			t.Fatalf("%+v, %v", waiting, err)
		}
		s.must(inTx(t, db, func(tx models.DB) error {
			return billing.MarkBankRefundPaid(t.Context(), tx, s.office, waiting[0].ID, db.Today(), "BACS 77")
		}))
		s.asks()
		s.stands(invoice, 27360, 0, 0)
	})
}

// A dispute has all the money when a place is credited: the credit note says so, nothing is sent, and the office is asked until the
// dispute is won and the money sent.
func TestCredit_SaysThatADisputeHasTheMoney(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		dispute := s.disputed(page, 82080, false)
		note, said := s.credited(invoice, "form")
		if want := "£273.60 is not with us now. We will write to you about it."; said != want {
			t.Errorf("it says %q, want %q", said, want)
		}
		s.work()
		s.asks("dispute", "credit not sent back")
		tasks, err := billing.TaskDocuments(t.Context(), db)
		if err != nil || tasks[2] != note.Code {
			t.Errorf("the task is about %v: %v", tasks, err)
		}
		s.must(s.double.CloseDispute(dispute, true))
		s.hear()
		s.asks("credit not sent back")
		s.must(inTx(t, db, func(tx models.DB) error { return billing.RefundCredit(t.Context(), tx, s.office, note.ID, "again") }))
		s.work()
		s.hear()
		s.asks()
		s.settled(note)
		s.stands(invoice, 54720, 0, 0)
	})
}

// The money of a credit note that waits was put on another invoice, when somebody sends it at Stripe: it cannot count, for it is used.
func TestRefund_FromOutsideNeverCountsBeyondWhatIsOnNoInvoice(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		other := issue(t, db, 1)
		note := creditNote(t, db, s.office, placeCredit(invoice))
		s.must(inTx(t, db, func(tx models.DB) error {
			return billing.Allocate(t.Context(), tx, s.office, 1, []billing.AllocationShare{{DocumentID: other.ID, Gross: 20000}})
		}))
		s.must(s.double.RefundDirectly(page, 27360))
		s.hear()
		s.asks("refund from outside")
		if left := find(t, db, note.Code).ToRefund(); left != 20000 {
			t.Errorf("%s to refund, want £200.00: £73.60 were free", left)
		}
		sound(t, db)
	})
}

// £136.80 went at Stripe before the invoice is corrected: the corrected one is paid as the old one was, and the refund counts towards
// the credit note that takes a place off it.
func TestReissue_AfterARefundFromOutside(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		s.must(s.double.RefundDirectly(page, 13680))
		s.hear()
		var fresh billing.Document
		s.must(inTx(t, db, func(tx models.DB) (err error) {
			_, fresh, err = billing.Reissue(t.Context(), tx, s.office, invoice.ID, billing.Correction{PurchaseOrder: "IWN-20418", Customer: invoice.Customer, Reason: "wrong order"})
			return err
		}))
		s.stands(fresh, 82080, 0, 13680)
		s.asks("refund from outside")
		note, said := s.credited(fresh, "form")
		if want := "£136.80 went back to your card on 23 November 2026. We are sending £136.80 back to your card."; said != want {
			t.Errorf("it says %q, want %q", said, want)
		}
		s.work()
		s.hear()
		s.settled(note)
		s.asks()
		s.stands(fresh, 54720, 0, 0)
	})
}

// Whatever happens to card payments: each credit note's parts sum to it and it never pays out more; what is sent is never more than
// what came, unless a task tells of a refund begun at Stripe; and the doctor finds nothing.
func TestCredit_AnyHistoryWithStripeStaysSound(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		seed := rand.Uint64() //nolint:gosec // only a seed, told when it fails
		t.Logf("seed %d", seed)
		chance := rand.New(rand.NewPCG(seed, 2)) //nolint:gosec // a history, not a secret
		for id := range int64(4) {
			page, invoice := s.sold(id + 1)
			for range 9 {
				s.step(chance, page, invoice)
				s.never(invoice)
			}
			s.double.HoldRefunds(false)
			sound(t, db)
		}
	})
}

// step lets one thing happen to a payment, as it may.
func (s *till) step(chance *rand.Rand, page string, invoice billing.Document) {
	s.Helper()
	s.clock.Advance(time.Duration(1+chance.IntN(8)) * time.Hour)
	sum := models.Pence(1 + chance.IntN(82080/2))
	switch chance.IntN(6) {
	case 0:
		_ = s.double.RefundDirectly(page, sum) // Stripe refuses more than is left
	case 1, 2:
		now := find(s.T, s.db, invoice.Code)
		net := min(sum*5/6, now.Net-now.Credited*5/6-10)
		if net <= 0 {
			return
		}
		req := billing.CreditRequest{InvoiceID: invoice.ID, Reason: "agreed", Lines: []billing.CreditLine{{Line: 1, Description: "agreed", Amount: billing.Amount{Net: net, VAT: net / 5}}}}
		s.must(inTx(s.T, s.db, func(tx models.DB) error {
			note, err := billing.Credit(s.Context(), tx, s.office, req)
			if err != nil {
				return err
			}
			return billing.RefundCredit(s.Context(), tx, s.office, note.ID, note.Code)
		}))
	case 3:
		s.double.HoldRefunds(chance.IntN(2) == 0)
		s.work()
	case 4:
		if back := s.double.Refunds(); len(back) > 0 {
			_ = s.double.SettleRefund(back[chance.IntN(len(back))].ID, chance.IntN(3) > 0)
		}
	default:
		s.sendAgain()
	}
	s.hear()
}

// sendAgain does what waits for the office.
func (s *till) sendAgain() {
	s.Helper()
	failed, err := billing.FailedRefunds(s.Context(), s.db, s.office)
	s.must(err)
	for _, f := range failed {
		_ = inTx(s.T, s.db, func(tx models.DB) error { // its money may be on its way elsewhere
			_, err := billing.PayByBankInstead(s.Context(), tx, s.office, f.ID)
			return err
		})
	}
	notes, err := billing.CreditsToRefund(s.Context(), s.db, s.office)
	s.must(err)
	for _, n := range notes {
		s.must(inTx(s.T, s.db, func(tx models.DB) error {
			return billing.RefundCredit(s.Context(), tx, s.office, n.ID, n.Code+s.db.Now().String())
		}))
	}
	waiting, err := billing.BankRefunds(s.Context(), s.db, s.office)
	s.must(err)
	for _, w := range waiting {
		s.must(inTx(s.T, s.db, func(tx models.DB) error {
			return billing.MarkBankRefundPaid(s.Context(), tx, s.office, w.ID, s.db.Today(), "BACS")
		}))
	}
}

// never checks what must never be, whatever has happened.
func (s *till) never(invoice billing.Document) {
	s.Helper()
	docs, _, err := billing.Documents(s.Context(), s.db, s.office.Scope(), billing.DocumentFilter{Order: &invoice.Order, PerPage: 100})
	s.must(err)
	for _, d := range docs {
		if d.Kind != billing.CreditNote {
			continue
		}
		var sum models.Pence
		for _, p := range d.Parts {
			sum += p.Gross
		}
		if sum != d.Gross || d.Settled > d.Gross {
			s.Errorf("%s is %s, its parts are %s and %s is settled", d.Code, d.Gross, sum, d.Settled)
		}
	}
	s.wants(map[string]int{`payments p WHERE p.gross_pence < (SELECT COALESCE(SUM(r.gross_pence), 0) FROM refunds r WHERE r.payment_id = p.id AND r.status <> 'failed')
		AND NOT EXISTS (SELECT 1 FROM refunds r JOIN office_tasks o ON o.kind = 'refund from outside' AND o.about_id = r.id WHERE r.payment_id = p.id AND o.done_at IS NULL)`: 0})
	found, err := billing.CheckLedger(s.Context(), s.db)
	if err != nil || len(found) > 0 {
		s.Errorf("%v %v", found, err)
	}
}
