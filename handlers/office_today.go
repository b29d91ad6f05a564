package handlers

import (
	"context"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/jobs"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

// How much the first page shows before it sends the reader on.
const (
	todayInvoices = 7
	todaySessions = 5
	todayMonths   = 6
	soonDays      = 30
)

// officeToday is what waits for the office: money, decisions, the next sessions.
func (s *Site) officeToday(c echo.Context) error {
	today := "Today, " + s.db.Today().Long()
	page := templates.OfficeTodayPage{Page: s.officePage(c, today, "today"), Heading: today}
	for _, fill := range []func(echo.Context, *templates.OfficeTodayPage) error{
		s.todayMoney, s.todayUnmatched, s.todayOrders, s.todayTasks, s.todayFailures, s.todaySessions, s.todaySold,
	} {
		if err := fill(c, &page); err != nil {
			return err
		}
	}
	return s.render(c, http.StatusOK, "office-today", page)
}

// todayMoney fills what is to pay: the sums, and the invoices that have waited longest.
func (s *Site) todayMoney(c echo.Context, page *templates.OfficeTodayPage) error {
	ctx, scope, today := c.Request().Context(), actorOf(c).Scope(), s.db.Today()
	overdue, soon, later, err := billing.Receivables(ctx, s.db, scope, soonDays)
	if err != nil {
		return err
	}
	unpaid, err := billing.Unpaid(ctx, s.db, scope, todayInvoices)
	if err != nil {
		return err
	}
	page.Figures = append(page.Figures,
		templates.Figure{Value: overdue.Sum.String(), Name: "Overdue", Note: overdueNote(overdue, today), URL: "/office/invoices?show=overdue"},
		templates.Figure{Value: soon.Sum.String(), Name: "Due in the next 30 days", Note: invoicesWords(soon.Count), URL: officeMoneyURL + "#due"},
	)
	for _, d := range unpaid {
		page.Money = append(page.Money, templates.MoneyToDo{
			What: d.Code, URL: officeInvoiceURL(d.Code), Customer: d.Customer.Name, Due: dueWords(d.DueDate, today),
			Late: d.DueDate.Before(today), Amount: d.Outstanding(),
		})
	}
	if all := overdue.Count + soon.Count + later.Count; all > len(unpaid) {
		page.More, page.MoreURL = all, "/office/invoices?unpaid=yes"
	}
	return nil
}

// todayUnmatched puts above them, in one line, the money that is on no invoice; what a decision asks about is said there.
func (s *Site) todayUnmatched(c echo.Context, page *templates.OfficeTodayPage) error {
	free, err := billing.Unasked(c.Request().Context(), s.db, actorOf(c))
	if err != nil || len(free) == 0 {
		return err
	}
	line := templates.MoneyToDo{What: "1 payment is on no invoice", URL: moneyPaymentURL(free[0].ID), Due: "Came on " + free[0].On.String() + ". " + payerWords(free[0])}
	for _, p := range free {
		line.Amount += p.Left
	}
	if n := len(free); n > 1 {
		line.What, line.URL, line.Due = strconv.Itoa(n)+" payments are on no invoice", officeMoneyURL+"#unmatched", "The first came on "+free[0].On.String()
	}
	page.Money = append([]templates.MoneyToDo{line}, page.Money...)
	return nil
}

// todayOrders adds how many bookings wait for their purchase order.
func (s *Site) todayOrders(c echo.Context, page *templates.OfficeTodayPage) error {
	waiting, err := booking.AwaitingPurchaseOrders(c.Request().Context(), s.db, actorOf(c))
	figure := templates.Figure{Value: strconv.Itoa(len(waiting)), Name: "Purchase orders to follow", Note: "None are waited for", URL: officeMoneyURL + "#orders"}
	if len(waiting) > 0 {
		figure.Note = "First due " + waiting[0].PurchaseOrderDue.String()
	}
	page.Figures = append(page.Figures, figure)
	return err
}

func overdueNote(d billing.Due, today models.Date) string {
	if d.Count == 0 {
		return invoicesWords(0)
	}
	return invoicesWords(d.Count) + ", oldest " + counted(d.First.DaysUntil(today), "day")
}

func invoicesWords(n int) string {
	if n == 0 {
		return "No invoices"
	}
	return counted(n, "invoice")
}

// dueWords says when an invoice is due, seen from a day: "Due 4 November 2026, 19 days ago".
func dueWords(due, today models.Date) string {
	words := "Due " + due.String()
	switch days := today.DaysUntil(due); {
	case days == 0:
		return words + ", today"
	case days == 1:
		return words + ", tomorrow"
	case days < 0:
		return words + ", " + counted(-days, "day") + " ago"
	default:
		return words + ", in " + counted(days, "day")
	}
}

// todayFailures adds a figure only when something failed.
func (s *Site) todayFailures(c echo.Context, page *templates.OfficeTodayPage) error {
	ctx := c.Request().Context()
	_, mails, err := mail.List(ctx, s.db, mail.Filter{Status: mail.Failed})
	if err != nil {
		return err
	}
	work, err := jobs.Count(ctx, s.db)
	if err != nil {
		return err
	}
	if mails > 0 {
		page.Figures = append(page.Figures, templates.Figure{
			Value: strconv.FormatInt(mails, 10), Name: "Emails not sent", Note: "Look at each and send it again", URL: "/office/mail?status=failed",
		})
	}
	if work.Failed > 0 {
		page.Figures = append(page.Figures, templates.Figure{
			Value: strconv.Itoa(work.Failed), Name: "Failed jobs", Note: "Look at each and try again", URL: "/office/jobs",
		})
	}
	return nil
}

// todaySessions fills the sessions that come next.
func (s *Site) todaySessions(c echo.Context, page *templates.OfficeTodayPage) error {
	ctx := c.Request().Context()
	found, _, err := scheduling.All(ctx, s.db, scheduling.OfficeFilter{}, scheduling.Page{Size: todaySessions})
	if err != nil {
		return err
	}
	page.Sessions, err = s.officeSessionRows(ctx, found)
	return err
}

// todaySold fills the places sold in the last months.
func (s *Site) todaySold(c echo.Context, page *templates.OfficeTodayPage) error {
	months, err := booking.SoldByMonth(c.Request().Context(), s.db, actorOf(c), todayMonths)
	if err != nil {
		return err
	}
	for i, m := range months {
		row := templates.SoldRow{Month: monthLabel(m.Month, s.db.Today()), Short: m.Month.Month.String()[:3], Places: m.Places}
		if i == len(months)-1 {
			row.Month += ", so far"
		}
		page.Sold.Rows = append(page.Sold.Rows, row)
		page.Sold.Total += m.Places
	}
	page.Sold.Year = strconv.Itoa(s.db.Today().Year)
	page.Sold.Chart = templates.SoldChart(page.Sold.Rows)
	return nil
}

// monthLabel names a month; with its year when that is not this one.
func monthLabel(month, today models.Date) string {
	if month.Year != today.Year {
		return scheduling.MonthName(month)
	}
	return month.Month.String()
}

// officeSessionRows are sessions of a list, with the places taken on each.
func (s *Site) officeSessionRows(ctx context.Context, found []scheduling.Session) ([]templates.OfficeSessionRow, error) {
	ids := make([]int64, len(found))
	for i, f := range found {
		ids[i] = f.ID
	}
	taken, err := booking.Taken(ctx, s.db, ids)
	if err != nil {
		return nil, err
	}
	rows, now := make([]templates.OfficeSessionRow, len(found)), s.db.Now()
	for i, f := range found {
		rows[i] = officeSessionRow(f, taken[f.ID], now)
		if rows[i].Notes, err = scheduling.Warnings(ctx, s.db, f); err != nil {
			return nil, err
		}
		if f.Status == scheduling.Cancelled || f.IsOver(now) {
			rows[i].Notes = nil
		}
	}
	return rows, nil
}
