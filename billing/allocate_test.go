package billing_test

import (
	"testing"

	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func recordBank(t *testing.T, db models.DB, m billing.BankMoney) (id int64, err error) {
	t.Helper()
	office := accesstest.Office(t, db)
	err = inTx(t, db, func(tx models.DB) (err error) {
		id, err = billing.RecordBankMoney(t.Context(), tx, office, m)
		return err
	})
	return id, err
}

// £300.00 comes from somebody who names nothing. Put on an invoice of £273.60 it pays what that order owes: the ledger moves it there,
// and what is left stays nobody's.
func TestAllocate_MoneyOfNobodyIsMovedToWhoseInvoiceItPays(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office, invoice := accesstest.Office(t, db), issue(t, db, 1)
		money := billing.BankMoney{Gross: 30000, On: db.Today(), Reference: "thank you", RequestKey: "k"}
		id, err := recordBank(t, db, money)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := recordBank(t, db, money); err != nil || again != id { // the button pressed twice
			t.Errorf("recorded again as %d, not %d: %v", again, id, err)
		}
		owes(t, db, invoice.Order, 27360)
		allocate := func(gross models.Pence) error {
			return inTx(t, db, func(tx models.DB) error {
				return billing.Allocate(t.Context(), tx, office, id, []billing.AllocationShare{{DocumentID: invoice.ID, Gross: gross}})
			})
		}
		for _, gross := range []models.Pence{0, -1, 27361} {
			if err := allocate(gross); models.ProblemsOf(err).For("amount") == "" {
				t.Errorf("%s was put on it: %v", gross, err)
			}
		}
		if err := allocate(27360); err != nil {
			t.Fatal(err)
		}
		owes(t, db, invoice.Order, 0)
		if found := unmatched(t, db); len(found) != 1 || found[0].Left != 2640 {
			t.Errorf("left on no invoice: %+v", found)
		}
		sound(t, db)
	})
}

// £1.00 cannot pay £2.00 of invoices, and nothing of it is recorded.
func TestRecordBankMoney_NeverMoreOnInvoicesThanCame(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		first, second := issue(t, db, 1), issue(t, db, 1)
		_, err := recordBank(t, db, billing.BankMoney{
			Gross: 100, On: db.Today(), Reference: "x", RequestKey: "k",
			Shares: []billing.AllocationShare{{DocumentID: first.ID, Gross: 100}, {DocumentID: second.ID, Gross: 100}},
		})
		if models.ProblemsOf(err).For("invoices") != "These invoices take £2.00, but £1.00 came" {
			t.Error(err)
		}
		if found := unmatched(t, db); len(found) != 0 {
			t.Errorf("%+v", found)
		}
	})
}

// A credit takes from a line of its invoice what is left of its net and of its VAT, and no more of either; it is audited.
func TestCredit_OfWhatTheInvoiceHas(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office, invoice := accesstest.Office(t, db), issue(t, db, 3) // £684.00 + £136.80
		for name, c := range map[string]struct {
			line int
			of   billing.Amount
			want models.Kind
		}{
			"a penny more net":   {1, billing.Amount{Net: 68401}, models.KindConflict},
			"a penny more VAT":   {1, billing.Amount{Net: 60000, VAT: 13681}, models.KindConflict},
			"nothing":            {1, billing.Amount{}, models.KindConflict},
			"a line before":      {0, billing.Amount{Net: 100, VAT: 20}, models.KindInternal},
			"a line beyond":      {2, billing.Amount{Net: 100, VAT: 20}, models.KindInternal},
			"less than no net":   {1, billing.Amount{Net: -100, VAT: 200}, models.KindInternal},
			"less than no VAT":   {1, billing.Amount{Net: 200, VAT: -100}, models.KindInternal},
			"for no reason said": {-1, billing.Amount{Net: 100, VAT: 20}, models.KindInternal},
		} {
			req := billing.CreditRequest{InvoiceID: invoice.ID, Reason: "x", Lines: []billing.CreditLine{{Line: c.line, Description: "x", Amount: c.of}}}
			if c.line < 0 {
				req.Reason, req.Lines[0].Line = "", 1
			}
			_, preview := billing.PreviewCredit(t.Context(), db, office, req)
			err := inTx(t, db, func(tx models.DB) error {
				_, err := billing.Credit(t.Context(), tx, office, req)
				return err
			})
			for _, err := range []error{preview, err} {
				if err == nil || models.KindOf(err) != c.want {
					t.Errorf("%s: %v, want %s", name, err, c.want)
				}
			}
		}
		note := creditNote(t, db, office, placeCredit(invoice))
		var audits int
		err := db.SQL(t.Context()).Raw("SELECT COUNT(*) FROM audit_rows WHERE action = 'credit note issued' AND subject_id = ? AND actor_id = ?", note.ID, office.PersonID).Scan(&audits).Error
		if err != nil || audits != 1 {
			t.Errorf("%d audit rows, %v", audits, err)
		}
	})
}

// The money came ten days ago and was credited today: it cannot have gone back yesterday.
func TestRefund_NotBetweenItsPaymentAndItsCredit(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office, invoice := accesstest.Office(t, db), issue(t, db, 3)
		if _, err := receive(t, db, office, receipt(invoice, "all", db.Today())); err != nil {
			t.Fatal(err)
		}
		clock.Set(db.Today().AddDays(10).At(9, 0))
		note := creditNote(t, db, office, placeCredit(invoice))
		if err := inTx(t, db, func(tx models.DB) error { return billing.RefundCredit(t.Context(), tx, office, note.ID, "k") }); err != nil {
			t.Fatal(err)
		}
		receipts, err := billing.Receipts(t.Context(), db, office, invoice.Order)
		if err != nil {
			t.Fatal(err)
		}
		sent := func(days int) error {
			return inTx(t, db, func(tx models.DB) error {
				return billing.MarkBankRefundPaid(t.Context(), tx, office, receipts[0].Refunds[0].ID, billing.BankTransfer{On: db.Today().AddDays(days), Reference: "BACS"})
			})
		}
		for _, days := range []int{-1, 1} {
			if err := sent(days); models.ProblemsOf(err).For("date") == "" {
				t.Errorf("sent after %d days: %v", days, err)
			}
		}
		if err := sent(0); err != nil {
			t.Errorf("on the day of the credit note: %v", err)
		}
		sound(t, db)
	})
}
