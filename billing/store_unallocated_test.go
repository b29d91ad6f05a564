package billing_test

import (
	"testing"

	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func unmatched(t *testing.T, db models.DB) []billing.UnallocatedPayment {
	t.Helper()
	found, err := billing.Unallocated(t.Context(), db, accesstest.Office(t, db))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// £300.00 for an invoice of £273.60: £26.40 is to be decided about.
func TestUnallocated_IsWhatIsOnNoInvoiceAndDoesNotGoBack(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office := accesstest.Office(t, db)
		invoice := issue(t, db, 1)
		over := receipt(invoice, "over", db.Today())
		over.Gross = 30000
		if _, err := receive(t, db, office, over); err != nil {
			t.Fatal(err)
		}
		found := unmatched(t, db)
		if len(found) != 1 || found[0].Left != 2640 || found[0].Gross != 30000 || found[0].Method != billing.ByBank || *found[0].Order != invoice.Order {
			t.Fatalf("%+v", found)
		}
	})
}
