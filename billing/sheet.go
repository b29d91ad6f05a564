package billing

import (
	"hub.salford.ac.uk/ssph/documents"
)

// sheet is the document as the printed page wants it.
func sheet(d Document) documents.Invoice {
	s := d.Supplier
	out := documents.Invoice{
		Kind: documents.KindInvoice, Number: d.Code, IssueDate: d.IssueDate, TaxPoint: d.TaxPoint, DueDate: d.DueDate,
		Supplier: documents.Supplier{
			LegalName: s.LegalName, TradingName: s.TradingName, Address: s.AddressLines(), VATNumber: s.VATNumber, Email: s.Email,
			Bank:          documents.Bank{AccountName: s.AccountName, SortCode: s.SortCode, AccountNumber: s.AccountNumber},
			Demonstration: d.Demonstration,
		},
		Customer:      documents.Customer{Name: d.Customer.Name, Address: d.Customer.AddressLines()},
		PurchaseOrder: d.PurchaseOrder, Booking: d.OrderReference, Net: d.Net, VAT: d.VAT, Total: d.Gross,
	}
	for _, l := range d.Lines {
		line := documents.Line{
			Description: l.Description, Details: l.Details, Quantity: l.Quantity, UnitPrice: l.Unit, Discount: l.Discount,
			Category: documents.VATCategory(l.Rate.Category), Rate: l.Rate.Rate, Net: l.Net,
		}
		line.DiscountAmount = l.base() - l.Net
		out.Lines = append(out.Lines, line)
	}
	for _, v := range d.VATs {
		out.VATGroups = append(out.VATGroups, documents.VATGroup{
			Category: documents.VATCategory(v.Rate.Category), Rate: v.Rate.Rate, Net: v.Net, VAT: v.VAT, Reason: v.Rate.Reason,
		})
	}
	if d.Credits != nil {
		out.Kind, out.OriginalNumber, out.OriginalDate, out.Reason = documents.KindCreditNote, d.Credits.Code, d.Credits.IssueDate, d.Reason
		for _, p := range d.Parts {
			switch p.Kind {
			case PartMissing:
				out.Missing += p.Gross
			case PartGone, PartOnItsWay, PartSent:
				out.AddBack(documents.Payment{Method: sheetMethod(p.Method), On: p.On, Amount: p.Gross})
			case PartSetOff: // it is what remains
			}
		}
		return out
	}
	if d.Replaces != nil {
		out.ReplacesNumber, out.ReplacesDate = d.Replaces.Code, d.Replaces.IssueDate
	}
	if p := d.PaidBefore; p != nil {
		out.Paid = documents.Payment{Method: sheetMethod(p.Method), On: p.On, Amount: p.Gross}
	}
	if d.PaidStatement != "" {
		out.Paid = documents.Payment{Method: documents.ByCard, On: d.TaxPoint, Amount: d.Gross}
	}
	return out
}

func sheetMethod(m PaymentMethod) documents.PaymentMethod {
	switch m {
	case ByCard:
		return documents.ByCard
	case ByDispute:
		return documents.ByDispute
	case ByBank:
	}
	return documents.ByBankTransfer
}

// Words is the document in the words of its PDF, for the page that shows it.
func (d Document) Words() documents.InvoiceWords { return sheet(d).Words() }

// MoneyWords says where the money of a credit note is, to the office.
func (d Document) MoneyWords() string { return sheet(d).CreditWords(documents.ToOffice) }
