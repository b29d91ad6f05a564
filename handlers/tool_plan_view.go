package handlers

import (
	"net/url"
	"strconv"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
	"hub.salford.ac.uk/ssph/tool"
)

// How many rows the form of a plan offers at least.
const (
	firstActions = 3
	firstHard    = 2
)

// planDrawing draws the form of a plan from values.
type planDrawing struct {
	opened   tool.Case
	values   url.Values
	problems models.Problems
}

// planForm draws the form from values, with room for another goal and more actions.
func planForm(opened tool.Case, values url.Values, problems models.Problems, more int) templates.PlanForm {
	d := planDrawing{opened, values, problems}
	form := templates.PlanForm{No: line(values, "no"), Version: line(values, "version"), Texts: map[string]templates.Input{}}
	var text tool.PlanText
	for name := range planTexts(&text) {
		form.Texts[name] = d.field(name, name, 3)
	}
	form.ReviewOn = d.field("review_on", "review_on", 0)
	form.ReviewOn.Hint = "For example, 8 December 2026"
	for n := 1; n <= min(d.rows(goalRow)+1, opened.Pack.Limits.Goals); n++ {
		form.Goals = append(form.Goals, d.goal(n))
	}
	for n := 1; n <= max(d.rows(actionRow)+more, firstActions); n++ {
		form.Actions = append(form.Actions, d.action(n))
	}
	for n := 1; n <= max(d.rows(hardRow)+more, firstHard); n++ {
		form.Hard = append(form.Hard, templates.HardForm{
			N: n, If: d.field(fieldAt(hardRow, n, "if"), "if", 0), Then: d.field(fieldAt(hardRow, n, "then"), "then", 0),
		})
	}
	return form
}

// field is one field, labelled as the pack says.
func (d planDrawing) field(name, code string, rows int) templates.Input {
	f := templates.Input{ID: name, Label: code, Value: d.values.Get(name), Error: d.problems.For(name), Type: "text", Rows: rows}
	for _, one := range d.opened.Pack.PlanFields {
		if one.Code == code {
			f.Label, f.Hint = one.Label, one.Help
			break
		}
	}
	return f
}

func (d planDrawing) outOfTen(name, code string) templates.Input {
	f := d.field(name, code, 0)
	f.Mode, f.Width = "numeric", 3
	return f
}

func (d planDrawing) goal(n int) templates.GoalForm {
	at := func(field string) string { return fieldAt(goalRow, n, field) }
	return templates.GoalForm{
		N: n, Hope: d.field(at("hope"), "goal_hope", 2), Why: d.field(at("why"), "why_it_matters", 2), Aimed: d.field(at("target"), "target_words", 2),
		Start: d.outOfTen(at("start"), "start_rating"), Sure: d.outOfTen(at("sure"), "sure"), Higher: d.field(at("one_higher"), "one_higher", 0),
		AskHigher: d.asksHigher(at("sure"), at("one_higher")),
	}
}

func (d planDrawing) action(n int) templates.ActionForm {
	at := func(field string) string { return fieldAt(actionRow, n, field) }
	a := templates.ActionForm{
		N: n, What: d.field(at("what"), "what", 0), Who: d.field(at("who"), "who", 0), When: d.field(at("when"), "when", 0),
		Where: d.field(at("where"), "where", 0), Sure: d.outOfTen(at("confidence"), "confidence"), Higher: d.field(at("one_higher"), "one_higher", 0),
		AskHigher: d.asksHigher(at("confidence"), at("one_higher")),
	}
	options := []templates.Option{{Label: "None of the ideas"}}
	for _, list := range [][]tool.Candidate{d.opened.Candidates, d.opened.SetAside} {
		for _, one := range list {
			options = append(options, templates.Option{Value: strconv.FormatInt(one.ID, 10), Label: one.Name})
		}
	}
	a.Idea = templates.NewChoices(at("candidate"), "Which idea is it about?", d.values.Get(at("candidate")), options)
	a.Idea.Error = d.problems.For(at("candidate"))
	return a
}

// asksHigher says that somebody is so unsure, or has said so much already, that the page asks what would make it one higher.
func (d planDrawing) asksHigher(sure, higher string) bool {
	return d.values.Get(higher) != "" || d.opened.Pack.AskOneHigher(rating(d.values.Get(sure)))
}

// rows is how many rows of a kind have something in them.
func (d planDrawing) rows(row string) int {
	last := 0
	for n := 1; n <= mostRows; n++ {
		for _, field := range rowFields(row) {
			if d.values.Get(fieldAt(row, n, field)) != "" {
				last = n
			}
		}
	}
	return last
}
