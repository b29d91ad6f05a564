package handlers

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
	"hub.salford.ac.uk/ssph/tool"
)

// understanding shows the eighteen factors with what is known of each.
func (s *Site) understanding(c echo.Context) error {
	opened, err := s.openedCase(c)
	if err != nil {
		return err
	}
	return s.showFactors(c, opened, nil, nil)
}

// showFactors draws the page; typed is a form that could not be saved, nil for what stands.
func (s *Site) showFactors(c echo.Context, opened tool.Case, typed url.Values, problems models.Problems) error {
	pic, url := opened.Pack.Picture(opened.Factors), caseURL(opened.ID)
	page := templates.UnderstandingPage{
		ToolFrame: s.caseFrame(c, "Understanding together", partPicture, opened), SaveURL: url + "/understanding", Stars: opened.Pack.Limits.Stars,
		BuildOn: factorLabels(pic.BuildOn), InTheWay: factorLabels(pic.InTheWay), TalkAbout: factorLabels(pic.TalkAbout),
	}
	if opened.State == tool.Deciding {
		page.DecisionURL = url + "/decision"
	}
	page.Problems = problems
	for _, one := range pic.FindOut {
		found := templates.FindOutLine{Label: one.Factor.Label}
		for _, prompt := range opened.Pack.Informing(one.Factor.Code) {
			found.Prompts = append(found.Prompts, prompt.Text)
		}
		page.FindOut = append(page.FindOut, found)
	}
	if typed == nil {
		typed = factorValues(opened)
	}
	for _, count := range pic.Domains {
		page.Domains = append(page.Domains, domainView(opened, count, typed, problems))
	}
	return s.render(c, statusFor(problems), "tool-understanding", page)
}

func factorLabels(list []tool.FactorLine) []string {
	var labels []string
	for _, one := range list {
		label := one.Factor.Label
		if one.Starred {
			label += " (matters most)"
		}
		labels = append(labels, label)
	}
	return labels
}

// domainWords are the three circles as headings.
func domainWords(d tool.Domain) string {
	switch d {
	case tool.Person:
		return "Person"
	case tool.Environment:
		return "Environment"
	case tool.Occupation:
	}
	return "Occupation: what they do now"
}

func domainView(opened tool.Case, count tool.DomainCount, typed url.Values, problems models.Problems) templates.DomainView {
	view := templates.DomainView{
		Key: string(count.Domain), Label: domainWords(count.Domain),
		Count: fmt.Sprintf("%d to build on, %d mixed, %d in the way, %d not spoken of", count.Strengths, count.Mixed, count.InTheWay, count.NotSpoken),
	}
	for _, factor := range opened.Pack.Factors {
		if factor.Domain != count.Domain {
			continue
		}
		code := factor.Code
		one := templates.FactorView{
			Code: code, Label: factor.Label, Low: factor.Low, High: factor.High, TalkAbout: opened.Factors[code].TalkAbout(),
			Person: factorScale(opened.Pack, code+"-person", "How they see it", typed), Practitioner: factorScale(opened.Pack, code+"-mine", "How you see it", typed),
			Evidence: templates.Input{ID: code + "-evidence", Label: "What shows it, in a line", Value: typed.Get(code + "-evidence"), Type: "text", Error: problems.For(code + "-evidence")},
			Star:     templates.NewTick(code+"-star", "Matters most to them", ticked(typed, code+"-star"), problems),
		}
		view.Factors = append(view.Factors, one)
	}
	return view
}

func factorScale(pack tool.Pack, name, label string, typed url.Values) templates.Choices {
	options := []templates.Option{{Value: "", Label: "Not explored"}}
	for n, word := range pack.FactorScale {
		options = append(options, templates.Option{Value: strconv.Itoa(n), Label: word})
	}
	return templates.NewChoices(name, label, typed.Get(name), options)
}

// factorValues are the answers that stand, as the form would send them.
func factorValues(opened tool.Case) url.Values {
	values := url.Values{}
	for code, a := range opened.Factors {
		values.Set(code+"-person", answerText(a.Person))
		values.Set(code+"-mine", answerText(a.Practitioner))
		values.Set(code+"-evidence", a.Evidence)
		if a.Starred {
			values.Set(code+"-star", "yes")
		}
	}
	return values
}

func answerText(a tool.Answer) string {
	if a == tool.DontKnow {
		return ""
	}
	return strconv.Itoa(int(a))
}

// answerOf reads an answer; nothing is "don't know", and what is none becomes one that every rule refuses.
func answerOf(text string) tool.Answer {
	if text == "" {
		return tool.DontKnow
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		n = -2
	}
	return tool.Answer(n)
}

// answerFactors keeps the eighteen, all of them or none. Stars that are taken off come first, so that others can be put on.
func (s *Site) answerFactors(c echo.Context) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	id, err := s.inCase(c, func(ctx context.Context, tx models.DB, actor access.Actor, id int64) error {
		opened, err := s.cases.Open(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		for _, starred := range []bool{false, true} {
			if err := s.keepFactors(ctx, tx, actor, opened, typed, starred); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		return s.done(c, caseURL(id)+"/understanding", "The answers are saved")
	}
	problems, err := told(err)
	if err != nil {
		return err
	}
	opened, err := s.openedCase(c)
	if err != nil {
		return err
	}
	return s.showFactors(c, opened, typed, problems)
}

func (s *Site) keepFactors(ctx context.Context, tx models.DB, actor access.Actor, opened tool.Case, typed url.Values, starred bool) error {
	for _, factor := range opened.Pack.Factors {
		code := factor.Code
		answer := tool.FactorAnswer{
			Person: answerOf(line(typed, code+"-person")), Practitioner: answerOf(line(typed, code+"-mine")),
			Starred: ticked(typed, code+"-star"), Evidence: line(typed, code+"-evidence"),
		}
		if answer.Starred != starred || !typed.Has(code+"-person") || factorStands(opened, code, answer) {
			continue
		}
		if err := s.cases.Answer(ctx, tx, actor, opened.ID, code, answer); err != nil {
			return onFactor(code, err)
		}
	}
	return nil
}

// factorStands says that the answer is the one that is kept already.
func factorStands(opened tool.Case, code string, answer tool.FactorAnswer) bool {
	stands, known := opened.Factors[code]
	if !known {
		stands = tool.FactorAnswer{Person: tool.DontKnow, Practitioner: tool.DontKnow}
	}
	return stands == answer
}

// onFactor puts a problem beside the field of its factor.
func onFactor(code string, err error) error {
	problems := models.ProblemsOf(err)
	if len(problems) == 0 {
		return err
	}
	fields := strings.NewReplacer("starred", "star", "answer", "person")
	var moved models.Problems
	for _, p := range problems {
		moved.Add(code+"-"+fields.Replace(p.Field), "%s", p.Msg)
	}
	return moved.Err()
}
