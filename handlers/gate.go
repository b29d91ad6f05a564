package handlers

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
	"hub.salford.ac.uk/ssph/tool"
)

// keyPass is where a request keeps what the licence allows.
const keyPass = "ssph.pass"

// licensed asks the gate on every request to the tool. Who has a licence, and who still has cases to read, goes on; the use case
// asks again what exactly is allowed. Everybody else, and everything that is refused, gets the gate's page.
func (s *Site) licensed(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx := c.Request().Context()
		pass, err := s.cases.Pass(ctx, s.db, actorOf(c))
		if err != nil {
			return err
		}
		c.Set(keyPass, pass)
		if !pass.Allowed {
			n, err := s.caseCount(c)
			if err != nil {
				return err
			}
			if n == 0 || !pass.Allows(licensing.UseRead) {
				return s.gate(c, nil)
			}
		}
		if err = next(c); models.KindOf(err) == models.KindForbidden {
			return s.gate(c, nil)
		}
		return err
	}
}

// passOf is what the licence allows in this request.
func passOf(c echo.Context) licensing.Decision {
	pass, _ := c.Get(keyPass).(licensing.Decision)
	return pass
}

// beyondLast is a page of the list that no list reaches: it counts without showing, and so reads nobody's case.
const beyondLast = 1 << 20

// caseCount is how many cases the person may read, open and closed.
func (s *Site) caseCount(c echo.Context) (int, error) {
	ctx, total := c.Request().Context(), 0
	if !passOf(c).Allows(licensing.UseRead) {
		return 0, nil
	}
	err := s.db.InTx(ctx, func(tx models.DB) error {
		total = 0
		for _, closed := range []bool{false, true} {
			_, n, err := s.cases.Cases(ctx, tx, actorOf(c), tool.CaseFilter{Closed: closed, Page: beyondLast})
			if err != nil {
				return err
			}
			total += int(n)
		}
		return nil
	})
	return total, err
}

// gate says why the licence does not allow it, what is safe, what was being written, and what to do. The crisis numbers are on it.
func (s *Site) gate(c echo.Context, kept *templates.KeptText) error {
	if strings.HasSuffix(c.Path(), "/autosave") {
		return s.autosaveRefused(c, kept != nil)
	}
	// The licence may have ended while the request was on its way.
	pass, err := s.cases.Pass(c.Request().Context(), s.db, actorOf(c))
	if err != nil {
		return err
	}
	c.Set(keyPass, pass)
	n, err := s.caseCount(c)
	if err != nil {
		return err
	}
	licence, err := s.cases.Licences(c.Request().Context(), s.db, actorOf(c).PersonID)
	if err != nil {
		return err
	}
	page := gateWords(licence, pass, n)
	page.Page = s.page(c, page.Heading, "tool")
	page.Area = templates.AreaAccount
	page.Crisis, page.Kept = crisisPanel(s.panel(c).Contacts), kept
	if kept == nil {
		page.Typed = s.typedTexts(c)
	}
	return s.render(c, http.StatusForbidden, "gate", page)
}

// gateWords is the page for a decision and the number of cases there are to read.
func gateWords(licence licensing.Licence, pass licensing.Decision, cases int) templates.GatePage {
	p := templates.GatePage{
		Heading: pass.Heading(), Safe: pass.Sentence + ".", Cannot: []string{"Open a new case", "Change a plan or a review"},
		Do: templates.Action{Label: "Ask the Hub", URL: "/contact?topic=other"}, Foot: pass.NextStep,
	}
	if cases > 0 {
		p.Safe = "Your cases are safe. You can still read, print and export " + allOfThem(cases) + "."
		p.Can, p.CasesURL = []string{"Read your own cases", "Print plans and export"}, toolCases+"?read=yes"
	}
	switch pass.State {
	case licensing.StateExpired:
		p.CannotTil, p.Foot = "until you renew", graceFoot(pass)
		p.Do = templates.Action{Label: "Ask the Hub to renew", URL: renewURL(licence, pass)}
		if until := pass.EndsAt.Add(licensing.FinishFor); cases > 0 && pass.At.Before(until) {
			p.Can = append(p.Can, "Finish a case that was open before, "+untilWords(until))
			p.Cannot = []string{"Open a new case", "Change a case that was closed before"}
		}
	case licensing.StateNone:
		p.Cannot, p.Do = nil, templates.Action{Label: "See training dates", URL: "/sessions"}
	case licensing.StateScheduled:
		p.CannotTil, p.Do = "until it starts", templates.Action{Label: "Go to your account", URL: "/account"}
	case licensing.StateSuspended:
		p.CannotTil = "until that ends"
	case licensing.StateRevoked, licensing.StateTransferred, licensing.StateGrace, licensing.StateExpiring, licensing.StateActive:
	}
	if p.Foot != "" {
		p.Foot = strings.TrimSuffix(p.Foot, ".") + "."
	}
	return p
}

// untilWords is "until" with a moment. Midnight is said as the end of the day before: people take 12am for noon.
func untilWords(t time.Time) string {
	if day := models.DateOf(t); day.At(0, 0).Equal(t) {
		return "until the end of " + day.AddDays(-1).String()
	}
	return "until " + models.When(t)
}

func allOfThem(n int) string {
	if n == 1 {
		return "the one you have"
	}
	return "all " + strconv.Itoa(n) + " of them"
}

func graceFoot(pass licensing.Decision) string {
	days := pass.LastDay.DaysUntil(pass.GraceEnds)
	if days == 0 {
		return ""
	}
	return "The " + models.Count(days, "day") + " of grace ended on " + pass.GraceEnds.String() + ". Ask the Hub to renew, or book another training day"
}

// keptText is the text of a case that was kept last while the licence did not allow writing; nil for none.
func keptText(opened tool.Case) *templates.KeptText {
	var kept *templates.KeptText
	var last tool.Note
	for code, notes := range opened.Held {
		for _, note := range notes {
			if kept == nil || note.WrittenAt.After(last.WrittenAt) {
				last = note
				kept = &templates.KeptText{
					Reference: opened.Reference, Section: sectionOf(opened.Pack, code).Label, URL: noteURL(opened, code),
					SavedAt: models.ClockTime(note.WrittenAt) + " on " + models.DateOf(note.WrittenAt).String(),
				}
			}
		}
	}
	return kept
}

// keptIn looks in a case for what was kept; the case is named in the address of the gate.
func (s *Site) keptIn(c echo.Context) *templates.KeptText {
	id, err := strconv.ParseInt(c.QueryParam("kept"), 10, 64)
	if err != nil {
		return nil
	}
	var kept *templates.KeptText
	ctx := c.Request().Context()
	err = s.db.InTx(ctx, func(tx models.DB) error {
		opened, err := s.cases.Open(ctx, tx, actorOf(c), id)
		kept = keptText(opened)
		return err
	})
	if err != nil {
		return nil // another's case, or none: the gate says the rest without it
	}
	return kept
}
