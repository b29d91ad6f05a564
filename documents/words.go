package documents

import (
	"fmt"
	"strconv"

	"hub.salford.ac.uk/ssph/models"
)

// InvoiceWords is an invoice or credit note in words: what the PDF and the HTML page both show, in this order.
type InvoiceWords struct {
	Title         string // VAT invoice, Invoice or Credit note
	Number        string
	Notice        string // marks a demonstration; else empty
	Supplier      []string
	CustomerLabel string
	CustomerName  string
	Customer      []string
	Facts         []Fact // dates and references
	LineHeads     [5]string
	Lines         []LineWords
	VATTitle      string
	VATHeads      [3]string
	VATRows       [][3]string
	Totals        []Fact // above the rule
	Figure        Fact   // below it: what is to pay, or what is credited
	Reasons       []string
	Statement     string // how it stands when nothing is to pay; else empty
	Pay           *PayWords
	Terms         []string // of a quote: a line each
	Footer        string
}

// LineWords is one line of the table.
type LineWords struct {
	Description                    string
	Notes                          []string
	Quantity, UnitPrice, Rate, Net string
}

// PayWords is the box on how to pay.
type PayWords struct {
	Title    string
	Sentence []Run
	Account  []Fact
}

// Words says the invoice in words. It is pure, and the only place where an invoice is worded.
func (i Invoice) Words() InvoiceWords {
	w := InvoiceWords{
		Title: i.title(), Number: i.Number, Supplier: i.Supplier.words(),
		CustomerLabel: "Invoice to", CustomerName: i.Customer.Name, Customer: i.Customer.words(),
		Facts:     i.facts(),
		LineHeads: [5]string{"Description", "Quantity", "Unit price", "VAT rate", "Net"},
		VATTitle:  "VAT summary", VATHeads: [3]string{"Rate", "Net", "VAT"},
		Totals: i.totals(), Figure: i.figure(), Statement: i.statement(), Pay: i.howToPay(),
		Footer: "Questions? Reply to the email this came with, giving the invoice number.",
	}
	if i.Kind == KindCreditNote {
		w.CustomerLabel = "Credit to"
		w.Footer = "Questions? Reply to the email this came with, giving the credit note number."
	}
	if i.Supplier.Demonstration {
		w.Notice = "Demonstration. This is not a real " + string(i.Kind) + " and no money is owed."
	}
	for _, l := range i.Lines {
		w.Lines = append(w.Lines, l.words())
	}
	for _, g := range i.VATGroups {
		w.VATRows = append(w.VATRows, [3]string{VATLabel(g.Category, g.Rate), g.Net.String(), g.VAT.String()})
		if g.Reason != "" {
			w.Reasons = append(w.Reasons, VATLabel(g.Category, g.Rate)+": "+g.Reason)
		}
	}
	return w
}

// title calls a document a VAT invoice only when something on it is a taxable supply.
func (i Invoice) title() string {
	if i.Kind == KindCreditNote {
		return "Credit note"
	}
	for _, g := range i.VATGroups {
		if g.Category != Exempt && g.Category != OutsideScope {
			return "VAT invoice"
		}
	}
	return "Invoice"
}

// VATLabel names a category and rate in the VAT summary: Standard, 20%.
func VATLabel(c VATCategory, rate models.Percent) string {
	switch c {
	case ZeroRated:
		return "Zero rate, 0%"
	case Exempt:
		return "Exempt from VAT"
	case OutsideScope:
		return "Outside the scope of VAT"
	case ReverseCharge:
		return "Reverse charge"
	default:
		return "Standard, " + rate.String()
	}
}

// VATRate names a category and rate on a line: 20%.
func VATRate(c VATCategory, rate models.Percent) string {
	switch c {
	case Exempt:
		return "Exempt"
	case OutsideScope:
		return "No VAT"
	case ReverseCharge:
		return "Reverse charge"
	default:
		return rate.String()
	}
}

func (l Line) words() LineWords {
	notes := append([]string(nil), l.Details...)
	if l.DiscountAmount > 0 {
		less := fmt.Sprintf("Less %s discount, %s", l.Discount, l.DiscountAmount)
		if l.DiscountReason != "" {
			less += ": " + l.DiscountReason
		}
		notes = append(notes, less)
	}
	return LineWords{
		Description: l.Description, Notes: notes, Quantity: strconv.Itoa(l.Quantity),
		UnitPrice: l.UnitPrice.String(), Rate: VATRate(l.Category, l.Rate), Net: l.Net.String(),
	}
}

func (c Customer) words() []string {
	var lines []string
	if c.Attention != "" {
		lines = append(lines, c.Attention)
	}
	lines = append(lines, c.Address...)
	if c.VATNumber != "" {
		lines = append(lines, "VAT number "+c.VATNumber)
	}
	return lines
}

func (s Supplier) words() []string {
	lines := []string{s.LegalName}
	if s.TradingName != "" && s.TradingName != s.LegalName {
		lines = append(lines, "trading as "+s.TradingName)
	}
	lines = append(lines, s.Address...)
	if s.VATNumber != "" {
		lines = append(lines, "VAT number "+s.shown(s.VATNumber))
	}
	if s.Email != "" {
		lines = append(lines, s.Email)
	}
	return lines
}

// shown marks a value that the Hub has not entered yet.
func (s Supplier) shown(value string) string {
	if s.Demonstration {
		return value + " (demonstration)"
	}
	return value
}
