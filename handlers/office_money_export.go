package handlers

import (
	"context"
	"mime"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

// moneyExportURL is where the office looks at the books of a period, and takes its files away.
const moneyExportURL = officeMoneyURL + "/export"

// periodForm is a period as it was typed.
type periodForm struct{ From, To string }

// periodAsked is the period of an address: this month when it names none.
func periodAsked(asked url.Values, today models.Date) periodForm {
	if !asked.Has("from") && !asked.Has("to") {
		return formOf(monthsFrom(scheduling.MonthOf(today), 1))
	}
	return periodForm{From: line(asked, "from"), To: line(asked, "to")}
}

func formOf(p billing.Period) periodForm {
	return periodForm{From: p.From.String(), To: p.To.String()}
}

// monthsFrom is so many whole months, beginning with the day first.
func monthsFrom(first models.Date, months int) billing.Period {
	next := first
	for range months {
		next = scheduling.MonthOf(next.AddDays(31))
	}
	return billing.Period{From: first, To: next.AddDays(-1)}
}

func (f periodForm) read() (billing.Period, models.Problems) {
	var p billing.Period
	var problems models.Problems
	read := func(field, typed string) (day models.Date) {
		day, ok := typedDate(typed)
		if !ok && typed != "" {
			problems.Add(field, "Enter a real day, like 14 January 2027")
		}
		return day
	}
	p.From, p.To = read("from", f.From), read("to", f.To)
	if problems == nil {
		problems = models.ProblemsOf(p.Check())
	}
	return p, problems
}

// periodQuery is a period in an address.
func periodQuery(p billing.Period) string {
	return url.Values{"from": {p.From.ISO()}, "to": {p.To.ISO()}}.Encode()
}

// moneyExport shows the books of a period.
func (s *Site) moneyExport(c echo.Context) error {
	form := periodAsked(c.QueryParams(), s.db.Today())
	p, problems := form.read()
	if problems != nil {
		return s.moneyExportRefused(c, form, problems)
	}
	books, err := billing.Reconcile(c.Request().Context(), s.db, actorOf(c), p)
	if err != nil {
		return err
	}
	page := s.moneyExportPage(c, formOf(p), &p)
	page.Books = booksWords(books)
	for _, f := range periodFiles() {
		page.Files = append(page.Files, templates.Action{Label: f.label, URL: officeMoneyURL + "/" + f.name + ".csv?" + periodQuery(p)})
	}
	return s.render(c, http.StatusOK, "office-money-export", page)
}

// moneyExportRefused shows the form again, with what is wrong with the period.
func (s *Site) moneyExportRefused(c echo.Context, form periodForm, problems models.Problems) error {
	page := s.moneyExportPage(c, form, nil)
	page.Problems = problems
	return s.render(c, http.StatusUnprocessableEntity, "office-money-export", page)
}

// moneyExportPage is the form, with the periods that are asked for most; shown is the one on the page, if any.
func (s *Site) moneyExportPage(c echo.Context, form periodForm, shown *billing.Period) templates.MoneyExportPage {
	page := templates.MoneyExportPage{Page: s.officePage(c, "Books of a period", "books"), From: form.From, To: form.To}
	month := scheduling.MonthOf(s.db.Today())
	quarter := models.Date{Year: month.Year, Month: month.Month - (month.Month-1)%3, Day: 1}
	for _, ready := range []struct {
		label  string
		period billing.Period
	}{
		{"This month", monthsFrom(month, 1)}, {"Last month", monthsFrom(scheduling.MonthOf(month.AddDays(-1)), 1)},
		{"This VAT quarter", monthsFrom(quarter, 3)}, {"Last VAT quarter", monthsFrom(quarterBefore(quarter), 3)},
	} {
		page.Periods = append(page.Periods, tab(ready.label, moneyExportURL, periodQuery(ready.period), shown != nil && *shown == ready.period))
	}
	return page
}

func quarterBefore(quarter models.Date) models.Date {
	last := quarter.AddDays(-1)
	return models.Date{Year: last.Year, Month: last.Month - 2, Day: 1}
}

// booksWords puts the books of a period into lines.
func booksWords(b billing.Books) *templates.MoneyBooks {
	return &templates.MoneyBooks{
		From: b.Period.From, To: b.Period.To, Opening: b.Opening, Closing: b.Closing, Net: b.DayBook.Net, VAT: b.DayBook.VAT,
		CreditsBefore: b.CreditsBefore, CreditsAfter: b.CreditsAfter, Differences: b.Differences,
		Lines: []templates.MoneyBookLine{
			{What: "Invoices", Amount: b.Invoices}, {What: "Credit notes", Amount: b.Credits}, {What: "Money received", Amount: b.Receipts},
			{What: "Money sent back", Note: "Less what did not arrive", Amount: b.Refunds},
			{What: "Taken by disputes", Note: "Less disputes that were won", Amount: b.Disputes},
		},
	}
}

// periodFile is a file of a period for the accounts.
type periodFile struct {
	name, label, action string
	content             func(context.Context, models.DB, access.Actor, billing.Period) ([]byte, error)
}

func periodFiles() []periodFile {
	return []periodFile{
		{"vat_daybook", "VAT day book, as a CSV file", "vat-day-book-downloaded", dayBookFile},
		{"payments", "Money received and sent back, as a CSV file", "payments-downloaded", paymentsFile},
	}
}

func dayBookFile(ctx context.Context, db models.DB, actor access.Actor, p billing.Period) ([]byte, error) {
	rows, err := billing.DayBook(ctx, db, actor, p)
	return billing.DayBookCSV(rows), err
}

func paymentsFile(ctx context.Context, db models.DB, actor access.Actor, p billing.Period) ([]byte, error) {
	moves, err := billing.MoneyMoves(ctx, db, actor, p)
	return billing.PaymentsCSV(moves), err
}

// moneyFile hands out a file of a period; that it was taken is recorded.
func (s *Site) moneyFile(f periodFile) echo.HandlerFunc {
	return func(c echo.Context) error {
		form, ctx, actor := periodAsked(c.QueryParams(), s.db.Today()), c.Request().Context(), actorOf(c)
		p, problems := form.read()
		if problems != nil {
			return s.moneyExportRefused(c, form, problems)
		}
		var content []byte
		err := s.db.InTx(ctx, func(tx models.DB) (err error) {
			if content, err = f.content(ctx, tx, actor, p); err != nil {
				return err
			}
			return access.Record(ctx, tx, actor, access.Entry{
				Action: f.action, SubjectKind: "period", Detail: map[string]any{"from": p.From.ISO(), "to": p.To.ISO()},
			})
		})
		if err != nil {
			return err
		}
		name := f.name + "_" + p.From.ISO() + "_" + p.To.ISO() + ".csv"
		c.Response().Header().Set(echo.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": name}))
		return c.Blob(http.StatusOK, "text/csv; charset=utf-8", content)
	}
}
