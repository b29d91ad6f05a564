package billing_test

import (
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
		s.instead(failed[0].ID)
		waiting, err := billing.BankRefunds(t.Context(), db, s.office)
		if err != nil || len(waiting) != 1 || waiting[0].Gross != 54720 {
			t.Fatalf("%+v, %v", waiting, err)
		}
		s.paidByBank(waiting[0].ID)
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
