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

// lineVATs shares each VAT total over the lines of its category and rate.
func (d Document) lineVATs(nets []models.Pence) []models.Pence {
	out := make([]models.Pence, len(nets))
	for _, v := range d.VATs {
		var at []int
		var of []models.Pence
		for i, l := range d.Lines {
			if l.Rate.sameAs(v.Rate) {
				at, of = append(at, i), append(of, nets[i])
			}
		}
		for k, part := range spread(v.VAT, of) {
			out[at[k]] = part
		}
	}
	return out
}
