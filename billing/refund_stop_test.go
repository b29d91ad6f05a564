package billing_test

import (
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// byBank is one place of a paid invoice whose card refund, £273.60, came back on 13 December; the office is to send it by bank instead.
func (s *till) byBank(invoice billing.Document) (note billing.Document, refund int64) {
	s.Helper()
	note = s.cameBack(invoice)
	refund = s.instead(1)
	s.stop(refund, "", false)
	return note, refund
}

// stop checks what the office reads about a refund by bank.
func (s *till) stop(refund int64, words string, drop bool) {
	s.Helper()
	r, err := billing.RefundOf(s.Context(), s.db, s.office, refund)
	if err != nil || r.Stop != words || r.Drop != drop {
		s.Errorf("%q and %v, want %q and %v: %v", r.Stop, r.Drop, words, drop, err)
	}
	if words != "" {
		s.says(words)
	}
}

// sendBank records that a refund by bank was sent, all the same or not; drop says that it is not to be sent.
func (s *till) sendBank(refund int64, allTheSame bool) error {
	return inTx(s.T, s.db, func(tx models.DB) error {
		return billing.MarkBankRefundPaid(s.Context(), tx, s.office, refund,
			billing.BankTransfer{On: s.db.Today(), Reference: "BACS 78", AllTheSame: allTheSame})
	})
}

func (s *till) drop(refund int64, reason string) error {
	return inTx(s.T, s.db, func(tx models.DB) error { return billing.DropBankRefund(s.Context(), tx, s.office, refund, reason) })
}

const (
	wentAtStripe = "Send nothing: £273.60 of this payment went back at Stripe on 13 December 2026"
	bankAsks     = "Send nothing: the cardholder’s bank asks for £273.60 of this payment until that dispute has ended"
)

// £273.60 wait for a bank transfer when somebody sends them at Stripe itself: nothing is to be sent. What was sent all the same is
// recorded, and the customer has £273.60 twice.
func TestBankRefund_IsStoppedByARefundAtStripe(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		_, refund := s.byBank(invoice)
		s.must(s.double.RefundDirectly(page, 27360))
		s.hear()
		s.stop(refund, wentAtStripe, true)
		err := s.sendBank(refund, false)
		if models.KindOf(err) != models.KindConflict || err.Error() != wentAtStripe {
			t.Errorf("recorded: %v", err)
		}
		s.asks("refund by bank", "refund from outside")
		s.must(s.sendBank(refund, true))
		s.asks("refund from outside", "refund sent twice")
		s.says("£273.60 went back by bank transfer, and £273.60 of it had gone back another way before: the customer has that twice")
		s.must(s.sendBank(refund, true))
		s.asks("refund from outside", "refund sent twice")
		if err := s.drop(refund, "it has gone"); models.KindOf(err) != models.KindConflict {
			t.Errorf("dropped after it was sent: %v", err)
		}
		sound(t, db)
	})
}

// The same is dropped instead: nothing waits any more, and nobody is asked to send it again.
func TestBankRefund_IsDropped(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		note, refund := s.byBank(invoice)
		if err := s.drop(refund, "it has gone"); models.KindOf(err) != models.KindConflict {
			t.Errorf("dropped while its money was with us: %v", err)
		}
		s.must(s.double.RefundDirectly(page, 27360))
		s.hear()
		if err := s.drop(refund, ""); models.KindOf(err) != models.KindInvalid {
			t.Errorf("dropped without a reason: %v", err)
		}
		for range 2 {
			s.must(s.drop(refund, "it went back at Stripe"))
		}
		if err := s.sendBank(refund, true); models.KindOf(err) != models.KindConflict {
			t.Errorf("sent after it was dropped: %v", err)
		}
		s.asks("refund from outside")
		s.came(note, billing.Came{How: billing.CameElse, Gross: 27360})
		failed, err := billing.FailedRefunds(t.Context(), db, s.office)
		free, err2 := billing.Unallocated(t.Context(), db, s.office)
		if err != nil || err2 != nil || len(failed)+len(free) > 0 {
			t.Errorf("failed %+v, unmatched %+v: %v %v", failed, free, err, err2)
		}
		s.wants(map[string]int{"refunds WHERE status = 'failed'": 2, "audit_rows WHERE action = 'refund dropped' AND detail LIKE '%it went back at Stripe%'": 1})
		s.stands(invoice, 54720, 0, 0)
	})
}

// While a dispute over £273.60 is open nothing is sent, taken or not. Won, the money is with us; lost, an invoice lends it: see loseMoney.
func TestBankRefund_IsStoppedByADispute(t *testing.T) {
	for name, c := range map[string]struct{ inquiry, won bool }{"lost": {}, "won": {won: true}, "an inquiry won": {true, true}} {
		t.Run(name, func(t *testing.T) {
			modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
				s := openTill(t, db, clock)
				page, invoice := s.sold(1)
				_, refund := s.byBank(invoice)
				dispute := s.disputed(page, 27360, c.inquiry)
				s.stop(refund, bankAsks, false)
				if err := s.sendBank(refund, false); models.KindOf(err) != models.KindConflict {
					t.Errorf("recorded: %v", err)
				}
				if err := s.drop(refund, "the bank has it"); models.KindOf(err) != models.KindConflict {
					t.Errorf("dropped while it may come back: %v", err)
				}
				s.must(s.double.CloseDispute(dispute, c.won))
				s.hear()
				s.stop(refund, "", false)
				s.must(s.sendBank(refund, false))
				sound(t, db)
			})
		})
	}
}

// The cardholder's bank keeps all £820.80, of which £273.60 wait for a bank transfer: they are not to be sent, and when they are all the
// same the office is asked about them once.
func TestBankRefund_IsStoppedByALostDispute(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		_, refund := s.byBank(invoice)
		s.lost(page, 82080)
		s.stop(refund, "Send nothing: the cardholder’s bank took £820.80 of this payment for good on 13 December 2026", true)
		s.asks("dispute lost", "dispute paid twice", "refund by bank")
		if err := s.sendBank(refund, false); models.KindOf(err) != models.KindConflict {
			t.Errorf("recorded: %v", err)
		}
		s.must(s.sendBank(refund, true))
		s.asks("dispute lost", "dispute paid twice")
		sound(t, db)
	})
}

// Of two refunds by bank the one that was asked for first can be sent when one of them went at Stripe.
func TestBankRefund_TheFirstAskedForHasTheMoney(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		_, first := s.byBank(invoice)
		s.refund(invoice, "second")
		s.work()
		s.hear()
		clock.Advance(24 * time.Hour)
		s.must(s.double.SettleRefund(s.double.Refunds()[1].ID, false))
		s.hear()
		second := s.instead(3)
		s.must(s.double.RefundDirectly(page, 27360))
		s.hear()
		s.stop(first, "", false)
		s.stop(second, "Send nothing: £273.60 of this payment went back at Stripe on 14 December 2026", true)
		s.must(s.sendBank(first, false))
		s.asks("refund by bank", "refund from outside")
		s.must(s.drop(second, "it went back at Stripe"))
		s.asks("refund from outside")
		sound(t, db)
	})
}
