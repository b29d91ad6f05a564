package documents_test

import (
	"testing"

	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/models"
)

func outOfTen(n int) *int { return &n }

// agreedPlan is the plan of the design: Sam, 62, who wants to feel useful again.
func agreedPlan() documents.Plan {
	return documents.Plan{
		Name: "Sam", Case: "IWN-0147", WrittenOn: date(2026, 11, 24), AgreedOn: date(2026, 11, 24),
		WhatMatters: "I want to feel useful again. I can fix most things. I miss the lads and a reason to get up.",
		Strengths:   []string{"Fixing and making", "Thirty years a fitter", "Punctual", "Enjoy company in small groups"},
		BearInMind:  []string{"Knee: stairs and standing over 20 minutes", "New rooms full of people are hard at first"},
		Goals: []documents.Goal{{
			Hope: "By the end of February, be at the repair workshop most Thursdays and have fixed something for someone",
			Why:  "I was always the one people came to", Now: outOfTen(3), Sure: outOfTen(7),
		}},
		Actions: []documents.Action{
			{What: "Ring Maureen, who leads the workshop", Who: "Hannah, link worker", When: "By 27 November", Where: "Phone"},
			{What: "Meet Maureen for a brew, before it opens", Who: "Sam and Hannah", When: "Thursday 3 December, 9:30am", Where: "Repair workshop, ground floor"},
			{What: "Go to the first session with Pete, my buddy", Who: "Sam", When: "Thursday 10 December, 10am", Where: "33 bus, then the workshop", Sure: outOfTen(7)},
			{What: "Ask the GP about the knee and standing", Who: "Sam", When: "By 11 December", Where: "Surgery"},
		},
		IfHard:    []documents.IfThen{{If: "the room feels too full", Then: "I sit at the bench by the door"}, {If: "I miss a week", Then: "Pete rings me"}},
		ReviewOn:  date(2026, 12, 8),
		ReviewHow: "11am, by phone", LaterReviews: []models.Date{date(2027, 1, 5), date(2027, 2, 16)},
		Fit: &documents.Fit{
			Band: "Good, 65", Why: "It means a lot to me. Meeting Maureen first should help me feel welcome",
			Picture: "Person and environment 56, person and occupation 81, environment and occupation 81. The weakest is person and environment.",
			Apart:   [3]float64{1.332, 1.136, 1.136}, Weakest: documents.PersonEnvironment,
		},
		WrittenBy: "Hannah Whitworth, link worker", Copy: "on paper",
		Crisis: []documents.CrisisContact{
			{Number: "999", For: "life at risk"}, {Number: "NHS 111 option 2", For: "mental health crisis"}, {Number: "116 123", For: "Samaritans"},
		},
		Notice: "Starter content for demonstration and training. Not the official Salford tool. Not clinically signed off.",
	}
}

func mustPlan(t testing.TB, p documents.Plan) []byte {
	t.Helper()
	pdf, err := documents.PlanPDF(p)
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}

func mustEasyPlan(t testing.TB, p documents.Plan) []byte {
	t.Helper()
	pdf, err := documents.EasyReadPlanPDF(p)
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}
