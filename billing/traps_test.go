package billing

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"hub.salford.ac.uk/ssph/models"
)

// Whatever is sold, in whatever order its places are cancelled and whatever fee each pays: what is kept and what is credited sum
// to the invoice to the penny, and no credit takes more than is left.
func TestTrap15_FeesAndCreditsSumToTheInvoiceInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := Total([]Line{rapid.Custom(anyLine).Draw(t, "line")}).Lines[0]
		left, kept := line.Amount(), Amount{}
		for _, place := range rapid.Permutation(PlaceShares(line.Amount(), line.Quantity)).Draw(t, "order") {
			fee := models.Percent(rapid.Int64Range(0, 100000).Draw(t, "fee"))
			got, err := Keep(place, fee, line.Rate)
			if err != nil {
				t.Fatal(err)
			}
			if got.Kept.Plus(got.Credit) != place || got.Kept.Gross() != fee.Of(place.Gross()) {
				t.Fatalf("%+v from %+v at %s", got, place, fee)
			}
			if got.Credit.Net < 0 || got.Credit.VAT < 0 || got.Credit.Net > left.Net || got.Credit.VAT > left.VAT {
				t.Fatalf("%+v is credited while %+v is left", got.Credit, left)
			}
			left, kept = left.Minus(got.Credit), kept.Plus(got.Kept)
		}
		if left != kept {
			t.Fatalf("%+v is left of the invoice, %+v was kept", left, kept)
		}
	})
}

// VAT once for each rate on a document: adding the lines up again, or in another order, gives the same pennies.
func TestTrap15_TheSumIsTheSameHoweverOftenAndInWhateverOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(rapid.Custom(anyLine), 1, 6).Draw(t, "lines")
		first := Total(lines)
		turned := Total(rapid.Permutation(first.Lines).Draw(t, "order"))
		if turned.Net != first.Net || turned.VAT != first.VAT || turned.Gross != first.Gross || len(turned.VATs) != len(first.VATs) {
			t.Fatalf("%+v became %+v", first, turned)
		}
		var vat models.Pence
		for _, v := range first.VATs {
			if v.VAT != v.Rate.On(v.Net) {
				t.Fatalf("VAT of %s on %d is %d", v.Rate.Rate, v.Net, v.VAT)
			}
			vat += v.VAT
		}
		if vat != first.VAT {
			t.Fatalf("the rows sum to %d, the document says %d", vat, first.VAT)
		}
	})
}

// 9 places are £2,052.00 and 10 people £2,440.00; 0, fewer and 16 are not sold at all.
func TestTrap24_NineIsOpenAccessTenIsAGroupAndBeyondIsRefused(t *testing.T) {
	nine, err := Published().Quote(QuoteRequest{Route: OpenAccess, Format: FaceToFace, People: 9}, on)
	if err != nil || nine.Net != 205200 {
		t.Errorf("nine: %d, %v", nine.Net, err)
	}
	ten, err := Published().Quote(QuoteRequest{Route: Bespoke, Format: FaceToFace, People: 10}, on)
	if err != nil || ten.Net != 244000 {
		t.Errorf("ten: %d, %v", ten.Net, err)
	}
	for people, route := range map[int]Route{10: OpenAccess, 0: OpenAccess, -1: OpenAccess, 16: Bespoke, 9: Bespoke} {
		sum, err := Published().Quote(QuoteRequest{Route: route, Format: FaceToFace, People: people}, on)
		var e *models.Error
		if !errors.As(err, &e) || e.Field != "people" || sum.Gross != 0 {
			t.Errorf("%d people, %s: %d, %v", people, route, sum.Gross, err)
		}
	}
	for n, want := range map[int]Route{9: OpenAccess, 10: Bespoke, 15: Bespoke, 16: ""} {
		if c, err := Published().Compare(n, FaceToFace, on); err != nil || c.Right != want {
			t.Errorf("%d people are right for %q, %v", n, c.Right, err)
		}
	}
}

func TestTrap25_TheWholeDiscountLeavesNothingToPayAndNothingToCredit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.Custom(anyLine).Draw(t, "line")
		line.Percent = models.HundredPercent
		sum := Total([]Line{line})
		if sum.Net != 0 || sum.VAT != 0 || sum.Gross != 0 || sum.Discount != line.Unit*models.Pence(line.Quantity) {
			t.Fatalf("%+v", sum)
		}
		for _, place := range PlaceShares(sum.Lines[0].Amount(), line.Quantity) {
			got, err := Keep(place, 50000, line.Rate)
			if err != nil || got != (Retained{}) {
				t.Fatalf("%+v of nothing, %v", got, err)
			}
		}
	})
}

// A discount never makes a price negative: beyond the whole price it is refused, and one line takes one discount.
func TestTrap26_ADiscountBeyondThePriceIsRefused(t *testing.T) {
	for _, percent := range []models.Percent{models.HundredPercent + 1, 2 * models.HundredPercent, -1} {
		sum, err := Published().Quote(QuoteRequest{Route: OpenAccess, Format: Online, People: 1, Discount: percent}, on)
		if found := models.ProblemsOf(err); found.For("discount") == "" || sum.Gross != 0 {
			t.Errorf("%d thousandths: %d, %v", percent, sum.Gross, err)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		sum := Total([]Line{rapid.Custom(anyLine).Draw(t, "line")})
		if again := Total(sum.Lines); sum.Net < 0 || again.Net != sum.Net || again.Discount != sum.Discount {
			t.Fatalf("%+v, again %+v: the discount was taken twice", sum, again)
		}
	})
}

// The pure part: whatever counts today, a credit is worked out at the rate of its line.
func TestTrap19_ACreditIsWorkedOutAtTheRateOfItsInvoice(t *testing.T) {
	change := on.AddDays(30)
	rates := append(VATRates{{Category: StandardRated, Rate: 22500, From: change}}, Published().VAT...)
	sold, err := rates.At(change.AddDays(-1))
	if err != nil {
		t.Fatal(err)
	}
	place := Total([]Line{{Unit: 22800, Quantity: 1, Rate: sold}}).Amount()
	got, err := Keep(place, 50000, sold)
	if err != nil || got.Credit != (Amount{11400, 2280}) {
		t.Errorf("half of %+v back at the old rate: %+v, %v", place, got, err)
	}
	after, err := rates.At(change)
	if err != nil || Total([]Line{{Unit: 22800, Quantity: 1, Rate: after}}).VAT != 5130 { // 22.5 % of 22 800
		t.Errorf("%+v, %v", after, err)
	}
}
