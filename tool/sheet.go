package tool

import (
	"strings"

	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/models"
)

// Sheet is the newest plan as it is printed, on paper and on the screen; writtenBy is the practitioner's name and role. Error: not
// found, before the first plan.
func (c Case) Sheet(writtenBy string) (documents.Plan, error) {
	if c.Plan == nil {
		return documents.Plan{}, models.NotFound("This case has no plan yet")
	}
	p := *c.Plan
	sheet := documents.Plan{
		Name: c.Name, Case: c.Reference, WrittenOn: models.DateOf(p.WrittenAt),
		WhatMatters: p.WhatMatters, AboutMe: p.AboutMe, Strengths: lines(p.Strengths), BearInMind: append(lines(p.Needs), lines(p.Access)...),
		ReviewOn: p.ReviewOn, ReviewHow: reviewHow(p.PlanText), Contacts: lines(p.Contact), WrittenBy: writtenBy,
		Copy: p.CopyGiven.words(), Notice: c.Pack.Banner,
	}
	if p.Status == PlanAgreed {
		sheet.AgreedOn, sheet.AgreedWith = models.DateOf(p.AgreedAt), p.AgreedBasis
	}
	for _, g := range p.Goals {
		sheet.Goals = append(sheet.Goals, documents.Goal{Hope: g.Hope, Why: g.Why, Now: g.Start, Sure: g.Sure})
	}
	for _, a := range p.Actions {
		sheet.Actions = append(sheet.Actions, documents.Action{What: a.What, Who: a.Who, When: a.When, Where: a.Where, Sure: a.Confidence})
	}
	for _, i := range p.IfHard {
		sheet.IfHard = append(sheet.IfHard, documents.IfThen{If: i.If, Then: i.Then})
	}
	if p.Trigger != "" && p.Should != "" {
		sheet.IfHard = append(sheet.IfHard, documents.IfThen{If: p.Trigger, Then: p.Should})
	}
	for _, contact := range c.Crisis.Contacts {
		if contact.Print != nil {
			sheet.Crisis = append(sheet.Crisis, documents.CrisisContact{Number: contact.Print.Number, For: contact.Print.For})
		}
	}
	var err error
	sheet.Fit, err = c.sheetFit(p)
	return sheet, err
}

// sheetFit is the picture of the first activity of the plan whose fit has a band, as it was when the plan was saved.
func (c Case) sheetFit(p Plan) (*documents.Fit, error) {
	for _, a := range p.Actions {
		if a.Fit == nil {
			continue
		}
		fit, err := c.Pack.Fit(a.Fit.Ratings)
		if err != nil {
			return nil, err
		}
		if fit.Band == nil || !fit.Known() {
			continue
		}
		drawn := documents.Fit{
			Band: c.Pack.figure(fit), Why: p.FitWhy, Picture: c.Pack.FitPicture(fit, 1).Alternative,
			Weakest: map[Pair]documents.Pair{PE: documents.PersonEnvironment, PO: documents.PersonOccupation, EO: documents.EnvironmentOccupation}[fit.Weakest],
		}
		for n, one := range fit.Pairs {
			drawn.Apart[n] = apartFor(one.Low.Exact())
		}
		return &drawn, nil
	}
	return nil, nil
}

// lines are the lines of a text that say something.
func lines(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

func reviewHow(t PlanText) string {
	said := []string{}
	if t.ReviewHow != "" {
		said = append(said, t.ReviewHow)
	}
	if t.Responsible != "" {
		said = append(said, "arranged by "+t.Responsible)
	}
	return strings.Join(said, ", ")
}

// words is how a copy was given, inside a sentence; empty when there is none.
func (c CopyGiven) words() string {
	switch c {
	case CopyPaper:
		return "on paper"
	case CopyEmail:
		return "by email"
	case CopyLink:
		return "by link"
	case CopyDeclined:
	}
	return ""
}
