package billing_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// atOnce runs the work n times together and waits for all.
func atOnce(n int, work func(i int)) {
	var wait sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		wait.Go(func() {
			<-start
			work(i)
		})
	}
	close(start)
	wait.Wait()
}

// order is what is invoiced: n places at £228.00.
func order(id int64, places int) billing.InvoiceRequest {
	return billing.InvoiceRequest{
		Order: billing.Order{Kind: billing.BookingOrder, ID: id}, OrderReference: fmt.Sprintf("BK-%05d", id), PurchaseOrder: "IWN-20417",
		Customer: billing.Customer{Name: "Irwell Wellbeing Network", Address: "14 Quay Street\nSalford M50 0AA", Email: "accounts@irwellwellbeing.example"},
		Lines:    []billing.InvoiceLine{{Description: "Training, face to face, with one-year licence", Quantity: places, Unit: 22800}},
	}
}

// sound runs billing's checks of the doctor.
func sound(t *testing.T, db models.DB) {
	t.Helper()
	for name, check := range map[string]func(context.Context, models.DB) ([]string, error){
		"series": billing.CheckSeries, "ledger": billing.CheckLedger, "files": billing.CheckFiles, "books": billing.CheckBooks,
		"asked": billing.CheckAsked,
	} {
		if found, err := check(t.Context(), db); err != nil || len(found) > 0 {
			t.Errorf("%s: %s %v", name, strings.Join(found, "; "), err)
		}
	}
}

// 75 invoices are begun at once and every third fails after it has its number: the 50 others are numbered 1 to 50. The failures are
// of two kinds: an error of ours, and a database that refuses what comes next.
func TestTrap17_FiftyInvoicesAtOnceWithFailuresLeaveNoGap(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		injected := errors.New("injected after the number was taken")
		codes := make([]string, 75)
		atOnce(len(codes), func(i int) {
			err := db.InTx(t.Context(), func(tx models.DB) error {
				doc, err := billing.Issue(t.Context(), tx, access.System(), order(int64(i+1), 1+i%9))
				if err != nil || i%3 != 2 {
					codes[i] = doc.Code
					return err
				}
				if i%2 == 0 {
					return injected
				}
				return tx.SQL(t.Context()).Exec("INSERT INTO document_lines SELECT * FROM document_lines").Error
			})
			if failed := err != nil; failed != (i%3 == 2) {
				t.Errorf("invoice %d: %v", i, err)
			}
		})
		var issued []string
		for _, code := range codes {
			if code != "" {
				issued = append(issued, code)
			}
		}
		slices.Sort(issued)
		for i, code := range issued {
			if want := fmt.Sprintf("INV-%06d", i+1); code != want {
				t.Fatalf("invoice %d is %s, want %s", i+1, code, want)
			}
		}
		if len(issued) != 50 {
			t.Errorf("%d invoices, want 50", len(issued))
		}
		sound(t, db)
	})
}

// receipt is a transfer that pays an invoice.
func receipt(doc billing.Document, key string, on models.Date) billing.BankReceipt {
	return billing.BankReceipt{Code: doc.Code, Gross: doc.Gross, On: on, Reference: "IWN-20417", RequestKey: key}
}

// Two of the office record the same transfer from the same form, and a third records another one, all at once.
func TestRecordBankPayment_AtOncePaysTheInvoiceOnceAndKeepsTheRest(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office := accesstest.Office(t, db)
		doc := issued(t, db, 1)
		atOnce(12, func(i int) {
			err := db.InTx(t.Context(), func(tx models.DB) error {
				_, err := billing.RecordBankPayment(t.Context(), tx, office, receipt(doc, fmt.Sprint("form-", i%2), tx.Today()))
				return err
			})
			if err != nil && models.KindOf(err) == models.KindInternal {
				t.Errorf("recording %d: %v", i, err)
			}
		})
		owed, err := billing.Balance(t.Context(), db, doc.Order)
		if err != nil || owed != -doc.Gross {
			t.Errorf("two transfers of %s for one invoice leave %s, %v", doc.Gross, owed, err)
		}
		doc, err = billing.FindDocument(t.Context(), db, access.System().Scope(), doc.Code)
		if err != nil || doc.State(db.Today()) != billing.StatePaid || doc.Paid != doc.Gross {
			t.Errorf("%s is %s with %s paid, %v", doc.Code, doc.State(db.Today()), doc.Paid, err)
		}
		tasks, err := billing.Tasks(t.Context(), db)
		if err != nil || len(tasks) != 1 || !strings.HasPrefix(tasks[0].Sentence, "£820.80 more than was due") {
			t.Errorf("tasks %+v, %v", tasks, err)
		}
		sound(t, db)
	})
}

// issued is an invoice of three places: £820.80.
func issued(t *testing.T, db models.DB, id int64) (doc billing.Document) {
	t.Helper()
	err := db.InTx(t.Context(), func(tx models.DB) (err error) {
		doc, err = billing.Issue(t.Context(), tx, access.System(), order(id, 3))
		return err
	})
	if err != nil || doc.Gross != 82080 {
		t.Fatalf("%s of %s: %v", doc.Code, doc.Gross, err)
	}
	return doc
}

// fixedTables hold what is never changed or deleted once it is written, with a column of each that somebody might like to change.
var fixedTables = map[string]string{
	"documents": "gross_pence", "document_lines": "description", "document_vat": "vat_pence", "document_files": "sha256",
	"payments": "gross_pence", "allocations": "gross_pence", "ledger_entries": "pence", "audit_rows": "action",
	"prices": "net_pence", "vat_rates": "rate_thousandths", "ladders": "steps",
}

// Whoever reaches the database itself cannot change or delete an issued document, money, the ledger or the audit.
func TestTrap18_TheDatabaseRefusesChangeByRawSQL(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		doc, office := issued(t, db, 1), accesstest.Office(t, db)
		err := db.InTx(t.Context(), func(tx models.DB) error {
			_, err := billing.RecordBankPayment(t.Context(), tx, office, receipt(doc, "form", tx.Today()))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for table, column := range fixedTables {
			before := fingerprint(t, db, table)
			if before == "" {
				t.Errorf("%s is empty: nothing was tried", table)
			}
			for _, sql := range attacks(table, column) {
				err := db.InTx(t.Context(), func(tx models.DB) error { return tx.SQL(t.Context()).Exec(sql).Error })
				if err == nil {
					t.Errorf("not refused: %s", sql)
				}
			}
			if after := fingerprint(t, db, table); after != before {
				t.Errorf("%s changed:\n%s\n%s", table, before, after)
			}
		}
		sound(t, db)
	})
}

func attacks(table, column string) []string {
	return []string{
		"UPDATE " + table + " SET " + column + " = " + column,
		"UPDATE " + table + " SET id = id + 1000",
		"DELETE FROM " + table,
	}
}

// fingerprint is everything a table holds, as text.
func fingerprint(t *testing.T, db models.DB, table string) string {
	t.Helper()
	var rows []map[string]any
	if err := db.SQL(t.Context()).Raw("SELECT * FROM " + table + " ORDER BY id").Scan(&rows).Error; err != nil {
		t.Fatal(err)
	}
	if len(rows) == 0 {
		return ""
	}
	return fmt.Sprint(rows)
}
