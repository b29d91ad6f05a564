package documents_test

import (
	"bytes"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/documents"
)

// quoted is two groups online with 12.5 % off: £4,600.00 less £575.00 is £4,025.00, VAT £805.00, together £4,830.00.
func quoted() documents.Quote {
	i := onAccount()
	return documents.Quote{
		Number: "Q-00017", Date: date(2026, 11, 23), ValidUntil: date(2026, 12, 23), Supplier: i.Supplier, Customer: i.Customer,
		Lines: []documents.Line{{
			Description: "Social Prescribing Tool training for your own group (bespoke), online, with one-year licence for each person trained",
			Details:     []string{"2 groups of up to 15, online", "For 28 people", "On a date to be agreed"}, Quantity: 2, UnitPrice: 230000,
			Discount: 12500, DiscountAmount: 57500, DiscountReason: "Founding partner", Category: documents.StandardRated, Rate: 20000, Net: 402500,
		}},
		VATGroups: []documents.VATGroup{{Category: documents.StandardRated, Rate: 20000, Net: 402500, VAT: 80500}},
		Net:       402500, VAT: 80500, Total: 483000,
		Accept: "Reply to the email this came with, with your purchase order number and the dates that suit you.",
		Terms:  []string{"VAT is charged at the rate of the day on which you are invoiced.", "The trainers’ travel is included."},
	}
}

func TestQuotePDF_ReadsInOrderAndSaysThatItIsNoInvoice(t *testing.T) {
	t.Parallel()
	pdf, err := documents.QuotePDF(quoted())
	if err != nil {
		t.Fatal(err)
	}
	outline := read(t, pdf).outline(t)
	golden(t, "quote.txt", outline)
	for _, words := range []string{
		"H1 Quote", "Q-00017", "it is not a VAT invoice", "23 December 2026", "Irwell Wellbeing Network", "Less 12.5% discount, £575.00: Founding partner",
		"£4,025.00", "£805.00", "£4,830.00", "H2 How to accept", "H2 Terms",
	} {
		if !strings.Contains(outline, words) {
			t.Errorf("no %q in\n%s", words, outline)
		}
	}
	again, err := documents.QuotePDF(quoted())
	if err != nil || !bytes.Equal(pdf, again) {
		t.Errorf("drawn again it is another file: %v", err)
	}
}

func TestQuotePDF_RefusesFiguresThatDoNotAddUp(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*documents.Quote){
		"total":    func(q *documents.Quote) { q.Total++ },
		"VAT":      func(q *documents.Quote) { q.VAT, q.Total = q.VAT+1, q.Total+1 },
		"line":     func(q *documents.Quote) { q.Lines[0].Net-- },
		"number":   func(q *documents.Quote) { q.Number = "" },
		"customer": func(q *documents.Quote) { q.Customer.Address = nil },
		"end":      func(q *documents.Quote) { q.ValidUntil = documents.Quote{}.ValidUntil },
	} {
		q := quoted()
		spoil(&q)
		if _, err := documents.QuotePDF(q); err == nil {
			t.Errorf("%s: drawn all the same", name)
		}
	}
}
