package billing_test

import (
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// disputed opens a dispute about a page and tells the program.
func (s *till) disputed(page string, gross models.Pence, inquiry bool) (id string) {
	s.Helper()
	id, err := s.double.OpenDispute(page, gross, "fraudulent", inquiry)
	s.must(err)
	s.hear()
	return id
}

// The double gives nine days from 23 November to answer. While the bank has the money the invoice stays paid: nothing is decided.
func TestDispute_WonBringsTheMoneyBack(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		id := s.disputed(page, 82080, false)
		s.stands(invoice, 82080, 0, 82080)
		s.asks("dispute")
		tasks, err := billing.Tasks(t.Context(), db)
		if err != nil || !strings.Contains(tasks[0].Sentence, "£820.80 back. Answer at Stripe by 2 December 2026") {
			t.Errorf("%+v %v", tasks, err)
		}
		s.must(s.double.CloseDispute(id, true))
		s.hear()
		s.stands(invoice, 82080, 0, 0)
		s.asks()
		s.wants(map[string]int{
			"disputes WHERE status = 'won' AND NOT withdrawn": 1, "ledger_entries WHERE dispute_id IS NOT NULL": 2,
			"documents": 1, "refunds": 0, "audit_rows WHERE action IN ('dispute opened', 'dispute won')": 2,
		})
	})
}

// The debt is still there: the invoice is unpaid and not credited, and another payment settles it.
func TestDispute_LostLeavesTheInvoiceUnpaid(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		s.must(s.double.CloseDispute(s.disputed(page, 82080, false), false))
		s.hear()
		s.stands(invoice, 0, 82080, 82080)
		s.asks("dispute lost")
		s.wants(map[string]int{"documents": 1, "disputes WHERE status = 'lost' AND withdrawn": 1})
		if _, err := receive(t, db, s.office, receipt(invoice, "again", db.Today())); err != nil {
			t.Fatal(err)
		}
		s.stands(invoice, 82080, 0, 0)
	})
}

// One place of three is credited and its £273.60 not yet sent, when the bank takes just that for good: the other two stay paid, and
// the customer has the money of the credit note.
func TestDispute_LostTakesWhatIsOnNoInvoiceFirst(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		note := creditNote(t, db, s.office, placeCredit(invoice))
		id := s.disputed(page, 27360, false)
		s.must(s.double.CloseDispute(id, false))
		s.hear()
		s.stands(invoice, 54720, 0, 0)
		s.settled(note)
		s.asks()
	})
}

func TestDispute_AnInquiryTakesNothingUntilItGrows(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		id := s.disputed(page, 82080, true)
		s.stands(invoice, 82080, 0, 0)
		s.asks("dispute")
		s.must(s.double.TakeFunds(id))
		s.hear()
		s.stands(invoice, 82080, 0, 82080)
		other, second := s.sold(2)
		s.must(s.double.CloseDispute(s.disputed(other, 82080, true), true))
		s.hear()
		s.stands(second, 82080, 0, 0)
		s.asks("dispute")
	})
}

// A worker read the dispute before it was won and gets to write only afterwards.
func TestDispute_OlderNewsTakesNothingAgain(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		id := s.disputed(page, 82080, false)
		before, err := s.Gateway.DisputeByID(t.Context(), id)
		s.must(err)
		s.must(s.double.CloseDispute(id, true))
		s.hear()
		slow := s.Till
		slow.Gateway = dead{Gateway: s.Gateway, dispute: func(string) (billing.Dispute, error) { return before, nil }}
		s.must(slow.Receive(t.Context(), db, billing.Event{ID: "evt_slow", Type: "charge.dispute.updated", ObjectID: id, Created: clock.Now()}))
		s.stands(invoice, 82080, 0, 0)
	})
}

// Twenty workers hear of one dispute at once.
func TestDispute_HeardAtOnceIsOne(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		id, err := s.double.OpenDispute(page, 82080, "fraudulent", false)
		s.must(err)
		s.must(s.double.CloseDispute(id, false))
		fresh := s.double.Events()[s.heard:]
		atOnce(20, func(i int) { s.tell(fresh[i%len(fresh)]) })
		s.stands(invoice, 0, 82080, 82080)
		s.wants(map[string]int{"disputes": 1, "ledger_entries WHERE dispute_id IS NOT NULL": 1, "allocations": 2})
		s.asks("dispute lost")
	})
}

// News of the dispute comes before news of the payment: the hourly look finds it again.
func TestDispute_HeardBeforeItsPayment(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page := s.pay(1)
		s.heard = len(s.double.Events())
		s.disputed(page, 82080, false)
		s.asks("unknown dispute")
		if _, err := s.Settle(t.Context(), db, page); err != nil {
			t.Fatal(err)
		}
		s.must(s.CatchUp(t.Context(), db))
		owes(t, db, billing.Order{Kind: billing.BookingOrder, ID: 1}, 82080)
		s.asks("dispute")
		sound(t, db)
	})
}

// The bank asks for a payment whose refund is waiting: Stripe refuses the refund, and nobody is asked to pay it a second time.
func TestDispute_ARefundItOvertakesIsNotPaidAnotherWay(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		note := creditNote(t, db, s.office, billing.CreditRequest{InvoiceID: invoice.ID, Reason: "3 places cancelled", Lines: []billing.CreditLine{{
			Line: 1, Description: "3 places cancelled", Amount: billing.Amount{Net: 68400, VAT: 13680},
		}}})
		s.must(inTx(t, db, func(tx models.DB) error { return billing.RefundCredit(t.Context(), tx, s.office, note.ID, "form") }))
		s.disputed(page, 82080, false)
		s.work()
		s.asks("dispute", "refund failed")
		tasks, err := billing.Tasks(t.Context(), db)
		if err != nil || !strings.Contains(tasks[1].Sentence, "Send nothing until that dispute has ended") {
			t.Errorf("%+v %v", tasks, err)
		}
		failed, err := billing.FailedRefunds(t.Context(), db, s.office)
		if err != nil || len(failed) != 1 {
			t.Fatalf("%+v %v", failed, err)
		}
		if err := s.tryInstead(failed[0].ID); len(models.ProblemsOf(err)) == 0 {
			t.Errorf("sent a second time: %v", err)
		}
		s.stands(invoice, 0, 0, 0)
	})
}

// The office sends a credit note's money from its page; Stripe refuses, because the bank asks for the payment. When that dispute is won
// the same page sends it after all: once, however often its button is pressed.
func TestDispute_WonACreditNoteIsSentFromItsPageAfterAll(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		note := creditNote(t, db, s.office, placeCredit(invoice))
		press := func() {
			key, err := billing.CreditKey(t.Context(), db, note)
			s.must(err)
			for range 2 {
				s.must(inTx(t, db, func(tx models.DB) error { return billing.RefundCredit(t.Context(), tx, s.office, note.ID, key) }))
			}
			s.work()
			s.hear()
		}
		id, err := s.double.OpenDispute(page, 10000, "fraudulent", false) // Stripe knows before we do
		s.must(err)
		press()
		s.asks("dispute", "refund failed")
		s.must(s.double.CloseDispute(id, true))
		s.hear()
		s.says("A refund of £273.60 did not reach the card. Ask the customer for bank details")
		press()
		s.asks()
		s.settled(note)
		if back := s.double.Refunds(); len(back) != 1 || back[0].Amount != 27360 {
			t.Errorf("%+v", back)
		}
		s.stands(invoice, 54720, 0, 0)
	})
}
