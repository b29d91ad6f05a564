package billing

import (
	"testing"

	"hub.salford.ac.uk/ssph/models"
)

// example is a sum of the reference, worked out by hand: VAT 20 %, half up on the whole document.
type example struct {
	unit            models.Pence
	quantity        int
	discount        string
	net, vat, gross models.Pence
}

func (e example) total(t *testing.T) Sum {
	t.Helper()
	return Total([]Line{{Unit: e.unit, Quantity: e.quantity, Percent: pct(t, e.discount), Rate: standard()}})
}

func TestExamples_Sales(t *testing.T) {
	for name, e := range map[string]example{
		"1 open access face to face, one":          {22800, 1, "0", 22800, 4560, 27360},
		"2 open access face to face, nine":         {22800, 9, "0", 205200, 41040, 246240},
		"3 open access online, one":                {21500, 1, "0", 21500, 4300, 25800},
		"4 open access online, nine":               {21500, 9, "0", 193500, 38700, 232200},
		"5 own group face to face":                 {244000, 1, "0", 244000, 48800, 292800},
		"6 own group online":                       {230000, 1, "0", 230000, 46000, 276000},
		"7 face to face, three":                    {22800, 3, "0", 68400, 13680, 82080},
		"8 ten percent off one":                    {22800, 1, "10", 20520, 4104, 24624},
		"9 ten percent off seven at 215.33":        {21533, 7, "10", 135658, 27132, 162790},
		"10 an eighth off one online":              {21500, 1, "12.5", 18813, 3763, 22576},
		"11 an eighth off nine online":             {21500, 9, "12.5", 169313, 33863, 203176},
		"12 an eighth off three online":            {21500, 3, "12.5", 56438, 11288, 67726},
		"25 the whole price off: nothing to pay":   {21500, 4, "100", 0, 0, 0},
		"26 a thousandth less than the whole":      {21500, 1, "99.999", 0, 0, 0},               // 0.215p rounds to nothing
		"26 a thousandth of a percent off a group": {244000, 1, "0.001", 243998, 48800, 292798}, // 243 997.56 and 48 799.6
	} {
		t.Run(name, func(t *testing.T) {
			s := e.total(t)
			if s.Net != e.net || s.VAT != e.vat || s.Gross != e.gross {
				t.Errorf("net %d VAT %d gross %d, want %d %d %d", s.Net, s.VAT, s.Gross, e.net, e.vat, e.gross)
			}
			if s.Discount != e.unit*models.Pence(e.quantity)-e.net || s.Net+s.VAT != s.Gross {
				t.Errorf("discount %d in %+v", s.Discount, s)
			}
		})
	}
}

// Examples 9x and 11x are what rounding each unit gives. They stand here so that nobody brings it back.
func TestTrap16_NothingIsRoundedPerUnit(t *testing.T) {
	for name, c := range map[string]struct {
		right, wrong example
	}{
		"9x unit rounded":         {example{21533, 7, "10", 135658, 27132, 162790}, example{19380, 7, "0", 135660, 27132, 162792}},
		"11x unit net and VAT":    {example{21500, 9, "12.5", 169313, 33863, 203176}, example{18813, 9, "0", 169317, 33867, 203184}},
		"two pence, sixty places": {example{2, 60, "30", 84, 17, 101}, example{1, 60, "0", 60, 0, 60}},
	} {
		t.Run(name, func(t *testing.T) {
			s := c.right.total(t)
			if s.Net != c.right.net || s.VAT != c.right.vat || s.Gross != c.right.gross {
				t.Errorf("net %d VAT %d gross %d, want %+v", s.Net, s.VAT, s.Gross, c.right)
			}
			if s.Gross == c.wrong.gross || s.Net == c.wrong.net {
				t.Errorf("%d is rounded by the unit", s.Gross)
			}
		})
	}
}

// Credits of whole places: 7b with what is left in 7c, and 12b one by one.
func TestExamples_CreditsOfPlaces(t *testing.T) {
	for name, c := range map[string]struct {
		sale   example
		places []Amount
	}{
		"7b one of three, in full": {example{22800, 3, "0", 68400, 13680, 82080}, []Amount{{22800, 4560}, {22800, 4560}, {22800, 4560}}},
		"12b three, one by one":    {example{21500, 3, "12.5", 56438, 11288, 67726}, []Amount{{18812, 3762}, {18813, 3763}, {18813, 3763}}},
	} {
		t.Run(name, func(t *testing.T) {
			s := c.sale.total(t)
			left := s.Amount()
			for i, want := range c.places {
				got := PlaceShares(s.Lines[0].Amount(), c.sale.quantity)[i]
				if got != want {
					t.Errorf("place %d: %+v, want %+v", i+1, got, want)
				}
				left = left.Minus(got)
			}
			if left != (Amount{}) {
				t.Errorf("%+v left", left)
			}
		})
	}
	seven := example{22800, 3, "0", 68400, 13680, 82080}.total(t)
	if left := seven.Amount().Minus(PlaceShares(seven.Lines[0].Amount(), 3)[1]); left != (Amount{45600, 9120}) || left.Gross() != 54720 {
		t.Errorf("7c: %+v is left", left)
	}
}

// Half is kept: 13 of example 1, 14 of example 3, 15 of example 10, where the gross is rounded first: 11 288, of it a sixth is
// 1 881.33, so VAT 1 881 and net 9 407 stay, and the credit is what remains.
func TestExamples_HalfIsKept(t *testing.T) {
	for name, c := range map[string]struct{ original, kept, credit Amount }{
		"13 of a face-to-face place": {Amount{22800, 4560}, Amount{11400, 2280}, Amount{11400, 2280}},
		"14 of an online place":      {Amount{21500, 4300}, Amount{10750, 2150}, Amount{10750, 2150}},
		"15 of a discounted place":   {Amount{18813, 3763}, Amount{9407, 1881}, Amount{9406, 1882}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Keep(c.original, models.HundredPercent/2, standard())
			if err != nil || got.Kept != c.kept || got.Credit != c.credit || got.Kept.Gross() != got.Credit.Gross() {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
}
