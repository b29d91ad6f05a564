package billing_test

import (
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// oneSays fails unless there is one finding, which says all of these words.
func oneSays(t *testing.T, found []string, words ...string) {
	t.Helper()
	if len(found) != 1 {
		t.Errorf("%d findings: %q, want one about %q", len(found), found, words)
		return
	}
	for _, w := range words {
		if !strings.Contains(found[0], w) {
			t.Errorf("%q does not say %q", found[0], w)
		}
	}
}

// £273.60 went back to the card and came back from there. Until something stands for it, or somebody says that nothing is to do, the
// office must be asked.
func TestCheckAsked_FindsAFailedRefundThatNobodyIsAskedAbout(t *testing.T) {
	const gone = "UPDATE office_tasks SET done_at = created_at"
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		_, invoice := s.sold(1)
		note := s.refund(invoice, "form")
		s.work()
		s.hear()
		clock.Advance(20 * 24 * time.Hour)
		s.must(s.double.SettleRefund(s.double.Refunds()[0].ID, false))
		s.hear()
		s.asks("refund failed")
		sound(t, db)
		oneSays(t, damaged(t, db, billing.CheckAsked, gone), "refund 1 failed", "£273.60", "Failed refunds")
		for name, asked := range map[string]string{
			"a person said that nothing is to do": "UPDATE office_tasks SET done_at = created_at, done_by = (SELECT MIN(id) FROM people)",
			"it is asked about its credit note":   "UPDATE office_tasks SET kind = 'credit not sent back', about_kind = 'document', about_id = (SELECT credit_id FROM refunds)",
		} {
			if found := damaged(t, db, billing.CheckAsked, asked); len(found) > 0 {
				t.Errorf("%s: %q", name, found)
			}
		}
		oneSays(t, damaged(t, db, billing.CheckAsked, "UPDATE office_tasks SET kind = 'refund by bank'"), "refund 1 failed")
		s.must(inTx(t, db, func(tx models.DB) error {
			_, err := billing.PayByBankInstead(t.Context(), tx, s.office, 1)
			return err
		}))
		if found := damaged(t, db, billing.CheckAsked, gone); len(found) > 0 { // the refund that stands for it has a check of its own
			t.Errorf("%s waits by bank: %q", note.Code, found)
		}
	})
}

// £300.00 came that nobody can place: it may lie for twenty days. Then £273.60 of it turns out to be for an invoice, and £26.40 goes back.
func TestCheckAsked_FindsBankMoneyThatNobodyIsAskedAbout(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		invoice, start := issue(t, db, 1), db.Today()
		s.must(inTx(t, db, func(tx models.DB) error {
			_, err := billing.RecordBankMoney(t.Context(), tx, s.office, billing.BankMoney{Gross: 30000, On: start, RequestKey: "k"})
			return err
		}))
		clock.Set(start.AddDays(20).At(9, 0))
		sound(t, db)
		clock.Set(start.AddDays(21).At(9, 0))
		oneSays(t, damaged(t, db, billing.CheckAsked), "payment 1 ", "£300.00", "since "+start.String(), "Unmatched money")
		s.must(billing.WatchDeadlines(t.Context(), db))
		sound(t, db)
		const ended = "UPDATE office_tasks SET done_at = created_at"
		oneSays(t, damaged(t, db, billing.CheckAsked, ended), "payment 1 ")
		s.must(inTx(t, db, func(tx models.DB) error {
			return billing.Allocate(t.Context(), tx, s.office, 1, []billing.AllocationShare{{DocumentID: invoice.ID, Gross: 27360}})
		}))
		oneSays(t, damaged(t, db, billing.CheckAsked, ended), "payment 1 ", "£26.40")
		s.must(inTx(t, db, func(tx models.DB) error {
			_, err := billing.RequestRefund(t.Context(), tx, s.office, billing.RefundWish{
				PaymentID: 1, Gross: 2640, Cause: billing.CauseOverpaid, Method: billing.ByBank, RequestKey: "back",
			})
			return err
		}))
		if found := damaged(t, db, billing.CheckAsked, ended); len(found) > 0 {
			t.Errorf("all of it is on an invoice or goes back: %q", found)
		}
		s.must(inTx(t, db, func(tx models.DB) error {
			_, err := billing.RecordBankMoney(t.Context(), tx, s.office, billing.BankMoney{Gross: 10000, On: start, RequestKey: "late"})
			return err
		}))
		clock.Advance(time.Hour)
		if found := damaged(t, db, billing.CheckAsked); len(found) > 0 {
			t.Errorf("typed in an hour ago: %q", found)
		}
		clock.Advance(time.Hour)
		oneSays(t, damaged(t, db, billing.CheckAsked), "payment 2 ", "£100.00")
	})
}
