package billing_test

import (
	"testing"

	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// settled reads where the money of an invoice's only payment is.
func settled(t *testing.T, db models.DB, invoice billing.Document) (int64, billing.SettledPayment) {
	t.Helper()
	office := accesstest.Office(t, db)
	receipts, err := billing.Receipts(t.Context(), db, office, invoice.Order)
	if err != nil || len(receipts) != 1 {
		t.Fatalf("%d receipts, %v", len(receipts), err)
	}
	p, err := billing.SettledPaymentOf(t.Context(), db, office, receipts[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return receipts[0].ID, p
}

// £820.80 came by card. While the bank has £500.00 of it in a dispute, the invoice counts as paid in full: £500.00 is ahead. Once that
// is lost, £320.80 is on the invoice, and nothing is counted twice.
func TestSettledPayment_SaysWhatADisputeHas(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		on := func(gross, disputed, ahead models.Pence) {
			t.Helper()
			_, p := settled(t, db, invoice)
			if len(p.Invoices) != 1 || p.Invoices[0].Code != invoice.Code || p.Invoices[0].Gross != gross || p.Disputed != disputed || p.Ahead != ahead || p.Waiting != 0 {
				t.Errorf("%+v", p)
			}
			if p.Invoices[0].By != "" {
				t.Errorf("%s put it there, it came by itself", p.Invoices[0].By)
			}
		}
		on(82080, 0, 0)
		dispute := s.disputed(page, 50000, false)
		on(82080, 50000, 50000)
		s.must(s.double.CloseDispute(dispute, false))
		s.hear()
		on(32080, 50000, 0)
	})
}

// £820.80 came by card and went back at Stripe, and a dispute takes it once more. While that is open, the invoice counts as paid; when it is
// lost no invoice has the money, and £820.80 has gone back twice.
func TestSettledPayment_SaysWhatHasGoneTwice(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		on := func(twice, ahead models.Pence, open, uncounted bool) {
			t.Helper()
			if _, p := settled(t, db, invoice); p.Twice != twice || p.Ahead != ahead || p.Open != open || p.Uncounted != uncounted || p.Asked != 0 || p.Waiting != 0 {
				t.Errorf("%+v", p)
			}
		}
		on(0, 0, false, false)
		s.must(s.double.RefundDirectly(page, 82080))
		s.hear()
		on(0, 82080, false, true)
		dispute := s.disputed(page, 82080, false)
		on(82080, 82080, true, true)
		s.must(s.double.CloseDispute(dispute, false))
		s.hear()
		on(82080, 0, false, true)
	})
}

// A refund that had gone and came back unpaid labels its credit note, until something goes in its place.
func TestDocumentState_OfACreditNoteWhoseRefundCameBack(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		_, invoice := s.sold(1)
		note := s.cameBack(invoice)
		is := func(want billing.DocumentState) {
			t.Helper()
			if got := find(t, db, note.Code).State(db.Today()); got != want {
				t.Errorf("%s, want %s", got, want)
			}
		}
		is(billing.StateFailed)
		next := s.instead(1)
		is(billing.StateOnItsWay)
		s.paidByBank(next)
		is(billing.StateSettled)
	})
}

// £300.00 came for £273.60: £26.40 of what the form recorded is to be decided about, until it goes back. Only the office may know.
func TestLeftOfReceipt_IsWhatIsToBeDecidedAbout(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office, invoice := accesstest.Office(t, db), issue(t, db, 1)
		over := receipt(invoice, "over", db.Today())
		over.Gross = 30000
		if _, err := receive(t, db, office, over); err != nil {
			t.Fatal(err)
		}
		left := func(key string, want models.Pence) {
			t.Helper()
			if got, err := billing.LeftOfReceipt(t.Context(), db, office, key); err != nil || got != want {
				t.Errorf("%s: %s, %v, want %s", key, got, err, want)
			}
		}
		left("over", 2640)
		left("another form", 0)
		id, p := settled(t, db, invoice)
		if p.Waiting != 2640 || p.Ahead != 0 || len(p.Invoices) != 1 || p.Invoices[0].Gross != 27360 || p.Invoices[0].By != "Joanne Fearn" {
			t.Errorf("%+v", p)
		}
		err := inTx(t, db, func(tx models.DB) error {
			_, err := billing.RequestRefund(t.Context(), tx, office, billing.RefundWish{PaymentID: id, Gross: 2640, Cause: billing.CauseOverpaid, Method: billing.ByBank, RequestKey: "back"})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		left("over", 0)
		if _, p = settled(t, db, invoice); p.Waiting != 0 || len(p.Refunds) != 1 || p.Refunds[0].Gross != 2640 || p.Refunds[0].By != "Joanne Fearn" {
			t.Errorf("%+v", p)
		}
		trainer := accesstest.Trainer(t, db)
		if _, err := billing.LeftOfReceipt(t.Context(), db, trainer, "over"); models.KindOf(err) != models.KindForbidden {
			t.Errorf("a trainer asks what is left: %v", err)
		}
		if _, err := billing.SettledPaymentOf(t.Context(), db, trainer, id); models.KindOf(err) != models.KindForbidden {
			t.Errorf("a trainer asks where money went: %v", err)
		}
		if _, err := billing.SettledPaymentOf(t.Context(), db, office, 999); models.KindOf(err) != models.KindNotFound {
			t.Errorf("a payment that there is not: %v", err)
		}
	})
}
