package billing_test

import (
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func day(month time.Month, day int) models.Date {
	return models.Date{Year: 2026, Month: month, Day: day}
}

// Invoices of 1, 2 and 3 places (£273.60, £547.20, £820.80) issued on 23, 24 and 28 November, each due 30 days later. On the
// 24th of December the first is a day late, the second due today, the third in four days; £20.80 of the third is paid.
func TestReceivables_SplitAtTodayAndAtTheEndOfTheSpan(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office := accesstest.Office(t, db)
		issue(t, db, 1)
		clock.Set(day(time.November, 24).At(9, 0))
		issue(t, db, 2)
		clock.Set(day(time.November, 28).At(9, 0))
		third := issue(t, db, 3)
		clock.Set(day(time.December, 24).At(9, 0))
		if _, err := receive(t, db, office, billing.BankReceipt{Code: third.Code, Gross: 2080, On: db.Today(), RequestKey: "1"}); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			days                 int
			overdue, soon, later billing.Due
		}{
			{0, due(1, 27360, 23), due(1, 54720, 24), due(1, 80000, 28)},
			{3, due(1, 27360, 23), due(1, 54720, 24), due(1, 80000, 28)},
			{4, due(1, 27360, 23), due(2, 134720, 24), billing.Due{}},
		} {
			overdue, soon, later, err := billing.Receivables(t.Context(), db, office.Scope(), c.days)
			if err != nil || overdue != c.overdue || soon != c.soon || later != c.later {
				t.Errorf("within %d days: %+v %+v %+v %v", c.days, overdue, soon, later, err)
			}
		}
		nobody := access.Visitor().Scope()
		if overdue, soon, later, err := billing.Receivables(t.Context(), db, nobody, 30); err != nil || overdue.Count+soon.Count+later.Count != 0 {
			t.Errorf("a visitor is told %+v %+v %+v, %v", overdue, soon, later, err)
		}
		unpaid, err := billing.Unpaid(t.Context(), db, office.Scope(), 2)
		if err != nil || len(unpaid) != 2 || unpaid[0].Gross != 27360 || unpaid[1].Gross != 54720 {
			t.Errorf("the two that are due first: %+v %v", unpaid, err)
		}
	})
}

func due(count int, sum models.Pence, first int) billing.Due {
	return billing.Due{Count: count, Sum: sum, First: day(time.December, first)}
}

func TestReceipts_AreForTheOfficeAndTasksKnowTheirOrder(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office := accesstest.Office(t, db)
		doc := issue(t, db, 1)
		if got, err := billing.Receipts(t.Context(), db, office, doc.Order); err != nil || len(got) != 0 {
			t.Errorf("before any payment: %+v %v", got, err)
		}
		_, err := receive(t, db, office, billing.BankReceipt{
			Code: doc.Code, Gross: 30000, On: day(time.November, 20), Reference: "IWN", Note: "two in one", RequestKey: "1",
		})
		if err != nil {
			t.Fatal(err)
		}
		got, err := billing.Receipts(t.Context(), db, office, doc.Order)
		if err != nil || len(got) != 1 || got[0].Method != "bank" || got[0].Gross != 30000 || got[0].On != day(time.November, 20) ||
			got[0].Reference != "IWN" || got[0].Note != "two in one" {
			t.Errorf("%+v %v", got, err)
		}
		if _, err := billing.Receipts(t.Context(), db, accesstest.Trainer(t, db), doc.Order); models.KindOf(err) != models.KindForbidden {
			t.Errorf("a trainer asks for receipts: %v", err)
		}
		tasks, err := billing.Tasks(t.Context(), db)
		if err != nil || len(tasks) != 1 {
			t.Fatalf("tasks %+v %v", tasks, err)
		}
		orders, err := billing.TaskOrders(t.Context(), db)
		if err != nil || len(orders) != 1 || orders[tasks[0].ID] != doc.Order {
			t.Errorf("orders of tasks: %+v %v", orders, err)
		}
	})
}
