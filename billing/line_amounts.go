package billing

import "hub.salford.ac.uk/ssph/models"

// LineAmounts says what each line of a document comes to, net and its part of the VAT: together they are the document.
func (d Document) LineAmounts() []Amount {
	nets := make([]models.Pence, len(d.Lines))
	for i, l := range d.Lines {
		nets[i] = l.Net
	}
	out := make([]Amount, len(nets))
	for i, vat := range d.lineVATs(nets) {
		out[i] = Amount{nets[i], vat}
	}
	return out
}
