package billing

import (
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"pgregory.net/rapid"
)

// A fee for moving, and the two ends of the ladder; examples_test.go has the halves.
func TestKeep_PartAllAndNothing(t *testing.T) {
	for _, c := range []struct {
		name         string
		original     Amount
		fee          models.Percent
		kept, credit Amount
	}{
		{"a quarter for moving", Amount{22800, 4560}, 25000, Amount{5700, 1140}, Amount{17100, 3420}},
		{"all of it: nothing to credit", Amount{18813, 3763}, 100000, Amount{18813, 3763}, Amount{}},
		{"nothing: all of it credited", Amount{18813, 3763}, 0, Amount{}, Amount{18813, 3763}},
		{"all of threepence whose VAT rounded away", Amount{3, 0}, 100000, Amount{3, 0}, Amount{}},
	} {
		got, err := Keep(c.original, c.fee, standard())
		if err != nil || got.Kept != c.kept || got.Credit != c.credit {
			t.Errorf("%s: %+v %v", c.name, got, err)
		}
	}
}

func TestKeep_ExemptFeeHasNoVAT(t *testing.T) {
	got, err := Keep(Amount{22800, 0}, 50000, VATRate{Category: ExemptVAT, Reason: "Education"})
	if err != nil || got.Kept != (Amount{11400, 0}) || got.Credit != (Amount{11400, 0}) {
		t.Errorf("%+v %v", got, err)
	}
}

func TestKeep_FeeAndCreditAreTheOriginal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := Total([]Line{rapid.Custom(anyLine).Draw(t, "line")}).Lines[0]
		left := line.Amount()
		for _, place := range PlaceShares(line.Amount(), line.Quantity) {
			fee := models.Percent(rapid.Int64Range(0, 100000).Draw(t, "fee"))
			got, err := Keep(place, fee, line.Rate)
			if err != nil {
				t.Fatal(err)
			}
			if got.Kept.Plus(got.Credit) != place || got.Kept.Gross() != fee.Of(place.Gross()) {
				t.Fatalf("%+v from %+v at %s", got, place, fee)
			}
			for _, part := range []models.Pence{got.Kept.Net, got.Kept.VAT, got.Credit.Net, got.Credit.VAT} {
				if part < 0 {
					t.Fatalf("negative part in %+v from %+v at %s", got, place, fee)
				}
			}
			left = left.Minus(got.Kept).Minus(got.Credit)
		}
		if left != (Amount{}) {
			t.Fatalf("%+v left of the line", left)
		}
	})
}

func TestKeep_RefusesNonsense(t *testing.T) {
	for _, fee := range []models.Percent{-1, 100001} {
		if _, err := Keep(Amount{100, 20}, fee, standard()); err == nil {
			t.Errorf("a fee of %d thousandths was kept", fee)
		}
	}
	if _, err := Keep(Amount{-100, -20}, 50000, standard()); err == nil {
		t.Error("a fee was kept from a negative amount")
	}
}
