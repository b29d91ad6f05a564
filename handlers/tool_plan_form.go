package handlers

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/tool"
)

// mostRows is how many rows of a kind the form of a plan reads.
const mostRows = 20

// planTexts are the fields of the plan that stand once, with the texts they are kept in.
func planTexts(t *tool.PlanText) map[string]*string {
	return map[string]*string{
		"what_matters": &t.WhatMatters, "about_me": &t.AboutMe, "strengths": &t.Strengths, "needs_concerns": &t.Needs, "access_needs": &t.Access,
		"trigger": &t.Trigger, "what_should_happen": &t.Should, "who_to_contact": &t.Contact, "responsible": &t.Responsible,
		"review_how": &t.ReviewHow, "fit_why": &t.FitWhy,
	}
}

// The rows of the form: what each is called, and its fields.
const (
	goalRow   = "goal"
	actionRow = "action"
	hardRow   = "if_hard"
)

func rowFields(row string) []string {
	switch row {
	case goalRow:
		return []string{"hope", "why", "target", "start", "sure", "one_higher"}
	case actionRow:
		return []string{"what", "who", "when", "where", "confidence", "one_higher", "candidate"}
	}
	return []string{"if", "then"}
}

// fieldAt is the name of a field of the n-th row: action-2-who.
func fieldAt(row string, n int, field string) string { return fmt.Sprintf("%s-%d-%s", row, n, field) }

// planFrom reads the form. A row in which nothing was typed is left out and the others are numbered anew, as the use case numbers
// them, so that a problem stands beside its field.
func planFrom(typed url.Values) (tool.PlanSave, models.Problems) {
	var save tool.PlanSave
	var wrong models.Problems
	save.No, _ = strconv.Atoi(line(typed, "no"))           // anything else: there was no plan
	save.Version, _ = strconv.Atoi(line(typed, "version")) // the same
	for name, text := range planTexts(&save.PlanText) {
		*text = lines(typed, name)
	}
	if text := line(typed, "review_on"); text != "" {
		day, ok := typedDate(text)
		if save.ReviewOn = day; !ok {
			wrong.Add("review_on", "Enter a day like 8 December 2026")
		}
	}
	for n := range closeUp(typed, goalRow) {
		at := func(field string) string { return lines(typed, fieldAt(goalRow, n+1, field)) }
		save.Goals = append(save.Goals, tool.Goal{
			Hope: at("hope"), Why: at("why"), Target: at("target"), Start: rating(at("start")), Sure: rating(at("sure")), Higher: at("one_higher"),
		})
	}
	for n := range closeUp(typed, actionRow) {
		at := func(field string) string { return lines(typed, fieldAt(actionRow, n+1, field)) }
		action := tool.PlanAction{
			What: at("what"), Who: at("who"), When: at("when"), Where: at("where"), Confidence: rating(at("confidence")), OneHigher: at("one_higher"),
		}
		action.Candidate, _ = strconv.ParseInt(at("candidate"), 10, 64) // anything else is none
		save.Actions = append(save.Actions, action)
	}
	for n := range closeUp(typed, hardRow) {
		save.IfHard = append(save.IfHard, tool.IfThen{If: lines(typed, fieldAt(hardRow, n+1, "if")), Then: lines(typed, fieldAt(hardRow, n+1, "then"))})
	}
	return save, wrong
}

// closeUp moves the rows with something in them together and returns how many there are. An idea that was chosen says nothing by
// itself.
func closeUp(typed url.Values, row string) int {
	kept := 0
	for n := 1; n <= mostRows; n++ {
		values, written := map[string]string{}, false
		for _, field := range rowFields(row) {
			values[field] = typed.Get(fieldAt(row, n, field))
			written = written || field != "candidate" && strings.TrimSpace(values[field]) != ""
			typed.Del(fieldAt(row, n, field))
		}
		if written {
			kept++
			for field, value := range values {
				typed.Set(fieldAt(row, kept, field), value)
			}
		}
	}
	return kept
}

// setRows are the goals, actions and answers to what gets hard, as the form would send them.
func setRows(values url.Values, text tool.PlanText) {
	set := func(row string, n int, fields map[string]string) {
		for field, value := range fields {
			values.Set(fieldAt(row, n+1, field), value)
		}
	}
	for n, g := range text.Goals {
		set(goalRow, n, map[string]string{
			"hope": g.Hope, "why": g.Why, "target": g.Target, "start": ratingText(g.Start), "sure": ratingText(g.Sure), "one_higher": g.Higher,
		})
	}
	for n, a := range text.Actions {
		fields := map[string]string{
			"what": a.What, "who": a.Who, "when": a.When, "where": a.Where, "confidence": ratingText(a.Confidence), "one_higher": a.OneHigher,
		}
		if a.Candidate != 0 {
			fields["candidate"] = strconv.FormatInt(a.Candidate, 10)
		}
		set(actionRow, n, fields)
	}
	for n, i := range text.IfHard {
		set(hardRow, n, map[string]string{"if": i.If, "then": i.Then})
	}
}

func ratingText(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

// planValues is the plan that stands, as the form would send it; before the first, what the conversation already says.
func planValues(opened tool.Case) url.Values {
	values := url.Values{}
	if p := opened.Plan; p != nil {
		values.Set("no", strconv.Itoa(p.No))
		values.Set("version", strconv.Itoa(p.Version))
		for name, text := range planTexts(&p.PlanText) {
			values.Set(name, *text)
		}
		if !p.ReviewOn.IsZero() {
			values.Set("review_on", p.ReviewOn.String())
		}
		setRows(values, p.PlanText)
		return values
	}
	return suggestedValues(opened, values)
}

// suggestedValues fills a first plan with the person's own words; the practitioner and the person change them together.
func suggestedValues(opened tool.Case, values url.Values) url.Values {
	for _, section := range opened.Pack.Sections {
		for _, p := range section.Prompts {
			notes := opened.Notes[p.Code]
			if len(notes) == 0 || notes[0].Text == "" {
				continue
			}
			field := map[tool.Mark]string{tool.MattersMost: "what_matters", tool.Matters: "about_me", tool.Strength: "strengths", tool.InTheWay: "needs_concerns"}[notes[0].Mark]
			if field != "" {
				values.Set(field, joinLines(values.Get(field), notes[0].Text))
			}
		}
	}
	return values
}

func joinLines(above, below string) string {
	if above == "" {
		return below
	}
	return above + "\n" + below
}
