package handlers

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
	"hub.salford.ac.uk/ssph/tool"
)

// handOver is the form that passes a case to a colleague.
func (s *Site) handOver(c echo.Context) error {
	opened, err := s.openedCase(c)
	if err != nil {
		return err
	}
	return s.showHandOver(c, opened, url.Values{}, nil)
}

func (s *Site) showHandOver(c echo.Context, opened tool.Case, typed url.Values, problems models.Problems) error {
	var colleagues []tool.Colleague
	_, err := s.inCase(c, func(ctx context.Context, tx models.DB, actor access.Actor, id int64) (err error) {
		colleagues, err = s.cases.Colleagues(ctx, tx, actor, id)
		return err
	})
	if err != nil {
		return err
	}
	var options []templates.Option
	for _, one := range colleagues {
		options = append(options, templates.Option{Value: strconv.FormatInt(one.PersonID, 10), Label: one.Name})
	}
	page := templates.HandOverPage{
		ToolFrame: s.caseFrame(c, "Hand this case to a colleague", "", opened), Held: heldBy(opened), Reason: lines(typed, "reason"),
		Colleagues: templates.NewChoices("colleague", "To whom?", line(typed, "colleague"), options),
		SaveURL:    caseURL(opened.ID) + "/handover", BackURL: caseURL(opened.ID) + "/process",
	}
	page.Problems, page.Colleagues.Error = problems, problems.For("colleague")
	if !mayWrite(opened) {
		page.Colleagues.Options = nil
	}
	return s.render(c, statusFor(problems), "tool-handover", page)
}

// handOverTo passes a case to a colleague.
func (s *Site) handOverTo(c echo.Context) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	to, _ := strconv.ParseInt(line(typed, "colleague"), 10, 64) // anything else is nobody
	id, err := s.inCase(c, func(ctx context.Context, tx models.DB, actor access.Actor, id int64) error {
		return s.cases.HandOver(ctx, tx, actor, id, to, lines(typed, "reason"))
	})
	if err == nil {
		return s.done(c, caseURL(id)+"/process", "The case is handed over")
	}
	problems, err := told(err)
	if err != nil {
		return err
	}
	opened, err := s.openedCase(c)
	if err != nil {
		return err
	}
	return s.showHandOver(c, opened, typed, problems)
}

// heldBy says who has a case, and since when.
func heldBy(opened tool.Case) string {
	since := opened.CreatedAt
	if n := len(opened.Handovers); n > 0 {
		since = opened.Handovers[n-1].At
	}
	return opened.Names[opened.HeldBy] + " has it since " + models.DateOf(since).String() + "."
}

// eventLines are the moves and the handovers, the newest first, with who and why.
func eventLines(opened tool.Case) []templates.EventLine {
	type moment struct {
		at   time.Time
		line templates.EventLine
	}
	var all []moment
	add := func(at time.Time, by int64, what, reason string) {
		all = append(all, moment{at, templates.EventLine{When: models.When(at) + ", " + opened.Names[by], What: what, Reason: reason}})
	}
	for _, e := range opened.Events {
		what := opened.Pack.State(e.To).Label
		if e.From == e.To {
			what += ", once more"
		}
		add(e.At, e.By, what, e.Reason)
	}
	for _, h := range opened.Handovers {
		add(h.At, h.By, "Handed over from "+opened.Names[h.From]+" to "+opened.Names[h.To], h.Reason)
	}
	slices.SortStableFunc(all, func(a, b moment) int { return a.at.Compare(b.at) })
	var lines []templates.EventLine
	for _, m := range slices.Backward(all) {
		lines = append(lines, m.line)
	}
	return lines
}
