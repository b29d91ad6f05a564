package app

import (
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// Overdue: three places at £228.00, £820.80, of the day that has passed. Part paid: nine places online at £215.00 are £2,322.00, of
// which £1,161.00 has come. A place online for £258.00 is cancelled 17 to 24 days before, so half is kept and £129.00 goes back.
func TestSeed_TheOfficeHasMoneyOfEveryKindToDo(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		seedAll(t, db)
		ctx, office := t.Context(), access.System()
		overdue, _, _, err := billing.Receivables(ctx, db, office.Scope(), 30)
		if err != nil || overdue.Count != 1 || overdue.Sum != 82080 {
			t.Errorf("overdue: %+v, %v", overdue, err)
		}
		part, err := billing.PartPaid(ctx, db, office.Scope())
		if err != nil || part.Count != 1 || part.Sum != 116100 {
			t.Errorf("part paid: %+v, %v", part, err)
		}
		unmatched, err := billing.Unallocated(ctx, db, office)
		if err != nil || len(unmatched) != 1 || unmatched[0].Left != 25800 {
			t.Errorf("unmatched: %+v, %v", unmatched, err)
		}
		refunds, err := billing.BankRefunds(ctx, db, office)
		if err != nil || len(refunds) != 1 || refunds[0].Gross != 12900 || refunds[0].Credit != "CN-000001" {
			t.Errorf("refunds: %+v, %v", refunds, err)
		}
		waiting, err := booking.AwaitingPurchaseOrders(ctx, db, office)
		if err != nil || len(waiting) != 1 {
			t.Errorf("%d bookings wait for a purchase order, %v", len(waiting), err)
		}
		quotes, n, err := booking.Quotes(ctx, db, office, booking.QuoteFilter{})
		if err != nil || n != 1 || quotes[0].Answer != "" || quotes[0].Over(db.Today()) {
			t.Errorf("quotes: %+v, %v", quotes, err)
		}
		rule, err := billing.PurchaseRuleFor(ctx, db, 0, access.NameKey(brightwater().details.Organisation))
		if err != nil || rule.Check("BW/0931") != nil || rule.Check("0931") == nil {
			t.Errorf("rule: %+v, %v", rule, err)
		}
	})
}

// Nothing of it is made past the use cases, so the doctor finds nothing.
func TestSeed_TheDoctorFindsNothingWrong(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		seedAll(t, db)
		for _, check := range Checks() {
			if wrong, err := check.Run(t.Context(), db); err != nil || len(wrong) != 0 {
				t.Errorf("%s: %q, %v", check.Name, wrong, err)
			}
		}
	})
}
