package handlers

import (
	"context"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
	"hub.salford.ac.uk/ssph/tool"
)

// planTyped is a form of the plan that could not be saved.
type planTyped struct {
	values   url.Values
	agree    url.Values
	problems models.Problems
	conflict bool // somebody else saved meanwhile
}

// plan is the plan as a form, or as it was agreed.
func (s *Site) plan(c echo.Context) error {
	opened, err := s.openedCase(c)
	if err != nil {
		return err
	}
	return s.showPlan(c, opened, planTyped{})
}

func (s *Site) showPlan(c echo.Context, opened tool.Case, typed planTyped) error {
	url := caseURL(opened.ID)
	page := templates.PlanPage{
		ToolFrame: s.caseFrame(c, "Plan", partPlan, opened), SaveURL: url + "/plan", AgreeURL: url + "/plan/agree", Agree: agreeForm(typed),
	}
	page.Problems = typed.problems
	page.State, page.StateNote = planState(opened.Plan)
	if opened.Plan != nil {
		page.PrintURL, page.PDFURL, page.EasyURL = url+"/plan/print", url+"/plan.pdf", url+"/plan-easy.pdf"
	}
	agreed := opened.Plan != nil && opened.Plan.Status == tool.PlanAgreed
	revising := c.QueryParam("change") == "yes" || typed.values != nil
	if opened.Plan != nil && (agreed && !revising || !mayWrite(opened)) {
		sheet, err := s.planSheet(c, opened)
		if err != nil {
			return err
		}
		page.Sheet = &sheet
		if mayWrite(opened) {
			page.ReviseURL = url + "/plan?change=yes"
		}
	}
	values := typed.values
	if values == nil {
		values = planValues(opened)
	}
	if typed.conflict {
		theirs := planForm(opened, planValues(opened), nil, 0)
		page.Conflict = &theirs
		values.Set("no", theirs.No)
		values.Set("version", theirs.Version)
	}
	more, _ := strconv.Atoi(c.QueryParam("more")) // anything else is none
	page.Form = planForm(opened, values, typed.problems, min(max(more, 0), mostRows))
	page.CanAgree = opened.Plan != nil && !agreed && mayWrite(opened)
	return s.render(c, statusFor(typed.problems), "tool-plan", page)
}

func planState(p *tool.Plan) (templates.Tag, string) {
	switch {
	case p == nil:
		return templates.Tag{Look: templates.TagQuiet, Word: "Not written yet"}, ""
	case p.Status == tool.PlanAgreed:
		return templates.Tag{Look: templates.TagOK, Word: "Agreed"}, "On " + models.When(p.AgreedAt)
	}
	return templates.Tag{Look: templates.TagQuiet, Word: "Draft"}, "Saved at " + models.ClockTime(p.WrittenAt) + ", " + models.DateOf(p.WrittenAt).String()
}

func agreeForm(typed planTyped) templates.AgreeForm {
	form := templates.AgreeForm{Basis: line(typed.agree, "agreed_basis")}
	form.With = templates.NewChoices("with", "Who agrees?", line(typed.agree, "with"), []templates.Option{
		{Value: string(tool.WithPerson), Label: "The person"}, {Value: string(tool.WithRepresentative), Label: "Somebody for them"},
	})
	form.Copy = templates.NewChoices("copy", "How does the person get a copy?", line(typed.agree, "copy"), []templates.Option{
		{Value: string(tool.CopyPaper), Label: "On paper"},
		{Value: string(tool.CopyEmail), Label: "By email"},
		{Value: string(tool.CopyLink), Label: "By a link"},
		{Value: string(tool.CopyDeclined), Label: "They do not want one"},
	})
	form.With.Error, form.Copy.Error = typed.problems.For("with"), typed.problems.For("copy")
	return form
}

// savePlan keeps the plan as a draft.
func (s *Site) savePlan(c echo.Context) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	save, wrong := planFrom(typed)
	id, err := s.inCase(c, func(ctx context.Context, tx models.DB, actor access.Actor, id int64) error {
		if _, err := s.cases.Open(ctx, tx, actor, id); err != nil || len(wrong) > 0 {
			return firstError(err, wrong.Err())
		}
		_, err := s.cases.SavePlan(ctx, tx, actor, id, save)
		return err
	})
	if err == nil && ticked(typed, "more") {
		return s.redirect(c, caseURL(id)+"/plan?change=yes&more=1#actions")
	}
	if err == nil {
		return s.done(c, caseURL(id)+"/plan?change=yes", "The plan is saved")
	}
	return s.planAgain(c, planTyped{values: typed, conflict: models.KindOf(err) == models.KindConflict}, err)
}

func (s *Site) planAgain(c echo.Context, again planTyped, cause error) error {
	var err error
	if again.problems, err = told(cause); err != nil {
		return err
	}
	opened, err := s.openedCase(c)
	if err != nil {
		return err
	}
	again.conflict = again.conflict && opened.Plan != nil && mayWrite(opened)
	return s.showPlan(c, opened, again)
}

// agreePlan makes the plan stand as agreed.
func (s *Site) agreePlan(c echo.Context) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	agreement := tool.Agreement{With: tool.AgreedWith(line(typed, "with")), Basis: line(typed, "agreed_basis"), Copy: tool.CopyGiven(line(typed, "copy"))}
	agreement.No, _ = strconv.Atoi(line(typed, "no"))           // anything else is another plan than the one that stands
	agreement.Version, _ = strconv.Atoi(line(typed, "version")) // the same
	id, err := s.inCase(c, func(ctx context.Context, tx models.DB, actor access.Actor, id int64) error {
		return s.cases.Agree(ctx, tx, actor, id, agreement)
	})
	if err == nil {
		return s.done(c, caseURL(id)+"/plan", "The plan is agreed")
	}
	return s.planAgain(c, planTyped{agree: typed}, err)
}
