package billing_test

import (
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// another is a second member of the office.
func another(t *testing.T, db models.DB) access.Actor {
	t.Helper()
	person := accesstest.Person(t, db, "Sana Malik", "sana.malik@ssph.example")
	err := inTx(t, db, func(tx models.DB) error {
		return access.GrantRole(t.Context(), tx, access.System(), person.PersonID, access.RoleOffice)
	})
	if err != nil {
		t.Fatal(err)
	}
	return accesstest.Actor(t, db, person.PersonID)
}

func kinds(t *testing.T, db models.DB) string {
	t.Helper()
	tasks, err := billing.Tasks(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, task := range tasks {
		said = append(said, task.Kind)
	}
	return strings.Join(said, ", ")
}

// £300.00 come for £273.60: the task about the £26.40 ends when £20.00 of them are on another invoice and £6.40 go back, not before.
func TestTask_PaidTooMuchEndsWhenNothingIsLeftToDecide(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office := accesstest.Office(t, db)
		first, second := issue(t, db, 1), issue(t, db, 1)
		over := receipt(first, "over", db.Today())
		over.Gross = 30000
		if _, err := receive(t, db, office, over); err != nil {
			t.Fatal(err)
		}
		left := unmatched(t, db)[0]
		if got := kinds(t, db); got != "paid too much" {
			t.Errorf("asked about %s", got)
		}
		err := inTx(t, db, func(tx models.DB) error {
			return billing.Allocate(t.Context(), tx, office, left.ID, []billing.AllocationShare{{DocumentID: second.ID, Gross: 2000}})
		})
		if got := kinds(t, db); err != nil || got != "paid too much" {
			t.Errorf("£6.40 are left, asked about %s: %v", got, err)
		}
		err = inTx(t, db, func(tx models.DB) error {
			_, err := billing.RequestRefund(t.Context(), tx, office, billing.RefundWish{
				PaymentID: left.ID, Gross: 640, Cause: billing.CauseOverpaid, Method: billing.ByBank, RequestKey: "rest",
			})
			return err
		})
		if got := kinds(t, db); err != nil || got != "refund by bank" {
			t.Errorf("nothing is left, asked about %s: %v", got, err)
		}
	})
}

// A person may end a task with a reason, which is kept; pressed twice it is ended once, and a colleague reads who was first.
func TestFinishTask_KeepsTheReasonAndSaysWhoWasFirst(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office, sana := accesstest.Office(t, db), another(t, db)
		over := receipt(issue(t, db, 1), "over", db.Today())
		over.Gross = 30000
		if _, err := receive(t, db, office, over); err != nil {
			t.Fatal(err)
		}
		end := func(actor access.Actor, reason string) error {
			return inTx(t, db, func(tx models.DB) error { return billing.FinishTask(t.Context(), tx, actor, 1, reason) })
		}
		if err := end(office, ""); models.ProblemsOf(err).For("reason") == "" {
			t.Errorf("without a reason: %v", err)
		}
		if err := end(accesstest.Person(t, db, "Nobody", "nobody@irwell.example"), "no"); models.KindOf(err) != models.KindForbidden {
			t.Errorf("by somebody else: %v", err)
		}
		for range 2 {
			if err := end(office, "They want it kept for the next invoice"); err != nil {
				t.Fatal(err)
			}
		}
		err := end(sana, "also")
		if models.KindOf(err) != models.KindConflict || !strings.Contains(err.Error(), "Joanne Fearn has already ended this task, on 23 November 2026") {
			t.Errorf("a colleague reads: %v", err)
		}
		var kept int
		if err := db.SQL(t.Context()).Raw("SELECT COUNT(*) FROM audit_rows WHERE action = 'task done' AND detail LIKE '%kept for the next invoice%'").Scan(&kept).Error; err != nil || kept != 1 {
			t.Errorf("the reason is kept %d times: %v", kept, err)
		}
	})
}

// A credit note about whose money a person has decided waits no more; what came for it is unmatched.
func TestFinishTask_OfACreditThatIsNotSentBack(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := openTill(t, db, clock)
		page, invoice := s.sold(1)
		s.disputed(page, 82080, false)
		s.credited(invoice, "form")
		waits := func() int {
			notes, err := billing.CreditsToRefund(t.Context(), db, s.office)
			s.must(err)
			return len(notes)
		}
		if n := waits(); n != 1 {
			t.Errorf("%d wait", n)
		}
		tasks, err := billing.Tasks(t.Context(), db)
		s.must(err)
		for _, task := range tasks {
			if task.Kind == "credit not sent back" {
				s.must(inTx(t, db, func(tx models.DB) error {
					return billing.FinishTask(t.Context(), tx, s.office, task.ID, "The bank gave it back")
				}))
			}
		}
		if n := waits(); n != 0 {
			t.Errorf("%d wait after the decision", n)
		}
	})
}

// Whoever recorded a bank refund and presses again has the same answer; a colleague, or another reference, is told what is recorded.
func TestMarkBankRefundPaid_SaysWhoWasFirst(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office, sana := accesstest.Office(t, db), another(t, db)
		invoice := issue(t, db, 3)
		if _, err := receive(t, db, office, receipt(invoice, "all", db.Today())); err != nil {
			t.Fatal(err)
		}
		note := creditNote(t, db, office, placeCredit(invoice))
		if err := inTx(t, db, func(tx models.DB) error { return billing.RefundCredit(t.Context(), tx, office, note.ID, "k") }); err != nil {
			t.Fatal(err)
		}
		mark := func(actor access.Actor, reference string) error {
			return inTx(t, db, func(tx models.DB) error {
				return billing.MarkBankRefundPaid(t.Context(), tx, actor, 1, billing.BankTransfer{On: db.Today(), Reference: reference})
			})
		}
		for range 2 {
			if err := mark(office, "BACS 77"); err != nil {
				t.Fatal(err)
			}
		}
		for name, err := range map[string]error{"a colleague": mark(sana, "BACS 77"), "another reference": mark(office, "BACS 78")} {
			if models.KindOf(err) != models.KindConflict || !strings.Contains(err.Error(), "Joanne Fearn has recorded this refund already: sent on 23 November 2026 with reference BACS 77") {
				t.Errorf("%s: %v", name, err)
			}
		}
		if asked, err := billing.CreditAskedBy(t.Context(), db, office, note.ID); !asked || err != nil {
			t.Errorf("the same person: %v %v", asked, err)
		}
		if _, err := billing.CreditAskedBy(t.Context(), db, sana, note.ID); models.KindOf(err) != models.KindConflict || !strings.Contains(err.Error(), "Joanne Fearn sent £273.60 back") {
			t.Errorf("a colleague: %v", err)
		}
		sound(t, db)
	})
}
