package handlers

import (
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
	"hub.salford.ac.uk/ssph/tool"
)

// promptView fills a prompt with its notes and the form that changes them. again is what could not be saved.
func promptView(c echo.Context, opened tool.Case, view templates.PromptView, again typedNote) templates.PromptView {
	notes := opened.Notes[view.Code]
	view.MayWrite = mayWrite(opened)
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
