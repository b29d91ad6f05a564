package documents

import (
	"fmt"
	"strings"

	"hub.salford.ac.uk/ssph/models"
)

// PlanWords is a plan in words: what the PDF and the HTML page both show, in this order. A part without lines is left out.
type PlanWords struct {
	Title, Subtitle string
	Matters         PlanPart // the person's own words, with their quotation marks
	About           PlanPart
	BuildingOn      PlanPart // one sentence or more in each line
	BearInMind      PlanPart
	GoalsTitle      string
	Goals           []GoalWords
	ActionsTitle    string
	ActionHeads     [5]string
	Actions         []ActionWords
	HardTitle       string
	Hard            [][]Run // if … then …
	Review          PlanPart
	Contacts        PlanPart
	FitTitle        string
	FitBand, FitWhy string // Good, 65. It means a lot to me. Empty when there is no picture
	FitPicture      string // the picture in words
	CrisisTitle     string
	Crisis          []string // 999, life at risk.
	Written         string   // who wrote it, and how the person has it
	Notice          string   // the content pack's own, on every page
}

// PlanPart is a heading with its lines.
type PlanPart struct {
	Title string
	Lines []string
}

// GoalWords is one goal: the hope, why it matters, and the ratings.
type GoalWords struct{ Hope, Why, Ratings string }

// ActionWords is one row of the table of actions.
type ActionWords struct {
	What, Sure, Who, When, Where string
	Done                         bool
}

// Words says the plan in words. It is pure, and the only place where a plan is worded.
func (p Plan) Words() PlanWords {
	w := PlanWords{
		Title: p.title(), Subtitle: p.agreed() + " Case " + p.Case + ".",
		Matters:    PlanPart{"What matters to me", quoted(p.WhatMatters)},
		About:      PlanPart{"About me", paragraphs(p.AboutMe)},
		BuildingOn: PlanPart{"What I’m building on", sentences(p.Strengths)},
		BearInMind: PlanPart{"What to bear in mind", sentences(p.BearInMind)},
		GoalsTitle: "My goal", ActionsTitle: "What we will do",
		ActionHeads: [5]string{"What", "Who", "When", "Where", "Done"},
		HardTitle:   "If it gets hard",
		Review:      PlanPart{"We look at this again", p.reviews()},
		Contacts:    PlanPart{"Who to ask", sentences(p.Contacts)},
		CrisisTitle: "If things get worse:", Written: p.written(), Notice: p.Notice,
	}
	if len(p.Goals) > 1 {
		w.GoalsTitle = "My goals"
	}
	for _, g := range p.Goals {
		w.Goals = append(w.Goals, g.words())
	}
	for _, a := range p.Actions {
		w.Actions = append(w.Actions, ActionWords{a.What, ended(rating("How sure I am", a.Sure)), a.Who, a.When, a.Where, a.Done})
	}
	for _, i := range p.IfHard {
		w.Hard = append(w.Hard, []Run{
			{Text: "If", Strong: true},
			{Text: " " + strings.TrimRight(i.If, " ,.") + ", "},
			{Text: "then", Strong: true},
			{Text: " " + ended(i.Then)},
		})
	}
	if p.Fit != nil {
		w.FitTitle, w.FitPicture = "Why we think this fits", p.Fit.Picture
		w.FitBand, w.FitWhy = ended(p.Fit.Band), ended(p.Fit.Why)
	}
	for _, c := range p.Crisis {
		w.Crisis = append(w.Crisis, ended(separated(", ", c.Number, c.For)))
	}
	return w
}

// title is Sam’s plan, or My plan when the sheet is to name nobody.
func (p Plan) title() string {
	if name := oneLine(p.Name); name != "" {
		return name + "’s plan"
	}
	return "My plan"
}

func (p Plan) agreed() string {
	switch {
	case p.AgreedOn.IsZero():
		return "Not agreed yet. Written on " + p.WrittenOn.String() + "."
	case p.AgreedWith == "":
		return "Agreed together on " + p.AgreedOn.String() + "."
	}
	return "Agreed on " + p.AgreedOn.String() + " with " + ended(p.AgreedWith)
}

func (p Plan) reviews() []string {
	var lines []string
	if !p.ReviewOn.IsZero() {
		lines = append(lines, ended(separated(", ", p.ReviewOn.Long(), p.ReviewHow)))
	}
	if len(p.LaterReviews) > 0 {
		lines = append(lines, "Then "+listed(p.LaterReviews)+".")
	}
	return lines
}

// written says who wrote the plan and how the person has it.
func (p Plan) written() string {
	var by, given string
	if p.WrittenBy != "" {
		by = "Written by " + ended(p.WrittenBy)
	}
	if p.Copy != "" {
		given = "Copy given " + ended(p.Copy)
	}
	return separated(" ", by, given)
}

func (g Goal) words() GoalWords {
	w := GoalWords{
		Hope:    ended(g.Hope),
		Ratings: separated(" ", ended(rating("Where I am now", g.Now)), ended(rating("How sure I am", g.Sure))),
	}
	if oneLine(g.Why) != "" {
		w.Why = "Why it matters to me: " + ended(g.Why)
	}
	return w
}

// rating is How sure I am: 7 out of 10, or nothing.
func rating(label string, r *int) string {
	if r == nil {
		return ""
	}
	return fmt.Sprintf("%s: %d out of 10", label, *r)
}

// quoted puts quotation marks around the person's words; their own at either end go.
func quoted(text string) []string {
	lines := paragraphs(strings.Trim(manyLines(text), "\"“” \n"))
	if len(lines) > 0 {
		lines[0] = "“" + lines[0]
		lines[len(lines)-1] += "”"
	}
	return lines
}

// sentences gives each item of a list its full stop; empty ones go.
func sentences(items []string) []string {
	var all []string
	for _, item := range items {
		if item = ended(oneLine(item)); item != "" {
			all = append(all, item)
		}
	}
	return all
}

// separated joins what is not empty.
func separated(by string, parts ...string) string {
	var all []string
	for _, part := range parts {
		if part != "" {
			all = append(all, part)
		}
	}
	return strings.Join(all, by)
}

// listed is 5 January 2027, 16 February 2027 and 4 March 2027.
func listed(days []models.Date) string {
	var all []string
	for _, d := range days {
		all = append(all, d.String())
	}
	last := len(all) - 1
	return separated(" and ", strings.Join(all[:last], ", "), all[last])
}
