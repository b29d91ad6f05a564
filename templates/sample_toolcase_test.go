package templates

import "hub.salford.ac.uk/ssph/models"

// talkSamples are the conversation, what may come at any moment, the flowchart and the factors.
func talkSamples() map[string]any {
	url := "/tool/cases/7"
	closed := sampleProcess()
	closed.Ways = []WayView{{To: "CLOSED", Label: "Close the case", Asks: "close", URL: url + "/moves"}, {To: "PLAN", Label: "The person chooses", Asks: "agree", URL: url + "/moves"}}
	closed.Problems.Add("outcome", "Choose how it ended")
	return map[string]any{
		"tool-conversation": ConversationPage{
			ToolFrame: sampleCaseFrame("You", "conversation"), Heading: "You", Purpose: "Strengths, energy, confidence and skills", Minutes: 8, SectionURL: url + "/conversation/S2",
			Sections: []SectionLink{{"Starting well", url + "/conversation/S0", "done", false}, {"You", url + "/conversation/S2", "3 of 11", true}, {"Staying safe and well", url + "/safety", "any time", false}},
			First:    []PromptView{samplePrompt("P1", "What are you good at, or what would a friend say you are good at?"), samplePromptBeside()}, Rest: []PromptView{samplePrompt("P7", "How does your body help you or hold you back in what you want to do?")},
			Own: PromptView{Code: "S2", Text: "Anything else in this part", MayWrite: true, Form: sampleNoteForm("S2", "")}, BuildOn: []string{"I can fix most things"}, InTheWay: []string{"The knee, on stairs"},
			Saved: "Saved at 10:14am, 24 November 2026", NextLabel: "Next: Your world", NextURL: url + "/conversation/S3",
		},
		"tool-conversation-start": ConversationPage{
			ToolFrame: sampleCaseFrame("Starting well", "conversation"), Heading: "Starting well", Purpose: "Welcome, your role, consent", Minutes: 3, SectionURL: url + "/conversation/S0",
			Statements: []Ticked{{Value: "C1", Label: "My job is to listen and to help you find things that are worth doing for you. I am not a clinician.", Checked: true, Note: "Ticked on 5 November 2026 at 2pm"}, {Value: "C5", Label: "You are happy to talk today, and we have agreed what may be shared and with whom."}},
			Own:        PromptView{Code: "S0", Text: "Anything else in this part"},
		},
		"tool-safety":        sampleSafety(),
		"tool-process":       sampleProcess(),
		"tool-process-wrong": closed,
		"tool-understanding": UnderstandingPage{
			ToolFrame: sampleCaseFrame("Understanding together", "understanding"), BuildOn: []string{"Skills and communication (matters most)"}, InTheWay: []string{"Body, energy, senses"}, TalkAbout: []string{"Confidence and readiness"},
			FindOut: []FindOutLine{{Label: "Home and safety", Prompts: []string{"What is home like for you, and what would make it work better?"}}}, SaveURL: url + "/understanding", DecisionURL: url + "/decision", Stars: 3, Version: 2, Conflict: true,
			Domains: []DomainView{{Key: "person", Label: "Person", Count: "1 to build on, 0 mixed, 1 in the way, 4 not spoken of", Factors: []FactorView{{
				Code: "P-b", Label: "Confidence and readiness", Low: "“I can’t”, “I’d fail”", High: "Would start tomorrow", TalkAbout: true, Theirs: "They see it: mostly helps. You see it: not explored. “" + nasty + "”", Evidence: Input{ID: "P-b-evidence", Label: "What shows it, in a line", Value: nasty},
				Person: NewChoices("P-b-person", "How they see it", "1", sampleScale()), Practitioner: NewChoices("P-b-practitioner", "How you see it", "4", sampleScale()), Star: NewTick("P-b-star", "Matters most to them", true, nil),
			}}}},
		},
		"tool-decision": DecisionPage{
			ToolFrame: sampleCaseFrame("Is other support needed?", "understanding"), Flags: []string{"two or more falls in a year, unsteady, or afraid to go out"}, SaveURL: url + "/decision", Reason: "Nothing clinical",
			Decision: NewChoices("decision", "What is needed?", "D1", []Option{{Value: "D1", Label: "No clinical support needed"}, {Value: "D2", Label: "Ask advice first"}}), Outcome: NewChoices("outcome", "What came of it?", "", []Option{{Label: "Choose"}, {Value: "none", Label: "None needed"}}),
			Known: sampleYesNo("known", "Is a clinician looking after it already?"), Worse: sampleYesNo("worse", "Did it get worse in the past two weeks?"), Agrees: sampleYesNo("agrees", "Does the person agree to us speaking to somebody?"),
			Decisions: []DecisionLine{{When: "10 November 2026 at 3pm, Hannah Whitworth", What: "Ask advice first", Reason: nasty}},
		},
	}
}

func sampleScale() []Option {
	return []Option{{Value: "-1", Label: "Not explored"}, {Value: "0", Label: "Blocks me"}, {Value: "1", Label: "Often in the way"}, {Value: "2", Label: "Mixed"}, {Value: "3", Label: "Mostly helps"}, {Value: "4", Label: "A real strength"}}
}

func sampleYesNo(name, legend string) Choices {
	return NewChoices(name, legend, "no", []Option{{Value: "yes", Label: "Yes"}, {Value: "no", Label: "No"}, {Value: "not-said", Label: "Not said"}})
}

func sampleNoteForm(code, text string) NoteForm {
	const url = "/tool/cases/7"
	return NoteForm{
		Code: code, SaveURL: url + "/notes", AutoURL: url + "/autosave", Settle: url + "/settle", Copy: 1, Version: 2, CSRF: "csrf-token", Together: text,
		Text: Input{ID: "text-" + code, Label: "In their words", Value: text, Rows: 4}, Marks: NewChoices("mark-"+code, "What is it about?", "strength", []Option{{Label: "A note"}, {Value: "strength", Label: "Strength"}}),
	}
}

func samplePrompt(code, text string) PromptView {
	return PromptView{
		Code: code, Text: text, Help: "Family, work, faith, caring, making, helping.", Listen: "strengths", Safety: "/tool/cases/7/safety", MayWrite: true,
		Note: &NoteView{Text: "I can fix most things. Ask the lads. " + nasty, Mark: "Strength", Written: "10:14am on 24 November 2026", Copy: 1, Version: 2}, Form: sampleNoteForm(code, "I can fix most things."),
	}
}

// samplePromptBeside is a prompt that two tabs wrote at once, with a text that was kept while the licence had ended.
func samplePromptBeside() PromptView {
	p := samplePrompt("P2", "What have you got through before, and what helped you through?")
	p.Beside, p.Held = []NoteView{{Text: "Found work again in 1991", Written: "10:15am on 24 November 2026", Copy: 2, Version: 1}}, "Redundancy, and every garage till one said yes"
	return p
}

func sampleSafety() SafetyPage {
	prompt := samplePrompt("H4", "Sometimes when people are under this much strain they think life is not worth living. Has that been so for you?")
	prompt.Safety, prompt.Notice = "", &NoticeForm{Code: "H4", Of: prompt.Text, URL: "/tool/cases/7/flags", CSRF: "csrf-token", Kinds: []FlagOption{{Code: "R-SUI", Noticed: "Thoughts of suicide with a plan, means or “can’t keep safe”", Level: "Act now"}}}
	page := SafetyPage{
		ToolFrame: sampleCaseFrame("Staying safe and well", "conversation"), Heading: "Staying safe and well", Purpose: "To notice what needs other or clinical help", Prompts: []PromptView{prompt}, Seen: nasty,
		NoticeURL: "/tool/cases/7/flags", DecideURL: "/tool/cases/7/decision", Decisions: []DecisionLine{{When: "10 November 2026 at 3pm, Hannah Whitworth", What: "Ask advice first", Reason: "Two slips on the stairs"}},
		Kinds: []FlagLevel{
			{Key: "red", Label: "Act now", Open: true, Kinds: []FlagOption{{Code: "R-SUI", Noticed: "Thoughts of suicide with a plan, means or “can’t keep safe”", Chosen: true}}},
			{Key: "amber", Label: "Ask for advice within days", Kinds: []FlagOption{{Code: "A-FALL", Noticed: "Two or more falls in a year, unsteady, or afraid to go out"}}},
		},
		Noticed: []FlagCard{{
			ID: 3, Level: Tag{TagStop, "Act now"}, Noticed: "Thoughts of suicide with a plan, means or “can’t keep safe”", Seen: nasty, When: "24 November 2026 at 10:14am by Hannah Whitworth", Do: []string{"Call 999 if it is immediate", "Do not leave them alone"},
			By: "now", Overdue: true, Open: true, Contacts: sampleCrisis()[:2], Record: []string{"what was seen or said", "who was spoken to"}, URL: "/tool/cases/7/flags/3", Form: FlagForm{Show: true, Done: "Rang 111 together"},
			Actions: []FlagDone{{When: "Recorded on 24 November 2026 at 10:30am by Hannah Whitworth", Lines: []string{"Rang 111 together"}}},
		}},
	}
	page.Case.RedWaits = true
	page.Problems.Add("flag", "Choose what was seen or said")
	return page
}

func sampleProcess() ProcessPage {
	places := []FlowPlace{{Key: "MATCHING", Label: "Finding a fit", Column: 1, Row: 0, Look: "now"}, {Key: "PLAN", Label: "Plan", Column: 1, Row: 1}, {Key: "SAFETY", Label: "Safety first", Look: "been"}}
	return ProcessPage{
		ToolFrame: sampleCaseFrame("Where this case stands", ""), Chart: NewFlowChart(places, []FlowLine{{From: "MATCHING", To: "PLAN", Open: true}, {From: "SAFETY", To: "MATCHING"}}, "The process as a flowchart. The case stands at: Finding a fit."),
		States: []StateLine{{Label: "Finding a fit", Since: "Came here on 24 November 2026 at 10:14am", Now: true, Next: []string{"Understanding together", "Plan"}}, {Label: "Plan", Next: []string{"Introduced"}}},
		Ways:   []WayView{{To: "ANALYSIS", Label: "Something new learned", URL: "/tool/cases/7/moves"}, {To: "PLAN", Label: "The person chooses", Locked: "First record what was done about the red flag"}},
		Events: []EventLine{{When: "24 November 2026 at 10:14am, Hannah Whitworth", What: "Handed over from Hannah Whitworth to Ben Adeyemi", Reason: nasty}, {When: "3 November 2026 at 9:10am, Hannah Whitworth", What: "Referral received"}},
		Due:    "To be done by Friday 27 November 2026. Nothing happens by itself.", Held: "Ben Adeyemi has it since 24 November 2026.", HandURL: "/tool/cases/7/handover", MayGo: true,
		Form: CloseForm{Outcomes: NewChoices("outcome", "How did it end?", "", []Option{{Label: "Choose"}, {Value: "goals_met", Label: "Goals met"}}), Messages: NewChoices("message", "What is the referrer told?", "none", []Option{{Value: "none", Label: "Nothing"}}), WhatNext: nasty},
	}
}

// fitSamples are the ideas, their answers and how they fit: the worked example, 65.
func fitSamples() map[string]any {
	url := "/tool/cases/7/ideas/1"
	blocked := sampleFit()
	blocked.Figure, blocked.Band, blocked.Together, blocked.Sentence = "", "Blocked by: cost met, equipment there", nil, "There is no figure until that changes."
	return map[string]any{
		"tool-fit":         sampleFit(),
		"tool-fit-blocked": blocked,
		"tool-ideas": IdeasPage{
			ToolFrame: sampleCaseFrame("Ideas", "fit"), Most: 5, AddURL: "/tool/cases/7/ideas", Kinds: NewChoices("kind", "What kind of idea?", "activity", []Option{{Value: "activity", Label: "Something offered somewhere"}}),
			Physical: NewChoices("physical", "How much does it ask of the body?", "", []Option{{Label: "Not known"}, {Value: "1", Label: "A little"}}), Aside: []IdeaRow{{Name: "Choir", AsideURL: "/tool/cases/7/ideas/3/aside"}},
			Ideas: []IdeaRow{{Name: nasty, Kind: "Something offered somewhere", URL: url, AnswersURL: url + "/answers", AsideURL: url + "/aside", Said: "65, good fit", Figure: "65"}},
		},
		"tool-ideas-locked": IdeasPage{ToolFrame: sampleCaseFrame("Ideas", "fit"), Most: 5, Locked: "First record what was done about the red flag"},
		"tool-answers": AnswersPage{ToolFrame: sampleCaseFrame("Repair workshop, Thursdays", "fit"), Name: "Repair workshop, Thursdays", SaveURL: url + "/answers", BackURL: url, Version: 2, Conflict: true, Pairs: []PairQuestions{{Label: "Person and environment", Questions: []Question{{
			Code: "PE2", Label: "Will you feel safe, welcome and yourself there?", Answer: NewChoices("PE2", "Will you feel safe, welcome and yourself there?", "1", []Option{{Value: "?", Label: "Don’t know"}, {Value: "1", Label: "Poor"}}), Open: true, Theirs: "Good, planned: fully",
			Planned: NewChoices("PE2-planned", "It would then be", "3", []Option{{Value: "3", Label: "Good"}}), Change: NewChoices("PE2-change", "What would change it?", "pe2-meet", []Option{{Value: "pe2-meet", Label: "Meet the leader first, at a quiet time"}}),
		}}}}},
	}
}

func sampleSuggested() SuggestedStep {
	return SuggestedStep{Text: "Plan it. The fit is good and nothing blocks it", Rule: "Rule 5", Inputs: []string{"Repair workshop, Thursdays: 65"}, ChooseURL: "/tool/cases/7/choice", OtherURL: "/tool/cases/7/choice", IdeaID: 1, Agree: "Agree, and plan it"}
}

func samplePicture() FitPicture {
	circles := [3]CircleAt{{"person", "Person", 0, 0}, {"environment", "Environment", 1.332 * 100, 0}, {"occupation", "Occupation", 66, 95}}
	lenses := [3]LensAt{
		{Score: "56", Lines: []string{"Person and environment"}, Weakest: true, MidX: 66, TopX: 66, TopY: -70, BottomX: 66, BottomY: 70},
		{Score: "81", Lines: []string{"Person and", "occupation"}, MidX: 33, MidY: 50, TopX: 80, TopY: 10, BottomX: -10, BottomY: 90},
		{Score: "81", Lines: []string{"Environment", "and occupation"}, MidX: 100, MidY: 50, TopX: 60, TopY: 10, BottomX: 140, BottomY: 90},
	}
	return NewFitPicture(100, circles, lenses, "65, good fit. Person and environment: 56, the weakest part. Person and occupation: 81. Environment and occupation: 81.", false)
}

func sampleFit() FitPage {
	answers := []AnswerLine{{Label: "Can get there and back", Blocks: [4]bool{true, true, true}, Word: "Good"}, {Label: "Safe, welcome and at ease", Blocks: [4]bool{true}, Word: "Poor", Planned: "Good"}, {Label: "Cost met", Word: "Blocks it", Stop: true}, {Label: "Running, with a place", Word: "Don’t know", Unknown: true}}
	return FitPage{
		ToolFrame: sampleCaseFrame("Repair workshop, Thursdays", "fit"), Name: "Repair workshop, Thursdays", Others: []OtherIdea{{"Chair yoga (48)", "/tool/cases/7/ideas/2"}}, IdeasURL: "/tool/cases/7/ideas", AnswersURL: "/tool/cases/7/ideas/1/answers",
		Figure: "65", Band: "Good fit", Worked: []string{"Person and environment: 9 of 16 is 56.25."}, Picture: samplePicture(), Caption: "The more two circles overlap, the better that pair fits.", Suggested: sampleSuggested(),
		Helps:    []HelpRow{{Question: "Safe, welcome and at ease", Change: "Meet the leader first, at a quiet time", Now: "65", Then: "69", From: "Poor", To: "Workable"}},
		Together: &Together{Changes: []string{"meet the leader first, at a quiet time"}, Moves: "“Safe, welcome and at ease” goes from Poor to Good", Now: "65", Then: "73"},
		Pairs:    []PairPanel{{Label: "Person and environment", Figure: "56", Word: "Workable, the weakest pair", Weakest: true, Answers: answers}, {Label: "Person and occupation", Figure: "81", Word: "Strong"}, {Label: "Environment and occupation", Figure: "81", Word: "Strong"}},
	}
}

// planSamples are the plan as a form, with what somebody else saved, and as agreed; and the review.
func planSamples() map[string]any {
	sheet := samplePlanSheet()
	conflict := samplePlanForm(nil)
	wrong := PlanPage{ToolFrame: sampleCaseFrame("Plan", "plan"), State: Tag{TagQuiet, "Draft"}, SaveURL: "/tool/cases/7/plan", Conflict: &conflict}
	wrong.Problems.Add("goal-1-hope", "Write the goal, in the person’s words")
	wrong.Form = samplePlanForm(wrong.Problems)
	return map[string]any{
		"tool-plan": PlanPage{
			ToolFrame: sampleCaseFrame("Plan", "plan"), State: Tag{TagQuiet, "Draft"}, StateNote: "Saved on 24 November 2026 at 10:14am", Form: samplePlanForm(nil), SaveURL: "/tool/cases/7/plan", AgreeURL: "/tool/cases/7/plan/agree", CanAgree: true,
			Agree: AgreeForm{With: NewChoices("with", "Who agreed?", "person", []Option{{Value: "person", Label: "The person"}}), Copy: NewChoices("copy", "How did they get a copy?", "", []Option{{Value: "paper", Label: "On paper"}})},
		},
		"tool-plan-wrong":  wrong,
		"tool-plan-agreed": PlanPage{ToolFrame: sampleCaseFrame("Plan", "plan"), State: Tag{TagOK, "Agreed"}, StateNote: "With the person, on 24 November 2026", Agreed: true, Sheet: &sheet, PrintURL: "/tool/cases/7/plan/print", PDFURL: "/tool/cases/7/plan.pdf", EasyURL: "/tool/cases/7/plan-easy.pdf", ReviseURL: "/tool/cases/7/plan?change=yes"},
		"tool-review": ReviewPage{
			ToolFrame: sampleCaseFrame("Review", "review"), Sheet: &sheet, ReviewOn: "The plan is looked at again on Tuesday 8 December 2026.", MayGo: true, ExportURL: "/tool/cases/7/export", PrintURL: "/tool/cases/7/plan/print", Form: sampleProcess().Form,
			Ways: []WayView{{To: "REVIEW", Label: "Not taken up", Asks: "reason", URL: "/tool/cases/7/moves"}}, Closing: []SummaryRow{{Key: "How it ended", Lines: []string{"Goals met"}}},
		},
		"tool-review-none": ReviewPage{ToolFrame: sampleCaseFrame("Review", "review"), ExportURL: "/tool/cases/7/export"},
	}
}

func samplePlanForm(problems models.Problems) PlanForm {
	texts := map[string]Input{}
	for _, code := range []string{"what_matters", "about_me", "strengths", "needs_concerns", "access_needs", "fit_why", "trigger", "what_should_happen", "who_to_contact", "review_how", "responsible"} {
		texts[code] = Input{ID: code, Label: code, Value: nasty, Rows: 3}
	}
	field := func(id, label string) Input { return Input{ID: id, Label: label, Error: problems.For(id)} }
	return PlanForm{
		No: "1", Version: "2", Texts: texts, ReviewOn: field("review_on", "When do we look again?"), Hard: []HardForm{{N: 1, If: field("if_hard-1-if", "If"), Then: field("if_hard-1-then", "then")}},
		Goals: []GoalForm{{
			N: 1, Hope: field("goal-1-hope", "What do they hope for?"), Why: field("goal-1-why", "Why does it matter?"), Aimed: field("goal-1-target", "How will they know?"), Start: field("goal-1-start", "Now, 0 to 10"),
			Sure: field("goal-1-sure", "How sure, 0 to 10"), Higher: field("goal-1-one_higher", "What would make it one higher?"), AskHigher: true,
		}},
		Actions: []ActionForm{{
			N: 1, What: field("action-1-what", "What"), Who: field("action-1-who", "Who"), When: field("action-1-when", "When"), Where: field("action-1-where", "Where"), Sure: field("action-1-confidence", "How sure, 0 to 10"),
			Higher: field("action-1-one_higher", "What would make it one higher?"), Idea: NewChoices("action-1-candidate", "About which idea?", "1", []Option{{Label: "None"}, {Value: "1", Label: "Repair workshop"}}),
		}},
	}
}

func samplePlanSheet() PlanSheet {
	picture := samplePicture()
	return PlanSheet{
		Title: "Sam’s plan", Subtitle: "Agreed together on 24 November 2026. Case IWN-0147.", Matters: PlanPart{"What matters to me", []string{"“I want to feel useful again.”"}},
		Parts: []PlanPart{{"About me", []string{nasty}}, {"What I’m building on", []string{"Fixing and making. Thirty years a fitter."}}, {"What to bear in mind", []string{"My knee, on stairs."}}},
		Goals: []GoalLines{{"Be at the workshop most Thursdays.", "Why it matters to me: it gives the week a shape.", "Where I am now: 3 out of 10. How sure I am: 7 out of 10."}}, GoalsTitle: "My goal", ActionsTitle: "What we will do",
		Heads: [5]string{"What", "Who", "When", "Where", "Done"}, Actions: []ActionLines{{What: "Ring Maureen", Who: "Hannah", When: "By 27 November", Where: "Phone", Sure: "How sure I am: 8 out of 10."}, {What: "Meet Maureen", Who: "Sam", Done: true}},
		HardTitle: "If it gets hard", Hard: [][]TextRun{{{"If", true}, {" the room feels too full, ", false}, {"then", true}, {" I sit by the door.", false}}}, Review: PlanPart{"We look at this again", []string{"Tuesday 8 December 2026, 11am, by phone."}},
		Contacts: PlanPart{"Who to ask", []string{"Hannah Whitworth."}}, FitTitle: "Why we think this fits", FitBand: "Good, 65.", FitWhy: "It means a lot.", Picture: &picture, CrisisTitle: "If things get worse:",
		Crisis: []string{"999, life at risk.", "NHS 111 option 2, mental health crisis.", "116 123, Samaritans."}, Written: "Written by Hannah Whitworth. Copy given on paper.", Notice: "Starter content for demonstration and training. Not the official Salford tool. Not clinically signed off.",
	}
}
