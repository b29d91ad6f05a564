package billing_test

import (
	"context"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func inTx(t *testing.T, db models.DB, work func(tx models.DB) error) error {
	t.Helper()
	return db.InTx(context.WithoutCancel(t.Context()), work)
}

// placeCredit is one of three places at £228.00: £228.00 + £45.60 = £273.60 (example 7b).
func placeCredit(invoice billing.Document) billing.CreditRequest {
	return billing.CreditRequest{InvoiceID: invoice.ID, Reason: "1 place cancelled", Lines: []billing.CreditLine{{
		Line: 1, Description: "1 place cancelled", Amount: billing.Amount{Net: 22800, VAT: 4560},
	}}}
}

func creditNote(t *testing.T, db models.DB, actor access.Actor, req billing.CreditRequest) billing.Document {
	t.Helper()
	var note billing.Document
	err := inTx(t, db, func(tx models.DB) (err error) {
		note, err = billing.Credit(t.Context(), tx, actor, req)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return note
}

func find(t *testing.T, db models.DB, code string) billing.Document {
	t.Helper()
	doc, err := billing.FindDocument(t.Context(), db, access.System().Scope(), code)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func owes(t *testing.T, db models.DB, order billing.Order, want models.Pence) {
	t.Helper()
	if got, err := billing.Balance(t.Context(), db, order); err != nil || got != want {
		t.Errorf("the order owes %s, want %s: %v", got, want, err)
	}
}

func TestCredit_OnAnUnpaidInvoiceIsSetOff(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office := accesstest.Office(t, db)
		invoice := issue(t, db, 3)
		note := creditNote(t, db, office, placeCredit(invoice))
		if note.Code != "CN-000001" || note.Gross != 27360 || note.SetOff != 27360 || note.ToRefund() != 0 || note.Credits.Code != invoice.Code {
			t.Errorf("credit note %+v", note)
		}
		if left := find(t, db, invoice.Code); left.Outstanding() != 54720 || left.Credited != 27360 { // example 7c
			t.Errorf("left %s, credited %s", left.Outstanding(), left.Credited)
		}
		owes(t, db, invoice.Order, 54720)
		if kept := find(t, db, note.Code); kept.State(db.Today()) != billing.StateSettled || kept.Reason != "1 place cancelled" || kept.Credits.IssueDate != invoice.IssueDate {
			t.Errorf("kept %+v", kept)
		}
		sound(t, db)
	})
}

func TestCredit_OnAPaidInvoiceGoesBackTheWayItCame(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office := accesstest.Office(t, db)
		invoice := issue(t, db, 3)
		if _, err := receive(t, db, office, receipt(invoice, "all", db.Today())); err != nil {
			t.Fatal(err)
		}
		note := creditNote(t, db, office, placeCredit(invoice))
		if note.SetOff != 0 || find(t, db, note.Code).ToRefund() != 27360 {
			t.Errorf("set off %s, to refund %s", note.SetOff, find(t, db, note.Code).ToRefund())
		}
		owes(t, db, invoice.Order, -27360)
		for range 2 { // pressed twice
			if err := inTx(t, db, func(tx models.DB) error { return billing.RefundCredit(t.Context(), tx, office, note.ID, "form-1") }); err != nil {
				t.Fatal(err)
			}
		}
		receipts, err := billing.Receipts(t.Context(), db, office, invoice.Order)
		if err != nil || len(receipts) != 1 || len(receipts[0].Refunds) != 1 {
			t.Fatalf("receipts %+v, %v", receipts, err)
		}
		back := receipts[0].Refunds[0]
		if back.Gross != 27360 || back.Method != billing.ByBank || find(t, db, note.Code).State(db.Today()) != billing.StateOnItsWay {
			t.Errorf("refund %+v", back)
		}
		paid := func(tx models.DB) error {
			return billing.MarkBankRefundPaid(t.Context(), tx, office, back.ID, billing.BankTransfer{On: db.Today(), Reference: "BACS 77"})
		}
		if err := inTx(t, db, paid); err != nil {
			t.Fatal(err)
		}
		if err := inTx(t, db, paid); err != nil {
			t.Errorf("pressed twice: %v", err)
		}
		owes(t, db, invoice.Order, 0)
		if state := find(t, db, note.Code).State(db.Today()); state != billing.StateSettled {
			t.Errorf("the credit note is %s", state)
		}
		if tasks, err := billing.Tasks(t.Context(), db); err != nil || len(tasks) != 0 {
			t.Errorf("the task is done: %+v %v", tasks, err)
		}
		sound(t, db)
	})
}

// £600.00 of £820.80 are paid: £220.80 are owed. A credit of £273.60 takes that off first and sends £52.80 back.
func TestCredit_OnAPartPaidInvoiceIsSetOffFirst(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office := accesstest.Office(t, db)
		invoice := issue(t, db, 3)
		part := receipt(invoice, "part", db.Today())
		part.Gross = 60000
		if _, err := receive(t, db, office, part); err != nil {
			t.Fatal(err)
		}
		note := creditNote(t, db, office, placeCredit(invoice))
		if note.SetOff != 22080 || find(t, db, note.Code).ToRefund() != 5280 || find(t, db, invoice.Code).Outstanding() != 0 {
			t.Errorf("set off %s, to refund %s, open %s", note.SetOff, find(t, db, note.Code).ToRefund(), find(t, db, invoice.Code).Outstanding())
		}
		owes(t, db, invoice.Order, -5280)
		sound(t, db)
	})
}

func TestCredit_NeverMoreThanTheInvoice(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office := accesstest.Office(t, db)
		invoice := issue(t, db, 3)
		for range 3 {
			creditNote(t, db, office, placeCredit(invoice))
		}
		err := inTx(t, db, func(tx models.DB) error {
			_, err := billing.Credit(t.Context(), tx, office, placeCredit(invoice))
			return err
		})
		if models.KindOf(err) != models.KindConflict {
			t.Errorf("a fourth place of three: %v", err)
		}
		raw := inTx(t, db, func(tx models.DB) error {
			return tx.SQL(t.Context()).Exec(`INSERT INTO documents (kind, series_id, number, code, issued_at, issue_date, tax_point, supplier, customer_name,
				customer_address, customer_email, order_kind, order_id, order_reference, purchase_order, paid_statement, net_pence, vat_pence, gross_pence,
				credits_id, reason, demonstration) SELECT 'credit-note', 2, 99, 'CN-000099', issued_at, issue_date, tax_point, supplier, customer_name,
				customer_address, customer_email, order_kind, order_id, order_reference, purchase_order, '', 1, 0, 1, id, 'x', demonstration
				FROM documents WHERE id = ?`, invoice.ID).Error
		})
		if raw == nil {
			t.Error("the database let a credit note exceed its invoice")
		}
		owes(t, db, invoice.Order, 0)
		sound(t, db)
	})
}

func TestReissue_CreditsInFullAndTakesTheMoneyAlong(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office := accesstest.Office(t, db)
		invoice := issue(t, db, 3)
		part := receipt(invoice, "part", db.Today())
		part.Gross = 60000
		if _, err := receive(t, db, office, part); err != nil {
			t.Fatal(err)
		}
		customer := invoice.Customer
		correct := billing.Correction{PurchaseOrder: "IWN-20418", Customer: customer, Reason: "Purchase order number corrected"}
		var note, fresh billing.Document
		err := inTx(t, db, func(tx models.DB) (err error) {
			note, fresh, err = billing.Reissue(t.Context(), tx, office, invoice.ID, correct)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		old, now := find(t, db, invoice.Code), find(t, db, fresh.Code)
		if note.Gross != 82080 || find(t, db, note.Code).ToRefund() != 0 || old.Paid != 0 || old.Outstanding() != 0 {
			t.Errorf("note %s, old paid %s, open %s", note.Gross, old.Paid, old.Outstanding())
		}
		if now.PurchaseOrder != "IWN-20418" || now.Replaces.Code != invoice.Code || now.Paid != 60000 || now.Outstanding() != 22080 ||
			now.TaxPoint != invoice.TaxPoint || now.DueDate != invoice.DueDate {
			t.Errorf("new %+v", now)
		}
		owes(t, db, invoice.Order, 22080)
		err = inTx(t, db, func(tx models.DB) error {
			_, _, err := billing.Reissue(t.Context(), tx, office, invoice.ID, correct)
			return err
		})
		if models.KindOf(err) != models.KindConflict {
			t.Errorf("replaced twice: %v", err)
		}
		sound(t, db)
	})
}

func TestRefund_NeverMoreThanIsFree(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office := accesstest.Office(t, db)
		invoice := issue(t, db, 1) // £273.60
		over := receipt(invoice, "over", db.Today())
		over.Gross = 30000 // £26.40 too much
		if _, err := receive(t, db, office, over); err != nil {
			t.Fatal(err)
		}
		receipts, err := billing.Receipts(t.Context(), db, office, invoice.Order)
		if err != nil {
			t.Fatal(err)
		}
		ask := func(key string, gross models.Pence) error {
			return inTx(t, db, func(tx models.DB) error {
				_, err := billing.RequestRefund(t.Context(), tx, office, billing.RefundWish{
					PaymentID: receipts[0].ID, Gross: gross, Cause: billing.CauseOverpaid, Method: billing.ByBank, RequestKey: key,
				})
				return err
			})
		}
		var refused int
		results := make([]error, 10)
		atOnce(10, func(i int) { results[i] = ask(string(rune('a'+i)), 1000) }) // £26.40 hold two of £10.00
		for _, err := range results {
			if len(models.ProblemsOf(err)) > 0 {
				refused++
			} else if err != nil {
				t.Error(err)
			}
		}
		if refused != 8 {
			t.Errorf("%d of 10 were refused, want 8", refused)
		}
		if err := ask("rest", 640); err != nil {
			t.Error(err)
		}
		if err := ask("penny", 1); len(models.ProblemsOf(err)) == 0 {
			t.Errorf("a penny too much: %v", err)
		}
		sound(t, db)
	})
}

// The office enters the day of a bank refund: not before the credit note, or the VAT return of a year long filed would change.
func TestRefund_CannotHaveGoneBeforeItWasCredited(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office := accesstest.Office(t, db)
		invoice := issue(t, db, 3)
		if _, err := receive(t, db, office, receipt(invoice, "all", db.Today())); err != nil {
			t.Fatal(err)
		}
		note := creditNote(t, db, office, placeCredit(invoice))
		if err := inTx(t, db, func(tx models.DB) error { return billing.RefundCredit(t.Context(), tx, office, note.ID, "k") }); err != nil {
			t.Fatal(err)
		}
		receipts, err := billing.Receipts(t.Context(), db, office, invoice.Order)
		if err != nil {
			t.Fatal(err)
		}
		err = inTx(t, db, func(tx models.DB) error {
			return billing.MarkBankRefundPaid(t.Context(), tx, office, receipts[0].Refunds[0].ID, billing.BankTransfer{On: db.Today().AddDays(-1), Reference: "BACS"})
		})
		if models.ProblemsOf(err).For("date") == "" {
			t.Errorf("a day before the credit note: %v", err)
		}
		old := receipt(issue(t, db, 1), "old", db.Today().AddDays(-367))
		if _, err := receive(t, db, office, old); models.ProblemsOf(err).For("date") == "" {
			t.Errorf("money of more than a year ago: %v", err)
		}
	})
}

// A button pressed four times puts £100.00 of an overpayment on another invoice once.
func TestAllocateLeft_OncePerPage(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office := accesstest.Office(t, db)
		first, second := issue(t, db, 1), issue(t, db, 3)
		over := receipt(first, "over", db.Today())
		over.Gross = 27360 + 50000
		if _, err := receive(t, db, office, over); err != nil {
			t.Fatal(err)
		}
		receipts, err := billing.Receipts(t.Context(), db, office, first.Order)
		if err != nil {
			t.Fatal(err)
		}
		results := make([]error, 4)
		atOnce(4, func(i int) {
			results[i] = inTx(t, db, func(tx models.DB) error {
				return billing.AllocateLeft(t.Context(), tx, office, receipts[0].ID, 50000, []billing.AllocationShare{{DocumentID: second.ID, Gross: 10000}})
			})
		})
		done := 0
		for _, err := range results {
			if err == nil {
				done++
			} else if models.KindOf(err) != models.KindConflict {
				t.Error(err)
			}
		}
		if got := find(t, db, second.Code).Paid; done != 1 || got != 10000 {
			t.Errorf("done %d times, %s on the invoice", done, got)
		}
		sound(t, db)
	})
}
