package documents

import (
	"errors"
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// Quote is all that a quote says. Amounts are as billing computed them; nothing is computed here, only checked.
type Quote struct {
	Number          string // empty for a preview
	Date            models.Date
	ValidUntil      models.Date // the last day
	Supplier        Supplier
	Customer        Customer
	Lines           []Line
	VATGroups       []VATGroup
	Net, VAT, Total models.Pence
	Accept          string   // how to accept it
	Terms           []string // a line each
}

// Words says the quote in words, in the form that invoices have: what the PDF and the page both show.
func (q Quote) Words() InvoiceWords {
	like := Invoice{Supplier: q.Supplier, Customer: q.Customer, Lines: q.Lines, VATGroups: q.VATGroups, Net: q.Net, VAT: q.VAT, Total: q.Total}
	w := like.Words()
	w.Title, w.Number, w.CustomerLabel, w.Notice = "Quote", q.Number, "Quote for", "This is not a VAT invoice."
	if q.Supplier.Demonstration {
		w.Notice = "Demonstration. This is not a real quote, and it is not a VAT invoice."
	}
	w.Facts = []Fact{
		{Label: "Date", Value: q.Date.String()},
		{Label: "Valid until", Value: q.ValidUntil.String(), Key: true},
	}
	w.Figure = Fact{Label: "Total with VAT", Value: q.Total.String(), Key: true}
	w.Pay = &PayWords{Title: "How to accept", Sentence: plain(q.Accept)}
	w.Statement, w.Terms = "", q.Terms
	w.Footer = "Questions? Reply to the email this came with, giving the number of the quote."
	return w
}

// check refuses a quote whose figures do not add up.
func (q Quote) check() error {
	var errs []error
	need := func(ok bool, format string, args ...any) {
		if !ok {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	need(q.Number != "" && !q.Date.IsZero() && !q.ValidUntil.IsZero(), "number or dates are missing")
	need(q.Customer.Name != "" && len(q.Customer.Address) > 0, "customer's name or address is missing")
	need(len(q.Lines) > 0 && q.Accept != "", "no lines, or no word on how to accept")
	need(q.Net+q.VAT == q.Total, "net %d and VAT %d are not the total %d", q.Net, q.VAT, q.Total)
	Invoice{Supplier: q.Supplier, Lines: q.Lines, VATGroups: q.VATGroups, Net: q.Net, VAT: q.VAT}.checkGroups(need)
	if len(errs) == 0 {
		return nil
	}
	return fmt.Errorf("documents: quote %s: %w", q.Number, errors.Join(errs...))
}

// QuotePDF draws a quote as a tagged PDF, with the look of an invoice. The bytes depend on the quote alone. It fails when a field is
// missing or when the figures do not add up.
func QuotePDF(q Quote) ([]byte, error) {
	if err := q.check(); err != nil {
		return nil, err
	}
	w := q.Words()
	s, err := newSheet(w.Title+" "+w.Number, q.Date)
	if err != nil {
		return nil, err
	}
	s.running, s.footer = w.Title+" "+w.Number, w.Footer
	s.letterhead(w)
	s.addressed(w)
	s.invoiceLines(w)
	s.sums(w)
	s.box(func() {
		s.heading(roleHeading2, section, false, w.Pay.Title)
		s.sentence(body, w.Pay.Sentence)
	})
	s.gap(16)
	s.terms(w.Terms)
	pdf, err := s.bytes()
	if err != nil {
		return nil, fmt.Errorf("quote %s: %w", q.Number, err)
	}
	return pdf, nil
}

// terms are a heading with a paragraph each, kept on one page.
func (s *sheet) terms(lines []string) {
	if len(lines) == 0 {
		return
	}
	s.keep(func() {
		s.heading(roleHeading2, body.strong(), false, "Terms")
		for _, l := range lines {
			s.gap(3)
			s.paragraph(second, l)
		}
	})
}
