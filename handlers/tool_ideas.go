package handlers

import (
	"context"
	"net/url"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
	"hub.salford.ac.uk/ssph/tool"
)

// fitStart leads to the idea that fits best, or to the list while there is none.
func (s *Site) fitStart(c echo.Context) error {
	opened, err := s.openedCase(c)
	if err != nil {
		return err
	}
	if len(opened.Candidates) == 0 {
		return s.redirect(c, caseURL(opened.ID)+"/ideas")
	}
	best, highest := opened.Candidates[0], tool.Score(-1)
	for _, one := range opened.Candidates {
		fit, err := opened.Pack.Fit(one.Ratings)
		if err != nil {
			return err
		}
		if fit.Band != nil && fit.Low > highest {
			best, highest = one, fit.Low
		}
	}
	return s.redirect(c, ideaURL(opened.ID, best.ID))
}

// ideas are the activities that are compared.
func (s *Site) ideas(c echo.Context) error {
	opened, err := s.openedCase(c)
	if err != nil {
		return err
	}
	return s.showIdeas(c, opened, url.Values{}, nil)
}

func (s *Site) showIdeas(c echo.Context, opened tool.Case, typed url.Values, problems models.Problems) error {
	most := opened.Pack.Limits.Candidates
	page := templates.IdeasPage{
		ToolFrame: s.caseFrame(c, "Ideas to look at together", partFit, opened), Most: most, Full: len(opened.Candidates) >= most,
		AddURL: caseURL(opened.ID) + "/ideas", Name: line(typed, "name"), Kinds: kindChoices(line(typed, "kind")),
		Physical: templates.NewChoices("physical", "How much does it ask of the body?", line(typed, "physical"), []templates.Option{
			{Value: "", Label: "Don’t know"}, {Value: "0", Label: "Nothing much"}, {Value: "1", Label: "A little"}, {Value: "2", Label: "Quite a lot"}, {Value: "3", Label: "Very much"},
		}),
	}
	page.Kinds.Error, page.Physical.Error = problems.For("kind"), problems.For("physical")
	if opened.MatchingLocked() {
		page.Locked = "First record what was done about the red flag. Finding a fit is locked until then."
	}
	page.Problems = problems
	var err error
	if page.Ideas, err = ideaRows(opened, opened.Candidates); err != nil {
		return err
	}
	if page.Aside, err = ideaRows(opened, opened.SetAside); err != nil {
		return err
	}
	return s.render(c, statusFor(problems), "tool-ideas", page)
}

func kindChoices(chosen string) templates.Choices {
	return templates.NewChoices("kind", "Where does it come from?", chosen, []templates.Option{
		{Value: string(tool.Activity), Label: kindWords(tool.Activity)},
		{Value: string(tool.Already), Label: kindWords(tool.Already)},
		{Value: string(tool.OwnIdea), Label: kindWords(tool.OwnIdea)},
	})
}

func kindWords(kind tool.CandidateKind) string {
	switch kind {
	case tool.Already:
		return "Something they already do"
	case tool.OwnIdea:
		return "Their own idea"
	case tool.Activity:
	}
	return "Something offered somewhere"
}

func ideaRows(opened tool.Case, list []tool.Candidate) ([]templates.IdeaRow, error) {
	var rows []templates.IdeaRow
	for _, one := range list {
		fit, err := opened.Pack.Fit(one.Ratings)
		if err != nil {
			return nil, err
		}
		url := ideaURL(opened.ID, one.ID)
		rows = append(rows, templates.IdeaRow{
			Name: one.Name, Kind: kindWords(one.Kind), URL: url, AnswersURL: url + "/answers", AsideURL: url + "/aside", Said: opened.Pack.Sentence(fit),
		})
	}
	return rows, nil
}

// addIdea writes an idea down and leads to its questions.
func (s *Site) addIdea(c echo.Context) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	idea := tool.Candidate{Name: line(typed, "name"), Kind: tool.CandidateKind(line(typed, "kind")), Physical: answerOf(line(typed, "physical"))}
	var ideaID int64
	id, err := s.inCase(c, func(ctx context.Context, tx models.DB, actor access.Actor, id int64) (err error) {
		ideaID, err = s.cases.AddCandidate(ctx, tx, actor, id, idea)
		return err
	})
	if err == nil {
		return s.redirect(c, ideaURL(id, ideaID)+"/answers")
	}
	return s.ideasAgain(c, typed, err)
}

func (s *Site) ideasAgain(c echo.Context, typed url.Values, cause error) error {
	problems, err := told(cause)
	if err != nil {
		return err
	}
	opened, err := s.openedCase(c)
	if err != nil {
		return err
	}
	return s.showIdeas(c, opened, typed, problems)
}

// setAside takes an idea off the comparison, or puts it back.
func (s *Site) setAside(c echo.Context) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	ideaID, err := number(c, "idea")
	if err != nil {
		return err
	}
	id, err := s.inCase(c, func(ctx context.Context, tx models.DB, actor access.Actor, id int64) error {
		return s.cases.SetAside(ctx, tx, actor, id, ideaID, ticked(typed, "aside"))
	})
	if err != nil {
		return s.ideasAgain(c, url.Values{}, err)
	}
	return s.redirect(c, caseURL(id)+"/ideas")
}

// openedIdea reads the case and the idea in the address.
func (s *Site) openedIdea(c echo.Context) (tool.Case, tool.Candidate, error) {
	opened, err := s.openedCase(c)
	if err != nil {
		return tool.Case{}, tool.Candidate{}, err
	}
	id, err := number(c, "idea")
	if err != nil {
		return tool.Case{}, tool.Candidate{}, err
	}
	idea, ok := opened.Candidate(id)
	if !ok {
		return tool.Case{}, tool.Candidate{}, echo.ErrNotFound
	}
	return opened, idea, nil
}
