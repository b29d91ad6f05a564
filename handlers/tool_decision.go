package handlers

import (
	"context"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
	"hub.salford.ac.uk/ssph/tool"
)

// decision is the form about other support.
func (s *Site) decision(c echo.Context) error {
	opened, err := s.openedCase(c)
	if err != nil {
		return err
	}
	return s.showDecision(c, opened, url.Values{}, nil)
}

func (s *Site) showDecision(c echo.Context, opened tool.Case, typed url.Values, problems models.Problems) error {
	page := templates.DecisionPage{
		ToolFrame: s.caseFrame(c, "Is other support needed?", partPicture, opened), SaveURL: caseURL(opened.ID) + "/decision",
		Noticed: lines(typed, "noticed"), Reason: lines(typed, "reason"), Adviser: line(typed, "adviser"), Advised: lines(typed, "advised"),
		AdviceOn: line(typed, "advice_on"), Decisions: decisionLines(opened),
		Decision: labelled("decision", "What is needed?", line(typed, "decision"), "", opened.Pack.Decisions, problems),
		Outcome:  labelled("outcome", "What came of it?", line(typed, "outcome"), "Choose", opened.Pack.DecisionOutcomes, problems),
		Known:    yesNo("known", "Is a clinician looking after it already?", typed, problems),
		Worse:    yesNo("worse", "Did it get worse in the past two weeks?", typed, problems),
		Agrees:   yesNo("agrees", "Does the person agree to us speaking to somebody?", typed, problems),
	}
	page.Problems = problems
	for _, flag := range opened.Flags {
		if kind, ok := opened.Pack.Flag(flag.Code); ok {
			page.Flags = append(page.Flags, lowerWord(kind.Noticed))
		}
	}
	return s.render(c, statusFor(problems), "tool-decision", page)
}

// labelled makes a field of a pack's own list. none is the first line of a select; empty for radios.
func labelled(name, legend, chosen, none string, list []tool.Labelled, problems models.Problems) templates.Choices {
	var options []templates.Option
	if none != "" {
		options = append(options, templates.Option{Label: none})
	}
	for _, one := range list {
		options = append(options, templates.Option{Value: one.Code, Label: one.Label})
	}
	field := templates.NewChoices(name, legend, chosen, options)
	field.Error = problems.For(name)
	return field
}

func yesNo(name, legend string, typed url.Values, problems models.Problems) templates.Choices {
	field := templates.NewChoices(name, legend, line(typed, name), []templates.Option{
		{Value: string(tool.Yes), Label: "Yes"}, {Value: string(tool.No), Label: "No"}, {Value: string(tool.NotSaid), Label: "Not said"},
	})
	field.Inline, field.Small, field.Error = true, true, problems.For(name)
	return field
}

func decisionLines(opened tool.Case) []templates.DecisionLine {
	var made []templates.DecisionLine
	for _, d := range slices.Backward(opened.Decisions) {
		what := d.Code
		for _, one := range opened.Pack.Decisions {
			if one.Code == d.Code {
				what = one.Label
			}
		}
		made = append(made, templates.DecisionLine{When: models.When(d.At) + ", " + opened.Names[d.By], What: what, Reason: d.Reason})
	}
	return made
}

// makeDecision keeps what other support is needed, and why. Where the process waits for it the case goes on.
func (s *Site) makeDecision(c echo.Context) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	made := tool.Decision{
		Code: line(typed, "decision"), Outcome: line(typed, "outcome"), Known: tool.YesNo(line(typed, "known")), Worse: tool.YesNo(line(typed, "worse")),
		Agrees: tool.YesNo(line(typed, "agrees")), Noticed: lines(typed, "noticed"), Reason: lines(typed, "reason"), Adviser: line(typed, "adviser"),
		Advised: lines(typed, "advised"),
	}
	var wrong models.Problems
	if text := line(typed, "advice_on"); text != "" {
		day, ok := typedDate(text)
		if made.AdviceOn = day; !ok {
			wrong.Add("advice_on", "Enter a day like 23 November 2026")
		}
	}
	id, err := s.inCase(c, func(ctx context.Context, tx models.DB, actor access.Actor, id int64) error {
		if _, err := s.cases.Open(ctx, tx, actor, id); err != nil || len(wrong) > 0 {
			return firstError(err, wrong.Err())
		}
		return s.cases.Decide(ctx, tx, actor, id, made)
	})
	if err == nil {
		return s.done(c, caseURL(id), "The decision is recorded")
	}
	problems, err := told(err)
	if err != nil {
		return err
	}
	opened, err := s.openedCase(c)
	if err != nil {
		return err
	}
	return s.showDecision(c, opened, typed, problems)
}

// firstError is the first that is one.
func firstError(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}
