package billing_test

import (
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// lost has a dispute about a page opened and lost.
func (s *till) lost(page string, gross models.Pence) (id string) {
	s.Helper()
	id = s.disputed(page, gross, false)
	s.must(s.double.CloseDispute(id, false))
	s.hear()
	return id
}

// givenBack has the money of a lost dispute come back.
func (s *till) givenBack(id string) {
	s.Helper()
	s.must(s.double.GiveBack(id))
	s.hear()
}

// putOn puts all that is unmatched of the one payment on an invoice, as the office's page does.
func (s *till) putOn(invoice billing.Document, gross models.Pence) {
	s.Helper()
	free := unmatched(s.T, s.db)
	if len(free) != 1 || free[0].Left != gross {
		s.Fatalf("unmatched %+v, want %s", free, gross)
	}
	s.must(inTx(s.T, s.db, func(tx models.DB) error {
		return billing.AllocateLeft(s.Context(), tx, s.office, free[0].ID, gross, []billing.AllocationShare{{DocumentID: invoice.ID, Gross: gross}})
	}))
}

// £273.60 went back to the card and came back to us; then the cardholder's bank takes them and keeps them on 13 December: the customer
// has them. While the bank decides nothing is sent; afterwards nothing is left to send, and the office's task says why it has ended.
func TestDispute_LostTakesTheMoneyOfAFailedRefund(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		note := s.cameBack(invoice)
		dispute := s.disputed(page, 27360, false)
		s.asks("dispute", "refund failed")
		s.says("Send nothing until that dispute has ended")
		if err := s.tryInstead(1); models.KindOf(err) != models.KindInvalid {
			t.Errorf("sent while the bank decides: %v", err)
		}
		s.must(s.double.CloseDispute(dispute, false))
		s.hear()
		s.asks()
		s.came(note, billing.Came{How: billing.CameByDispute, Gross: 27360, On: models.Date{Year: 2026, Month: 12, Day: 13}})
		failed, err := billing.FailedRefunds(t.Context(), db, s.office)
		if err != nil || len(failed) != 0 {
			t.Errorf("%+v %v", failed, err)
		}
		if err := s.tryInstead(1); models.KindOf(err) != models.KindConflict {
			t.Errorf("sent a second time: %v", err)
		}
		s.wants(map[string]int{
			"office_tasks WHERE kind = 'refund failed' AND done_at IS NOT NULL AND sentence LIKE '%taken the money for good since, on 13 December 2026%'": 1,
			"audit_rows WHERE action = 'task done' AND detail LIKE '%the customer has it, so nothing is left to send%'":                                   1,
			"credit_settlements": 1, "refunds": 1,
		})
		s.settled(note)
		s.stands(invoice, 54720, 0, 0)
	})
}

// The bank keeps £100.00 of the £273.60: £173.60 are still to be sent. A dispute that is won leaves all of it.
func TestDispute_LeavesOfAFailedRefundWhatItDidNotTake(t *testing.T) {
	for name, c := range map[string]struct {
		won   bool
		left  models.Pence
		words string
	}{
		"lost": {false, 17360, "A refund of £173.60 did not reach the card. Ask the customer for bank details"},
		"won":  {true, 27360, "A refund of £273.60 did not reach the card. Ask the customer for bank details"},
	} {
		t.Run(name, func(t *testing.T) {
			modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
				s := openTill(t, db, clock)
				page, invoice := s.sold(1)
				note := s.cameBack(invoice)
				s.must(s.double.CloseDispute(s.disputed(page, 10000, false), c.won))
				s.hear()
				s.asks("refund failed")
				s.says(c.words)
				s.paidByBank(s.instead(1))
				s.asks()
				var sent models.Pence
				for _, came := range find(t, db, note.Code).Came {
					if came.How == billing.CameInstead {
						sent += came.Gross
					}
				}
				if sent != c.left {
					t.Errorf("%s went by bank, want %s", sent, c.left)
				}
				s.stands(invoice, 54720, 0, 0)
			})
		})
	}
}

// What a lost dispute took comes back. The invoice that was unpaid since is to pay, and the money can be put on it again.
func TestDispute_MoneyBackGoesOnItsInvoiceAgain(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		dispute := s.lost(page, 82080)
		s.asks("dispute lost")
		s.givenBack(dispute)
		s.asks("dispute money back")
		s.says("£820.80 came back from the cardholder’s bank after the dispute was lost. INV-000001 has £820.80 to pay: put the money on it again")
		s.putOn(invoice, 82080)
		s.asks()
		s.stands(invoice, 82080, 0, 0)
	})
}

// The office had credited the invoice when the dispute was lost: nothing is to pay, and the money can only go back.
func TestDispute_MoneyBackWhenTheInvoiceIsCredited(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		dispute := s.lost(page, 82080)
		s.must(inTx(t, db, func(tx models.DB) error {
			_, err := billing.CreditWhole(t.Context(), tx, s.office, invoice.ID, "given up")
			return err
		}))
		s.asks()
		s.givenBack(dispute)
		s.asks("dispute money back")
		s.says("Its invoice asks for nothing now")
		s.must(inTx(t, db, func(tx models.DB) error {
			_, err := billing.RequestRefund(t.Context(), tx, s.office, billing.RefundWish{
				PaymentID: 1, Gross: 82080, Cause: billing.CauseOverpaid, Method: billing.ByCard, RequestKey: "back",
			})
			return err
		}))
		s.work()
		s.hear()
		s.asks()
		s.stands(invoice, 0, 0, 0)
	})
}

// One place of three is credited when the dispute about all of it is lost: £273.60 counted for the credit note, and £547.20 of the
// invoice are unpaid. When the money comes back both are asked about, and both can be done; the credit note counts for VAT once.
func TestDispute_MoneyBackMakesACreditNoteDueAgain(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		note := creditNote(t, db, s.office, placeCredit(invoice))
		dispute := s.lost(page, 82080)
		s.settled(note)
		s.stands(invoice, 0, 54720, 54720)
		clock.Advance(48 * time.Hour)
		s.givenBack(dispute)
		s.asks("credit not sent back", "dispute money back")
		s.says("The money of a lost dispute came back, so £273.60 of CN-000001 is due again. Send it from the page of the credit note")
		s.says("INV-000001 has £547.20 to pay: put the money on it again")
		s.putOn(invoice, 54720)
		s.asks("credit not sent back")
		s.must(inTx(t, db, func(tx models.DB) error { return billing.RefundCredit(t.Context(), tx, s.office, note.ID, "again") }))
		s.work()
		s.hear()
		s.asks()
		s.settled(note)
		s.stands(invoice, 54720, 0, 0)
		s.wants(map[string]int{"credit_settlements WHERE dispute_id = 1 AND gross_pence = 27360": 1, "credit_settlements": 1})
		now := find(t, db, note.Code)
		if sent, onItsWay, toSend := now.Plainly(); sent != 27360 || onItsWay+toSend != 0 || len(now.Came) != 0 {
			t.Errorf("%s sent, %s on its way, %s to send, and %+v", sent, onItsWay, toSend, now.Came)
		}
	})
}

// The customer wants what came back on another invoice: the task ends with that reason, and the money is unmatched.
func TestDispute_MoneyBackOfACreditNoteGoesOnAnInvoice(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		other := issue(t, db, 1)
		creditNote(t, db, s.office, placeCredit(invoice))
		s.givenBack(s.lost(page, 27360))
		s.asks("credit not sent back")
		tasks, err := billing.Tasks(t.Context(), db)
		s.must(err)
		s.must(inTx(t, db, func(tx models.DB) error {
			return billing.FinishTask(t.Context(), tx, s.office, tasks[0].ID, "They want it on the next invoice")
		}))
		s.putOn(other, 27360)
		s.asks()
		s.stands(invoice, 54720, 0, 0)
	})
}

// £273.60 are credited, £200.00 of them put on another invoice, and the bank keeps the other £73.60: £200.00 of the credit note are with
// nobody, and a person compares.
func TestDispute_LostLeavesACreditNoteThatWaitsForMore(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		other := issue(t, db, 1)
		note := creditNote(t, db, s.office, placeCredit(invoice))
		s.must(inTx(t, db, func(tx models.DB) error {
			return billing.Allocate(t.Context(), tx, s.office, 1, []billing.AllocationShare{{DocumentID: other.ID, Gross: 20000}})
		}))
		s.lost(page, 7360)
		s.asks("credit not sent back")
		s.says("£200.00 of CN-000001 has not gone back, and the cardholder’s bank took £73.60 of the payment for good")
		if left := find(t, db, note.Code).ToRefund(); left != 20000 {
			t.Errorf("%s waits, want £200.00", left)
		}
		sound(t, db)
	})
}

// Three places were paid, and one refunded, when the bank takes all £820.80 for good: the customer has £273.60 twice, and £547.20 of the
// invoice are unpaid. When the money comes back nobody has anything twice.
func TestDispute_LostAfterARefundGivesSomeOfItTwice(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		s.refund(invoice, "form")
		s.work()
		s.hear()
		dispute := s.lost(page, 82080)
		s.asks("dispute lost", "dispute paid twice")
		s.says("The cardholder’s bank took £820.80 back for good, and £273.60 of it had gone back before")
		s.says("The cardholder’s bank took £547.20 back for good. Its invoice is unpaid again")
		s.stands(invoice, 0, 54720, 82080)
		s.givenBack(dispute)
		s.putOn(invoice, 54720)
		s.asks()
		s.stands(invoice, 54720, 0, 0)
	})
}

// £820.80 came where £821.80 were asked, so the office is asked what becomes of them; while a dispute has them it is not, and when the
// dispute is won it is again.
func TestDispute_WonAsksAgainWhatBecomesOfThePayment(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page := s.pay(1)
		s.must(inTx(t, db, func(tx models.DB) error {
			return tx.SQL(t.Context()).Exec("UPDATE payment_attempts SET gross_pence = gross_pence + 100").Error
		}))
		if _, err := s.Settle(t.Context(), db, page); err != nil {
			t.Fatal(err)
		}
		s.heard = len(s.double.Events())
		s.asks("payment does not match")
		dispute := s.disputed(page, 82080, false)
		s.asks("dispute")
		s.must(s.double.CloseDispute(dispute, true))
		s.hear()
		s.asks("payment does not match")
		sound(t, db)
	})
}
