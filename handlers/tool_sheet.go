package handlers

import (
	"context"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
	"hub.salford.ac.uk/ssph/tool"
)

// printedCase reads the case to print its plan; the print leaves its own audit row. Without a plan there is nothing to print.
func (s *Site) printedCase(c echo.Context) (tool.Case, error) {
	var opened tool.Case
	_, err := s.inCase(c, func(ctx context.Context, tx models.DB, actor access.Actor, id int64) (err error) {
		opened, err = s.cases.Print(ctx, tx, actor, id)
		return err
	})
	if err == nil && opened.Plan == nil {
		err = models.NotFound("There is no plan in this case yet")
	}
	return opened, err
}

// printPlan is the plan on one A4 page.
func (s *Site) printPlan(c echo.Context) error {
	opened, err := s.printedCase(c)
	if err != nil {
		return err
	}
	page := templates.PlanSheetPage{Page: s.page(c, "Plan, case "+opened.Reference, "tool")}
	url := caseURL(opened.ID)
	page.Area, page.BackURL, page.PDFURL, page.EasyURL = templates.AreaAccount, url+"/plan", url+"/plan.pdf", url+"/plan-easy.pdf"
	if page.Sheet, err = s.planSheet(c, opened); err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "tool-sheet", page)
}

func (s *Site) planPDF(c echo.Context) error { return s.planFile(c, documents.PlanPDF) }

func (s *Site) easyPlanPDF(c echo.Context) error { return s.planFile(c, documents.EasyReadPlanPDF) }

func (s *Site) planFile(c echo.Context, draw func(documents.Plan) ([]byte, error)) error {
	opened, err := s.printedCase(c)
	if err != nil {
		return err
	}
	plan, err := s.paperPlan(c, opened)
	if err != nil {
		return err
	}
	pdf, err := draw(plan)
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, `inline; filename="plan.pdf"`)
	return c.Blob(http.StatusOK, "application/pdf", pdf)
}

// planSheet is the plan as the page shows it: the words of the paper.
func (s *Site) planSheet(c echo.Context, opened tool.Case) (templates.PlanSheet, error) {
	plan, err := s.paperPlan(c, opened)
	if err != nil {
		return templates.PlanSheet{}, err
	}
	picture, err := sheetPicture(opened)
	if err != nil {
		return templates.PlanSheet{}, err
	}
	w := plan.Words()
	part := func(p documents.PlanPart) templates.PlanPart {
		return templates.PlanPart{Title: p.Title, Lines: p.Lines}
	}
	// On paper the items of these two run on as sentences.
	run := func(p documents.PlanPart) templates.PlanPart {
		if len(p.Lines) > 0 {
			p.Lines = []string{strings.Join(p.Lines, " ")}
		}
		return part(p)
	}
	sheet := templates.PlanSheet{
		Title: w.Title, Subtitle: w.Subtitle, Matters: part(w.Matters), Parts: []templates.PlanPart{part(w.About), run(w.BuildingOn), run(w.BearInMind)},
		GoalsTitle: w.GoalsTitle, ActionsTitle: w.ActionsTitle, Heads: w.ActionHeads, HardTitle: w.HardTitle, Review: part(w.Review), Contacts: part(w.Contacts),
		FitTitle: w.FitTitle, FitBand: w.FitBand, FitWhy: w.FitWhy, Picture: picture, CrisisTitle: w.CrisisTitle, Crisis: w.Crisis, Written: w.Written, Notice: w.Notice,
	}
	for _, g := range w.Goals {
		sheet.Goals = append(sheet.Goals, templates.GoalLines(g))
	}
	for _, a := range w.Actions {
		sheet.Actions = append(sheet.Actions, templates.ActionLines(a))
	}
	for _, sentence := range w.Hard {
		var runs []templates.TextRun
		for _, run := range sentence {
			runs = append(runs, templates.TextRun{Text: run.Text, Strong: run.Strong})
		}
		sheet.Hard = append(sheet.Hard, runs)
	}
	return sheet, nil
}

// paperPlan is the newest plan as a document.
func (s *Site) paperPlan(c echo.Context, opened tool.Case) (documents.Plan, error) {
	if opened.Plan == nil {
		return opened.Sheet("")
	}
	author, err := access.FindPerson(c.Request().Context(), s.db, opened.Plan.WrittenBy)
	if err != nil {
		return documents.Plan{}, err
	}
	return opened.Sheet(author.Name)
}

// sheetPicture is the picture of the sheet as the page draws it: that of the first activity whose fit stands on the paper.
func sheetPicture(opened tool.Case) (*templates.FitPicture, error) {
	for _, a := range opened.Plan.Actions {
		if a.Fit == nil {
			continue
		}
		fit, err := opened.Pack.Fit(a.Fit.Ratings)
		if err != nil {
			return nil, err
		}
		if fit.Band != nil && fit.Known() {
			picture := fitPicture(opened.Pack, fit)
			return &picture, nil
		}
	}
	return nil, nil //nolint:nilnil // the plan is about no activity whose fit is known
}
