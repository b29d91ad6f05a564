package billing

import (
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// VATCategory is the letter that says how a supply is treated, as EN 16931 writes it.
type VATCategory string

// The categories in use. A university may be exempt, so nothing in the code assumes the first.
const (
	StandardRated VATCategory = "S"
	ExemptVAT     VATCategory = "E"
	ZeroRated     VATCategory = "Z"
	OutsideVAT    VATCategory = "O" // outside the scope of VAT
)

// VATRate is one row of the VAT table: the treatment of what the Hub sells, from a day on.
type VATRate struct {
	Category VATCategory
	Rate     models.Percent
	Label    string      // as printed: "VAT at 20%"
	Reason   string      // why no VAT is charged, as printed under the VAT summary; E, Z and O must say
	From     models.Date // first tax point to which it applies
}

// Check says what makes the row unusable on a document: an unknown category, a rate that does not fit it, a missing reason.
func (r VATRate) Check() error {
	switch r.Category {
	case StandardRated:
		if r.Rate <= 0 || r.Rate > models.HundredPercent {
			return fmt.Errorf("VAT category S needs a rate above 0%%, not %s", r.Rate)
		}
		return nil
	case ExemptVAT, ZeroRated, OutsideVAT:
		if r.Rate != 0 {
			return fmt.Errorf("VAT category %s has no rate, not %s", r.Category, r.Rate)
		}
		if r.Reason == "" {
			return fmt.Errorf("VAT category %s needs a reason", r.Category)
		}
		return nil
	}
	return fmt.Errorf("unknown VAT category %q", r.Category)
}

// On returns the VAT on a net amount, half up to the penny. Documents call it once per category and rate, on the summed net.
func (r VATRate) On(net models.Pence) models.Pence { return r.Rate.Of(net) }

// Inside returns the VAT contained in a gross amount, half up to the penny: rate/(100+rate) of it, a sixth at 20 %. It serves kept
// fees only; VAT on a sale comes from the net.
func (r VATRate) Inside(gross models.Pence) models.Pence {
	return models.MulDiv(gross, int64(r.Rate), int64(models.HundredPercent+r.Rate))
}

// Words is the label, or one made from category and rate when the row has none: VAT at 20%, VAT exempt, Zero-rated for VAT, 0%.
func (r VATRate) Words() string {
	switch {
	case r.Label != "":
		return r.Label
	case r.Category == ExemptVAT:
		return "VAT exempt"
	case r.Category == ZeroRated:
		return "Zero-rated for VAT, 0%"
	case r.Category == OutsideVAT:
		return "Outside the scope of VAT"
	}
	return "VAT at " + r.Rate.String()
}

// VATRates is every row of the VAT table, in any order.
type VATRates []VATRate

// At returns the row in force at a tax point: the latest From that has begun. Of two rows from the same day the later one in the
// list counts. Without one, or when the row fails its Check, the error is internal: no sale may guess its VAT.
func (t VATRates) At(taxPoint models.Date) (VATRate, error) {
	var best VATRate
	for _, r := range t {
		if !taxPoint.Before(r.From) && !r.From.Before(best.From) {
			best = r
		}
	}
	if best.Category == "" {
		return VATRate{}, fmt.Errorf("no VAT row in force on %s", taxPoint.ISO())
	}
	return best, best.Check()
}

// Changes is the first day after a day, and not after another, from which sales are treated otherwise than on it; false when there is none.
// Errors as for At.
func (t VATRates) Changes(after, upTo models.Date) (from models.Date, changes bool, err error) {
	now, err := t.At(after)
	if err != nil {
		return from, false, err
	}
	for _, r := range t {
		if !after.Before(r.From) || upTo.Before(r.From) || changes && !r.From.Before(from) {
			continue
		}
		then, err := t.At(r.From)
		if err != nil {
			return from, false, err
		}
		if then.Category != now.Category || then.Rate != now.Rate {
			from, changes = r.From, true
		}
	}
	return from, changes, nil
}
