package handlers

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/templates"
	"hub.salford.ac.uk/ssph/tool"
)

// typedTexts are the texts of a form of the tool that could not be saved, under the words that its page has for them, so that nothing is
// lost. Nothing that another site made the browser send is shown as what somebody wrote here.
func (s *Site) typedTexts(c echo.Context) []templates.TypedText {
	r := c.Request()
	if r.Method != http.MethodPost || !strings.HasPrefix(r.URL.Path, toolCases) || r.Header.Get("Sec-Fetch-Site") == "cross-site" {
		return nil
	}
	var typed []templates.TypedText
	for _, name := range slices.Sorted(maps.Keys(r.PostForm)) {
		text := strings.TrimSpace(r.PostForm.Get(name))
		label := typedLabel(s.cases.Pack, r.PostForm, name)
		switch {
		case text == "" || slices.Contains(notTyped, name):
			continue
		case label == "" && !strings.Contains(text, " "): // chosen, not written
			continue
		case label == "":
			label = sentenceCase(strings.NewReplacer("_", " ", "-", " ").Replace(name))
		}
		typed = append(typed, templates.TypedText{Label: label, Text: text})
	}
	return typed
}

// notTyped are the fields that a page fills in itself.
var notTyped = []string{"_csrf", "request", "tab", "code", "copy", "count", "version", "no"}

// formLabels are the texts of the tool's forms that the pack has no words for.
var formLabels = map[string]string{
	"seen": "Staying safe: what was seen or said", "done": "Staying safe: what was done", "spoke": "Staying safe: who was spoken to",
	"ref": "Staying safe: their reference", "outcome": "Staying safe: what came of it", "noticed": "Decision: what was noticed",
	"reason": "Reason", "adviser": "Decision: who was asked", "advised": "Decision: what they advised", "text": "Conversation: one text of several",
	"agreed_other": "Why the plan goes on without", "what_next": "What comes next for the person", "no_measures": "Why there is no rating",
	"agreed_basis": "Plan: on what basis somebody agrees", "name": "Name", "reference": "Reference",
}

// typedLabel is what a page of the tool calls a field that somebody writes in; empty for any other.
func typedLabel(pack tool.Pack, form url.Values, name string) string {
	if code, ok := strings.CutPrefix(name, "text-"); ok {
		if _, prompt, found := pack.Prompt(code); found {
			return "Conversation: " + prompt.Text
		}
		return "Conversation: " + sectionOf(pack, code).Label
	}
	if code, ok := strings.CutSuffix(name, "-evidence"); ok {
		factor, _ := pack.Factor(code)
		return "Understanding: " + factor.Label
	}
	var text tool.PlanText
	if _, ok := planTexts(&text)[name]; ok {
		return "Plan: " + planLabel(pack, name)
	}
	parts := strings.SplitN(name, "-", 3)
	if field := rowField(parts); field != "" {
		return "Plan, " + rowWords[parts[0]] + " " + parts[1] + ": " + lowerWord(planLabel(pack, field))
	}
	if name == "name" && form.Has("kind") {
		return "Idea"
	}
	if name == "outcome" { // of a decision or of a case it is chosen, not written
		return ""
	}
	return formLabels[parts[0]]
}

// rowWords are the rows of the plan's form in words.
var rowWords = map[string]string{goalRow: "goal", actionRow: "action", hardRow: "if it gets hard"}

// rowField is the pack's code of a written field in a row of the plan: goal-1-hope is goal_hope.
func rowField(parts []string) string {
	if len(parts) != 3 || rowWords[parts[0]] == "" || !slices.Contains(rowFields(parts[0]), parts[2]) || parts[2] == "candidate" {
		return ""
	}
	if code, ok := map[string]string{"hope": "goal_hope", "why": "why_it_matters", "target": "target_words", "start": "start_rating"}[parts[2]]; ok {
		return code
	}
	return parts[2]
}

func planLabel(pack tool.Pack, code string) string {
	for _, one := range pack.PlanFields {
		if one.Code == code {
			return one.Label
		}
	}
	return code
}

// signedOut answers a form that came after the time of a sign-in was over. What was written in it stands on the page.
func (s *Site) signedOut(c echo.Context, signIn string, typed []templates.TypedText) error {
	page := templates.ErrorPage{
		Heading: "Sign in again", Typed: typed, Crisis: crisisPanel(s.panel(c).Contacts),
		Lines:   []string{"You were signed out, because 12 hours have passed or you signed out elsewhere. Nothing was saved.", "Copy what you wrote, sign in, and put it in again."},
		Actions: []templates.Action{{Label: "Sign in", URL: signIn}},
	}
	page.Page = s.page(c, page.Heading, "tool")
	return s.render(c, http.StatusForbidden, "error", page)
}
