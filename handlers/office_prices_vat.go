package handlers

import (
	"context"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// vatEntry is what was typed about VAT.
type vatEntry struct {
	templates.TariffVATFields
	From string
}

func vatEntryFrom(typed url.Values) vatEntry {
	fields := templates.TariffVATFields{Category: line(typed, "category"), Rate: line(typed, "rate"), Reason: line(typed, "reason")}
	return vatEntry{fields, line(typed, "from")}
}

// row reads the form. What it holds beyond that is billing's to judge.
func (f vatEntry) row() (n billing.NewVAT, p models.Problems) {
	n.Category, n.Reason = billing.VATCategory(f.Category), f.Reason
	if n.Category == billing.StandardRated {
		var err error
		if n.Rate, err = models.ParsePercent(f.Rate); err != nil {
			p.Add("rate", "Enter the rate in percent, more than 0 and up to 100, like 20")
		}
	}
	n.From = typedFrom(&p, f.From)
	return n, p
}

// tariffVAT shows the empty form for VAT.
func (s *Site) tariffVAT(c echo.Context) error {
	return s.tariffVATPage(c, http.StatusOK, vatEntry{}, nil)
}

func (s *Site) tariffVATPage(c echo.Context, status int, form vatEntry, problems models.Problems) error {
	page := templates.TariffVATPage{Page: s.officePage(c, "Change VAT", "prices"), Form: form.TariffVATFields, From: form.From}
	page.Problems = problems
	return s.render(c, status, "office-prices-vat", page)
}

// tariffVATEnter enters how sales are treated, after a page that says what changes.
func (s *Site) tariffVATEnter(c echo.Context) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	form, actor := vatEntryFrom(typed), actorOf(c)
	row, problems := form.row()
	return s.enterTariff(c, typed, tariffEntry{
		url: officePricesURL + "/vat", heading: "Check this change of VAT", problems: problems, what: row.Words(), from: row.From,
		fields: []templates.Choice{
			{Value: "category", Label: form.Category}, {Value: "rate", Label: form.Rate}, {Value: "reason", Label: form.Reason}, {Value: "from", Label: form.From},
		},
		show: func(c echo.Context, status int, problems models.Problems) error {
			return s.tariffVATPage(c, status, form, problems)
		},
		preview: func(ctx context.Context) (billing.Changes, error) { return billing.PreviewVAT(ctx, s.db, actor, row) },
		enter:   func(ctx context.Context, tx models.DB) error { return billing.ScheduleVAT(ctx, tx, actor, row) },
	})
}
