package templates

// toolSamples are the pages of the tool around one invented person, in the words of the starter pack.
func toolSamples() map[string]any {
	all := map[string]any{
		"gate":        sampleGate(),
		"gate-none":   GatePage{Page: sampleOwn("You have no licence", "tool"), Heading: "You have no licence", Safe: "A licence comes with the training.", Do: Action{"See training dates", "/sessions"}, Crisis: sampleCrisis()},
		"gate-typed":  sampleGateTyped(),
		"tool-urgent": UrgentHelpPage{Page: sampleOwn("Urgent help", "tool"), Crisis: sampleCrisis(), Missing: sampleMissing(), Numbers: Action{"Enter the numbers", "/account/safety"}},
		"tool-contacts": ContactsPage{Page: sampleSigned("Who to call about safety", "bookings"), Whose: "Irwell Wellbeing Network", SaveURL: "/organisation/3/safety", BackURL: "/organisation/3", Contacts: []SafetyFields{
			{Label: "Duty lead", Name: Input{ID: "name-duty-lead", Label: "Who answers?"}, Number: Input{ID: "number-duty-lead", Label: "Telephone number", Type: "tel", Width: 20}},
			{Label: "Adult safeguarding", Name: Input{ID: "name-safeguarding-adults", Label: "Who answers?", Value: "Mary Holt"}, Number: Input{ID: "number-safeguarding-adults", Label: "Telephone number", Type: "tel", Width: 20, Value: "0161 496 0123"}, Since: "Changed on 2 November 2026"},
		}},
		"office-contacts": OrganisationContactsPage{Page: samplePage("Organisations", "people"), Count: 2, Rows: []OrganisationContactsRow{
			{Name: "Irwell Wellbeing Network", URL: "/office/organisations/3/safety", Entered: Tag{TagOK, "Entered"}},
			{Name: "Maximiliana Featherstonehaugh-Cholmondeley Memorial Foundation", URL: "/office/organisations/4/safety", Entered: Tag{TagWait, "To enter"}, Missing: "Duty lead, adult safeguarding"},
		}},
		"office-contacts-none": OrganisationContactsPage{Page: samplePage("Organisations", "people")},
		"error-in-the-tool":    ErrorPage{Page: samplePage("We cannot find that page", ""), Heading: "We cannot find that page", Lines: []string{"We have no case with that number that you can see."}, Crisis: sampleCrisis()},
		"error-typed":          ErrorPage{Page: samplePage("Sign in again", ""), Heading: "Sign in again", Lines: []string{"You were signed out."}, Actions: []Action{{"Sign in", "/sign-in"}}, Crisis: sampleCrisis(), Typed: sampleGateTyped().Typed},
		"tool-cases":           CasesPage{ToolFrame: sampleFrame("Your cases", nil), Total: 2, MayBegin: true, Pages: Pages{Now: 1, Of: 1}, Cases: sampleCaseRows()},
		"tool-cases-none":      CasesPage{ToolFrame: sampleFrame("Your cases", nil), MayBegin: true},
		"tool-cases-closed":    CasesPage{ToolFrame: sampleFrame("Your cases", nil), Closed: true, Search: "IWN", ReadOnly: true},
		"tool-new":             NewCasePage{ToolFrame: sampleFrame("Begin a new case", nil), Reference: "IWN-0147"},
		"tool-handover":        sampleHandOver(),
		"tool-handover-none":   HandOverPage{ToolFrame: sampleCaseFrame("Hand this case to a colleague", ""), Held: "Hannah Whitworth has it since 3 November 2026.", BackURL: "/tool/cases/7/process"},
		"tool-choose": ChoosePage{ToolFrame: sampleCaseFrame("Choose differently", "fit"), Suggested: sampleSuggested(), SaveURL: "/tool/cases/7/choice", BackURL: "/tool/cases/7/fit",
			Ideas: NewChoices("idea", "What does Sam choose?", "", []Option{{Value: "1", Label: "Repair workshop, Thursdays"}, {Value: "0", Label: "None of them"}})},
		"tool-sheet": PlanSheetPage{Page: sampleOwn("Plan, case IWN-0147", "tool"), Sheet: samplePlanSheet(), BackURL: "/tool/cases/7/plan", PDFURL: "/tool/cases/7/plan.pdf", EasyURL: "/tool/cases/7/plan-easy.pdf"},
	}
	for _, more := range []map[string]any{talkSamples(), fitSamples(), planSamples()} {
		for name, page := range more {
			all[name] = page
		}
	}
	return all
}

func sampleCrisis() []CrisisNumber {
	return []CrisisNumber{
		{Label: "999", Shown: "999", What: "Life at risk, now", Dial: "999"}, {Label: "NHS 111, option 2", Shown: "NHS 111, option 2", What: "Mental health crisis, all ages", Dial: "111"},
		{Label: "Samaritans", Shown: "116 123", What: "Samaritans. To talk to somebody, any time", Dial: "116123"}, {Label: "Shout", Shown: "Text SHOUT to 85258", What: "Shout"},
		{Label: "Adult safeguarding", Shown: "0161 496 0123", What: "Adult safeguarding. Mary Holt", Dial: "01614960123"},
	}
}

func sampleMissing() *ToolNotice {
	return &ToolNotice{Text: "Not entered yet: duty lead, children’s safeguarding.", Link: Action{"Enter the numbers", "/account/safety"}}
}

func sampleGate() GatePage {
	return GatePage{
		Page: sampleOwn("Your licence ended on 30 October 2026", "tool"), Heading: "Your licence ended on 30 October 2026",
		Safe: "Your cases are safe. You can still read, print and export all 7 of them.", Kept: &KeptText{Reference: "IWN-0131", Section: "Your world", SavedAt: "4:52pm on 13 November 2026", URL: "/tool/cases/7/conversation/S3#E1"},
		Can: []string{"Read your own cases", "Print plans and export"}, Cannot: []string{"Open a new case", "Change a plan or a review"}, CannotTil: "until you renew",
		Do: Action{"Ask the Hub to renew", "/contact?topic=other"}, CasesURL: "/tool/cases?read=yes", Foot: "The 14 days of grace ended on 13 November 2026.", Crisis: sampleCrisis(),
	}
}

func sampleGateTyped() GatePage {
	p := sampleGate()
	p.Kept, p.Typed = nil, []TypedText{{"What matters", "I want to feel useful again " + nasty}, {"Goal 1 hope", "Be at the workshop"}}
	return p
}

func sampleFrame(title string, bar *CaseBar) ToolFrame {
	return ToolFrame{
		Page: sampleOwn(title, "tool"), Banner: "Starter content for demonstration and training. Not the official Salford tool. Not clinically signed off.",
		Crisis: sampleCrisis(), Missing: sampleMissing(), Case: bar,
	}
}

// sampleCaseFrame is a case at step 5 of 8, on the part of this key.
func sampleCaseFrame(title, part string) ToolFrame {
	const url = "/tool/cases/7"
	bar := &CaseBar{
		Reference: "IWN-0147", Called: "Sam", URL: url, Part: part, Step: 5, Steps: 8, Now: "Finding a fit", Next: "Plan", State: "Finding a fit", MayWrite: true,
		Parts: []NavItem{item("conversation", "Conversation", url+"/conversation"), item("understanding", "Understanding", url+"/understanding"), item("fit", "Fit", url+"/fit"), item("plan", "Plan", url+"/plan"), item("review", "Review", url+"/review")},
	}
	for n, name := range []string{"Referral", "First contact", "Conversation", "Understanding", "Finding a fit", "Plan", "Introduction", "Review"} {
		look := StepDone
		if n == 4 {
			look = StepNow
		} else if n > 4 {
			look = StepNext
		}
		bar.Strip = append(bar.Strip, Step{Name: name, Look: look})
	}
	return sampleFrame(title+", case IWN-0147", bar)
}

func sampleCaseRows() []CaseRow {
	return []CaseRow{
		{Reference: "IWN-0147", URL: "/tool/cases/7", State: "Finding a fit", Step: "Step 5 of 8", Changed: "24 November 2026 at 10:14am", By: "Hannah Whitworth"},
		{Reference: "IWN-0131", URL: "/tool/cases/5", State: "Safety first", Step: "Step 3 of 8", Changed: "23 November 2026 at 4:52pm", By: "Tom Ashworth", Alert: &Tag{TagStop, "Red flag"}, AlertNote: "Record what was done", Due: "25 November 2026"},
	}
}

func sampleHandOver() HandOverPage {
	p := HandOverPage{
		ToolFrame: sampleCaseFrame("Hand this case to a colleague", ""), Held: "Hannah Whitworth has it since 3 November 2026.", Reason: nasty, SaveURL: "/tool/cases/7/handover", BackURL: "/tool/cases/7/process",
		Colleagues: NewChoices("colleague", "To whom?", "", []Option{{Value: "12", Label: "Ben Adeyemi"}, {Value: "13", Label: "Maximiliana Featherstonehaugh-Cholmondeley"}}),
	}
	p.Problems.Add("colleague", "Choose a colleague whose licence allows the tool")
	p.Colleagues.Error = p.Problems.For("colleague")
	return p
}
