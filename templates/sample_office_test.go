package templates

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
	return map[string]any{
		"office-decision": suspend, "office-decision-unsaid": unsaid, "office-decision-reinstate": reinstate, "office-decision-revoke": revoke,
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
