package billing_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/billing/stripedouble"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// Somebody refunds two of three places on Stripe's own pages, one after the other. Both are recorded and nothing is cancelled; a credit
// note that follows takes them as paid out and sends only the third: £820.80 − 2 × £273.60.
func TestTrap13_RefundsFromOutsideAreRecordedAndCountOnce(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		for range 2 {
			s.must(s.double.RefundDirectly(page, 27360))
		}
		s.hear()
		s.wants(map[string]int{"refunds WHERE reason = 'external' AND status = 'succeeded' AND gross_pence = 27360": 2, "documents": 1})
		s.stands(invoice, 82080, 0, 54720)
		s.asks("refund from outside", "refund from outside")
		note := creditNote(t, db, s.office, billing.CreditRequest{InvoiceID: invoice.ID, Reason: "3 places cancelled", Lines: []billing.CreditLine{{
			Line: 1, Description: "3 places cancelled", Amount: billing.Amount{Net: 68400, VAT: 13680},
		}}})
		s.must(inTx(t, db, func(tx models.DB) error { return billing.RefundCredit(t.Context(), tx, s.office, note.ID, "form") }))
		s.work()
		s.hear()
		if back := s.double.Refunds(); len(back) != 3 || back[2].Amount != 27360 {
			t.Errorf("%+v", back)
		}
		s.stands(invoice, 0, 0, 0)
		if state := find(t, db, note.Code).State(db.Today()); state != billing.StateSettled {
			t.Errorf("the credit note is %s", state)
		}
	})
}

// Three places of one payment are credited and refunded one by one; ten more ask for what is left of the payment, which is nothing.
func TestTrap13_ThreePartsNeverMoreThanWasPaid(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		_, invoice := s.sold(1)
		for i := range 3 {
			s.refund(invoice, fmt.Sprint("form-", i))
			s.work()
			s.hear()
		}
		s.stands(invoice, 0, 0, 0)
		refused := make([]error, 10)
		atOnce(len(refused), func(i int) {
			refused[i] = inTx(t, db, func(tx models.DB) error {
				_, err := billing.RequestRefund(t.Context(), tx, s.office, billing.RefundWish{
					PaymentID: 1, Gross: 1, Cause: billing.CauseOverpaid, Method: billing.ByCard, RequestKey: fmt.Sprint("more-", i),
				})
				return err
			})
		})
		for _, err := range refused {
			if len(models.ProblemsOf(err)) == 0 {
				t.Errorf("a penny beyond what was paid: %v", err)
			}
		}
		if back := s.double.Refunds(); len(back) != 3 {
			t.Errorf("%+v", back)
		}
		s.wants(map[string]int{"refunds WHERE status = 'succeeded'": 3, "credit_settlements": 3, "ledger_entries WHERE kind = 'refund'": 3})
	})
}

// Without our locks and sums the database itself still refuses refunds beyond the payment.
func TestTrap13_TheDatabaseRefusesMoreThanWasPaid(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		s.sold(1)
		insert := func(key string, pence int) error {
			return inTx(t, db, func(tx models.DB) error {
				return tx.SQL(t.Context()).Exec(`INSERT INTO refunds (payment_id, method, gross_pence, reason, request_key, status, failure, bank_reference, created_at)
					VALUES (1, 'card', ?, 'credit', ?, 'requested', '', '', ?)`, pence, key, tx.Now()).Error
			})
		}
		s.must(insert("within", 82000))
		if insert("beyond", 81) == nil {
			t.Error("81 pence of the 80 that were left")
		}
	})
}

// The refund goes, and weeks later the card's bank sends it back. The ledger takes it back, the credit note stays, and it is paid by
// bank instead.
func TestTrap13_ARefundThatFailsAfterItHadGone(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		_, invoice := s.sold(1)
		note := s.cameBack(invoice)
		s.stands(invoice, 54720, 0, -27360)
		s.asks("refund failed")
		s.wants(map[string]int{"documents": 2, "ledger_entries WHERE refund_id IS NOT NULL": 2})
		s.paidByBank(s.instead(1))
		s.stands(invoice, 54720, 0, 0)
		s.asks()
		s.wants(map[string]int{"credit_settlements": 1}) // it counted for VAT when the money first went
		if state := find(t, db, note.Code).State(db.Today()); state != billing.StateSettled {
			t.Errorf("the credit note is %s", state)
		}
	})
}

// A pending refund is told to be on its way, then sent, then returned, in any order and twice over: see hear.
func TestTrap3_RefundNewsInAnyOrder(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		_, invoice := s.sold(1)
		s.double.HoldRefunds(true)
		s.refund(invoice, "form")
		s.work()
		s.wants(map[string]int{"refunds WHERE status = 'pending'": 1, "ledger_entries WHERE kind = 'refund'": 0, "credit_settlements": 0})
		s.stands(invoice, 54720, 0, -27360)
		clock.Advance(3 * 24 * time.Hour)
		s.must(s.double.SettleRefund(s.double.Refunds()[0].ID, true))
		for i := len(s.double.Events()) - 1; i >= s.heard; i-- { // the last first: refund.updated before charge.refunded
			s.tell(s.double.Events()[i])
		}
		s.hear()
		s.wants(map[string]int{
			"refunds WHERE status = 'succeeded'": 1, "refunds": 1, "ledger_entries WHERE kind = 'refund' AND on_date = '2026-11-26'": 1,
			"credit_settlements WHERE on_date = '2026-11-26'": 1,
		})
		s.stands(invoice, 54720, 0, 0)
	})
}

// Stripe makes the refund and its webhook is here before the answer to our own call: one refund, not one of ours and one from outside.
func TestTrap3_TheWebhookComesBeforeTheAnswer(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		_, invoice := s.sold(1)
		s.refund(invoice, "form")
		slow := s.Till
		slow.Gateway = dead{Gateway: s.Gateway, refund: func(req billing.RefundRequest) (billing.Refund, error) {
			made, err := s.Gateway.Refund(t.Context(), req)
			s.hear()
			return made, err
		}}
		clock.Advance(later)
		s.must(slow.Sweep(t.Context(), db))
		s.work()
		s.wants(map[string]int{"refunds": 1, "refunds WHERE status = 'succeeded' AND reason = 'credit'": 1, "ledger_entries WHERE kind = 'refund'": 1})
		s.stands(invoice, 54720, 0, 0)
		s.asks()
	})
}

// The answer is lost and the program stays down for two days, in which Stripe forgets the key: the refund is looked for first.
func TestTrap8_ARefundWhoseAnswerWasLostIsNotSentAgain(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		_, invoice := s.sold(1)
		s.refund(invoice, "form")
		dying := s.Till
		dying.Gateway = dead{Gateway: s.Gateway, refund: func(req billing.RefundRequest) (billing.Refund, error) {
			_, err := s.Gateway.Refund(t.Context(), req)
			return billing.Refund{}, errors.Join(err, errKilled)
		}}
		clock.Advance(later)
		if err := dying.Sweep(t.Context(), db); !errors.Is(err, errKilled) {
			t.Fatal(err)
		}
		clock.Advance(48 * time.Hour)
		again := s.Till
		again.Gateway = dead{Gateway: s.Gateway, refund: func(billing.RefundRequest) (billing.Refund, error) {
			t.Error("asked again under a key that Stripe has forgotten")
			return billing.Refund{}, errKilled
		}}
		s.must(again.Sweep(t.Context(), db))
		s.stands(invoice, 54720, 0, 0)
		if back := s.double.Refunds(); len(back) != 1 {
			t.Errorf("%+v", back)
		}
		s.wants(map[string]int{"ledger_entries WHERE kind = 'refund' AND on_date = '2026-11-23'": 1}) // the day it went
	})
}

// Somebody was quicker at Stripe, and its webhook was lost: our refund is refused, theirs is found and pays out the credit note. What
// theirs is more than that stays for the office: £547.21 less £273.60 are £273.61.
func TestRefund_RefusedBecauseSomebodyWasQuicker(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		note := s.refund(invoice, "form")
		s.must(s.double.RefundDirectly(page, 54720+1)) // more than ours leaves
		s.work()
		s.asks("refund from outside")
		s.says("Credit notes account for £273.60 of it. Decide whether one is due for the other £273.61")
		s.settled(note)
		s.stands(invoice, 54720, 0, 27361)

		page, invoice = s.sold(2)
		note = s.refund(invoice, "second")
		s.must(s.double.RefundDirectly(page, 27360))
		s.must(s.double.RefundDirectly(page, 54720))
		s.work()
		s.asks("refund from outside", "refund from outside") // the first of these two was the credit note's
		s.settled(note)
		s.stands(invoice, 54720, 0, 54720)
		if failed, err := billing.FailedRefunds(t.Context(), db, s.office); err != nil || len(failed) != 0 {
			t.Errorf("the money has gone, and yet %+v is listed: %v", failed, err)
		}
		if err := s.tryInstead(1); models.KindOf(err) != models.KindConflict {
			t.Errorf("sent a second time: %v", err)
		}
	})
}

// A fault made us give a refund up; it had gone all the same. Its money is recorded and pays out the credit note.
func TestRefund_GivenUpAndYetSent(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		_, invoice := s.sold(1)
		s.refund(invoice, "form")
		s.double.Inject(stripedouble.Fault{Kind: stripedouble.ServerError, Method: http.MethodPost, Path: "/v1/refunds", Times: 1})
		s.work()
		s.asks("refund failed")
		s.stands(invoice, 54720, 0, -27360)
		payment, err := s.Gateway.Checkout(t.Context(), s.double.Pages()[0].ID)
		s.must(err)
		told := s.Till
		told.Gateway = dead{Gateway: s.Gateway, read: func(id string) (billing.Refund, error) {
			return billing.Refund{
				ID: id, PaymentIntent: payment.PaymentIntent, Amount: 27360, Currency: "gbp", Status: billing.RefundSucceeded,
				Created: clock.Now(), Metadata: map[string]string{"refund_id": "1"},
			}, nil
		}}
		for _, event := range []string{"evt_1", "evt_2"} {
			s.must(told.Receive(t.Context(), db, billing.Event{ID: event, Type: "refund.updated", ObjectID: "re_late", Created: clock.Now()}))
		}
		s.stands(invoice, 54720, 0, 0)
		s.asks() // it was for the credit note that waited
	})
}

// Stripe answers 402 while our account there holds too little: the refund waits, and goes when there is enough.
func TestRefund_WaitsUntilTheAccountHoldsEnough(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		_, invoice := s.sold(1)
		short := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusPaymentRequired)
			_, _ = w.Write([]byte(`{"error":{"type":"invalid_request_error","message":"Insufficient funds in your Stripe balance"}}`))
		}))
		t.Cleanup(short.Close)
		poor := billing.NewStripe(billing.StripeConfig{Key: "sk_test_double", URL: short.URL})
		waiting := s.Till
		waiting.Gateway = dead{Gateway: s.Gateway, refund: func(req billing.RefundRequest) (billing.Refund, error) { return poor.Refund(t.Context(), req) }}
		s.refund(invoice, "form")
		clock.Advance(later)
		for range 2 {
			s.must(waiting.Sweep(t.Context(), db))
		}
		s.asks("refund waits")
		s.wants(map[string]int{"refunds WHERE status = 'requested'": 1})
		s.must(s.Sweep(t.Context(), db))
		s.asks()
		s.stands(invoice, 54720, 0, 0)
	})
}

// Stripe says that a refund has gone, and not when: it counts on the day we hear of it, 26 November. One whose day it says counts on that.
func TestRefund_WithoutADayCountsWhenWeHearOfIt(t *testing.T) {
	for name, c := range map[string]struct {
		told bool
		on   string
	}{"no day": {false, "2026-11-26"}, "a day": {true, "2026-11-24"}} {
		t.Run(name, func(t *testing.T) {
			modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
				s := openTill(t, db, clock)
				_, invoice := s.sold(1)
				s.refund(invoice, "form")
				var on time.Time
				if c.told {
					on = clock.Now().Add(24 * time.Hour)
				}
				clock.Advance(3 * 24 * time.Hour)
				silent := s.Till
				silent.Gateway = dead{Gateway: s.Gateway, refund: func(req billing.RefundRequest) (billing.Refund, error) {
					made, err := s.Gateway.Refund(t.Context(), req)
					made.Created = on
					return made, err
				}}
				s.must(silent.Sweep(t.Context(), db))
				s.wants(map[string]int{
					"ledger_entries WHERE kind = 'refund' AND on_date = '" + c.on + "'": 1, "credit_settlements WHERE on_date = '" + c.on + "'": 1,
				})
				s.stands(invoice, 54720, 0, 0)
			})
		})
	}
}
