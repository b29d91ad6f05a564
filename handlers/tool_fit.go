package handlers

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
	"hub.salford.ac.uk/ssph/tool"
)

// fit shows how well one idea fits, why, and what would help most.
func (s *Site) fit(c echo.Context) error {
	opened, idea, err := s.openedIdea(c)
	if err != nil {
		return err
	}
	return s.showFit(c, opened, idea, nil)
}

func (s *Site) showFit(c echo.Context, opened tool.Case, idea tool.Candidate, problems models.Problems) error {
	pack, url := opened.Pack, ideaURL(opened.ID, idea.ID)
	fit, err := pack.Fit(idea.Ratings)
	if err != nil {
		return err
	}
	page := templates.FitPage{
		ToolFrame: s.caseFrame(c, idea.Name, partFit, opened), Name: idea.Name, IdeasURL: caseURL(opened.ID) + "/ideas", AnswersURL: url + "/answers",
		Picture: fitPicture(pack, fit), Caption: fitCaption(fit), Worked: workedOut(pack, fit), Pairs: pairPanels(pack, idea, fit),
	}
	page.Problems = problems
	page.Figure, page.Band, page.Sentence = overall(pack, fit)
	if page.Others, err = otherIdeas(opened, idea); err != nil {
		return err
	}
	if page.Helps, err = helpRows(pack, idea, fit); err != nil {
		return err
	}
	if page.Together, err = together(pack, idea, fit); err != nil {
		return err
	}
	if page.Suggested, err = suggested(opened, idea.ID); err != nil {
		return err
	}
	return s.render(c, statusFor(problems), "tool-fit", page)
}

// overall is the figure, the words beside it, and the sentence below for what is not yet sure.
func overall(pack tool.Pack, fit tool.Fit) (figure, band, sentence string) {
	switch {
	case fit.Blocked(), fit.NotEnough:
		return "", pack.Sentence(fit), ""
	case fit.Band == nil:
		return strconv.Itoa(fit.Low.Percent()) + " to " + strconv.Itoa(fit.High.Percent()), "not sure yet", pack.Sentence(fit) + "."
	case fit.Low != fit.High:
		return strconv.Itoa(fit.Low.Percent()) + " to " + strconv.Itoa(fit.High.Percent()), fit.Band.Fitting(), ""
	}
	if len(fit.IfFixed) > 0 {
		sentence = "If we fix: " + strings.Join(itemLabels(pack, fit.IfFixed), "; ") + "."
	}
	return strconv.Itoa(fit.Low.Percent()), fit.Band.Fitting(), sentence
}

func itemLabels(pack tool.Pack, codes []string) []string {
	var labels []string
	for _, code := range codes {
		item, _ := pack.Item(code)
		labels = append(labels, item.Label)
	}
	return labels
}

func otherIdeas(opened tool.Case, shown tool.Candidate) ([]templates.OtherIdea, error) {
	var others []templates.OtherIdea
	for _, one := range opened.Candidates {
		if one.ID == shown.ID {
			continue
		}
		fit, err := opened.Pack.Fit(one.Ratings)
		if err != nil {
			return nil, err
		}
		label := one.Name
		switch {
		case fit.Blocked():
			label += " (blocked)"
		case fit.Band != nil && fit.Low == fit.High:
			label += " (" + strconv.Itoa(fit.Low.Percent()) + ")"
		}
		others = append(others, templates.OtherIdea{Label: label, URL: ideaURL(opened.ID, one.ID)})
	}
	return others, nil
}

// suggested is what the rules propose, with the words of the button when there is something to agree to.
func suggested(opened tool.Case, shown int64) (templates.SuggestedStep, error) {
	said, err := opened.Pack.Suggest(opened.Standing())
	if err != nil {
		return templates.SuggestedStep{}, err
	}
	step := templates.SuggestedStep{
		Text: said.Text, Rule: ruleWords(said.Rule), Inputs: said.Inputs, ChooseURL: caseURL(opened.ID) + "/choice", IdeaID: said.Candidate,
		OtherURL: caseURL(opened.ID) + "/choice?idea=" + strconv.FormatInt(shown, 10),
	}
	if said.Rule == "R5" || said.Rule == "R6" {
		step.Agree, step.Inputs = "Agree, and plan it", nil
		if best, ok := opened.Candidate(said.Candidate); ok && best.ID != shown {
			step.Agree, step.Text = "Agree, and plan "+best.Name, said.Text+": "+best.Name
		}
	}
	return step, nil
}

// ruleWords is R5 as people read it: Rule 5.
func ruleWords(rule string) string {
	if rule == "" {
		return ""
	}
	return "Rule " + strings.TrimPrefix(rule, "R")
}

// chooseOther is the form for something else than what was suggested.
func (s *Site) chooseOther(c echo.Context) error {
	opened, err := s.openedCase(c)
	if err != nil {
		return err
	}
	return s.showChoice(c, opened, c.QueryParam("idea"), "", nil)
}

func (s *Site) showChoice(c echo.Context, opened tool.Case, chosen, reason string, problems models.Problems) error {
	id, _ := strconv.ParseInt(chosen, 10, 64) // anything else is no idea
	step, err := suggested(opened, id)
	if err != nil {
		return err
	}
	options := []templates.Option{}
	for _, one := range opened.Candidates {
		options = append(options, templates.Option{Value: strconv.FormatInt(one.ID, 10), Label: one.Name})
	}
	options = append(options, templates.Option{Value: "0", Label: "None of these"})
	url := caseURL(opened.ID)
	page := templates.ChoosePage{
		ToolFrame: s.caseFrame(c, "Choose differently", partFit, opened), Suggested: step, Reason: reason, SaveURL: url + "/choice", BackURL: url + "/fit",
		Ideas: templates.NewChoices("idea", "What do you go on with?", chosen, options),
	}
	page.Problems = problems
	return s.render(c, statusFor(problems), "tool-choose", page)
}

// choose keeps what was made of the suggestion. Agreeing to plan an idea also takes the case on to the plan, when it waits for that.
func (s *Site) choose(c echo.Context) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	made := tool.Choosing{Accept: ticked(typed, "accept"), Reason: lines(typed, "reason")}
	made.CandidateID, _ = strconv.ParseInt(line(typed, "idea"), 10, 64) // anything else is no idea
	id, err := s.inCase(c, func(ctx context.Context, tx models.DB, actor access.Actor, id int64) error {
		opened, err := s.cases.Open(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		if err := s.cases.Choose(ctx, tx, actor, id, made); err != nil || opened.State != tool.Matching || made.CandidateID == 0 {
			return err
		}
		return s.cases.Move(ctx, tx, actor, id, tool.Move{To: tool.Planning, Agreed: true})
	})
	switch {
	case err == nil && made.CandidateID == 0:
		return s.done(c, caseURL(id)+"/ideas", "Your choice is kept, with the reason")
	case err == nil:
		return s.done(c, caseURL(id)+"/plan", "Your choice is kept. Now write the plan together")
	}
	problems, err := told(err)
	if err != nil {
		return err
	}
	opened, err := s.openedCase(c)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(opened.Candidates, func(one tool.Candidate) bool { return one.ID == made.CandidateID })
	if made.Accept && at >= 0 {
		return s.showFit(c, opened, opened.Candidates[at], problems)
	}
	return s.showChoice(c, opened, line(typed, "idea"), made.Reason, problems)
}
