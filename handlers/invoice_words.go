package handlers

import (
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/templates"
)

// invoiceWords is a document for its page: the words of its PDF.
func invoiceWords(d billing.Document) templates.Invoice { return documentWords(d.Words()) }

// documentWords is an invoice, a credit note or a quote for its page.
func documentWords(w documents.InvoiceWords) templates.Invoice {
	out := templates.Invoice{
		Title: w.Title, Number: w.Number, Notice: w.Notice, Supplier: w.Supplier, CustomerLabel: w.CustomerLabel,
		CustomerName: w.CustomerName, Customer: w.Customer, Facts: invoiceFacts(w.Facts), LineHeads: w.LineHeads,
		VATTitle: w.VATTitle, VATHeads: w.VATHeads, VATRows: w.VATRows, Totals: invoiceFacts(w.Totals),
		Figure: templates.InvoiceFact(w.Figure), Reasons: w.Reasons, Statement: w.Statement,
	}
	for _, l := range w.Lines {
		out.Lines = append(out.Lines, templates.InvoiceLine(l))
	}
	if w.Pay != nil {
		out.Pay = &templates.InvoicePay{Title: w.Pay.Title, Account: invoiceFacts(w.Pay.Account)}
		for _, run := range w.Pay.Sentence {
			out.Pay.Sentence = append(out.Pay.Sentence, templates.InvoiceRun(run))
		}
	}
	return out
}

func invoiceFacts(facts []documents.Fact) []templates.InvoiceFact {
	out := make([]templates.InvoiceFact, len(facts))
	for i, f := range facts {
		out[i] = templates.InvoiceFact(f)
	}
	return out
}
