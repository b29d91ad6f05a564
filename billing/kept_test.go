package billing_test

import (
	"database/sql"
	"errors"
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// The ways round a row trigger: replacing a row with an insert, and emptying the table at once.
func TestTrap18_AnIssuedDocumentCannotBeReplacedOrEmptied(t *testing.T) {
	attacks := map[models.Dialect]string{
		models.SQLite:   "INSERT OR REPLACE INTO document_files SELECT id, document_id, content_type, sha256, X'00', created_at FROM document_files",
		models.Postgres: "TRUNCATE document_files CASCADE",
	}
	refusals := map[models.Dialect]error{models.SQLite: models.ErrDuplicate, models.Postgres: models.ErrRefused}
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		issue(t, db, 1)
		err := db.InTx(t.Context(), func(tx models.DB) error {
			return models.Translate(tx.SQL(t.Context()).Exec(attacks[db.Dialect()]).Error)
		})
		if !errors.Is(err, refusals[db.Dialect()]) {
			t.Errorf("%s: %v", attacks[db.Dialect()], err)
		}
	})
}

// Somebody opens the file with another program, whose connections ask neither recursive triggers nor foreign keys.
func TestTrap18_AnotherProgramCannotReplaceRowsEither(t *testing.T) {
	db, clock := modelstest.Open(t, models.SQLite)
	s := openTill(t, db, clock)
	page, _ := s.sold(1)
	s.must(s.double.RefundDirectly(page, 13680))
	s.disputed(page, 82080, false)
	var path string
	s.must(db.SQL(t.Context()).Raw("SELECT file FROM pragma_database_list WHERE name = 'main'").Scan(&path).Error)
	plain, err := sql.Open("sqlite", "file:"+path+"?_pragma=recursive_triggers(0)&_busy_timeout=10000")
	s.must(err)
	defer plain.Close()
	for _, table := range []string{
		"documents", "document_lines", "document_vat", "document_files", "payments", "allocations", "ledger_entries", "audit_rows",
		"payment_attempts", "refunds", "disputes", "office_tasks",
	} {
		before := fingerprint(t, db, table)
		if before == "" {
			t.Errorf("%s is empty: nothing was tried", table)
		}
		for _, attack := range []string{"INSERT OR REPLACE INTO " + table + " SELECT * FROM " + table, "DELETE FROM " + table} {
			if _, err := plain.ExecContext(t.Context(), attack); err == nil {
				t.Errorf("not refused: %s", attack)
			}
		}
		if after := fingerprint(t, db, table); after != before {
			t.Errorf("%s changed:\n%s\n%s", table, before, after)
		}
	}
	// An id of its own, and the number of an invoice that there is.
	copied := `INSERT OR REPLACE INTO documents (id, kind, series_id, number, code, issued_at, issue_date, tax_point, due_date, supplier, customer_name,
		customer_address, customer_email, order_kind, order_id, order_reference, purchase_order, paid_statement, net_pence, vat_pence, gross_pence, reason, demonstration)
		SELECT id + 1000, kind, series_id, number + 1000, code, issued_at, issue_date, tax_point, due_date, supplier, 'Another', customer_address, customer_email,
		order_kind, order_id, order_reference, purchase_order, paid_statement, net_pence, vat_pence, gross_pence, reason, demonstration FROM documents`
	if _, err := plain.ExecContext(t.Context(), copied); err == nil {
		t.Error("an invoice was replaced by another with its code")
	}
}

// What Stripe says twice is kept once, and the second is not an error: its first row stays.
func TestTrap18_AnEventToldAgainChangesNothing(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		s.sold(1)
		tellAll := func() string {
			for _, event := range s.double.Events() {
				s.tell(event)
			}
			return fingerprint(t, db, "stripe_events")
		}
		if before, after := tellAll(), tellAll(); before == "" || after != before {
			t.Errorf("changed:\n%s\n%s", before, after)
		}
	})
}
