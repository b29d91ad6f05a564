package handlers

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

const (
	moneyIncomeURL = officeMoneyURL + "/income"
	incomeMonths   = 12     // at most, and unless fewer are asked for: a chart has no room for more
	incomeReach    = 7 * 12 // months back that can be chosen: records are kept six years
)

// monthsForm is the first and last month that were chosen, as 2027-01.
type monthsForm struct{ First, Last string }

func monthsAsked(asked url.Values, today models.Date) monthsForm {
	if !asked.Has("first") && !asked.Has("last") {
		return monthsForm{First: scheduling.MonthCode(monthBack(today, incomeMonths-1)), Last: scheduling.MonthCode(today)}
	}
	return monthsForm{First: line(asked, "first"), Last: line(asked, "last")}
}

func monthBack(day models.Date, n int) models.Date {
	month := scheduling.MonthOf(day)
	for range n {
		month = scheduling.MonthOf(month.AddDays(-1))
	}
	return month
}

// read gives the first month and how many there are.
func (f monthsForm) read(today models.Date) (first models.Date, months int, problems models.Problems) {
	read := func(field, chosen string) models.Date {
		month, err := scheduling.ParseMonth(chosen)
		if err != nil || today.Before(month) || month.Before(monthBack(today, incomeReach-1)) {
			problems.Add(field, "Choose a month from the list")
		}
		return month
	}
	first, last := read("first", f.First), read("last", f.Last)
	if problems != nil {
		return first, 0, problems
	}
	months = (last.Year-first.Year)*12 + int(last.Month-first.Month) + 1
	switch {
	case months < 1:
		problems.Add("last", "The last month must be the first month or later")
	case months > incomeMonths:
		problems.Add("last", "Choose 12 months at most")
	}
	return first, months, problems
}

// moneyIncome shows what was earned in each month.
func (s *Site) moneyIncome(c echo.Context) error {
	today := s.db.Today()
	form := monthsAsked(c.QueryParams(), today)
	first, months, problems := form.read(today)
	page := templates.MoneyIncomePage{
		Page:  s.officePage(c, "Income", "income"),
		First: monthChoices("first", "First month", form.First, today, problems), Last: monthChoices("last", "Last month", form.Last, today, problems),
	}
	if problems != nil {
		page.Problems = problems
		return s.render(c, http.StatusUnprocessableEntity, "office-money-income", page)
	}
	earned, err := billing.Income(c.Request().Context(), s.db, actorOf(c), first, months)
	if err != nil {
		return err
	}
	page.Shown, page.BooksURL = true, moneyExportURL+"?"+periodQuery(monthsFrom(first, months))
	page.Ways, page.Months, page.Total = incomeWays(earned, today), incomeRows(earned, today), incomeTotal(earned)
	return s.render(c, http.StatusOK, "office-money-income", page)
}

// monthChoices are the months that can be chosen, the latest first.
func monthChoices(name, legend, chosen string, today models.Date, problems models.Problems) templates.Choices {
	options := make([]templates.Option, incomeReach)
	month := scheduling.MonthOf(today)
	for i := range options {
		options[i] = templates.Option{Value: scheduling.MonthCode(month), Label: scheduling.MonthName(month)}
		month = monthBack(month, 1)
	}
	c := templates.NewChoices(name, legend, chosen, options)
	c.Error = problems.For(name)
	return c
}

// incomeMonth names a month; the present one is not over.
func incomeMonth(month, today models.Date) string {
	if month == scheduling.MonthOf(today) {
		return scheduling.MonthName(month) + ", so far"
	}
	return scheduling.MonthName(month)
}

// incomeWays are the ways of selling with their charts; one to one only when there was any.
func incomeWays(earned []billing.IncomeMonth, today models.Date) []templates.IncomeWay {
	var ways []templates.IncomeWay
	for _, route := range []billing.Route{billing.OpenAccess, billing.Bespoke, billing.OneToOne} {
		w, some := templates.IncomeWay{ID: string(route), Title: route.Title()}, false
		for _, m := range earned {
			row := templates.IncomeRow{
				Month: incomeMonth(m.Month, today), Short: m.Month.Month.String()[:3],
				Face: m.Net[billing.IncomeKind{Route: route, Format: billing.FaceToFace}], Online: m.Net[billing.IncomeKind{Route: route, Format: billing.Online}],
			}
			w.Rows = append(w.Rows, row)
			some = some || row.Face != 0 || row.Online != 0
		}
		if some || route != billing.OneToOne {
			w.Chart = templates.IncomeChart(w)
			ways = append(ways, w)
		}
	}
	return ways
}

// incomeRows are the months with all ways of selling side by side.
func incomeRows(earned []billing.IncomeMonth, today models.Date) []templates.IncomeMonthRow {
	rows := make([]templates.IncomeMonthRow, len(earned))
	for i, m := range earned {
		rows[i] = incomeRow(m)
		rows[i].Month = incomeMonth(m.Month, today)
	}
	return rows
}

func incomeRow(m billing.IncomeMonth) templates.IncomeMonthRow {
	row := templates.IncomeMonthRow{Sum: m.Total()}
	for kind, net := range m.Net {
		switch kind.Route {
		case billing.OpenAccess:
			row.Open += net
		case billing.Bespoke:
			row.Group += net
		case billing.OneToOne:
			row.Single += net
		default:
			row.Fees += net
		}
	}
	return row
}

func incomeTotal(earned []billing.IncomeMonth) templates.IncomeMonthRow {
	total := templates.IncomeMonthRow{Month: counted(len(earned), "month")}
	for _, m := range earned {
		row := incomeRow(m)
		total.Open, total.Group, total.Single = total.Open+row.Open, total.Group+row.Group, total.Single+row.Single
		total.Fees, total.Sum = total.Fees+row.Fees, total.Sum+row.Sum
	}
	return total
}
