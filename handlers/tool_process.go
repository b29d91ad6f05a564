package handlers

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
	"hub.salford.ac.uk/ssph/tool"
)

// process is the flowchart with the case's place in it.
func (s *Site) process(c echo.Context) error {
	opened, err := s.openedCase(c)
	if err != nil {
		return err
	}
	return s.showProcess(c, opened, templates.CloseForm{}, nil)
}

func (s *Site) showProcess(c echo.Context, opened tool.Case, form templates.CloseForm, problems models.Problems) error {
	page := templates.ProcessPage{
		ToolFrame: s.caseFrame(c, "Where this case stands", "", opened), Chart: flowChart(opened, s.ways(opened)), States: stateLines(opened),
		Ways: wayViews(opened, s.ways(opened)), Events: eventLines(opened), MayGo: opened.MayWrite, Form: closeForm(opened, form),
	}
	page.Held = heldBy(opened)
	if mayWrite(opened) && opened.OrganisationID != nil {
		page.HandURL = caseURL(opened.ID) + "/handover"
	}
	if !opened.DueOn.IsZero() {
		page.Due = "To be done by " + opened.DueOn.Long() + ". Nothing happens by itself."
	}
	page.Problems = problems
	return s.render(c, statusFor(problems), "tool-process", page)
}

func (s *Site) ways(opened tool.Case) []tool.Way { return opened.Ways(s.db.Now()) }

// moveCase takes the case along an arrow. A decision that leads on is recorded first, on its own page.
func (s *Site) moveCase(c echo.Context) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	form, move := moveFrom(typed)
	id, err := s.inCase(c, func(ctx context.Context, tx models.DB, actor access.Actor, id int64) error {
		return s.cases.Move(ctx, tx, actor, id, move)
	})
	if err == nil {
		return s.done(c, caseURL(id), "The case has moved on")
	}
	problems, err := told(err)
	if err != nil {
		return err
	}
	opened, err := s.openedCase(c)
	if err != nil {
		return err
	}
	return s.showProcess(c, opened, form, problems)
}

func moveFrom(typed url.Values) (templates.CloseForm, tool.Move) {
	form := templates.CloseForm{
		Reason: lines(typed, "reason"), Agreed: ticked(typed, "agreed"), AgreedOther: lines(typed, "agreed_other"),
		WhatNext: lines(typed, "what_next"), Rating: line(typed, "rating"), NoMeasures: lines(typed, "no_measures"),
		Outcomes: templates.Choices{Name: line(typed, "outcome")}, Messages: templates.Choices{Name: line(typed, "message")},
	}
	move := tool.Move{
		To: tool.State(line(typed, "to")), Reason: form.Reason, Agreed: form.Agreed, AgreedOther: form.AgreedOther,
		Closing: tool.Closing{Outcome: form.Outcomes.Name, Message: tool.Message(form.Messages.Name), WhatNext: form.WhatNext, NoMeasures: form.NoMeasures},
	}
	move.Closing.Rating = rating(form.Rating)
	return form, move
}

// rating reads a number that may be left out; what is no number becomes one that every rule refuses.
func rating(text string) *int {
	if text == "" {
		return nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		n = -1
	}
	return &n
}

// closeForm gives the form of a move its choices; what was chosen stands in their names.
func closeForm(opened tool.Case, form templates.CloseForm) templates.CloseForm {
	outcomes := []templates.Option{{Label: "Choose"}}
	for _, o := range opened.Pack.CloseOutcomes {
		outcomes = append(outcomes, templates.Option{Value: o.Code, Label: o.Label})
	}
	form.Outcomes = templates.NewChoices("outcome", "How did it end?", form.Outcomes.Name, outcomes)
	form.Messages = templates.NewChoices("message", "What is the referrer told?", form.Messages.Name, []templates.Option{
		{Label: "Choose"},
		{Value: string(tool.MessageNone), Label: "Nothing"},
		{Value: string(tool.MessageCodes), Label: "How it ended, in codes"},
		{Value: string(tool.MessageSummary), Label: "A summary"},
		{Value: string(tool.MessageFull), Label: "The whole plan"},
	})
	return form
}

// wayViews are the ways on, with what each asks for.
func wayViews(opened tool.Case, ways []tool.Way) []templates.WayView {
	views := make([]templates.WayView, 0, len(ways))
	for _, way := range ways {
		view := templates.WayView{To: string(way.To), Label: way.Label, Locked: way.Locked, URL: caseURL(opened.ID) + "/moves"}
		switch {
		case way.To == tool.Planning:
			view.Asks = "agree"
		case way.To == tool.Closed:
			view.Asks = "close"
		case opened.State == tool.Introduced && way.To == tool.Reviewing:
			view.Asks = "reason"
		}
		views = append(views, view)
	}
	return views
}

// flowChart draws every state and arrow of the case's pack.
func flowChart(opened tool.Case, ways []tool.Way) templates.FlowChart {
	been := map[tool.State]bool{}
	for _, e := range opened.Events {
		been[e.To] = true
	}
	var places []templates.FlowPlace
	for _, st := range opened.Pack.States {
		look := ""
		if been[st.Code] {
			look = "been"
		}
		if st.Code == opened.State {
			look = "now"
		}
		places = append(places, templates.FlowPlace{Key: string(st.Code), Label: st.Label, Column: st.At[0], Row: st.At[1], Look: look})
	}
	var drawn []templates.FlowLine
	for _, t := range opened.Pack.Transitions {
		open := t.From == opened.State && slices.ContainsFunc(ways, func(w tool.Way) bool { return w.To == t.To && w.Locked == "" })
		drawn = append(drawn, templates.FlowLine{From: string(t.From), To: string(t.To), Open: open})
	}
	var on []string
	for _, way := range ways {
		if way.Locked == "" {
			on = append(on, opened.Pack.State(way.To).Label)
		}
	}
	finding := "The process as a flowchart. The case stands at: " + opened.Pack.State(opened.State).Label + "."
	if len(on) > 0 {
		finding += " It can go on to: " + strings.Join(on, ", ") + "."
	}
	return templates.NewFlowChart(places, drawn, finding)
}

// stateLines are the states in words, for those who do not see the flowchart.
func stateLines(opened tool.Case) []templates.StateLine {
	var all []templates.StateLine
	for _, st := range opened.Pack.States {
		one := templates.StateLine{Label: st.Label, Now: st.Code == opened.State}
		for _, e := range opened.Events {
			if e.To == st.Code {
				one.Since = "Came here on " + models.When(e.At)
			}
		}
		for _, t := range opened.Pack.Transitions {
			if t.From == st.Code && t.To != st.Code {
				one.Next = append(one.Next, opened.Pack.State(t.To).Label)
			}
		}
		all = append(all, one)
	}
	return all
}

// review is what was agreed, and how it goes on.
func (s *Site) review(c echo.Context) error {
	opened, err := s.openedCase(c)
	if err != nil {
		return err
	}
	page := templates.ReviewPage{
		ToolFrame: s.caseFrame(c, "Review", partReview, opened), Ways: wayViews(opened, s.ways(opened)), Form: closeForm(opened, templates.CloseForm{}),
		MayGo: opened.MayWrite, ExportURL: caseURL(opened.ID) + "/export", Closing: closingRows(opened),
	}
	if p := opened.Plan; p != nil {
		page.PrintURL = caseURL(opened.ID) + "/plan/print"
		if p.Status == tool.PlanAgreed {
			sheet, err := s.planSheet(c, opened)
			if err != nil {
				return err
			}
			page.Sheet = &sheet
		}
		if !p.ReviewOn.IsZero() {
			page.ReviewOn = "The plan is looked at again on " + p.ReviewOn.Long() + "."
		}
	}
	return s.render(c, http.StatusOK, "tool-review", page)
}

func closingRows(opened tool.Case) []templates.SummaryRow {
	if opened.State != tool.Closed || opened.Closing == nil {
		return nil
	}
	end := opened.Closing
	outcome := end.Outcome
	for _, o := range opened.Pack.CloseOutcomes {
		if o.Code == end.Outcome {
			outcome = o.Label
		}
	}
	last := end.NoMeasures
	if end.Rating != nil {
		last = strconv.Itoa(*end.Rating) + " out of 10"
	}
	return []templates.SummaryRow{
		{Key: "How it ended", Lines: []string{outcome}}, {Key: "What comes next", Lines: []string{end.WhatNext}}, {Key: "Last rating of the goal", Lines: []string{last}},
	}
}
