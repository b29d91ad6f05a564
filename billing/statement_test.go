package billing_test

import (
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// November: an invoice of £273.60 and £1,000.00 for it and one of £820.80 of January. December: nothing. January: that invoice.
// Owed: 273.60 − 1,000.00 + 820.80 = 94.40.
func TestStatement_OpensWithWhatWasOwedAndAddsUp(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office, org := accesstest.Office(t, db), irwell(t, db)
		first := invoiceFor(t, db, org, 1, 1)
		err := inTx(t, db, func(tx models.DB) error {
			_, err := billing.RecordBankMoney(t.Context(), tx, office, billing.BankMoney{
				Gross: 100000, On: db.Today(), Reference: "IWN", RequestKey: "k", Shares: []billing.AllocationShare{{DocumentID: first.ID, Gross: 27360}},
			})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		clock.Set(models.Date{Year: 2027, Month: time.January, Day: 5}.At(9, 0))
		second := invoiceFor(t, db, org, 2, 3)
		payment := unmatched(t, db)[0]
		err = inTx(t, db, func(tx models.DB) error {
			return billing.Allocate(t.Context(), tx, office, payment.ID, []billing.AllocationShare{{DocumentID: second.ID, Gross: payment.Left}})
		})
		if err != nil {
			t.Fatal(err)
		}
		clock.Set(models.Date{Year: 2027, Month: time.February, Day: 10}.At(9, 0))
		all, err := billing.StatementOf(t.Context(), db, office.Scope(), org, billing.Period{From: first.IssueDate, To: db.Today()})
		if err != nil || all.Opening != 0 || all.Closing != 9440 || len(all.Lines) != 3 || all.Lines[1].Balance != -72640 || all.OverdueSum() != 9440 {
			t.Errorf("%+v %v", all, err)
		}
		january := billing.Period{From: models.Date{Year: 2027, Month: time.January, Day: 1}, To: models.Date{Year: 2027, Month: time.January, Day: 31}}
		st, err := billing.StatementOf(t.Context(), db, access.Scope{OrganisationIDs: []int64{org}}, org, january)
		if err != nil || st.Opening != -72640 || len(st.Lines) != 1 || st.Lines[0].Code != second.Code || st.Lines[0].PurchaseOrder != "IWN-20417" || st.Closing != 9440 {
			t.Errorf("%+v %v", st, err)
		}
		text := string(billing.StatementCSV(st))
		if !strings.Contains(text, "2027-01-05,Invoice,"+second.Code+",IWN-20417,,820.80,94.40\r\n") {
			t.Error(text)
		}
		for _, scope := range []access.Scope{{}, {OrganisationIDs: []int64{org + 1}}, access.Visitor().Scope()} {
			if _, err := billing.StatementOf(t.Context(), db, scope, org, january); models.KindOf(err) != models.KindNotFound {
				t.Errorf("%+v sees the account: %v", scope, err)
			}
		}
		sound(t, db)
	})
}

func TestSendStatement_OnceForEachRequest(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office, org := accesstest.Office(t, db), irwell(t, db)
		invoiceFor(t, db, org, 1, 1)
		period := billing.Period{From: db.Today().AddDays(-30), To: db.Today()}
		send := func(actor access.Actor) error {
			return inTx(t, db, func(tx models.DB) error { return billing.SendStatement(t.Context(), tx, actor, org, period, "once") })
		}
		if err := send(accesstest.Trainer(t, db)); models.KindOf(err) != models.KindForbidden {
			t.Errorf("a trainer sends a statement: %v", err)
		}
		addressed(t, db, org)
		for range 2 {
			if err := send(office); err != nil {
				t.Fatal(err)
			}
		}
		mails := letters(t, db, "Statement")
		if len(mails) != 1 || !strings.Contains(mails[0].Text, "£273.60 is to pay at the end of this period") {
			t.Errorf("%+v", mails)
		}
	})
}

// Three places are paid by bank, £820.80, and £129.00 of one is credited, which is asked for by bank transfer. Six places face to face, £1,641.60, are unpaid. 1,641.60 is asked for, though the balance is 1,512.60; with the six paid,
// nothing is. On its day the refund is entered, and both sums are the same.
func TestStatement_AsksForWhatIsUnpaidWhileARefundGoesSeparately(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office, org := accesstest.Office(t, db), irwell(t, db)
		addressed(t, db, org)
		paid := invoiceFor(t, db, org, 1, 3)
		pays(t, db, office, paid)
		clock.Set(models.Date{Year: 2026, Month: time.December, Day: 1}.At(9, 0))
		note := creditNote(t, db, office, billing.CreditRequest{InvoiceID: paid.ID, Reason: "1 place cancelled", Lines: []billing.CreditLine{{
			Line: 1, Description: "1 place cancelled", Amount: billing.Amount{Net: 10750, VAT: 2150},
		}}})
		err := inTx(t, db, func(tx models.DB) error { return billing.RefundCredit(t.Context(), tx, office, note.ID, "form") })
		if err != nil {
			t.Fatal(err)
		}
		first := billing.Period{From: paid.IssueDate, To: db.Today()}
		states := func(p billing.Period, closing, asked models.Pence, words, letter string) {
			t.Helper()
			st, err := billing.StatementOf(t.Context(), db, office.Scope(), org, p)
			if err != nil || st.Closing != closing || st.Asked() != asked || strings.Join(st.ReturnWords(), " ") != words {
				t.Errorf("%s and %s, %q; %v", st.Closing, st.Asked(), st.ReturnWords(), err)
			}
			key := access.NewSecret()
			err = inTx(t, db, func(tx models.DB) error { return billing.SendStatement(t.Context(), tx, office, org, p, key) })
			if err != nil {
				t.Fatal(err)
			}
			if got := letters(t, db, "Statement")[0].Text; !strings.Contains(got, letter) || closing == -12900 && strings.Contains(got, "We owe you") {
				t.Errorf("%q is not in %q", letter, got)
			}
		}
		const separately = "£129.00 goes back to you by bank transfer separately."
		states(first, -12900, 0, separately, "Nothing is to pay at the end of this period. "+separately)
		before := billing.Period{From: paid.IssueDate, To: db.Today().AddDays(-1)}
		states(before, 0, 0, "", "Nothing is to pay at the end of this period.\n")
		six := invoiceFor(t, db, org, 2, 6)
		states(first, 151260, 164160, separately, "£1,641.60 is to pay at the end of this period. "+separately)
		wanted, err := billing.BankRefunds(t.Context(), db, office)
		if err != nil || len(wanted) != 1 {
			t.Fatalf("%+v %v", wanted, err)
		}
		clock.Set(models.Date{Year: 2026, Month: time.December, Day: 4}.At(9, 0))
		err = inTx(t, db, func(tx models.DB) error {
			return billing.MarkBankRefundPaid(t.Context(), tx, office, wanted[0].ID, billing.BankTransfer{On: db.Today(), Reference: "IWN back"})
		})
		if err != nil {
			t.Fatal(err)
		}
		const since = "£129.00 has gone back to you by bank transfer separately since then."
		states(first, 151260, 164160, since, "£1,641.60 is to pay at the end of this period. "+since)
		states(billing.Period{From: paid.IssueDate, To: db.Today()}, 164160, 164160, "", "£1,641.60 is to pay at the end of this period.\n")
		pays(t, db, office, six)
		states(billing.Period{From: paid.IssueDate, To: db.Today()}, 0, 0, "", "Nothing is to pay at the end of this period.\n")
		sound(t, db)
	})
}

// addressed gives an organisation an address for invoices.
func addressed(t *testing.T, db models.DB, organisation int64) {
	t.Helper()
	err := inTx(t, db, func(tx models.DB) error {
		return tx.SQL(t.Context()).Exec("UPDATE organisations SET invoice_email = 'accounts@irwell.example' WHERE id = ?", organisation).Error
	})
	if err != nil {
		t.Fatal(err)
	}
}

// pays records that the whole of an invoice came by bank today.
func pays(t *testing.T, db models.DB, actor access.Actor, doc billing.Document) {
	t.Helper()
	if _, err := receive(t, db, actor, receipt(doc, "all of "+doc.Code, db.Today())); err != nil {
		t.Fatal(err)
	}
}
