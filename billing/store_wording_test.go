package billing_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// What a document's page says is what its file says, also when more has been paid or sent back since: £600.00 of £820.80 had been paid
// when one place was credited, £220.80 come afterwards.
func TestDocuments_ReadBackSayWhatTheirFilesSay(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office := accesstest.Office(t, db)
		paid := func(code, key string, gross models.Pence) {
			if _, err := receive(t, db, office, billing.BankReceipt{Code: code, Gross: gross, On: db.Today(), RequestKey: key}); err != nil {
				t.Fatal(err)
			}
		}
		old := issue(t, db, 3)
		paid(old.Code, "part", 60000)
		clock.Set(db.Today().AddDays(1).At(9, 0))
		var whole, fresh billing.Document
		if err := inTx(t, db, func(tx models.DB) (err error) {
			whole, fresh, err = billing.Reissue(t.Context(), tx, office, old.ID, billing.Correction{
				PurchaseOrder: "IWN-20418", Customer: old.Customer, Reason: "Purchase order number corrected",
			})
			return err
		}); err != nil {
			t.Fatal(err)
		}
		clock.Set(db.Today().AddDays(1).At(9, 0))
		note := creditNote(t, db, office, placeCredit(fresh)) // £220.80 of £273.60 is set off, £52.80 goes back
		clock.Set(db.Today().AddDays(1).At(9, 0))
		if err := inTx(t, db, func(tx models.DB) error { return billing.RefundCredit(t.Context(), tx, office, note.ID, "back") }); err != nil {
			t.Fatal(err)
		}
		for _, issued := range []billing.Document{whole, fresh, note} {
			if diff := cmp.Diff(issued.Words(), find(t, db, issued.Code).Words()); diff != "" {
				t.Errorf("%s (-file +page):\n%s", issued.Code, diff)
			}
		}
		if want := "We are sending £52.80 back by bank transfer. This takes £220.80 off invoice INV-000002."; note.Words().Statement != want {
			t.Errorf("%s", note.Words().Statement)
		}
		sound(t, db)
	})
}
