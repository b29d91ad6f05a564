package handlers

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
	"hub.salford.ac.uk/ssph/tool"
)

// openPrompts is how many prompts of a section stand open.
const openPrompts = 6

// conversationStart leads to the first section that still has something to talk about.
func (s *Site) conversationStart(c echo.Context) error {
	opened, err := s.openedCase(c)
	if err != nil {
		return err
	}
	at := opened.Pack.Sections[0]
	if i := slices.IndexFunc(opened.Pack.Sections, func(one tool.Section) bool { return !one.AnyTime && !sectionDone(opened, one) }); i >= 0 {
		at = opened.Pack.Sections[i]
	}
	return s.redirect(c, sectionURL(opened, at))
}

// sectionURL is where a section stands. What may come at any moment has a page of its own, with the flags.
func sectionURL(opened tool.Case, section tool.Section) string {
	switch {
	case section.AnyTime:
		return caseURL(opened.ID) + "/safety"
	case section.Code == "": // the case has another pack than new ones
		return caseURL(opened.ID) + "/conversation"
	}
	return caseURL(opened.ID) + "/conversation/" + section.Code
}

// sectionOf is the section in which a prompt or statement is, or the section itself; the zero Section for a code the pack lacks.
func sectionOf(pack tool.Pack, code string) tool.Section {
	for _, section := range pack.Sections {
		if section.Code == code || slices.ContainsFunc(section.Prompts, func(p tool.Prompt) bool { return p.Code == code }) ||
			slices.ContainsFunc(section.Statements, func(st tool.Statement) bool { return st.Code == code }) {
			return section
		}
	}
	return tool.Section{}
}

// noteURL leads to a note on its page.
func noteURL(opened tool.Case, code string) string {
	return sectionURL(opened, sectionOf(opened.Pack, code)) + "#" + code
}

func sectionDone(opened tool.Case, section tool.Section) bool {
	return ticksIn(opened, section) == len(section.Statements) && opened.Noted(section) == len(section.Prompts)
}

func ticksIn(opened tool.Case, section tool.Section) int {
	n := 0
	for _, st := range section.Statements {
		if _, said := opened.Ticks[st.Code]; said {
			n++
		}
	}
	return n
}

// conversation is one section of the conversation.
func (s *Site) conversation(c echo.Context) error {
	opened, err := s.openedCase(c)
	if err != nil {
		return err
	}
	section, ok := opened.Pack.Section(c.Param("section"))
	if !ok {
		return echo.ErrNotFound
	}
	if section.AnyTime {
		return s.redirect(c, sectionURL(opened, section))
	}
	return s.showSection(c, opened, section, typedNote{})
}

// typedNote is a note that could not be saved as it was typed.
type typedNote struct {
	code, text, mark string
	problems         models.Problems
}

func (s *Site) showSection(c echo.Context, opened tool.Case, section tool.Section, again typedNote) error {
	page := templates.ConversationPage{
		ToolFrame: s.caseFrame(c, section.Label, partTalk, opened), Heading: section.Label, Purpose: section.Purpose, Minutes: section.Minutes,
		SectionURL: sectionURL(opened, section), Saved: savedAt(opened, section), Sections: sectionLinks(opened, section.Code),
	}
	page.Problems = again.problems
	for _, st := range section.Statements {
		page.Statements = append(page.Statements, tickedView(opened, st))
	}
	for n, p := range section.Prompts {
		view := promptView(c, opened, templates.PromptView{Code: p.Code, Text: p.Text, Help: p.Help}, again)
		if n < openPrompts {
			page.First = append(page.First, view)
			continue
		}
		page.Rest = append(page.Rest, view)
		page.RestOpen = page.RestOpen || view.Open || view.Note != nil || view.Held != ""
	}
	page.Own = promptView(c, opened, templates.PromptView{Code: section.Code, Text: "Anything else in this part"}, again)
	page.BuildOn, page.InTheWay = markedNotes(opened)
	page.NextLabel, page.NextURL = nextSection(opened, section)
	return s.render(c, statusFor(again.problems), "tool-conversation", page)
}

func sectionLinks(opened tool.Case, now string) []templates.SectionLink {
	links := make([]templates.SectionLink, 0, len(opened.Pack.Sections))
	for _, section := range opened.Pack.Sections {
		links = append(links, templates.SectionLink{
			Label: section.Label, URL: sectionURL(opened, section), Count: sectionCount(opened, section), Now: section.Code == now,
		})
	}
	return links
}

// sectionCount is done, 3 of 11, or any time.
func sectionCount(opened tool.Case, section tool.Section) string {
	noted, of := opened.Noted(section)+ticksIn(opened, section), len(section.Prompts)+len(section.Statements)
	switch {
	case section.AnyTime:
		return "any time"
	case noted == of:
		return "done"
	}
	return fmt.Sprintf("%d of %d", noted, of)
}

func tickedView(opened tool.Case, st tool.Statement) templates.Ticked {
	t := templates.Ticked{Value: st.Code, Label: st.Text}
	if at, said := opened.Ticks[st.Code]; said {
		t.Checked, t.Note = true, "Ticked on "+models.When(at)
	}
	return t
}

// nextSection is the section after this one, past those that may come at any time.
func nextSection(opened tool.Case, section tool.Section) (label, url string) {
	at := slices.IndexFunc(opened.Pack.Sections, func(one tool.Section) bool { return one.Code == section.Code })
	for _, next := range opened.Pack.Sections[at+1:] {
		if !next.AnyTime {
			return "Next: " + next.Label, sectionURL(opened, next)
		}
	}
	return "Next: Understanding", caseURL(opened.ID) + "/understanding"
}

// savedAt says when a note of the section was saved last.
func savedAt(opened tool.Case, section tool.Section) string {
	var last time.Time
	codes := []string{section.Code}
	for _, p := range section.Prompts {
		codes = append(codes, p.Code)
	}
	for _, code := range codes {
		for _, note := range opened.Notes[code] {
			if note.WrittenAt.After(last) {
				last = note.WrittenAt
			}
		}
	}
	if last.IsZero() {
		return ""
	}
	return "Saved at " + models.ClockTime(last) + ", " + models.DateOf(last).String()
}

// markedNotes are the notes to build on and those that say what is in the way, each by its first sentence, in pack order.
func markedNotes(opened tool.Case) (buildOn, inTheWay []string) {
	for _, section := range opened.Pack.Sections {
		for _, p := range section.Prompts {
			notes := opened.Notes[p.Code]
			if len(notes) == 0 || strings.TrimSpace(notes[0].Text) == "" {
				continue
			}
			switch said := firstSentence(notes[0].Text); notes[0].Mark {
			case tool.Strength, tool.Matters, tool.MattersMost:
				buildOn = append(buildOn, said)
			case tool.InTheWay:
				inTheWay = append(inTheWay, said)
			case tool.Unmarked:
			}
		}
	}
	return buildOn, inTheWay
}

// firstSentence is a text up to the end of its first sentence or line, without quotation marks around it.
func firstSentence(text string) string {
	text, _, _ = strings.Cut(strings.Trim(text, " \t\n\"“”"), "\n")
	if end := strings.IndexAny(text, ".!?"); end > 0 {
		return text[:end]
	}
	return text
}
