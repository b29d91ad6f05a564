package templates

import (
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// quoteSamples are quotes, organisations and purchase orders: 12.5 % off a group online, £2,300.00, is £2,012.50 + £402.50 VAT.
func quoteSamples() map[string]any {
	return map[string]any{
		"office-quotes": sampleOfficeQuotes(), "office-quotes-none": OfficeQuotesPage{Page: sampleOffice("Quotes", "bookings"), Search: OfficeSearch{URL: "/office/quotes", Label: "Search", Button: "Search"}},
		"office-quote-new": sampleQuoteNew(), "office-check": sampleOfficeCheck(), "office-quote": sampleOfficeQuote(), "quote": sampleQuote(), "quote-over": sampleQuoteOver(),
		"office-organisations": sampleOrganisations(), "office-organisation": sampleOfficeOrganisation(), "office-agreement-end": sampleAgreementEnd(), "office-order": sampleOfficeOrder(),
	}
}

func sampleQuoteRow() QuoteRow {
	return QuoteRow{
		Reference: "Q-00017", URL: "/office/quotes/Q-00017", Date: models.Date{Year: 2026, Month: time.November, Day: 23}, Customer: "The Greater Manchester Federation of Neighbourhood Wellbeing",
		Contact: "Priya Nair, priya@irwellwellbeing.example", What: "12 people, their own group, online", Total: 241500, State: Tag{TagInfo, "Sent"}, Note: "Until 23 December 2026",
	}
}

func sampleOfficeQuotes() OfficeQuotesPage {
	return OfficeQuotesPage{
		Page:   sampleOffice("Quotes", "quotes"),
		Search: OfficeSearch{URL: "/office/quotes", Label: "Search by number, name, address or organisation", Button: "Search"}, Count: 1, Rows: []QuoteRow{sampleQuoteRow()},
	}
}

func sampleQuoteNew() OfficeQuoteNewPage {
	p := OfficeQuoteNewPage{
		Page: sampleOffice("Make a quote", "bookings"), Days: 30, URL: "/office/quotes/new", Sessions: []Choice{{"7", "Thursday 14 January 2027, Face to face, Salford"}},
		Form: QuoteFields{Route: "open-access", Format: "online", People: "twelve", Organisation: "Irwell Wellbeing Network", Percent: "12.5", Key: "k"},
	}
	p.Problems.Add("people", "Enter how many people as a number, like 12")
	p.Problems.Add("reason", "Enter the reason: it stands on the invoice")
	return p
}

func sampleOfficeCheck() OfficeCheckPage {
	words := sampleWalkInCheck().Invoice
	words.Title, words.Number = "Quote", "not made yet"
	return OfficeCheckPage{
		Page: sampleOffice("Check this quote", "bookings"), Back: Action{"All quotes", "/office/quotes"}, Heading: "Check this quote", Invoice: &words,
		Lead: "It is sent to priya@irwellwellbeing.example with a private link and cannot be changed then.", Terms: []string{"The trainers’ travel is included."},
		Rows: []SummaryRow{{Key: "Organisation", Lines: []string{"Irwell Wellbeing Network"}}}, URL: "/office/quotes/new", Fields: []Choice{{"people", "12"}}, Button: "Send this quote for £2,415.00",
	}
}

func sampleQuoteFacts() []SummaryRow {
	return []SummaryRow{
		{Key: "For", Lines: []string{"Irwell Wellbeing Network"}, Notes: []string{"Priya Nair, priya@irwellwellbeing.example"}},
		{Key: "Discount", Lines: []string{"12.5%"}, Notes: []string{"Founding partner"}}, {Key: "Price", Lines: []string{"£2,415.00 with VAT"}, Notes: []string{"£2,012.50 + £402.50 VAT"}, Strong: true},
	}
}

func sampleOfficeQuote() OfficeQuotePage {
	p := OfficeQuotePage{
		Page: sampleOffice("Quote Q-00017", "bookings"), Quote: sampleQuoteRow(), Rows: sampleQuoteFacts(), PDFURL: "/office/quotes/Q-00017/pdf", WithdrawURL: "/office/quotes/Q-00017/withdraw",
		Booking: &Action{"Booking BK-01882", "/office/bookings/BK-01882"}, History: []HistoryRow{{At: at(23, 10, 14, time.November), What: "Quote issued", Who: "Joanne Marsh"}},
	}
	p.Problems.Add("reason", "Enter why it is withdrawn, in 500 characters or fewer")
	return p
}

func sampleQuote() QuotePage {
	p := QuotePage{
		Page: samplePage("Quote Q-00018", ""), Reference: "Q-00018", State: Tag{TagWait, "Waiting for you"}, Rows: sampleQuoteFacts(), PDFURL: "/quotes/secret/pdf",
		Lead:   "It is valid until 23 December 2026. It holds no places: they are yours when you accept.",
		Accept: &QuoteAccept{URL: "/quotes/secret", Number: "20417", FollowBy: models.Date{Year: 2026, Month: time.December, Day: 7}, VATNote: "VAT changes on 1 December 2026: if we invoice from then on, it comes to £769.50 (VAT at 25%).", Example: "IWN-20417", Button: "Accept and book 3 places for £738.72", Shown: "73872"},
	}
	p.Problems.Add("purchase-order", "Your organisation’s purchase order numbers look like IWN-20417. Check the number and type it again")
	return p
}

func sampleQuoteOver() QuotePage {
	p := sampleQuote()
	p.Problems, p.Accept, p.State, p.Lead = nil, nil, Tag{TagQuiet, "Over"}, "This quote was valid until 23 December 2026. Reply to the email it came with to ask for another."
	p.Booking = &Action{"See booking BK-01882", "/bookings/BK-01882"}
	return p
}

func sampleOrganisations() OfficeOrganisationsPage {
	return OfficeOrganisationsPage{
		Page:   sampleOffice("Organisations", "organisations"),
		Search: OfficeSearch{URL: "/office/organisations", Label: "Search by name or postcode", Button: "Search"}, Count: 2, Rows: []OrganisationRow{
			{URL: "/office/organisations/1", Name: "Irwell Wellbeing Network", Where: "Salford M50 0AA", Managers: []string{"Priya Nair"}, Owed: "Owes £820.80", Discount: "12.5% until 31 March 2027"},
			{URL: "/office/organisations/2", Name: "The Greater Manchester Federation of Neighbourhood Wellbeing", Where: "Manchester M1 1AA", Owed: "Nothing owed"},
		},
	}
}

func sampleOfficeOrganisation() OfficeOrganisationPage {
	p := OfficeOrganisationPage{
		Page: sampleOffice("Irwell Wellbeing Network", "people"), Name: "Irwell Wellbeing Network", Owed: "Owes £820.80.", Bookings: "/office/bookings?q=Irwell", Invoices: "/office/invoices?q=Irwell", Statement: "/office/money/statements/1",
		QuoteURL: "/office/quotes/new?organisation=1", Rows: []SummaryRow{{Key: "Address", Lines: []string{"14 Quay Street", "Salford", "M50 0AA"}}}, AgreeURL: "/office/organisations/1/agreements",
		Agreements: []AgreementRow{
			{Discount: "12.5%", Reason: "Founding partner", From: models.Date{Year: 2026, Month: time.April, Day: 1}, To: models.Date{Year: 2027, Month: time.March, Day: 31}, State: Tag{TagOK, "Holds"}, EndURL: "/office/organisations/1/agreements/2/end"},
			{Discount: "10%", Reason: "Pilot", From: models.Date{Year: 2025, Month: time.April, Day: 1}, To: models.Date{Year: 2025, Month: time.May, Day: 1}, State: Tag{TagQuiet, "Ended"}, Note: "The pilot is over"},
		},
		Agreement: AgreementFields{Percent: "125", From: "23 November 2026"}, Rule: PurchaseRuleFields{Required: "yes", Pattern: "IWN-[0-9", Example: "IWN-20417", Cap: "2928.00"}, RuleURL: "/office/organisations/1/purchase-orders",
	}
	p.Problems.Add("pattern", "We cannot read this pattern. Write it like P[0-9]{7}")
	p.Problems.Add("percent", "Enter a discount above 0 and up to 100, like 12.5")
	return p
}

func sampleAgreementEnd() OfficeAgreementEndPage {
	p := OfficeAgreementEndPage{
		Page: sampleOffice("End this discount early", "people"), Back: Action{"Irwell Wellbeing Network", "/office/organisations/1"}, LastDay: "yesterday", URL: "/office/organisations/1/agreements/2/end",
		Rows: []SummaryRow{{Key: "Discount", Lines: []string{"12.5%"}, Notes: []string{"Founding partner"}}},
	}
	p.Problems.Add("last-day", "Enter the last day, like 14 January 2027")
	return p
}

func sampleOfficeOrder() OfficeOrderPage {
	p := OfficeOrderPage{
		Page: sampleOffice("Purchase order to follow", "bookings"), Back: Action{"Booking BK-01882", "/office/bookings/BK-01882"}, Example: "IWN-20417", URL: "/office/bookings/BK-01882/purchase-order",
		Rows: []SummaryRow{{Key: "Customer", Lines: []string{"Irwell Wellbeing Network"}}, {Key: "To invoice", Lines: []string{"£820.80"}}, {Key: "Due", Lines: []string{"Due 7 December 2026, in 14 days"}}},
	}
	p.Problems.Add("until", "Choose a day after today")
	return p
}
