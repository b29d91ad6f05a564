package documents_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/models"
)

func date(year int, month time.Month, day int) models.Date {
	return models.Date{Year: year, Month: month, Day: day}
}

// onAccount is the invoice of the design: three face-to-face places, £684.00 + £136.80 = £820.80.
func onAccount() documents.Invoice {
	return documents.Invoice{
		Kind: documents.KindInvoice, Number: "INV-000437",
		IssueDate: date(2026, 11, 23), TaxPoint: date(2026, 11, 23), DueDate: date(2026, 12, 23),
		Supplier: documents.Supplier{
			LegalName: "University of Salford", Address: []string{"The Crescent, Salford M5 4WT"}, VATNumber: "GB 000 0000 00",
			Bank:          documents.Bank{AccountName: "University of Salford", SortCode: "00-00-00", AccountNumber: "00000000"},
			Demonstration: true,
		},
		Customer: documents.Customer{
			Name: "Irwell Wellbeing Network", Attention: "Accounts payable", Address: []string{"14 Quay Street", "Salford M50 0AA"},
		},
		PurchaseOrder: "IWN-20417", Booking: "BK-01882",
		Lines: []documents.Line{{
			Description: "Social Prescribing Tool training, face to face, with one-year licence",
			Details: []string{
				"Thursday 14 January 2027, Frederick Road campus, Salford", "Tom Ashworth, Grace Okafor, 1 person to name",
			},
			Quantity: 3, UnitPrice: 22800, Category: documents.StandardRated, Rate: 20000, Net: 68400,
		}},
		VATGroups: []documents.VATGroup{{Category: documents.StandardRated, Rate: 20000, Net: 68400, VAT: 13680}},
		Net:       68400, VAT: 13680, Total: 82080,
	}
}

// paidByCard is one online place: £215.00 + £43.00 = £258.00.
func paidByCard() documents.Invoice {
	i := onAccount()
	i.Number, i.PurchaseOrder, i.DueDate = "INV-000438", "", models.Date{}
	i.Supplier.Demonstration = false
	i.Customer = documents.Customer{Name: "Zoë Łukasiewicz", Address: []string{"3 Chapel Street", "Salford M3 5JL"}}
	i.Lines = []documents.Line{{
		Description: "Social Prescribing Tool training, online, with one-year licence",
		Details:     []string{"Monday 25 January and Monday 1 February 2027, online", "Zoë Łukasiewicz"},
		Quantity:    1, UnitPrice: 21500, Category: documents.StandardRated, Rate: 20000, Net: 21500,
	}}
	i.VATGroups = []documents.VATGroup{{Category: documents.StandardRated, Rate: 20000, Net: 21500, VAT: 4300}}
	i.Net, i.VAT, i.Total = 21500, 4300, 25800
	i.Paid = documents.Payment{Method: documents.ByCard, On: date(2026, 11, 23), Amount: 25800}
	return i
}

// replacing stands for an invoice with a wrong purchase order number, of which £600.00 had been paid.
func replacing() documents.Invoice {
	i := onAccount()
	i.Number, i.PurchaseOrder = "INV-000440", "IWN-20418"
	i.ReplacesNumber, i.ReplacesDate = "INV-000437", date(2026, 11, 23)
	i.IssueDate = date(2026, 12, 1)
	i.Paid = documents.Payment{Method: documents.ByBankTransfer, On: date(2026, 11, 30), Amount: 60000}
	return i
}

// credited is a half credit of paidByCard: £107.50 + £21.50 = £129.00.
func credited() documents.Invoice {
	i := paidByCard()
	i.Kind, i.Number = documents.KindCreditNote, "CN-000012"
	i.IssueDate, i.TaxPoint = date(2027, 1, 5), date(2027, 1, 5)
	i.OriginalNumber, i.OriginalDate = "INV-000438", date(2026, 11, 23)
	i.Reason = "1 place cancelled 20 days before the session; 50% is kept"
	i.Lines[0].UnitPrice, i.Lines[0].Net = 10750, 10750
	i.VATGroups[0].Net, i.VATGroups[0].VAT = 10750, 2150
	i.Net, i.VAT, i.Total = 10750, 2150, 12900
	i.Paid = documents.Payment{}
	i.AddBack(documents.Payment{Method: documents.ByCard, On: date(2027, 1, 5), Amount: 12900})
	return i
}

// crowded is a bespoke group with the longest names the screens allow, over more than one page.
func crowded() documents.Invoice {
	i := onAccount()
	i.Customer.Name = "Greater Manchester Integrated Care Partnership Wellbeing CIC"
	i.Lines, i.Net = nil, 0
	for group := 1; group <= 5; group++ {
		l := documents.Line{
			Description: fmt.Sprintf("Social Prescribing Tool training for your own group %d, face to face, with one-year licences", group),
			Details:     []string{"Thursday 14 January 2027, 9:30am to 4:30pm, Frederick Road campus, Salford"},
			Quantity:    1, UnitPrice: 244000, Category: documents.StandardRated, Rate: 20000, Net: 244000,
		}
		var people []string
		for n := 1; n <= 15; n++ {
			people = append(people, fmt.Sprintf("Person %02d of group %d Featherstonehaugh-Cholmondeley", n, group))
		}
		l.Details = append(l.Details, strings.Join(people, ", "))
		i.Lines = append(i.Lines, l)
		i.Net += l.Net
	}
	i.VAT, i.Total = 244000, 1464000
	i.VATGroups[0].Net, i.VATGroups[0].VAT = 1220000, 244000
	return i
}

func mustPDF(t testing.TB, i documents.Invoice) []byte {
	t.Helper()
	pdf, err := documents.InvoicePDF(i)
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}
