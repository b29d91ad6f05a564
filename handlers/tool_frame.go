package handlers

import (
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/templates"
	"hub.salford.ac.uk/ssph/tool"
)

// Keys of the parts in the green bar.
const (
	partTalk    = "conversation"
	partPicture = "understanding"
	partFit     = "fit"
	partPlan    = "plan"
	partReview  = "review"
)

// toolFrame is what stands around a page of the tool outside a case.
func (s *Site) toolFrame(c echo.Context, title string, pack tool.Pack) templates.ToolFrame {
	return templates.ToolFrame{
		Page: s.page(c, title, "tool"), Banner: pack.Banner, Licence: licenceNotice(passOf(c), nil),
	}
}

// outsideCase is the frame of a page outside a case, with the crisis panel of those the person works for.
func (s *Site) outsideCase(c echo.Context, title string) templates.ToolFrame {
	f := s.toolFrame(c, title, s.cases.Pack)
	panel := s.panel(c)
	f.Crisis, f.Missing = crisisPanel(panel.Contacts), missingNumbers(actorOf(c), panel)
	return f
}

// caseFrame is what stands around a page of one case.
func (s *Site) caseFrame(c echo.Context, title, part string, opened tool.Case) templates.ToolFrame {
	f := s.toolFrame(c, title+", case "+opened.Reference, opened.Pack)
	f.Case = caseBar(opened, part)
	f.Crisis, f.Missing = crisisPanel(opened.Crisis.Contacts), missingNumbers(actorOf(c), opened.Crisis)
	f.Licence = licenceNotice(passOf(c), &opened)
	return f
}

func caseBar(opened tool.Case, part string) *templates.CaseBar {
	url, steps := caseURL(opened.ID), opened.Pack.Steps
	bar := &templates.CaseBar{
		Reference: opened.Reference, Called: opened.Called(), URL: url, Part: part, Step: opened.Step, Steps: len(steps),
		Now: steps[opened.Step-1], State: opened.Pack.State(opened.State).Label, MayWrite: mayWrite(opened), RedWaits: opened.MatchingLocked(),
		Parts: []templates.NavItem{
			{Key: partTalk, Label: "Conversation", URL: url + "/conversation"},
			{Key: partPicture, Label: "Understanding", URL: url + "/understanding"},
			{Key: partFit, Label: "Fit", URL: url + "/fit"},
			{Key: partPlan, Label: "Plan", URL: url + "/plan"},
			{Key: partReview, Label: "Review", URL: url + "/review"},
		},
	}
	for n, name := range steps {
		look := templates.StepNext
		switch {
		case n+1 < opened.Step || opened.State == tool.Closed:
			look = templates.StepDone
		case n+1 == opened.Step:
			look = templates.StepNow
		}
		bar.Strip = append(bar.Strip, templates.Step{Name: name, Look: look})
	}
	if opened.Step < len(steps) {
		bar.Next = steps[opened.Step]
	}
	return bar
}

// mayWrite says that the page offers forms: the licence allows it, and the case is open.
func mayWrite(opened tool.Case) bool { return opened.MayWrite && opened.State != tool.Closed }

// crisisPanel shows who to turn to, the number large.
func crisisPanel(contacts []tool.Contact) []templates.CrisisNumber {
	shown := make([]templates.CrisisNumber, 0, len(contacts))
	for _, contact := range contacts {
		n := templates.CrisisNumber{Label: contact.Label, Shown: contact.Number, What: contact.Label + ". " + contact.What, Dial: strings.ReplaceAll(contact.Number, " ", "")}
		switch {
		case contact.Text != "":
			n.Shown, n.What, n.Dial = contact.What, contact.Label, ""
		case strings.Contains(contact.Label, contact.Number):
			n.Shown, n.What = contact.Label, contact.What
		}
		shown = append(shown, n)
	}
	return shown
}

// licenceNotice says what the licence still allows; nothing while it allows everything and does not end soon.
func licenceNotice(pass licensing.Decision, opened *tool.Case) *templates.ToolNotice {
	ask := templates.Action{Label: "See what you can do", URL: toolCases}
	switch {
	case pass.State == licensing.StateGrace || pass.State == licensing.StateExpiring:
		return &templates.ToolNotice{Text: pass.Sentence + ".", Link: templates.Action{Label: "Ask the Hub to renew", URL: "/contact?topic=other"}}
	case pass.Allowed:
		return nil
	case opened != nil && opened.MayWrite:
		until := untilWords(pass.EndsAt.Add(licensing.FinishFor))
		return &templates.ToolNotice{Text: pass.Heading() + ". You can finish this case " + until + ".", Link: ask}
	}
	return &templates.ToolNotice{Text: pass.Heading() + ". You can read, print and export.", Link: ask}
}

// urgentHelp shows the crisis numbers to anybody, signed in or not.
func (s *Site) urgentHelp(c echo.Context) error {
	panel := s.panel(c)
	page := templates.UrgentHelpPage{
		Page: s.page(c, "Urgent help", "tool"), Crisis: crisisPanel(panel.Contacts), Missing: missingNumbers(actorOf(c), panel),
		Numbers: numbersLink(actorOf(c), panel.Whose),
	}
	return s.render(c, 200, "tool-urgent", page)
}
