package handlers

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// pricesForm is what the calculator was asked; an empty number of people asks nothing yet.
type pricesForm struct {
	People string
	Format string
}

func pricesFrom(typed url.Values) pricesForm {
	f := pricesForm{People: line(typed, "people"), Format: line(typed, "format")}
	if f.Format == "" {
		f.Format = string(billing.FaceToFace)
	}
	return f
}

// check reads the form: the number is 0 when none, or nonsense, was typed.
func (f *pricesForm) check() (people int, problems models.Problems) {
	if f.Format != string(billing.FaceToFace) && f.Format != string(billing.Online) {
		problems.Add("format", "Choose face to face or online")
		f.Format = string(billing.FaceToFace)
	}
	if f.People == "" {
		return 0, problems
	}
	people, err := strconv.Atoi(f.People)
	if err != nil || people < 1 || people > mostPeople {
		problems.Add("people", "Enter how many people as a number, like 12")
		return 0, problems
	}
	return people, problems
}

// prices is the calculator: both routes side by side for a number of people.
func (s *Site) prices(c echo.Context) error {
	form := pricesFrom(c.QueryParams())
	people, problems := form.check()
	tariff, err := billing.LoadTariff(c.Request().Context(), s.db)
	if err != nil {
		return err
	}
	compared, err := tariff.Compare(max(people, 1), billing.Format(form.Format), s.db.Today())
	if err != nil {
		return err
	}
	group, err := tariff.Prices.Net(billing.Bespoke, compared.Format, s.db.Today())
	if err != nil {
		return err
	}
	page := templates.PricesPage{Page: s.page(c, "Prices", "prices"), People: form.People, Format: form.Format}
	page.Problems = problems
	page.Chart, page.Table = pricePicture(compared, group.Net, people), priceTable(compared, people)
	if people > 0 {
		page.Result = &templates.PriceResult{People: people, Routes: routePrices(compared, tariff.Limits)}
	}
	return s.render(c, statusFor(problems), "prices", page)
}

// statusFor is 422 when there is something to mend.
func statusFor(problems models.Problems) int {
	if len(problems) > 0 {
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
}

func pricePicture(c billing.Comparison, group models.Pence, yours int) templates.BarChart {
	points := make([]templates.PricePoint, len(c.Bars))
	for i, b := range c.Bars {
		points[i] = templates.PricePoint{People: b.People, Net: b.Net, Own: b.Route == billing.Bespoke}
	}
	return templates.PriceChart(points, c.Bars[0].Net, group, yours)
}

func priceTable(c billing.Comparison, yours int) []templates.PriceRow {
	rows := make([]templates.PriceRow, len(c.Table))
	for i, r := range c.Table {
		rows[i] = templates.PriceRow{People: r.People, Net: r.Net, Each: r.Each, Yours: r.People == yours}
	}
	return rows
}

// routePrices are the two panels, the one that fits first; none for more than one group.
func routePrices(c billing.Comparison, limits billing.Limits) []templates.RoutePrice {
	if c.Right == "" {
		return nil
	}
	open, group := routePrice(c, billing.OpenAccess, c.Open, limits), routePrice(c, billing.Bespoke, c.Group, limits)
	if c.Right == billing.Bespoke {
		return []templates.RoutePrice{group, open}
	}
	return []templates.RoutePrice{open, group}
}

func routePrice(c billing.Comparison, route billing.Route, sum billing.Sum, limits billing.Limits) templates.RoutePrice {
	r := templates.RoutePrice{
		Route: string(route), People: c.People, Format: string(c.Format), Fits: route == c.Right,
		Unit: sum.Lines[0].Unit, Net: sum.Net, VAT: sum.VAT, VATRate: sum.VATs[0].Rate.Rate, Gross: sum.Gross,
		PerPerson: models.MulDiv(sum.Net, 1, int64(c.People)),
		MaxPeople: limits.OpenAccessMax, MinPeople: limits.GroupMin, TopPeople: limits.GroupMax,
	}
	if !r.Fits {
		r.More = max(c.Difference, 0)
	}
	query := url.Values{"format": {string(c.Format)}}
	if r.Fits || r.Own() {
		query.Set("people", strconv.Itoa(c.People))
	}
	r.ActionURL = "/sessions?" + query.Encode()
	if r.Own() {
		r.ActionURL = "/contact?" + query.Encode()
	}
	return r
}
