package billing_test

import (
	"fmt"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// invoiceFor makes an invoice of n places at £228.00 for an organisation: 1 is £273.60. It is due 30 days later.
func invoiceFor(t *testing.T, db models.DB, organisation, order int64, n int) billing.Document {
	t.Helper()
	var doc billing.Document
	err := inTx(t, db, func(tx models.DB) (err error) {
		doc, err = billing.Issue(t.Context(), tx, access.System(), billing.InvoiceRequest{
			Order: billing.Order{Kind: billing.BookingOrder, ID: order}, OrderReference: fmt.Sprintf("BK-%05d", order), PurchaseOrder: "IWN-20417",
			Customer: billing.Customer{
				Name: "Irwell Wellbeing Network", Address: "14 Quay Street\nSalford M50 0AA", Email: "accounts@irwell.example", OrganisationID: &organisation,
			},
			Lines: []billing.InvoiceLine{{Description: "Training", Quantity: n, Unit: 22800, Route: billing.OpenAccess, Format: billing.FaceToFace}},
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func irwell(t *testing.T, db models.DB) int64 {
	t.Helper()
	return accesstest.Manager(t, db, "Priya Nair", "priya@irwell.example", "Irwell Wellbeing Network").Organisations[0].OrganisationID
}

// letters are the mails with a word in their subject, whole, the newest first.
func letters(t *testing.T, db models.DB, subject string) []mail.Mail {
	t.Helper()
	all, _, err := mail.List(t.Context(), db, mail.Filter{Search: subject})
	for i := range all {
		if err == nil {
			all[i], err = mail.Find(t.Context(), db, all[i].ID)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Trap 21: a payment on no invoice is asked about before its 30 days are over, a refund without a credit note before its 14.
func TestTrap21_MoneyWithoutItsPaperIsAskedAboutInTime(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office := accesstest.Office(t, db)
		start := db.Today()
		err := inTx(t, db, func(tx models.DB) error {
			_, err := billing.RecordBankMoney(t.Context(), tx, office, billing.BankMoney{Gross: 27360, On: start, Reference: "IWN 20417", RequestKey: "k"})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct{ after, want int }{{19, 0}, {20, 1}, {25, 1}} {
			clock.Set(start.AddDays(c.after).At(9, 0))
			for range 2 {
				if err := billing.WatchDeadlines(t.Context(), db); err != nil {
					t.Fatal(err)
				}
			}
			tasks, err := billing.Tasks(t.Context(), db)
			if err != nil || len(tasks) != c.want {
				t.Errorf("after %d days: %+v, %v", c.after, tasks, err)
			}
			says := fmt.Sprintf("£273.60 that came on %s with reference IWN 20417 is on no invoice. If it is for training, its invoice must be issued by %s", start, start.AddDays(30))
			if c.want == 1 && !strings.HasPrefix(tasks[0].Sentence, says) {
				t.Error(tasks[0].Sentence)
			}
		}
	})
}

// £300.00 comes for an invoice of £273.60: the task about the £26.40 too much is the only one, also when the deadline nears. £300.00 of
// which £200.00 finds its place is asked about again with what is left, and not once somebody has said that nothing is to do.
func TestWatchDeadlines_AsksOnceAboutAPayment(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office, start := accesstest.Office(t, db), db.Today()
		over, other := receipt(issue(t, db, 1), "over", start), issue(t, db, 1)
		over.Gross = 30000
		if _, err := receive(t, db, office, over); err != nil {
			t.Fatal(err)
		}
		asked := func(want ...string) []billing.Task {
			t.Helper()
			if err := billing.WatchDeadlines(t.Context(), db); err != nil {
				t.Fatal(err)
			}
			tasks, err := billing.Tasks(t.Context(), db)
			if err != nil || len(tasks) != len(want) {
				t.Fatalf("%+v, %v; want %q", tasks, err, want)
			}
			for i, words := range want {
				if !strings.Contains(tasks[i].Sentence, words) {
					t.Errorf("%q does not say %q", tasks[i].Sentence, words)
				}
			}
			return tasks
		}
		clock.Set(start.AddDays(20).At(9, 0))
		asked("£26.40")
		do := func(work func(tx models.DB) error) {
			t.Helper()
			if err := inTx(t, db, work); err != nil {
				t.Fatal(err)
			}
		}
		do(func(tx models.DB) error {
			_, err := billing.RecordBankMoney(t.Context(), tx, office, billing.BankMoney{Gross: 30000, On: start, RequestKey: "free"})
			return err
		})
		asked("£26.40", "£300.00 that came on "+start.String()+" is on no invoice")
		do(func(tx models.DB) error {
			return billing.Allocate(t.Context(), tx, office, 2, []billing.AllocationShare{{DocumentID: other.ID, Gross: 20000}})
		})
		tasks := asked("£26.40", "£100.00 that came on "+start.String())
		do(func(tx models.DB) error {
			return billing.FinishTask(t.Context(), tx, office, tasks[1].ID, "It is the other account’s")
		})
		asked("£26.40")
		sound(t, db)
	})
}

// An external refund that has gone and has no credit note: asked about on the tenth day, not the ninth.
func TestTrap21_ARefundFromOutsideNeedsItsCreditNote(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office := accesstest.Office(t, db)
		invoice := issue(t, db, 1)
		if _, err := receive(t, db, office, receipt(invoice, "k", db.Today())); err != nil {
			t.Fatal(err)
		}
		receipts, err := billing.Receipts(t.Context(), db, office, invoice.Order)
		if err != nil {
			t.Fatal(err)
		}
		start := db.Today()
		err = inTx(t, db, func(tx models.DB) error { // as the sweep writes down one begun at Stripe
			err := tx.SQL(t.Context()).Exec(`INSERT INTO refunds (payment_id, method, gross_pence, reason, request_key, status, failure, created_at, ended_at, bank_reference)
				VALUES (?, 'card', 27360, 'external', 'e', 'succeeded', '', ?, ?, '')`, receipts[0].ID, tx.Now(), tx.Now()).Error
			if err != nil {
				return err
			}
			return tx.SQL(t.Context()).Exec(`INSERT INTO ledger_entries (at, on_date, kind, pence, refund_id, order_kind, order_id)
				SELECT ?, ?, 'refund', 27360, id, 'booking', 1 FROM refunds WHERE request_key = 'e'`, tx.Now(), start).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct{ after, want int }{{9, 0}, {10, 1}} {
			clock.Set(start.AddDays(c.after).At(9, 0))
			if err := billing.WatchDeadlines(t.Context(), db); err != nil {
				t.Fatal(err)
			}
			tasks, err := billing.Tasks(t.Context(), db)
			if err != nil || len(tasks) != c.want || c.want == 1 && !strings.Contains(tasks[0].Sentence, start.AddDays(14).String()) {
				t.Errorf("after %d days: %+v, %v", c.after, tasks, err)
			}
		}
	})
}
