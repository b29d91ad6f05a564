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

// tariffEntry is one entry of the office on its way: what was typed, what it would change, and how it is made.
type tariffEntry struct {
	url      string // of its form
	heading  string // of the page that shows what changes
	what     string // in words: "Open access, face to face: £240.00 before VAT"
	from     models.Date
	fields   []templates.Choice
	problems models.Problems // what could not be read
	show     func(c echo.Context, status int, problems models.Problems) error
	preview  func(ctx context.Context) (billing.Changes, error)
	enter    func(ctx context.Context, tx models.DB) error
}

// enterTariff answers a form of the tariff: first the page that says what changes, then the entry itself, or the form again. A figure
// far from the one it replaces is entered only once somebody has ticked that it was checked.
func (s *Site) enterTariff(c echo.Context, typed url.Values, e tariffEntry) error {
	do, sure := typed.Get("do"), ticked(typed, "sure")
	if do == "change" {
		return e.show(c, http.StatusOK, nil)
	}
	changes, err := e.preview(c.Request().Context())
	if do == "enter" && e.problems == nil {
		if err == nil && len(changes.Unusual) > 0 && !sure {
			var p models.Problems
			p.Add("sure", "Tick that you have checked the figure, or change it")
			return s.tariffCheck(c, e, changes, p)
		}
		return s.tariffEntered(c, e)
	}
	problems, err := refused(err)
	e.problems.And(problems)
	switch {
	case e.problems != nil:
		return e.show(c, http.StatusUnprocessableEntity, e.problems)
	case err != nil:
		return err
	}
	return s.tariffCheck(c, e, changes, nil)
}

// tariffCheck shows what an entry changes, before it is made.
func (s *Site) tariffCheck(c echo.Context, e tariffEntry, changes billing.Changes, problems models.Problems) error {
	page := templates.TariffCheckPage{
		Page: s.officePage(c, e.heading, "prices"), URL: e.url, Heading: e.heading, Fields: e.fields, Button: "Enter it from " + changes.From.String(),
		Changes: tariffChanges(changes, "Until then", "From "+changes.From.String()), Unusual: changes.Unusual,
	}
	page.Background, page.Problems = templates.White, problems
	return s.render(c, statusFor(problems), "office-prices-check", page)
}

func (s *Site) tariffEntered(c echo.Context, e tariffEntry) error {
	ctx := c.Request().Context()
	problems, err := refused(s.db.InTx(ctx, func(tx models.DB) error { return e.enter(ctx, tx) }))
	if err != nil {
		return err
	}
	if problems != nil {
		return e.show(c, http.StatusUnprocessableEntity, problems)
	}
	return s.done(c, officePricesURL, "Entered: "+e.what+", from "+e.from.String()+". Bookings and invoices made before are not changed.")
}

// typedFrom reads the first day of an entry.
func typedFrom(p *models.Problems, typed string) models.Date {
	day, ok := typedDate(typed)
	if !ok {
		p.Add("from", "Enter a real day, like 1 April 2027")
	}
	return day
}

// tariffChanges is what would be different, as the page shows it.
func tariffChanges(c billing.Changes, before, after string) templates.TariffChanges {
	view := templates.TariffChanges{Before: before, After: after, Happens: c.Happens}
	for _, p := range c.Prices {
		view.Prices = append(view.Prices, templates.TariffPriceChange{
			What: soldWords(p.Route, p.Format) + ", " + unitWords(p.Unit), Before: tariffAmount(p.Before), After: tariffAmount(p.After),
		})
	}
	for _, v := range c.Values {
		view.Values = append(view.Values, templates.TariffValueChange(v))
	}
	return view
}

func tariffAmount(a billing.Amount) templates.TariffAmount {
	return templates.TariffAmount{Net: a.Net, VAT: a.VAT, Gross: a.Gross()}
}
