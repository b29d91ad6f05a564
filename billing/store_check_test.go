package billing_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// Each damage is done behind the program's back, with the database's own guard taken away.
func TestCheckLedger_FindsEachDamage(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		note := creditNote(t, db, s.office, placeCredit(invoice))
		s.must(inTx(t, db, func(tx models.DB) error {
			_, err := billing.RequestRefund(t.Context(), tx, s.office, billing.RefundWish{
				PaymentID: 1, Gross: note.Gross, Cause: billing.CauseCredit, CreditID: &note.ID, Method: billing.ByBank, RequestKey: "form",
			})
			return err
		}))
		s.must(s.double.CloseDispute(s.disputed(page, 1000, false), false))
		s.hear()
		sound(t, db)
		for _, c := range []struct{ table, guard, damage, want string }{
			{"disputes", "", "UPDATE disputes SET status = 'won'", "dispute 1 does not stand as it ended"},
			{"disputes", "", "UPDATE disputes SET status = 'open'", "dispute 1 does not stand as it ended"},
			{"payment_attempts", "", "UPDATE payment_attempts SET status = 'expired'", "payment 1 came by card but its attempt is not paid"},
			{"document_lines", "document_lines_fixed_update", "UPDATE document_lines SET discount_thousandths = 10000 WHERE id = 1", "line 1 is not its price"},
			{"office_tasks", "office_tasks_fixed_delete", "DELETE FROM office_tasks WHERE kind = 'refund by bank'", "nobody is asked to pay refund 1 by bank"},
			{"office_tasks", "", "UPDATE office_tasks SET done_at = created_at WHERE kind = 'refund by bank'", "nobody is asked to pay refund 1 by bank"},
		} {
			found := damaged(t, db, billing.CheckLedger, unguarded(db, c.table, c.guard), c.damage)
			if !slices.ContainsFunc(found, func(f string) bool { return strings.Contains(f, c.want) }) {
				t.Errorf("nothing says %q: %q", c.want, found)
			}
		}
		sound(t, db)
	})
}

// damaged is what a check finds after these statements, which are undone again.
func damaged(t *testing.T, db models.DB, check func(context.Context, models.DB) ([]string, error), statements ...string) (found []string) {
	t.Helper()
	undo := errors.New("undo")
	err := db.InTx(t.Context(), func(tx models.DB) (err error) {
		for _, statement := range statements {
			if err := tx.SQL(t.Context()).Exec(statement).Error; err != nil {
				return err
			}
		}
		if found, err = check(t.Context(), tx); err != nil {
			return err
		}
		return undo
	})
	if !errors.Is(err, undo) {
		t.Errorf("%s: %v", statements, err)
	}
	return found
}

// unguarded takes a table's guard away; on SQLite only the one that is named, if any.
func unguarded(db models.DB, table, guard string) string {
	switch {
	case db.Dialect() == models.Postgres:
		return "ALTER TABLE " + table + " DISABLE TRIGGER USER"
	case guard == "":
		return "SELECT 1"
	}
	return "DROP TRIGGER " + guard
}

// £820.80 came where £821.80 was asked: the office decides. Without the task nobody would.
func TestCheckLedger_FindsMoneyNobodyIsAskedAbout(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page := s.pay(1)
		s.must(inTx(t, db, func(tx models.DB) error {
			return tx.SQL(t.Context()).Exec("UPDATE payment_attempts SET gross_pence = gross_pence + 100").Error
		}))
		if _, err := s.Settle(t.Context(), db, page); err != nil {
			t.Fatal(err)
		}
		s.asks("payment does not match")
		sound(t, db)
		s.must(inTx(t, db, func(tx models.DB) error {
			return tx.SQL(t.Context()).Exec("UPDATE office_tasks SET done_at = created_at").Error
		}))
		found, err := billing.CheckLedger(t.Context(), db)
		if err != nil || len(found) != 1 || !strings.Contains(found[0], "nobody is asked about payment 1") {
			t.Errorf("%q %v", found, err)
		}
	})
}
