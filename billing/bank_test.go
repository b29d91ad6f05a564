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

// issue makes an invoice of n places at £228.00: 3 are £820.80.
func issue(t *testing.T, db models.DB, n int) billing.Document {
	t.Helper()
	var doc billing.Document
	err := db.InTx(t.Context(), func(tx models.DB) (err error) {
		doc, err = billing.Issue(t.Context(), tx, access.System(), billing.InvoiceRequest{
			Order: billing.Order{Kind: billing.BookingOrder, ID: 1}, OrderReference: "BK-00001",
			Customer: billing.Customer{Name: "Irwell Wellbeing Network", Address: "14 Quay Street\nSalford M50 0AA"},
			Lines:    []billing.InvoiceLine{{Description: "Training", Quantity: n, Unit: 22800}},
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func receive(t *testing.T, db models.DB, actor access.Actor, r billing.BankReceipt) (billing.Document, error) {
	t.Helper()
	var doc billing.Document
	err := db.InTx(context.Background(), func(tx models.DB) (err error) {
		doc, err = billing.RecordBankPayment(t.Context(), tx, actor, r)
		return err
	})
	return doc, err
}

func TestBankPayment_PartThenRestThenTooMuch(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office := accesstest.Office(t, db)
		doc := issue(t, db, 3)
		today := db.Today()
		pay := func(key string, gross models.Pence, state billing.DocumentState, open models.Pence) {
			t.Helper()
			got, err := receive(t, db, office, billing.BankReceipt{Code: doc.Code, Gross: gross, On: today, RequestKey: key})
			if err != nil || got.State(today) != state || got.Outstanding() != open {
				t.Errorf("after %s: %s, %s open, %v; want %s, %s", gross, got.State(today), got.Outstanding(), err, state, open)
			}
		}
		pay("1", 20000, billing.StatePartPaid, 62080)
		pay("1", 20000, billing.StatePartPaid, 62080) // the same form again
		pay("2", 62080, billing.StatePaid, 0)
		pay("3", 500, billing.StatePaid, 0)
		tasks, err := billing.Tasks(t.Context(), db)
		if err != nil || len(tasks) != 1 {
			t.Errorf("an overpayment asks the office once: %+v %v", tasks, err)
		}
		if owed, err := billing.Balance(t.Context(), db, doc.Order); err != nil || owed != -500 {
			t.Errorf("balance %s, want −£5.00: %v", owed, err)
		}
		for name, check := range map[string]func(context.Context, models.DB) ([]string, error){"ledger": billing.CheckLedger, "series": billing.CheckSeries} {
			if found, err := check(t.Context(), db); err != nil || len(found) > 0 {
				t.Errorf("%s: %v %v", name, found, err)
			}
		}
	})
}

func TestBankPayment_RefusesNonsenseAndStrangers(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office := accesstest.Office(t, db)
		doc := issue(t, db, 1)
		good := billing.BankReceipt{Code: doc.Code, Gross: 100, On: db.Today(), RequestKey: "k"}
		for _, c := range []struct {
			field string
			kind  models.Kind
			spoil func(*billing.BankReceipt)
		}{
			{"amount", models.KindInvalid, func(r *billing.BankReceipt) { r.Gross = 0 }},
			{"date", models.KindInvalid, func(r *billing.BankReceipt) { r.On = models.Date{} }},
			{"date", models.KindInvalid, func(r *billing.BankReceipt) { r.On = db.Today().AddDays(1) }},
			{"", models.KindNotFound, func(r *billing.BankReceipt) { r.Code = "INV-999999" }},
		} {
			r := good
			c.spoil(&r)
			_, err := receive(t, db, office, r)
			problems := models.ProblemsOf(err)
			if models.KindOf(err) != c.kind || c.field != "" && problems.For(c.field) == "" {
				t.Errorf("%+v: %v", r, err)
			}
		}
		if _, err := receive(t, db, access.Visitor(), good); models.KindOf(err) != models.KindForbidden {
			t.Errorf("a visitor recorded a payment: %v", err)
		}
		if owed, err := billing.Balance(t.Context(), db, doc.Order); err != nil || owed != 27360 {
			t.Errorf("a refused receipt changed the balance to %s: %v", owed, err)
		}
	})
}

// An invoice is overdue from the day after its last day to pay.
func TestDocument_OverdueFromTheDayAfter(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		doc := issue(t, db, 1)
		if doc.State(doc.DueDate) != billing.StateSent || doc.State(doc.DueDate.AddDays(1)) != billing.StateOverdue {
			t.Errorf("%s, then %s", doc.State(doc.DueDate), doc.State(doc.DueDate.AddDays(1)))
		}
	})
}
