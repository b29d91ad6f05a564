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
	return s.showFactors(c, opened, factorsTyped{})
}

// factorsTyped is a form about the factors that could not be saved.
type factorsTyped struct {
	values   url.Values // nil for what stands
	problems models.Problems
	conflict bool // somebody else saved meanwhile
}

func (s *Site) showFactors(c echo.Context, opened tool.Case, again factorsTyped) error {
	typed, problems := again.values, again.problems
	pic, url := opened.Pack.Picture(opened.Factors), caseURL(opened.ID)
	page := templates.UnderstandingPage{
		ToolFrame: s.caseFrame(c, "Understanding together", partPicture, opened), SaveURL: url + "/understanding", Stars: opened.Pack.Limits.Stars,
		Version: opened.FactorsVersion, Conflict: again.conflict,
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
	stands := factorValues(opened)
	switch {
	case typed == nil:
		typed = stands
	case again.conflict:
		takeOver(typed, stands)
	}
	for _, count := range pic.Domains {
		page.Domains = append(page.Domains, domainView(opened, count, factorsTyped{typed, problems, again.conflict}, stands))
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

func domainView(opened tool.Case, count tool.DomainCount, again factorsTyped, stands url.Values) templates.DomainView {
	typed, problems := again.values, again.problems
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
		one.Person.Error = problems.For(code + "-person")
		if again.conflict && factorDiffers(code, typed, stands) {
			one.Theirs = factorWords(opened.Pack, opened.Factors, code)
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
	if err != nil || n < 0 {
		return noAnswer
	}
	return tool.Answer(n)
}

// noAnswer is what no form of ours sends.
const noAnswer tool.Answer = -2

// answerFactors keeps the eighteen, all of them or none.
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
		return s.cases.AnswerFrom(ctx, tx, actor, id, versionIn(typed), factorsFrom(opened.Pack, typed))
	})
	if err == nil {
		return s.done(c, caseURL(id)+"/understanding", "The answers are saved")
	}
	again := factorsTyped{values: typed, conflict: models.KindOf(err) == models.KindConflict}
	if again.problems, err = told(err); err != nil {
		return err
	}
	opened, err := s.openedCase(c)
	if err != nil {
		return err
	}
	for _, p := range again.problems {
		p.Field = strings.NewReplacer("-starred", "-star", "-answer", "-person").Replace(p.Field)
	}
	again.conflict = again.conflict && mayWrite(opened)
	return s.showFactors(c, opened, again)
}

// versionIn is the version that a page began from; anything that is no number is none.
func versionIn(typed url.Values) int {
	n, err := strconv.Atoi(line(typed, "version"))
	if err != nil {
		return 0
	}
	return n
}

// factorsFrom reads the factors that a form sent.
func factorsFrom(pack tool.Pack, typed url.Values) tool.FactorAnswers {
	answers := tool.FactorAnswers{}
	for _, factor := range pack.Factors {
		code := factor.Code
		if typed.Has(code + "-person") {
			answers[code] = tool.FactorAnswer{
				Person: answerOf(line(typed, code+"-person")), Practitioner: answerOf(line(typed, code+"-mine")),
				Starred: ticked(typed, code+"-star"), Evidence: line(typed, code+"-evidence"),
			}
		}
	}
	return answers
}

// factorDiffers says that what was typed of a factor is not what stands.
func factorDiffers(code string, typed, stands url.Values) bool {
	for _, part := range []string{"-person", "-mine", "-evidence", "-star"} {
		if line(typed, code+part) != line(stands, code+part) {
			return true
		}
	}
	return false
}

// factorWords is what stands of a factor, in words.
func factorWords(pack tool.Pack, answers tool.FactorAnswers, code string) string {
	a, known := answers[code]
	if !known {
		return "Not explored"
	}
	word := func(one tool.Answer) string {
		if one == tool.DontKnow {
			return "not explored"
		}
		return lowerWord(pack.FactorScale[one])
	}
	words := "They see it: " + word(a.Person) + ". You see it: " + word(a.Practitioner)
	if a.Evidence != "" {
		words += ". “" + a.Evidence + "”"
	}
	if a.Starred {
		words += ". It matters most to them"
	}
	return words
}

// takeOver fills what is empty in a form with what stands: nothing that was typed is lost by it, and nothing that somebody else has
// saved meanwhile is blanked by a page that never showed it.
func takeOver(typed, stands url.Values) {
	for name := range stands {
		if typed.Get(name) == "" {
			typed.Set(name, stands.Get(name))
		}
	}
}
