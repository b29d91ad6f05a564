package app

import (
	"strconv"

	"hub.salford.ac.uk/ssph/tool"
)

// The person of the demonstration's case is the invented one of the tool's worked example: 62, a fitter until a knee operation, who
// wants to feel useful again. The answers about the repair workshop are its figures: 81.25, 56.25 and 81.25, which make 65.

func theNotes() []tool.Save {
	return []tool.Save{
		{Code: "W1", Text: "The days are too long since I stopped work."},
		{Code: "W2", Text: "Up at six, kettle on, out in the garage by eight. Home when the light went."},
		{Code: "W3", Text: "Being some use to people. And our Leanne and the little one.", Mark: tool.MattersMost},
		{Code: "W4", Text: "I would like to feel useful again."},
		{Code: "P1", Text: "I can fix most things. Ask the lads.", Mark: tool.Strength},
		{Code: "P2", Text: "Redundancy in 1991. Went round every garage till one said yes.", Mark: tool.Strength},
		{Code: "P5", Text: "Six out of ten, if somebody I know is there."},
		{Code: "P7", Text: "My knee. Stairs are the worst, standing is all right for half an hour.", Mark: tool.InTheWay},
		{Code: "P10", Text: "One or two is fine. A full room and I find the door."},
		{Code: "E1", Text: "Ground floor is home now. The stairs can wait."},
		{Code: "E2", Text: "Leanne rings on Sundays. Pete from work drops by when he is passing."},
		{Code: "E3", Text: "Not many would. Pete, in the end.", Mark: tool.InTheWay},
		{Code: "E6", Text: "The 33 bus stops outside. Twenty minutes is enough."},
		{Code: "O1", Text: "Breakfast, the news, the window. Tea at five."},
		{Code: "O4", Text: "I miss the garage. Sold the tools after the operation.", Mark: tool.InTheWay},
		{Code: "O6", Text: "When something has stopped and I can hear why.", Mark: tool.Strength},
		{Code: "O10", Text: "Company, and being useful."},
		{Code: "O11", Text: "One morning a week, to begin with."},
		{Code: "H2", Text: "Slipped twice on the stairs since the operation."},
		{Code: "H3", Text: "Safe enough. Careful on the stairs."},
		{Code: "T1", Text: "That is about the size of it."},
		{Code: "T4", Text: "Getting out of the house on a Thursday."},
	}
}

// factor is one answer about what helps and what is in the way.
type factor struct {
	code   string
	answer tool.FactorAnswer
}

func theFactors() []factor {
	say := func(code string, person, practitioner tool.Answer, starred bool, evidence string) factor {
		return factor{code, tool.FactorAnswer{Person: person, Practitioner: practitioner, Starred: starred, Evidence: evidence}}
	}
	return []factor{
		say("P-a", 3, 3, false, "Lights up about engines"),
		say("P-b", 2, 4, false, "Says six out of ten; found work again before"),
		say("P-c", 2, 1, true, "Lost the role that made the week"),
		say("P-d", 1, 2, false, "Knee; half an hour on his feet"),
		say("P-e", 2, 2, false, "Small groups, not full rooms"),
		say("P-f", 4, 4, false, "Thirty years a fitter"),
		say("E-a", 3, 3, false, "Ground floor is safe; rail coming"),
		say("E-b", 1, 1, false, "Leanne on Sundays, Pete now and then"),
		say("E-c", 3, 3, false, "Bus outside the door"),
		say("E-d", 3, 3, false, "Time, and enough to live on"),
		say("E-f", 2, 2, false, "Phone yes, forms no"),
		say("O-a", 2, 2, false, "Television and meals"),
		say("O-b", 2, 2, false, ""),
		say("O-c", 2, 2, false, "Nothing stretches him"),
		say("O-d", 3, 3, false, "Steady hours"),
		say("O-e", 2, 2, true, "Used to help the whole street"),
		say("O-f", 1, 1, false, "The garage and the tools are gone"),
	}
}

// idea is an activity with its twelve answers: four each for person and occupation, person and environment, environment and
// occupation.
type idea struct {
	tool.Candidate
	answers map[string][4]tool.Answer
	plan    map[string]tool.Rating // in place of the answer
}

func theIdeas() []idea {
	const unknown = tool.DontKnow
	return []idea{
		{
			Candidate: tool.Candidate{Name: "Repair workshop, Thursdays", Kind: tool.Activity, Physical: 1},
			answers:   map[string][4]tool.Answer{"PO": {4, 3, 3, 3}, "PE": {3, 1, 2, 3}, "EO": {4, 3, 4, 2}},
			plan:      map[string]tool.Rating{"PE2": {Answer: 1, Planned: 3, Adjustment: "pe2-meet"}},
		},
		{
			Candidate: tool.Candidate{Name: "Chair yoga", Kind: tool.Activity, Physical: 2},
			answers:   map[string][4]tool.Answer{"PO": {1, 2, 2, 1}, "PE": {3, 2, 2, 3}, "EO": {4, 2, 3, 3}},
		},
		{
			Candidate: tool.Candidate{Name: "Pete’s allotment", Kind: tool.OwnIdea, Physical: 2},
			answers:   map[string][4]tool.Answer{"PO": {3, 3, 2, 3}, "PE": {2, 3, 3, 3}, "EO": {unknown, 2, 3, 3}},
		},
	}
}

func (i idea) ratings() tool.Ratings {
	all := tool.Ratings{}
	for pair, answers := range i.answers {
		for n, answer := range answers {
			all[pair+strconv.Itoa(n+1)] = tool.Known(answer)
		}
	}
	for code, rating := range i.plan {
		all[code] = rating
	}
	return all
}

func thePlan(workshop int64) tool.PlanText {
	three, seven, six, eight := 3, 7, 6, 8
	return tool.PlanText{
		AboutMe:     "A fitter for thirty years.",
		WhatMatters: "I want to feel useful again.", Strengths: "I can fix most things\nPete and Leanne",
		Needs: "My knee: stairs and standing", Access: "A chair near by",
		Goals: []tool.Goal{{
			Hope: "Be at the workshop most Thursdays", Why: "It gives the week a shape", Start: &three, Target: "Three Thursdays in four", Sure: &seven,
		}},
		Actions: []tool.PlanAction{
			{What: "Ring Maureen, who runs the workshop", Who: "Hannah", When: "This week", Where: "By phone", Confidence: &eight},
			{What: "Go and meet Maureen before it opens", Who: "Me, with Pete", When: "Next Thursday, 9:30am", Where: "Repair workshop", Confidence: &eight, Candidate: workshop},
			{What: "Stay for the first hour", Who: "Me", When: "The Thursday after", Where: "Repair workshop", Confidence: &six, OneHigher: "If Pete comes in with me", Candidate: workshop},
		},
		IfHard:  []tool.IfThen{{If: "the room feels too full", Then: "I sit by the door"}},
		FitWhy:  "It means a lot. Meeting Maureen first makes it easier to walk in.",
		Trigger: "I fall again", Should: "I ring the practice, or Hannah",
		ReviewHow: "11am, by phone", Responsible: "Hannah",
	}
}
