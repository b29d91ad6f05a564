package handlers

import (
	"context"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// figureEntry is what was typed about a setting.
type figureEntry struct{ Figure, Value, From string }

func figureEntryFrom(typed url.Values) figureEntry {
	return figureEntry{line(typed, "figure"), line(typed, "value"), line(typed, "from")}
}

// setting reads the form. What it holds beyond the day is access's to judge.
func (f figureEntry) setting() (n access.NewSetting, p models.Problems) {
	n = access.NewSetting{Name: f.Figure, Value: f.Value}
	n.From = typedFrom(&p, f.From)
	return n, p
}

// tariffFigure shows the form for a setting, with the one the address names.
func (s *Site) tariffFigure(c echo.Context) error {
	return s.tariffFigurePage(c, http.StatusOK, figureEntryFrom(c.QueryParams()), nil)
}

func (s *Site) tariffFigurePage(c echo.Context, status int, form figureEntry, problems models.Problems) error {
	values, err := access.SettingValues(c.Request().Context(), s.db, actorOf(c))
	if err != nil {
		return err
	}
	page := templates.TariffFigurePage{Page: s.officePage(c, "Change a figure", "prices"), Figure: form.Figure, Value: form.Value, From: form.From}
	page.Problems = problems
	for _, v := range nowOf(values, s.db.Today()) {
		page.Figures = append(page.Figures, templates.Choice{Value: v.Name, Label: v.Note + ": now " + v.Words()})
	}
	return s.render(c, status, "office-prices-figure", page)
}

// tariffFigureEnter enters a setting, after a page that says what changes.
func (s *Site) tariffFigureEnter(c echo.Context) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	form, actor := figureEntryFrom(typed), actorOf(c)
	setting, problems := form.setting()
	values, err := access.SettingValues(c.Request().Context(), s.db, actor)
	if err != nil {
		return err
	}
	return s.enterTariff(c, typed, tariffEntry{
		url: officePricesURL + "/figure", heading: "Check this figure", problems: problems,
		what: figureWords(values, setting), from: setting.From,
		fields: []templates.Choice{{Value: "figure", Label: form.Figure}, {Value: "value", Label: form.Value}, {Value: "from", Label: form.From}},
		show: func(c echo.Context, status int, problems models.Problems) error {
			return s.tariffFigurePage(c, status, form, problems)
		},
		preview: func(ctx context.Context) (billing.Changes, error) {
			return billing.PreviewSetting(ctx, s.db, actor, setting)
		},
		enter: func(ctx context.Context, tx models.DB) error { return access.ScheduleSetting(ctx, tx, actor, setting) },
	})
}

// figureWords is a new value as it is read: "Days to pay an invoice: 20 days".
func figureWords(values []access.SettingValue, n access.NewSetting) string {
	for _, v := range values {
		if v.Name == n.Name {
			return v.Note + ": " + v.With(n.Whole())
		}
	}
	return n.Whole()
}
