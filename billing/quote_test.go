package billing

import (
	"fmt"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/models"
	"pgregory.net/rapid"
)

var on = models.Date{Year: 2026, Month: time.November, Day: 23}

func pct(t testing.TB, s string) models.Percent {
	t.Helper()
	p, err := models.ParsePercent(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func standard() VATRate { return VATRate{Category: StandardRated, Rate: 20000} }

func TestTotal_VATOncePerCategoryAndRate(t *testing.T) {
	exempt := VATRate{Category: ExemptVAT, Reason: "Education by an eligible body"}
	s := Total([]Line{ // three lines of 2p: VAT by line would be 0 each, on the sum it is 1.2p
		{Unit: 2, Quantity: 1, Rate: standard()},
		{Unit: 500, Quantity: 1, Rate: exempt},
		{Unit: 2, Quantity: 1, Rate: standard()},
		{Unit: 2, Quantity: 1, Rate: standard()},
	})
	if len(s.VATs) != 2 || s.VATs[0].Net != 6 || s.VATs[0].VAT != 1 || s.VATs[1].Net != 500 || s.VATs[1].VAT != 0 {
		t.Errorf("VAT rows %+v", s.VATs)
	}
	if s.Net != 506 || s.VAT != 1 || s.Gross != 507 {
		t.Errorf("net %d VAT %d gross %d", s.Net, s.VAT, s.Gross)
	}
}

// Exempt and outside the scope both have no rate, and are two things on a document.
func TestTotal_CategoriesOfOneRateStayApart(t *testing.T) {
	exempt, outside := VATRate{Category: ExemptVAT, Reason: "Education"}, VATRate{Category: OutsideVAT, Reason: "A grant"}
	s := Total([]Line{{Unit: 100, Quantity: 1, Rate: exempt}, {Unit: 200, Quantity: 1, Rate: outside}, {Unit: 300, Quantity: 1, Rate: exempt}})
	if len(s.VATs) != 2 || s.VATs[0].Net != 400 || s.VATs[1].Net != 200 || s.VATs[1].Rate.Category != OutsideVAT {
		t.Errorf("%+v", s.VATs)
	}
	if none := Total(nil); none.Gross != 0 || len(none.VATs) != 0 || len(spread(5, nil)) != 0 {
		t.Errorf("of no lines: %+v", none)
	}
}

func TestTotal_AgainChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := Total(rapid.SliceOfN(rapid.Custom(anyLine), 1, 6).Draw(t, "lines"))
		again := Total(first.Lines)
		if fmt.Sprint(first) != fmt.Sprint(again) {
			t.Fatalf("%+v became %+v", first, again)
		}
		var net, vat models.Pence
		for _, l := range first.Lines {
			if l.Discount < 0 || l.Net < 0 || l.VAT < 0 || l.Base != l.Net+l.Discount {
				t.Fatalf("line %+v", l)
			}
			net, vat = net+l.Net, vat+l.VAT
		}
		if net != first.Net || vat != first.VAT || net+vat != first.Gross {
			t.Fatalf("lines sum to %d + %d, document says %+v", net, vat, first)
		}
	})
}

func anyLine(t *rapid.T) Line {
	rates := []VATRate{standard(), {Category: ExemptVAT, Reason: "r"}, {Category: StandardRated, Rate: 5000}}
	return Line{
		Unit:     models.Pence(rapid.Int64Range(1, 300000).Draw(t, "unit")),
		Quantity: rapid.IntRange(1, 15).Draw(t, "quantity"),
		Percent:  models.Percent(rapid.Int64Range(0, 100000).Draw(t, "discount")),
		Rate:     rapid.SampledFrom(rates).Draw(t, "rate"),
	}
}

func TestQuote_PublishedPrices(t *testing.T) {
	for _, c := range []struct {
		req   QuoteRequest
		gross models.Pence
		text  string
	}{
		{QuoteRequest{Route: OpenAccess, Format: FaceToFace, People: 3}, 82080, "3 places at £228.00"},
		{QuoteRequest{Route: OpenAccess, Format: Online, People: 1}, 25800, "1 place at £215.00"},
		{QuoteRequest{Route: Bespoke, Format: FaceToFace, People: 10}, 292800, "One group of 10 to 15, face to face"},
		{QuoteRequest{Route: Bespoke, Format: Online, People: 15}, 276000, "One group of 10 to 15, online"},
		{QuoteRequest{Route: OneToOne, Format: FaceToFace, People: 1}, 27360, "1 place at £228.00"},
	} {
		s, err := Published().Quote(c.req, on)
		if err != nil || s.Gross != c.gross || s.Lines[0].Text != c.text {
			t.Errorf("%+v: %d, %q, %v", c.req, s.Gross, s.Lines[0].Text, err)
		}
	}
}

func TestQuote_WholeDiscountCostsNothing(t *testing.T) {
	req := QuoteRequest{Route: OpenAccess, Format: Online, People: 4, Discount: models.HundredPercent}
	s, err := Published().Quote(req, on)
	if err != nil || s.Gross != 0 || s.Discount != 86000 {
		t.Errorf("gross %d, discount %d, %v", s.Gross, s.Discount, err)
	}
}
