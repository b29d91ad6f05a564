package billing

import (
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// Retained is what becomes of an amount when a fee is kept from it. Kept and Credit always sum to the original.
type Retained struct {
	Kept   Amount // stays on the invoice, with its VAT (HMRC, from 1 March 2019: a retained payment remains taxable)
	Credit Amount // goes on the credit note; nothing to credit means no credit note
}

// Keep works out a cancellation or no-show fee as a percentage of what a place cost. The kept gross is rounded first, half up; its
// VAT is the fraction of the rate at which the place was sold; the credit is what remains. The VAT kept is held to what leaves
// neither part of the credit negative, which matters only for amounts of a few pence. A percentage outside 0 to 100 is an error.
func Keep(original Amount, fee models.Percent, rate VATRate) (Retained, error) {
	if fee < 0 || fee > models.HundredPercent {
		return Retained{}, fmt.Errorf("a fee of %d thousandths is not between 0%% and 100%%", fee)
	}
	if original.Net < 0 || original.VAT < 0 {
		return Retained{}, fmt.Errorf("a fee cannot be kept from %s net, %s VAT", original.Net, original.VAT)
	}
	gross := fee.Of(original.Gross())
	vat := max(rate.Inside(gross), gross-original.Net, 0)
	vat = min(vat, original.VAT, gross)
	kept := Amount{Net: gross - vat, VAT: vat}
	return Retained{Kept: kept, Credit: original.Minus(kept)}, nil
}
