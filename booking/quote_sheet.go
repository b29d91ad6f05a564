package booking

import (
	"fmt"
	"strings"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// quoteSheet is the quote as the printed page wants it.
func quoteSheet(d drafted, s *scheduling.Session, ladder billing.Ladder) documents.Quote {
	out := documents.Quote{
		Date: models.DateOf(d.CreatedAt), ValidUntil: d.ValidUntil, Net: d.sum.Net, VAT: d.sum.VAT, Total: d.sum.Gross,
		Supplier: documents.Supplier{
			LegalName: d.supplier.LegalName, TradingName: d.supplier.TradingName, Address: d.supplier.AddressLines(), VATNumber: d.supplier.VATNumber,
			Email: d.supplier.Email, Demonstration: d.Demonstration,
		},
		Customer: documents.Customer{Name: d.Details.Customer(), Attention: d.Details.Name, Address: d.Details.AddressLines()},
		Accept:   howToAccept(d.Quote), Terms: quoteTerms(d.Quote, ladder),
	}
	for _, l := range d.sum.Lines {
		line := documents.Line{
			Description: quoteTitle(d.Quote), Details: []string{l.Text}, Quantity: l.Quantity, UnitPrice: l.Unit, Discount: l.Percent,
			DiscountAmount: l.Discount, DiscountReason: d.DiscountReason, Category: documents.VATCategory(l.Rate.Category), Rate: l.Rate.Rate, Net: l.Net,
		}
		line.Details = append(line.Details, quoteDetails(d.Quote, s)...)
		out.Lines = append(out.Lines, line)
	}
	for _, v := range d.sum.VATs {
		out.VATGroups = append(out.VATGroups, documents.VATGroup{
			Category: documents.VATCategory(v.Rate.Category), Rate: v.Rate.Rate, Net: v.Net, VAT: v.VAT, Reason: v.Rate.Reason,
		})
	}
	return out
}

func quoteTitle(q Quote) string {
	what := "Social Prescribing Tool training"
	switch q.Route {
	case billing.Bespoke:
		what += " for your own group (bespoke)"
	case billing.OneToOne:
		what += ", one to one"
	case billing.OpenAccess:
	}
	return what + ", " + q.Format.Words() + ", with one-year licence for each person trained"
}

func quoteDetails(q Quote, s *scheduling.Session) []string {
	details := []string{"For " + countPeople(q.People)}
	if s != nil {
		details = append(details, s.DaysLine()+", "+whereHeld(*s))
	} else {
		details = append(details, "On a date to be agreed")
	}
	return details
}

func countPeople(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}

func howToAccept(q Quote) string {
	if q.Route == billing.OpenAccess && q.SessionID != nil {
		return "Open the private link in the email this came with and enter your purchase order number. This quote holds no places: they are yours when you accept."
	}
	return "Reply to the email this came with, with your purchase order number and the dates that suit you. The Hub opens the session and sends the invoice."
}

// quoteTerms are the lines under "Terms".
func quoteTerms(q Quote, ladder billing.Ladder) []string {
	terms := []string{
		"VAT is charged at the rate of the day on which you are invoiced.",
		"If you cancel a place, you pay " + ladder.Words() + ", counted in whole days before the first part of the training. Swapping one person for another is free until the session starts.",
	}
	if q.Route == billing.Bespoke {
		terms = append(terms, "The price is for the group and does not change when people drop out. The trainers’ travel is included.")
	}
	if q.Note != "" {
		terms = append(terms, strings.Split(q.Note, "\n")...)
	}
	return terms
}
