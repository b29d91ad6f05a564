package billing

import (
	"slices"
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func TestRows_AreTheColumnsTheMigrationsMade(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		modelstest.CheckSchema(t, db, &priceRow{}, &vatRow{}, &ladderRow{}, &supplierRow{}, &seriesRow{}, &documentRow{}, &documentLineRow{},
			&documentVATRow{}, &documentFileRow{}, &attemptRow{}, &paymentRow{}, &allocationRow{}, &refundRow{}, &ledgerRow{}, &eventRow{}, &taskRow{},
			&settlementRow{}, &shareRow{}, &partRow{}, &disputeRow{}, &checkRow{}, &withdrawalRow{}, &bankImportRow{}, &bankLineRow{})
	})
}

// The whole matrix: what is not listed is refused. Paid never goes back, whatever comes later.
func TestAttemptStatus_OnlyTheseMoves(t *testing.T) {
	all := []AttemptStatus{AttemptCreated, AttemptOpen, AttemptProcessing, AttemptPaid, AttemptFailed, AttemptExpired}
	allowed := []string{
		"created open", "created processing", "created paid", "created expired", "open processing", "open paid", "open expired",
		"processing paid", "processing failed", "processing expired", "failed paid", "expired paid",
	}
	for _, from := range all {
		for _, to := range all {
			if want := slices.Contains(allowed, string(from+" "+to)); from.CanBecome(to) != want {
				t.Errorf("%s to %s: %v, want %v", from, to, !want, want)
			}
		}
	}
}

func TestRefundState_OnlyTheseMoves(t *testing.T) {
	all := []RefundState{RefundWanted, RefundOnItsWay, RefundSent, RefundReturned}
	allowed := []string{
		"requested pending", "requested succeeded", "requested failed", "pending succeeded", "pending failed", "succeeded failed",
	}
	for _, from := range all {
		for _, to := range all {
			if want := slices.Contains(allowed, string(from+" "+to)); from.CanBecome(to) != want {
				t.Errorf("%s to %s: %v, want %v", from, to, !want, want)
			}
		}
	}
}

// The first data must say what the Hub publishes: the quote command answers from Published, the site from the database.
func TestFirstData_IsThePublishedTariff(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		stored, err := LoadTariff(t.Context(), db)
		if err != nil {
			t.Fatal(err)
		}
		want := Published()
		for _, p := range want.Prices {
			got, err := stored.Prices.Net(p.Route, p.Format, db.Today())
			if err != nil || got.Net != p.Net || got.Unit != p.Unit {
				t.Errorf("%s %s: %s a %s, want %s: %v", p.Route, p.Format, got.Net, got.Unit, p.Net, err)
			}
		}
		if stored.Limits != want.Limits || !slices.Equal(stored.Ladder, want.Ladder) {
			t.Errorf("limits %+v, ladder %+v", stored.Limits, stored.Ladder)
		}
		got, err := stored.VAT.At(db.Today())
		wanted, _ := want.VAT.At(db.Today())
		if err != nil || got != wanted {
			t.Errorf("VAT %+v, want %+v: %v", got, wanted, err)
		}
	})
}
