package templates

import (
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// officeSamples are pages of the office beside those of one person.
func officeSamples() map[string]any {
	suspend := sampleDecision("suspend", "Suspend")
	unsaid := suspend
	unsaid.Form.Reason = "Asked why."
	unsaid.Problems.Add("grounds", "Choose misuse, at their request or another reason")
	reinstate := sampleDecision("reinstate", "Reinstate")
	reinstate.AskGrounds, reinstate.Sees = false, "Your licence works up to the end of Friday 11 December 2026."
	revoke := sampleDecision("revoke", "Withdraw")
	revoke.SeesMisuse = "Your licence was withdrawn on 23 November 2026. Ask the Hub about your cases."
	unnamed := sampleOfficeCertificate("Correct the name on certificate 7K3M-Q9TX-2HVB-4WN8", "name")
	unnamed.AskName, unnamed.Licence, unnamed.Button = true, "", "Issue it with this name"
	unnamed.Problems.Add("name", "Enter the name as it should stand on the certificate")
	task := OfficeTaskPage{
		Page: sampleOffice("Something to decide", "today"), Back: Action{"Today", "/office"}, Heading: "Something to decide", URL: "/office/tasks/3",
		Sentence: "A refund of £600.00 was made at Stripe, not here. Credit notes account for £273.60 of it. Decide whether one is due for the other £326.40",
		Rows:     []SummaryRow{{Key: "Since", Lines: []string{"23 November 2026 at 9:14am"}}}, Work: &Action{"Booking BK-01882", "/office/bookings/BK-01882"}, EndsItself: true,
	}
	task.Background = White
	ended := task
	ended.Ended = "Ended by Joanne Fearn on 23 November 2026 at 10:02am."
	task.Problems.Add("reason", "Enter why nothing more is to do: it is kept with the record")
	return map[string]any{
		"office-certificate": sampleOfficeCertificate("Withdraw certificate 7K3M-Q9TX-2HVB-4WN8", "withdraw"), "office-certificate-name": unnamed,
		"office-task": task, "office-task-ended": ended,
		"office-decision": suspend, "office-decision-unsaid": unsaid, "office-decision-reinstate": reinstate, "office-decision-revoke": revoke,
		"office-session": sampleOfficeSession(), "office-walk-in": sampleWalkIn(), "office-walk-in-check": sampleWalkInCheck(),
	}
}

func sampleWalkIn() OfficeWalkInPage {
	page := OfficeWalkInPage{
		Page: sampleOffice("Invoice this walk-in", "bookings"), Back: Action{"Booking BK-01884", "/office/bookings/BK-01884"}, URL: "/office/bookings/BK-01884/invoice",
		Rows: []SummaryRow{{Key: "Who came", Lines: []string{"Lena Osei"}, Notes: []string{"lena.osei@bury.example"}}, {Key: "Price", Lines: []string{"£228.00 + VAT"}}},
		Form: BillingFields{Payer: "organisation", Name: "Olu Adeyemi", Email: "olu@bury.example", Organisation: "Bury Advice", Line1: "3 Silver Street", Town: "Bury", Country: "GB", PurchaseOrder: "BA-118"},
	}
	page.Background = White
	page.Problems.Add("postcode", "Enter the postcode")
	return page
}

func sampleWalkInCheck() OfficeWalkInCheckPage {
	form := sampleWalkIn()
	return OfficeWalkInCheckPage{
		Page: sampleOffice("Check this invoice", "bookings"), Back: form.Back, URL: form.URL, Form: form.Form, To: form.Form.Email,
		Due: models.Date{Year: 2026, Month: time.December, Day: 23}, Button: "Issue this invoice for £273.60",
		Invoice: Invoice{
			Title: "VAT invoice", Number: "not issued yet", Supplier: []string{"University of Salford", "Salford M5 4WT"},
			CustomerLabel: "Invoice to", CustomerName: "Bury Advice", Customer: []string{"3 Silver Street", "Bury BL9 0EX"},
			LineHeads: [5]string{"Description", "Quantity", "Unit price", "VAT rate", "Net"}, VATTitle: "VAT summary", VATHeads: [3]string{"Rate", "Net", "VAT"},
			Lines:   []InvoiceLine{{Description: "Social Prescribing Tool training, face to face, with one-year licence", Quantity: "1", UnitPrice: "£228.00", Rate: "20%", Net: "£228.00"}},
			VATRows: [][3]string{{"20%", "£228.00", "£45.60"}}, Figure: InvoiceFact{Label: "To pay", Value: "£273.60"},
		},
	}
}

func sampleOfficeSession() OfficeSessionPage {
	days := []models.Date{{Year: 2027, Month: time.January, Day: 14}}
	const name, email = "Maximiliana Featherstonehaugh-Cholmondeley", "maximiliana.featherstonehaugh-cholmondeley@neighbourhoodwellbeingfederation.example"
	return OfficeSessionPage{
		Page:    sampleOffice("Thursday 14 January 2027", "sessions"),
		Session: OfficeSessionRow{URL: "/office/sessions/7", Days: "Thursday 14 January 2027", What: "Face to face, Salford", When: "9:30am to 4:30pm, with Alan", Taken: 4, Capacity: 15, State: Tag{TagOK, "Complete"}},
		Block:   NewDateBlock(days, true), Facts: []SummaryRow{{Key: "Trainers", Lines: []string{"Alan"}}}, PublicURL: "/sessions/7", RegisterURL: "/trainer/sessions/7",
		Completed: "It was completed on 14 January 2027 at 4:31pm. 1 person has their certificate and licence.",
		People: []DelegateRow{
			{Name: name, URL: "/office/people/4", Email: email, Organisation: "Neighbourhood Wellbeing Federation", Booking: "BK-01882", BookingURL: "/office/bookings/BK-01882", State: &Tag{TagOK, "Trained"}, Certificate: &Action{"7K3M-Q9TX-2HVB-4WN8", "/certificates/7K3M-Q9TX-2HVB-4WN8"}},
			{Name: "Ben Rowley", URL: "/office/people/5", Email: "ben@rowley.example", Organisation: "Ben Rowley", Booking: "BK-01883", BookingURL: "/office/bookings/BK-01883", State: &Tag{TagStop, "Absent"}},
			{Unnamed: 2, Organisation: "Neighbourhood Wellbeing Federation", Booking: "BK-01882", BookingURL: "/office/bookings/BK-01882"},
		},
	}
}

func sampleOffice(title, section string) Page {
	p := samplePage(title, section)
	p.Area, p.Background, p.Who = AreaOffice, Mist, &Who{Name: "Joanne Fearn", Line: "Hub office"}
	return p
}

func sampleDecision(verb, title string) OfficeDecisionPage {
	page := sampleOffice(title+" licence L-00093", "people")
	page.Background = White
	return OfficeDecisionPage{
		Page: page, Back: Action{"Hannah Whitworth", "/office/people/4"}, URL: "/office/licences/L-00093/" + verb, Heading: title + " licence L-00093?",
		Rows: []SummaryRow{
			{Key: "Holder", Lines: []string{"Hannah Whitworth"}, Notes: []string{"hannah.whitworth@irwellwellbeing.example"}},
			{Key: "Licence", Lines: []string{"L-00093, ends soon"}, Notes: []string{"Last day 11 December 2026"}},
			{Key: "From when", Lines: []string{"At once, Monday 23 November 2026"}},
		},
		Happens:    []string{"From the next page they open, nothing can be written in the tool.", "They are told by email now."},
		Sees:       "Your licence has been suspended since 23 November 2026. Your cases are safe. You can read, print and export them. Ask the Hub why, and what to do.",
		AskGrounds: true, Button: title + " this licence",
	}
}

func sampleOfficeCertificate(title, verb string) OfficeCertificatePage {
	page := sampleOffice(title, "people")
	page.Background = White
	return OfficeCertificatePage{
		Page: page, Back: Action{"Hannah Whitworth", "/office/people/4"}, URL: "/office/certificates/7K3M-Q9TX-2HVB-4WN8/" + verb, Heading: title + "?",
		Rows: []SummaryRow{
			{Key: "Name on it", Lines: []string{"Maximiliana Featherstonehaugh-Cholmondeley of Ashton-under-Lyne"}},
			{Key: "Holder", Lines: []string{"Hannah Whitworth"}, Notes: []string{"hannah.whitworth@irwellwellbeing.example"}},
		},
		Happens: []string{"That they attended stays on record.", "They are told by email now."}, Licence: "Licence L-00093 ends at once",
		Form: CertificateFields{Licence: "stays"}, Button: "Withdraw this certificate",
	}
}
