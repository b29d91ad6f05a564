package handlers

import (
	"context"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/tool"
)

func (s *Site) toolRoutes() []Route {
	const one = toolCases + "/:case"
	get := func(path string, handle echo.HandlerFunc) Route {
		return Route{Method: http.MethodGet, Path: path, Rule: Licensed, Handle: handle}
	}
	post := func(path string, handle echo.HandlerFunc) Route {
		return Route{Method: http.MethodPost, Path: path, Rule: Licensed, Handle: handle}
	}
	return []Route{
		{Method: http.MethodGet, Path: "/tool/urgent-help", Rule: Public, Handle: s.urgentHelp},
		get(toolCases, s.toolCases), get(toolCases+"/new", s.newCase), post(toolCases, s.beginCase),
		get(one, s.caseHome), get(one+"/export", s.exportCase),
		get(one+"/conversation", s.conversationStart), get(one+"/conversation/:section", s.conversation),
		post(one+"/conversation/:section", s.tickStatements),
		post(one+"/notes", s.saveNote), post(one+"/autosave", s.autosave), post(one+"/settle", s.settleNote),
		get(one+"/safety", s.safety), post(one+"/flags", s.noticeFlag), post(one+"/flags/:flag", s.recordFlagAction),
		get(one+"/decision", s.decision), post(one+"/decision", s.makeDecision),
		get(one+"/process", s.process), post(one+"/moves", s.moveCase), get(one+"/handover", s.handOver), post(one+"/handover", s.handOverTo),
		get(one+"/understanding", s.understanding), post(one+"/understanding", s.answerFactors),
		get(one+"/fit", s.fitStart), get(one+"/ideas", s.ideas), post(one+"/ideas", s.addIdea),
		get(one+"/ideas/:idea", s.fit), get(one+"/ideas/:idea/answers", s.answers), post(one+"/ideas/:idea/answers", s.rate),
		post(one+"/ideas/:idea/aside", s.setAside), get(one+"/choice", s.chooseOther), post(one+"/choice", s.choose),
		get(one+"/plan", s.plan), post(one+"/plan", s.savePlan), post(one+"/plan/agree", s.agreePlan),
		get(one+"/plan/print", s.printPlan), get(one+"/plan.pdf", s.planPDF), get(one+"/plan-easy.pdf", s.easyPlanPDF),
		get(one+"/review", s.review),
	}
}

// toolCases is where the tool begins.
const toolCases = "/tool/cases"

func caseURL(id int64) string { return toolCases + "/" + strconv.FormatInt(id, 10) }

func ideaURL(caseID, ideaID int64) string {
	return caseURL(caseID) + "/ideas/" + strconv.FormatInt(ideaID, 10)
}

// deed is something done to one case inside a transaction.
type deed func(ctx context.Context, tx models.DB, actor access.Actor, id int64) error

// inCase does something to the case in the address, in one transaction, and returns the case's id.
func (s *Site) inCase(c echo.Context, do deed) (int64, error) {
	id, err := number(c, "case")
	if err != nil {
		return 0, err
	}
	ctx := c.Request().Context()
	return id, s.db.InTx(ctx, func(tx models.DB) error { return do(ctx, tx, actorOf(c), id) })
}

// openedCase reads the case in the address; the read leaves its audit row.
func (s *Site) openedCase(c echo.Context) (tool.Case, error) {
	var opened tool.Case
	_, err := s.inCase(c, func(ctx context.Context, tx models.DB, actor access.Actor, id int64) (err error) {
		opened, err = s.cases.Open(ctx, tx, actor, id)
		return err
	})
	return opened, err
}

// caseHome leads to the part in which the case stands.
func (s *Site) caseHome(c echo.Context) error {
	opened, err := s.openedCase(c)
	if err != nil {
		return err
	}
	part := map[tool.State]string{
		tool.Safety: "/safety", tool.Analysing: "/understanding", tool.Deciding: "/decision", tool.Advising: "/process", tool.Joint: "/process",
		tool.ReferredOn: "/process", tool.Matching: "/fit", tool.Planning: "/plan", tool.Introduced: "/review", tool.Started: "/review",
		tool.Reviewing: "/review", tool.Paused: "/review", tool.Closed: "/review",
	}[opened.State]
	if part == "" {
		part = "/conversation"
	}
	return s.redirect(c, caseURL(opened.ID)+part)
}

// told sorts an error of a use case for a page that can show it: problems to mend, or a sentence that stands in the summary. What
// is refused by the gate, not found, or our fault is returned.
func told(err error) (models.Problems, error) {
	if problems, err := refused(err); err == nil {
		return problems, nil
	}
	if kind := models.KindOf(err); kind == models.KindConflict || kind == models.KindFull {
		return models.Problems{models.Invalid("", "%s", failureOf(err).sentence)}, nil
	}
	return nil, err
}
