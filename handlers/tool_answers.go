package handlers

import (
	"context"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
	"hub.salford.ac.uk/ssph/tool"
)

// answers are the twelve questions about one idea.
func (s *Site) answers(c echo.Context) error {
	opened, idea, err := s.openedIdea(c)
	if err != nil {
		return err
	}
	return s.showAnswers(c, opened, idea, answersTyped{values: ratingValues(idea)})
}

// answersTyped are the answers as the form shows them.
type answersTyped struct {
	values   url.Values
	problems models.Problems
	conflict bool // somebody else saved meanwhile
}

func ratingValues(idea tool.Candidate) url.Values {
	values := url.Values{}
	for code, r := range idea.Ratings {
		values.Set(code, answerText(r.Answer))
		values.Set(code+"-planned", answerText(r.Planned))
		values.Set(code+"-change", r.Adjustment)
	}
	return values
}

func (s *Site) showAnswers(c echo.Context, opened tool.Case, idea tool.Candidate, typed answersTyped) error {
	url, stands := ideaURL(opened.ID, idea.ID), ratingValues(idea)
	if typed.conflict {
		takeOver(typed.values, stands)
	}
	page := templates.AnswersPage{ToolFrame: s.caseFrame(c, idea.Name, partFit, opened), Name: idea.Name, SaveURL: url + "/answers", BackURL: url}
	page.Problems, page.Version, page.Conflict = typed.problems, idea.Version, typed.conflict
	for _, pair := range []tool.Pair{tool.PO, tool.PE, tool.EO} {
		group := templates.PairQuestions{Label: pair.Label()}
		for _, item := range opened.Pack.FitItems {
			if item.Pair == pair {
				q := question(opened.Pack, item, typed.values, typed.problems)
				if typed.conflict && ratingDiffers(item.Code, typed.values, stands) {
					q.Theirs = ratingWords(opened.Pack, item, idea.Ratings)
				}
				group.Questions = append(group.Questions, q)
			}
		}
		page.Pairs = append(page.Pairs, group)
	}
	return s.render(c, statusFor(typed.problems), "tool-answers", page)
}

func question(pack tool.Pack, item tool.FitItem, typed url.Values, problems models.Problems) templates.Question {
	scale := []templates.Option{}
	better := []templates.Option{{Label: "No change planned"}}
	for n, word := range pack.AnswerScale {
		scale = append(scale, templates.Option{Value: strconv.Itoa(n), Label: word})
		if n > 0 {
			better = append(better, templates.Option{Value: strconv.Itoa(n), Label: word})
		}
	}
	scale = append(scale, templates.Option{Value: "", Label: "Don’t know"})
	changes := []templates.Option{{Label: "Something else, or none"}}
	for _, a := range item.Adjustments {
		changes = append(changes, templates.Option{Value: a.Code, Label: a.Text})
	}
	q := templates.Question{
		Code: item.Code, Label: item.Label, Answer: templates.NewChoices(item.Code, item.Question, typed.Get(item.Code), scale),
		Planned: templates.NewChoices(item.Code+"-planned", "What it makes of the answer", typed.Get(item.Code+"-planned"), better),
		Change:  templates.NewChoices(item.Code+"-change", "The change", typed.Get(item.Code+"-change"), changes),
	}
	q.Answer.Inline, q.Answer.Small, q.Answer.Error = true, true, problems.For(item.Code)
	q.Open = typed.Get(item.Code+"-planned") != ""
	return q
}

// rate keeps the answers and shows the fit.
func (s *Site) rate(c echo.Context) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	ideaID, err := number(c, "idea")
	if err != nil {
		return err
	}
	id, err := s.inCase(c, func(ctx context.Context, tx models.DB, actor access.Actor, id int64) error {
		opened, err := s.cases.Open(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		return s.cases.RateFrom(ctx, tx, actor, id, ideaID, versionIn(typed), ratingsFrom(opened.Pack, typed))
	})
	if err == nil {
		return s.redirect(c, ideaURL(id, ideaID))
	}
	again := answersTyped{values: typed}
	cause := err
	if again.problems, err = told(cause); err != nil {
		return err
	}
	opened, idea, err := s.openedIdea(c)
	if err != nil {
		return err
	}
	again.conflict = models.KindOf(cause) == models.KindConflict && !opened.MatchingLocked() && mayWrite(opened)
	return s.showAnswers(c, opened, idea, again)
}

func ratingsFrom(pack tool.Pack, typed url.Values) tool.Ratings {
	ratings := tool.Ratings{}
	for _, item := range pack.FitItems {
		if typed.Has(item.Code) {
			ratings[item.Code] = tool.Rating{
				Answer: answerOf(line(typed, item.Code)), Planned: answerOf(line(typed, item.Code+"-planned")), Adjustment: line(typed, item.Code+"-change"),
			}
		}
	}
	return ratings
}

func ratingDiffers(code string, typed, stands url.Values) bool {
	for _, part := range []string{"", "-planned", "-change"} {
		if line(typed, code+part) != line(stands, code+part) {
			return true
		}
	}
	return false
}

// ratingWords is the answer that stands, in words.
func ratingWords(pack tool.Pack, item tool.FitItem, ratings tool.Ratings) string {
	r, known := ratings[item.Code]
	if !known || r.Answer == tool.DontKnow {
		return "Don’t know"
	}
	words := pack.AnswerScale[r.Answer]
	if r.Planned != tool.DontKnow {
		words += ", planned: " + lowerWord(pack.AnswerScale[r.Planned])
	}
	return words
}
