package billing

import (
	"testing"

	"hub.salford.ac.uk/ssph/models"
)

// The calculator's own figures for 12 people face to face.
func TestCompare_TwelveFaceToFace(t *testing.T) {
	c, err := Published().Compare(12, FaceToFace, on)
	if err != nil {
		t.Fatal(err)
	}
	if c.Right != Bespoke || c.Group.Gross != 292800 || c.Group.VAT != 48800 || c.Each != 20333 {
		t.Errorf("own group: %+v", c.Group)
	}
	if c.Open.Net != 273600 || c.Open.VAT != 54720 || c.Open.Gross != 328320 || c.Difference != 35520 {
		t.Errorf("open access: %+v, difference %d", c.Open, c.Difference)
	}
	want := []PeopleCost{
		{1, OpenAccess, 22800, 22800, false},
		{5, OpenAccess, 114000, 22800, false},
		{9, OpenAccess, 205200, 22800, false},
		{10, Bespoke, 244000, 24400, false},
		{12, Bespoke, 244000, 20333, true},
		{15, Bespoke, 244000, 16267, false},
	}
	if len(c.Table) != len(want) || len(c.Bars) != 15 {
		t.Fatalf("%d rows, %d bars", len(c.Table), len(c.Bars))
	}
	for i := range want {
		if c.Table[i] != want[i] {
			t.Errorf("row %d: %+v, want %+v", i, c.Table[i], want[i])
		}
	}
}

func TestCompare_CliffFromNineToTen(t *testing.T) {
	nine, err := Published().Compare(9, FaceToFace, on)
	if err != nil || nine.Right != OpenAccess || nine.Difference != 292800-246240 {
		t.Errorf("nine: %s %d %v", nine.Right, nine.Difference, err)
	}
	ten, err := Published().Compare(10, FaceToFace, on) // ten open places would cost £192.00 less, but are not sold
	if err != nil || ten.Right != Bespoke || ten.Difference != -19200 {
		t.Errorf("ten: %s %d %v", ten.Right, ten.Difference, err)
	}
}

func TestCompare_MoreThanOneGroupIsNotPriced(t *testing.T) {
	for _, n := range []int{16, 1 << 62} {
		c, err := Published().Compare(n, Online, on)
		if err != nil || c.Right != "" || c.Advice != "16 people or more is several groups: ask the Hub for a quote" {
			t.Errorf("%d: %+v %v", n, c, err)
		}
		if c.Open.Gross != 0 || c.Group.Gross != 0 || len(c.Bars) != 15 || len(c.Table) != 5 {
			t.Errorf("%d: %d %d", n, c.Open.Gross, len(c.Table))
		}
	}
}

func TestCompare_RefusesNonsense(t *testing.T) {
	for _, n := range []int{0, -1, -1 << 63} {
		if _, err := Published().Compare(n, Online, on); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%d people: %v", n, err)
		}
	}
	if _, err := Published().Compare(3, "both", on); models.KindOf(err) != models.KindInvalid {
		t.Errorf("format both: %v", err)
	}
}

// Every figure on the price page is the quote's.
func TestCompare_AgreesWithQuote(t *testing.T) {
	for _, format := range []Format{FaceToFace, Online} {
		for n := 1; n <= 15; n++ {
			c, err := Published().Compare(n, format, on)
			if err != nil {
				t.Fatal(err)
			}
			q, err := Published().Quote(QuoteRequest{Route: c.Right, Format: format, People: n}, on)
			if err != nil || c.Bars[n-1].Net != q.Net || !c.Bars[n-1].Yours {
				t.Errorf("%d %s: %d, quote %d, %v", n, format, c.Bars[n-1].Net, q.Net, err)
			}
		}
	}
}
