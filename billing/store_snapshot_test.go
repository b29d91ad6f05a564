package billing_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"gorm.io/gorm"

	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// An invoice is issued and paid just after the first query of the reconciliation. All its figures are of one state, so that this is no
// difference; without one state the same moment is one, which shows that the test can fail.
func TestReconcile_MoneyRecordedMeanwhileIsNoDifference(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office := accesstest.Office(t, db)
		issue(t, db, 1)
		var armed atomic.Bool
		var times atomic.Int32
		meanwhile := func(*gorm.DB) {
			if armed.CompareAndSwap(true, false) {
				if _, err := receive(t, db, office, receipt(issue(t, db, 3), fmt.Sprint("meanwhile ", times.Add(1)), db.Today())); err != nil {
					t.Error(err)
				}
			}
		}
		if err := db.SQL(t.Context()).Callback().Row().After("gorm:row").Register("meanwhile", meanwhile); err != nil {
			t.Fatal(err)
		}
		year := billing.Period{From: db.Today().AddDays(-30), To: db.Today()}
		armed.Store(true)
		b, err := billing.Reconcile(t.Context(), db, office, year)
		if err != nil || armed.Load() || len(b.Differences) > 0 || b.Invoices != 27360 {
			t.Errorf("%+v %v", b, err)
		}
		if b := agrees(t, db, office, year); b.Invoices != 27360+82080 {
			t.Errorf("afterwards %+v", b)
		}
		armed.Store(true)
		if b, err := billing.ReconcileApart(t.Context(), db, office, year); err != nil || armed.Load() || len(b.Differences) == 0 {
			t.Errorf("without one state nothing differs: %+v %v", b, err)
		}
	})
}
