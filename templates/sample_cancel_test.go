package templates

import (
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// cancelSamples are the pages on which places are cancelled and invoices corrected: one of three places, 20 days before.
func cancelSamples() map[string]any {
	wrong := sampleCancelForm()
	wrong.Form = CancelFields{Ground: "goodwill", Fee: "a quarter", Noticed: "31 November 2026"}
	wrong.Problems.Add("fee", "Enter a fee from 0 to 100 percent with at most three decimals, like 25")
	wrong.Problems.Add("noticed", "Enter a real day, like 14 January 2027")
	wrong.Problems.Add("reason", "Enter why: it is kept with the record")
	nothing := sampleCancelCheck()
	nothing.Note, nothing.Money = nil, "Nothing comes back. Invoice INV-000437 stays as it is, and there is no credit note."
	return map[string]any{
		"office-cancel-place": sampleCancelForm(), "office-cancel-place-wrong": wrong, "office-cancel-check": sampleCancelCheck(),
		"office-cancel-check-nothing": nothing, "cancel-place": sampleCancelPlace(), "cancelled": sampleCancelled(),
		"office-correct": sampleCorrect(), "office-correct-check": sampleCorrectCheck(), "invoice-credit-note": sampleCreditPage(),
	}
}

func cancelRows() []SummaryRow {
	return []SummaryRow{
		{Key: "Place", Lines: []string{"Grace Okafor"}}, {Key: "Session", Lines: []string{"Thursday 14 January 2027"}, Notes: []string{"Face to face, Salford"}},
		{Key: "Rule", Lines: []string{"It is 20 days before the session, so 50% is kept."}},
		{Key: "We keep", Lines: []string{"£136.80"}, Notes: []string{"£114.00 + £22.80 VAT"}},
		{Key: "Comes back", Lines: []string{"£136.80"}, Notes: []string{"£114.00 + £22.80 VAT"}, Strong: true},
	}
}

func sampleCancelForm() OfficeCancelPlacePage {
	p := OfficeCancelPlacePage{
		Page: sampleOffice("Cancel Grace Okafor’s place", "bookings"), Back: Action{"Booking BK-01882", "/office/bookings/BK-01882"},
		URL: "/office/bookings/BK-01882/places/2/cancel", Heading: "Cancel Grace Okafor’s place?", Rows: cancelRows()[:2],
		Grounds: []CancelGround{
			{"terms", "On the booking’s terms", "It is 20 days before the session, so 50% is kept: £136.80 comes back"},
			{"by-the-hub", "The Hub cancels", "The Hub cancels, so nothing is kept: £273.60 comes back"}, {"goodwill", "Goodwill", "You decide the fee"},
		},
		Form: CancelFields{Noticed: "25 December 2026"},
	}
	p.Background = White
	return p
}

func sampleCancelCheck() OfficeCancelCheckPage {
	form := sampleCancelForm()
	note := sampleCreditNote()
	note.Part = "credit"
	return OfficeCancelCheckPage{
		Page: sampleOffice("Check this cancellation", "bookings"), Back: form.Back, URL: form.URL, Heading: form.Heading, Rows: cancelRows(),
		Money: "This takes £136.80 off invoice INV-000437.", Note: &note, Form: CancelFields{Ground: "terms", Noticed: "25 December 2026", Reason: "She is ill"},
		Shown: "13680", Button: "Cancel Grace Okafor’s place",
	}
}

func sampleCancelPlace() CancelPlacePage {
	return CancelPlacePage{
		Page: sampleSigned("Cancel a place", "bookings"), Back: Action{"Back to the booking", "/bookings/BK-01882"}, URL: "/bookings/BK-01882/places/2/cancel",
		Heading: "Cancel Grace Okafor’s place?", Rows: cancelRows(), Money: "We are sending £136.80 back to your card.",
		Swap: Action{"Give the place to somebody else", "/bookings/BK-01882/places/2"}, Shown: "13680", Button: "Cancel Grace Okafor’s place",
	}
}

func sampleCancelled() CancelledPage {
	return CancelledPage{
		Page: sampleSigned("Place cancelled", "bookings"), Back: Action{"Back to the booking", "/bookings/BK-01882"}, Heading: "Grace Okafor’s place is cancelled",
		Rows: cancelRows()[1:], Story: []string{"£136.80 is on its way back to the card."},
		ToPay: []Action{{"Pay £136.80 from Money", "/office/money/refunds/1"}},
		Note: &DocumentRow{
			Number: "CN-000012", URL: "/invoices/CN-000012", PDFURL: "/invoices/CN-000012.pdf", Date: models.Date{Year: 2026, Month: time.December, Day: 25},
			State: Tag{TagInfo, "Refund on its way"}, Total: 13680,
		},
	}
}

func sampleCreditNote() Invoice {
	note := sampleWalkInCheck().Invoice
	note.Title, note.Number, note.CustomerLabel, note.Figure = "Credit note", "CN-000012", "Credit to", InvoiceFact{Label: "Total credit", Value: "£136.80"}
	note.Facts = []InvoiceFact{{Label: "Original invoice", Value: "INV-000437", Strong: true}, {Label: "Reason", Value: "1 place cancelled"}}
	note.Statement = "This takes £136.80 off invoice INV-000437."
	return note
}

func sampleCreditPage() InvoicePage {
	return InvoicePage{
		Page: sampleSigned("Credit note CN-000012", "invoices"), Invoice: sampleCreditNote(), State: Tag{TagOK, "Settled"},
		Note: "£136.80 was taken off invoice INV-000437.", PDFURL: "/invoices/CN-000012.pdf", Back: Action{"Booking BK-01882", "/bookings/BK-01882"},
		Links: []DocumentLink{{"This credit note is for invoice", "INV-000437", "/invoices/INV-000437"}},
	}
}

func sampleCorrect() OfficeCorrectPage {
	p := OfficeCorrectPage{
		Page: sampleOffice("Correct invoice INV-000437", "invoices"), Back: Action{"Invoice INV-000437", "/office/invoices/INV-000437"},
		URL: "/office/invoices/INV-000437/correct", Code: "INV-000437", Rows: []SummaryRow{{Key: "Invoice", Lines: []string{"INV-000437, £820.80"}}},
		Left: 54720, Form: CorrectFields{PurchaseOrder: "IWN-20418", Customer: "Irwell Wellbeing Network", Address: "14 Quay Street\nSalford\nM50 0AA", Email: "accounts@irwellwellbeing.example"},
	}
	p.Background = White
	p.Problems.Add("reason", "Enter what is being corrected. The customer reads it on the credit note")
	return p
}

func sampleCorrectCheck() OfficeCorrectCheckPage {
	form := sampleCorrect()
	page := OfficeCorrectCheckPage{
		Page: sampleOffice("Check both documents", "invoices"), Back: form.Back, URL: form.URL, Code: form.Code, Form: form.Form,
		Rows:  []SummaryRow{{Key: "Credited now", Lines: []string{"£820.80"}}, {Key: "Issued anew", Lines: []string{"£820.80"}}},
		Moves: "£600.00 that was paid on INV-000437 counts towards the new invoice. Nothing is refunded.", Note: sampleCreditNote(), Invoice: sampleWalkInCheck().Invoice,
		Shown: "82080 60000",
	}
	page.Note.Part, page.Invoice.Part = "credit", "new"
	return page
}
