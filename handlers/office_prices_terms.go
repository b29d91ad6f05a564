package handlers

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// mostSteps is how many steps the form of cancellation terms offers, with the last, which is for what no other covers.
const mostSteps = 5

// termsEntry is what was typed about cancellation terms: the steps that have something in them, and the last.
type termsEntry struct {
	Name, From string
	Steps      []templates.TariffStepFields
}

// termsEntryFrom reads the steps. One left empty is left out, so the others move up and keep their order.
func termsEntryFrom(typed url.Values) termsEntry {
	f := termsEntry{Name: line(typed, "name"), From: line(typed, "from")}
	for n := 1; n < mostSteps; n++ {
		days, fee := line(typed, billing.StepField("days", n)), line(typed, billing.StepField("fee", n))
		if days != "" || fee != "" {
			f.Steps = append(f.Steps, templates.TariffStepFields{Days: days, Fee: fee})
		}
	}
	f.Steps = append(f.Steps, templates.TariffStepFields{Fee: line(typed, "fee-last"), FeeField: "fee-last"})
	return f
}

// ladder reads the form. What it holds beyond that is billing's to judge.
func (f termsEntry) ladder() (n billing.NewLadder, p models.Problems) {
	n.Name = f.Name
	for i, typed := range f.Steps {
		step, last := billing.Step{}, i == len(f.Steps)-1
		var err error
		if step.Fee, err = models.ParsePercent(typed.Fee); err != nil {
			p.Add(stepField("fee", i, last), "Enter a percentage from 0 to 100 with at most three decimals, like 50")
		}
		if !last {
			if step.Days, err = strconv.Atoi(typed.Days); err != nil || step.Days < 1 {
				p.Add(stepField("days", i, last), "Enter the days of notice as a whole number, like 28")
			}
		}
		n.Steps = append(n.Steps, step)
	}
	n.From = typedFrom(&p, f.From)
	return n, p
}

// stepField is the field of step i on the form; the last step stands apart.
func stepField(what string, i int, last bool) string {
	if last {
		return what + "-last"
	}
	return billing.StepField(what, i+1)
}

// onForm moves what billing says about its last step to the field of the last step of the form.
func (f termsEntry) onForm(err error) error {
	found := models.ProblemsOf(err)
	if found == nil {
		return err
	}
	for _, one := range found {
		if one.Field == billing.StepField("fee", len(f.Steps)) || one.Field == billing.StepField("days", len(f.Steps)) {
			one.Field = "fee-last"
		}
	}
	return found.Err()
}

// tariffTerms shows the form for cancellation terms, filled in with those that count today.
func (s *Site) tariffTerms(c echo.Context) error {
	tariff, err := billing.LoadTariff(c.Request().Context(), s.db)
	if err != nil {
		return err
	}
	var f termsEntry
	for _, step := range tariff.Ladder {
		f.Steps = append(f.Steps, templates.TariffStepFields{Days: strconv.Itoa(step.Days), Fee: step.Fee.Decimal()})
	}
	return s.tariffTermsPage(c, http.StatusOK, f, nil)
}

func (s *Site) tariffTermsPage(c echo.Context, status int, form termsEntry, problems models.Problems) error {
	page := templates.TariffTermsPage{Page: s.officePage(c, "Change the cancellation terms", "prices"), Name: form.Name, From: form.From}
	page.Problems = problems
	last := form.Steps[len(form.Steps)-1]
	for n := 1; n < max(mostSteps, len(form.Steps)); n++ {
		step := templates.TariffStepFields{N: n, DaysField: billing.StepField("days", n), FeeField: billing.StepField("fee", n)}
		if n < len(form.Steps) {
			step.Days, step.Fee = form.Steps[n-1].Days, form.Steps[n-1].Fee
		}
		page.Steps = append(page.Steps, step)
	}
	page.Steps = append(page.Steps, templates.TariffStepFields{N: len(page.Steps) + 1, FeeField: "fee-last", Fee: last.Fee})
	return s.render(c, status, "office-prices-terms", page)
}

// tariffTermsEnter enters cancellation terms, after a page that says what changes.
func (s *Site) tariffTermsEnter(c echo.Context) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	form, actor := termsEntryFrom(typed), actorOf(c)
	ladder, problems := form.ladder()
	return s.enterTariff(c, typed, tariffEntry{
		url: officePricesURL + "/terms", heading: "Check these terms", problems: problems, fields: form.fields(),
		what: ladder.Name + ": " + ladder.Steps.Words(), from: ladder.From,
		show: func(c echo.Context, status int, problems models.Problems) error {
			return s.tariffTermsPage(c, status, form, problems)
		},
		preview: func(ctx context.Context) (billing.Changes, error) {
			changes, err := billing.PreviewLadder(ctx, s.db, actor, ladder)
			return changes, form.onForm(err)
		},
		enter: func(ctx context.Context, tx models.DB) error {
			return form.onForm(billing.ScheduleLadder(ctx, tx, actor, ladder))
		},
	})
}

// fields are what was typed, to be sent again from the page that shows what changes.
func (f termsEntry) fields() []templates.Choice {
	fields := []templates.Choice{{Value: "name", Label: f.Name}, {Value: "from", Label: f.From}}
	for i, step := range f.Steps {
		last := i == len(f.Steps)-1
		if !last {
			fields = append(fields, templates.Choice{Value: stepField("days", i, last), Label: step.Days})
		}
		fields = append(fields, templates.Choice{Value: stepField("fee", i, last), Label: step.Fee})
	}
	return fields
}
