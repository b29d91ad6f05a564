package handlers

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/tool"
)

// saveFrom reads a note's form. The text is taken as it was typed.
func saveFrom(typed url.Values) tool.Save {
	save := tool.Save{Code: line(typed, "code"), Tab: line(typed, "tab")}
	save.Text, save.Mark = typed.Get("text-"+save.Code), tool.Mark(typed.Get("mark-"+save.Code))
	save.Copy, _ = strconv.Atoi(typed.Get("copy"))       // anything else is the first text
	save.Version, _ = strconv.Atoi(typed.Get("version")) // anything else: there was none
	save.Count, _ = strconv.Atoi(typed.Get("count"))
	return save
}

// saveNote keeps a note at the press of a button.
func (s *Site) saveNote(c echo.Context) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	save := saveFrom(typed)
	_, id, err := s.keepNote(c, save)
	if models.KindOf(err) == models.KindForbidden {
		return s.holdNote(c, save)
	}
	if err != nil {
		return s.noteAgain(c, save, err)
	}
	section := sectionOf(s.cases.Pack, save.Code)
	return s.redirect(c, sectionURL(tool.Case{ID: id}, section)+"#"+save.Code)
}

func (s *Site) keepNote(c echo.Context, save tool.Save) (saved tool.Saved, id int64, err error) {
	id, err = s.inCase(c, func(ctx context.Context, tx models.DB, actor access.Actor, id int64) (err error) {
		saved, err = s.cases.SaveNote(ctx, tx, actor, id, save)
		return err
	})
	return saved, id, err
}

// noteAgain shows the section with what was typed and why it was not kept.
func (s *Site) noteAgain(c echo.Context, save tool.Save, cause error) error {
	problems, err := told(cause)
	if err != nil {
		return err
	}
	opened, err := s.openedCase(c)
	if err != nil {
		return err
	}
	for _, p := range problems {
		if p.Field != "" {
			p.Field = p.Field + "-" + save.Code
		}
	}
	again := typedNote{code: save.Code, text: save.Text, mark: string(save.Mark), problems: problems}
	section := sectionOf(opened.Pack, save.Code)
	if section.AnyTime {
		return s.showSafety(c, opened, safetyTyped{note: again, problems: problems})
	}
	return s.showSection(c, opened, section, again)
}

// holdNote keeps a text that the licence no longer lets into the case, and shows the gate.
func (s *Site) holdNote(c echo.Context, save tool.Save) error {
	opened, err := s.held(c, save)
	if err != nil {
		return err
	}
	return s.gate(c, keptText(opened))
}

func (s *Site) held(c echo.Context, save tool.Save) (opened tool.Case, err error) {
	_, err = s.inCase(c, func(ctx context.Context, tx models.DB, actor access.Actor, id int64) (err error) {
		if _, err = s.cases.Hold(ctx, tx, actor, id, save); err != nil {
			return err
		}
		opened, err = s.cases.Open(ctx, tx, actor, id)
		return err
	})
	return opened, err
}

// tickStatements keeps which statements were said.
func (s *Site) tickStatements(c echo.Context) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	said := map[string]bool{}
	for _, code := range typed["said"] {
		said[code] = true
	}
	var section tool.Section
	id, err := s.inCase(c, func(ctx context.Context, tx models.DB, actor access.Actor, id int64) error {
		opened, err := s.cases.Open(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		var ok bool
		if section, ok = opened.Pack.Section(c.Param("section")); !ok {
			return models.NotFound("There is no such part in this conversation")
		}
		for _, st := range section.Statements {
			if err := s.cases.Tick(ctx, tx, actor, id, st.Code, said[st.Code]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.done(c, sectionURL(tool.Case{ID: id}, section), "The ticks are saved")
}

// settleNote makes one text of a note that two pages wrote at the same time.
func (s *Site) settleNote(c echo.Context) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	settled := tool.Settled{Code: line(typed, "code"), Text: typed.Get("text"), Mark: tool.Mark(typed.Get("mark")), Seen: map[int]int{}}
	for name := range typed {
		if text, ok := strings.CutPrefix(name, "seen-"); ok {
			copyNo, _ := strconv.Atoi(text)
			settled.Seen[copyNo], _ = strconv.Atoi(typed.Get(name)) // a version that is none matches none
		}
	}
	id, err := s.inCase(c, func(ctx context.Context, tx models.DB, actor access.Actor, id int64) error {
		return s.cases.SettleNote(ctx, tx, actor, id, settled)
	})
	if err != nil {
		return s.noteAgain(c, tool.Save{Code: settled.Code, Text: settled.Text, Mark: settled.Mark}, err)
	}
	section := sectionOf(s.cases.Pack, settled.Code)
	return s.done(c, sectionURL(tool.Case{ID: id}, section)+"#"+settled.Code, "It is one text again")
}
