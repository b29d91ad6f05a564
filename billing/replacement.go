package billing

import (
	"fmt"
	"strings"
)

// replacement works out what stands for an invoice, and the credit that takes the rest of it off: whole, line by line, while no credit
// note has taken anything off it; else what is left, row by row of its VAT. It is pure; the dates of issue are the caller's.
func replacement(old Document, notes []Document, c Correction) (fresh Document, req CreditRequest) {
	fresh, req = old, CreditRequest{InvoiceID: old.ID, Reason: strings.TrimSpace(c.Reason), MovesOn: true}
	if len(notes) == 0 {
		for i, amount := range old.LineAmounts() {
			l := old.Lines[i]
			req.Lines = append(req.Lines, CreditLine{Line: i + 1, Description: l.Description, Details: l.Details, Amount: amount})
		}
	} else {
		fresh.rest(old, notes)
		for _, v := range fresh.VATs {
			at := old.firstOf(v.Rate)
			req.Lines = append(req.Lines, CreditLine{
				Line: at + 1, Description: old.Lines[at].Description, Details: old.restDetails(at, "What was left", notes), Amount: Amount{v.Net, v.VAT},
			})
		}
	}
	fresh.ID, fresh.Code, fresh.Paid, fresh.Credited = 0, "", 0, 0
	fresh.PurchaseOrder = c.PurchaseOrder
	fresh.Customer.Name, fresh.Customer.Address = c.Customer.Name, c.Customer.Address
	if c.Customer.Email != "" {
		fresh.Customer.Email = c.Customer.Email
	}
	if old.Paid < fresh.Gross {
		fresh.PaidStatement = "" // a dispute has taken the card's money back since
	}
	fresh.Replaces = &DocumentRef{ID: old.ID, Code: old.Code, IssueDate: old.IssueDate}
	return fresh, req
}

// rest makes the document what is left of an invoice: one line for each VAT row, at what is left of its net. How many places that was
// is no longer a quantity at a price, so the line says where it comes from.
func (d *Document) rest(old Document, notes []Document) {
	d.Lines, d.VATs, d.Net, d.VAT = nil, leftOf(old, notes), 0, 0
	for _, v := range d.VATs {
		at := old.firstOf(v.Rate)
		l := old.Lines[at]
		d.Lines = append(d.Lines, DocumentLine{
			Description: l.Description, Details: old.restDetails(at, restBegins, notes), Quantity: 1, Unit: v.Net, Net: v.Net, Rate: l.Rate,
			Route: l.Route, Format: l.Format,
		})
		d.Net, d.VAT = d.Net+v.Net, d.VAT+v.VAT
	}
	d.Gross = d.Net + d.VAT
}

// leftOf is what credit notes have left of an invoice, by its VAT rows: subtracted to the penny, never worked out from the rate again,
// so that an invoice, its credit notes and the invoice that replaces it always sum. Rows of which nothing is left are not there.
func leftOf(invoice Document, notes []Document) []VATTotal {
	var left []VATTotal
	for _, v := range invoice.VATs {
		for _, note := range notes {
			for _, off := range note.VATs {
				if off.Rate.sameAs(v.Rate) {
					v.Net, v.VAT = v.Net-off.Net, v.VAT-off.VAT
				}
			}
		}
		if v.Net != 0 || v.VAT != 0 {
			left = append(left, v)
		}
	}
	return left
}

// firstOf is the first line of a category and rate, from 0.
func (d Document) firstOf(rate VATRate) int {
	for i, l := range d.Lines {
		if l.Rate.sameAs(rate) {
			return i
		}
	}
	return 0
}

// restBegins is how the line of a rest begins to say so.
const restBegins = "What is left"

// restDetails are under a line of what is left: when and where, as the old line says first, and what was credited before. Whoever else
// it named may have been cancelled since.
func (d Document) restDetails(line int, begins string, notes []Document) []string {
	of := make([]string, len(notes))
	for i, n := range notes {
		of[i] = fmt.Sprintf("%s (%s)", n.Code, n.Gross)
	}
	after := "credit note " + of[0]
	if last := len(of) - 1; last > 0 {
		after = "credit notes " + strings.Join(of[:last], ", ") + " and " + of[last]
	}
	details := d.Lines[line].Details
	return append(append([]string(nil), details[:min(len(details), 1)]...), fmt.Sprintf("%s of invoice %s after %s", begins, d.Code, after))
}

// Rest says in words of which invoice, credited in part, this one asks what is left; empty for one that asks for places at a price.
func (d Document) Rest() string {
	if d.Replaces == nil || len(d.Lines) == 0 {
		return ""
	}
	for _, detail := range d.Lines[0].Details {
		if strings.HasPrefix(detail, restBegins+" of invoice ") {
			return detail
		}
	}
	return ""
}
