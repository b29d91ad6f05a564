package handlers

import (
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
	"hub.salford.ac.uk/ssph/tool"
)

// promptView fills a prompt with its notes and the form that changes them. again is what could not be saved.
func promptView(c echo.Context, opened tool.Case, view templates.PromptView, again typedNote) templates.PromptView {
	notes := opened.Notes[view.Code]
	view.MayWrite = mayWrite(opened)
	addReminders(c, opened, &view)
	text, mark, version := "", tool.Unmarked, 0
	var all []string
	for n, note := range notes {
		all = append(all, note.Text)
		if n > 0 {
			view.Beside = append(view.Beside, noteView(note))
			continue
		}
		text, mark, version = note.Text, note.Mark, note.Version
		if strings.TrimSpace(note.Text) != "" {
			shown := noteView(note)
			view.Note = &shown
		}
	}
	if again.code == view.Code {
		text, mark, view.Open = again.text, tool.Mark(again.mark), true
	}
	for _, held := range opened.Held[view.Code] {
		if !strings.Contains(text, strings.TrimSpace(held.Text)) {
			view.Held = held.Text
		}
	}
	view.Form = noteForm(c, opened, view, text, mark, again)
	view.Form.Version, view.Form.Together = version, strings.Join(all, "\n\n")
	return view
}

// addReminders says what to listen for at a prompt, and what to look out for: ticked there on the page about safety, and a way there
// from any other.
func addReminders(c echo.Context, opened tool.Case, view *templates.PromptView) {
	section, prompt, ok := opened.Pack.Prompt(view.Code)
	if !ok {
		return
	}
	var listen []string
	for _, code := range prompt.Listen {
		listen = append(listen, map[string]string{string(tool.Strength): "strengths", string(tool.InTheWay): "what gets in the way"}[code])
	}
	view.Listen = strings.Join(listen, " and ")
	switch {
	case len(prompt.Flags) == 0 || !opened.MayWrite:
	case !section.AnyTime:
		view.Safety = caseURL(opened.ID) + "/safety"
	default:
		view.Notice = &templates.NoticeForm{Code: prompt.Code, Of: prompt.Text, URL: caseURL(opened.ID) + "/flags", CSRF: tokenOf(c), Request: access.NewSecret()}
		for _, code := range prompt.Flags {
			kind, _ := opened.Pack.Flag(code) // the pack was checked
			view.Notice.Kinds = append(view.Notice.Kinds, templates.FlagOption{Code: code, Noticed: kind.Noticed, Level: levelWords(kind.Level)})
		}
	}
}

func noteForm(c echo.Context, opened tool.Case, view templates.PromptView, text string, mark tool.Mark, again typedNote) templates.NoteForm {
	url := caseURL(opened.ID)
	form := templates.NoteForm{
		Code: view.Code, SaveURL: url + "/notes", AutoURL: url + "/autosave", Settle: url + "/settle", Copy: 1, CSRF: tokenOf(c),
		Text: templates.Input{ID: "text-" + view.Code, Label: "In their words", Value: text, Rows: 4},
		Marks: templates.NewChoices("mark-"+view.Code, "What is it about?", string(mark), []templates.Option{
			{Value: string(tool.Unmarked), Label: "A note"},
			{Value: string(tool.Strength), Label: tool.Strength.Words()},
			{Value: string(tool.Matters), Label: tool.Matters.Words()},
			{Value: string(tool.MattersMost), Label: tool.MattersMost.Words()},
			{Value: string(tool.InTheWay), Label: tool.InTheWay.Words()},
		}),
	}
	if again.code == view.Code {
		form.Text.Error = again.problems.For(form.Text.ID)
	}
	return form
}

func noteView(note tool.Note) templates.NoteView {
	return templates.NoteView{
		Text: note.Text, Mark: note.Mark.Words(), Written: "Written at " + models.ClockTime(note.WrittenAt) + " on " + models.DateOf(note.WrittenAt).String(),
		Copy: note.Copy, Version: note.Version,
	}
}
