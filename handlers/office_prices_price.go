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

// priceEntry is what was typed about a price.
type priceEntry struct {
	templates.TariffPriceFields
	From string
}

func priceEntryFrom(typed url.Values) priceEntry {
	fields := templates.TariffPriceFields{Route: line(typed, "route"), Format: line(typed, "format"), Price: line(typed, "price")}
	return priceEntry{fields, line(typed, "from")}
}

// price reads the form. What it holds beyond that is billing's to judge.
func (f priceEntry) price() (n billing.NewPrice, p models.Problems) {
	n.Route, n.Format = billing.Route(f.Route), billing.Format(f.Format)
	var err error
	if n.Net, err = models.ParsePence(f.Price); err != nil {
		p.Add("price", "Enter the price in pounds, like 228 or 2,440.50")
	}
	n.From = typedFrom(&p, f.From)
	return n, p
}

// tariffPrice shows the form for a price, with what is sold filled in from the address.
func (s *Site) tariffPrice(c echo.Context) error {
	return s.tariffPricePage(c, http.StatusOK, priceEntryFrom(c.QueryParams()), nil)
}

func (s *Site) tariffPricePage(c echo.Context, status int, form priceEntry, problems models.Problems) error {
	page := templates.TariffPricePage{Page: s.officePage(c, "Change a price", "prices"), Form: form.TariffPriceFields, From: form.From}
	page.Problems = problems
	return s.render(c, status, "office-prices-price", page)
}

// tariffPriceEnter enters a price, after a page that says what changes.
func (s *Site) tariffPriceEnter(c echo.Context) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	form, actor := priceEntryFrom(typed), actorOf(c)
	price, problems := form.price()
	return s.enterTariff(c, typed, tariffEntry{
		url: officePricesURL + "/price", heading: "Check this price", problems: problems, from: price.From,
		what: soldWords(price.Route, price.Format) + ": " + price.Net.String() + " before VAT",
		fields: []templates.Choice{
			{Value: "route", Label: form.Route}, {Value: "format", Label: form.Format}, {Value: "price", Label: form.Price}, {Value: "from", Label: form.From},
		},
		show: func(c echo.Context, status int, problems models.Problems) error {
			return s.tariffPricePage(c, status, form, problems)
		},
		preview: func(ctx context.Context) (billing.Changes, error) {
			return billing.PreviewPrice(ctx, s.db, actor, price)
		},
		enter: func(ctx context.Context, tx models.DB) error { return billing.SchedulePrice(ctx, tx, actor, price) },
	})
}
