package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
	"hub.salford.ac.uk/ssph/tool"
)

// toolCases lists the cases that the person may see. Without a licence that allows the tool it is the gate, from which one's own
// cases can still be read.
func (s *Site) toolCases(c echo.Context) error {
	if !passOf(c).Allowed && c.QueryParam("read") == "" {
		return s.gate(c, s.keptIn(c))
	}
	asked, ctx := c.QueryParams(), c.Request().Context()
	now, _ := strconv.Atoi(asked.Get("page")) // anything else is the first page
	filter := tool.CaseFilter{Search: line(asked, "q"), Closed: asked.Get("show") == "closed", Page: min(max(now, 1), beyondLast)}
	var lines []tool.CaseLine
	var total int64
	err := s.db.InTx(ctx, func(tx models.DB) (err error) {
		lines, total, err = s.cases.Cases(ctx, tx, actorOf(c), filter)
		return err
	})
	if err != nil {
		return err
	}
	page := templates.CasesPage{
		ToolFrame: s.outsideCase(c, "Your cases"), Search: filter.Search, Closed: filter.Closed, Total: int(total),
		MayBegin: passOf(c).Allows(licensing.UseNewCase), ReadOnly: !passOf(c).Allowed,
	}
	if page.Licence == nil {
		if page.Licence, err = s.notKnownYet(c); err != nil {
			return err
		}
	}
	for _, one := range lines {
		page.Cases = append(page.Cases, s.caseRow(one))
	}
	pages := max((int(total)+tool.CasesPerPage-1)/tool.CasesPerPage, 1)
	page.Pages = neighbours(toolCases, asked, min(filter.Page, pages+1), pages)
	return s.render(c, http.StatusOK, "tool-cases", page)
}

// notKnownYet says why somebody who got an organisation's place at the door sees none of its cases; nil for anybody else.
func (s *Site) notKnownYet(c echo.Context) (*templates.ToolNotice, error) {
	licence, err := s.cases.Licences(c.Request().Context(), s.db, actorOf(c).PersonID)
	if today := s.db.Today(); err != nil || licence.OrganisationAt(today) == nil || licence.WorksForAt(today) != nil {
		return nil, err
	}
	return &templates.ToolNotice{
		Text: "You got your place at the door, and your organisation has not said yet that you work with them. Until it does, you see your own cases alone.",
		Link: templates.Action{Label: "See your licence", URL: "/account/licence"},
	}, nil
}

func (s *Site) caseRow(one tool.CaseLine) templates.CaseRow {
	row := templates.CaseRow{
		Reference: one.Reference, URL: caseURL(one.ID), State: one.Label, Changed: models.When(one.ChangedAt), By: one.HeldByName,
		Step: "Step " + strconv.Itoa(one.Step) + " of " + strconv.Itoa(len(s.cases.Pack.Steps)),
	}
	if !one.DueOn.IsZero() {
		row.Due = one.DueOn.String()
	}
	switch {
	case one.RedWaits > 0:
		row.Alert, row.AlertNote = &templates.Tag{Look: templates.TagStop, Word: "Red flag"}, "Record what was done"
	case one.Overdue > 0:
		row.Alert, row.AlertNote = &templates.Tag{Look: templates.TagStop, Word: "Overdue"}, models.Count(one.Overdue, "flag")+" without a recorded action"
	case !one.DueOn.IsZero() && one.DueOn.Before(s.db.Today()):
		row.Alert = &templates.Tag{Look: templates.TagWait, Word: "Overdue"}
	}
	return row
}

// newCase is the form that begins a case.
func (s *Site) newCase(c echo.Context) error {
	if !passOf(c).Allows(licensing.UseNewCase) {
		return s.gate(c, nil)
	}
	return s.render(c, http.StatusOK, "tool-new", templates.NewCasePage{ToolFrame: s.outsideCase(c, "Begin a new case")})
}

// beginCase begins a case and leads to its conversation.
func (s *Site) beginCase(c echo.Context) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	n := tool.NewCase{Reference: line(typed, "reference"), Name: line(typed, "name"), Demonstration: s.demonstration()}
	var id int64
	ctx := c.Request().Context()
	err = s.db.InTx(ctx, func(tx models.DB) (err error) {
		id, err = s.cases.NewCase(ctx, tx, actorOf(c), n)
		return err
	})
	if err == nil {
		return s.done(c, caseURL(id)+"/conversation", "Case "+n.Reference+" is begun")
	}
	problems, err := told(err)
	if err != nil {
		return err
	}
	page := templates.NewCasePage{ToolFrame: s.outsideCase(c, "Begin a new case"), Reference: n.Reference, Name: n.Name}
	page.Problems = problems
	return s.render(c, http.StatusUnprocessableEntity, "tool-new", page)
}

// exportCase hands out a case with everything in it, as JSON.
func (s *Site) exportCase(c echo.Context) error {
	id, err := number(c, "case")
	if err != nil {
		return err
	}
	var body []byte
	ctx := c.Request().Context()
	err = s.db.InTx(ctx, func(tx models.DB) (err error) {
		body, err = s.cases.Export(ctx, tx, actorOf(c), id)
		return err
	})
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="case-`+strconv.FormatInt(id, 10)+`.json"`)
	return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, body)
}
