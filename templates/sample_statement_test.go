package templates

func sampleOwedPage() StatementPage {
	page := StatementPage{
		Page: sampleOffice("Statement", "money"), Back: Action{"The organisation", "/office/organisations/1"}, Heading: "Statement for Irwell Wellbeing Network",
		Title: "1 November 2026 to 30 November 2026", Period: PeriodForm{URL: "/office/money/statements/1", From: "1 November 2026", To: "31 November 2026"},
		Figures:   []Figure{{Value: "£94.40", Name: "On 30 November 2026", Note: "To pay to the Hub"}, {Value: "£94.40", Name: "Overdue today", Note: "1 invoice"}},
		Returning: []string{"£129.00 goes back to you by bank transfer separately."},
		Rows: []StatementRow{
			{Day: "1 November 2026", What: "Balance before", Balance: "−£726.40"},
			{Day: "5 November 2026", What: "Invoice", Code: "INV-000437", URL: "/invoices/INV-000437", PO: "IWN-20417", Amount: "£820.80", Balance: "£94.40"},
			{Day: "9 November 2026", What: "Payment by bank transfer", Reference: "NEIGHBOURHOODWELLBEINGFEDERATIONOFGREATERMANCHESTER", Amount: "−£1.00", Balance: "£93.40"},
		},
		CSVURL: "/office/money/statements/1?as=csv", Mail: &StatementMail{URL: "/office/money/statements/1/mail", To: "accounts@neighbourhoodwellbeingfederation.example", Key: "k"},
	}
	page.Period.Problems.Add("to", "Enter a real last day, like 30 November 2026")
	page.Problems = page.Period.Problems
	return page
}
