package handlers

import (
	"mime"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

func officeStatementURL(id int64) string {
	return officeMoneyURL + "/statements/" + strconv.FormatInt(id, 10)
}

func statementURL(id int64) string { return organisationURL(id) + "/statement" }

// organisationStatement shows a manager the account of their organisation, or hands it out as a file.
func (s *Site) organisationStatement(c echo.Context) error {
	id, err := number(c, "organisation")
	if err != nil {
		return err
	}
	if !actorOf(c).Manages(id) {
		return echo.ErrNotFound
	}
	return s.statementPage(c, access.Scope{OrganisationIDs: []int64{id}}, id, statementURL(id), templates.StatementPage{
		Page: s.page(c, "Statement", "invoices"), Back: templates.Action{Label: "Invoices", URL: "/organisation/invoices"},
	})
}

// organisationStatements leads a manager to the account of their organisation; of the first when there are several.
func (s *Site) organisationStatements(c echo.Context) error {
	return s.redirect(c, statementURL(actorOf(c).Organisations[0].OrganisationID))
}

// lastYear is the twelve months up to a day, and what of its month has gone.
func lastYear(today models.Date) billing.Period {
	return billing.Period{From: models.Date{Year: today.Year - 1, Month: today.Month, Day: 1}, To: today}
}

// statementPeriod is the period of a statement: the last twelve months when none is named.
func statementPeriod(asked url.Values, today models.Date) periodForm {
	if !asked.Has("from") && !asked.Has("to") {
		return formOf(lastYear(today))
	}
	return periodAsked(asked, today)
}

func periodWords(p billing.Period) string { return p.From.String() + " to " + p.To.String() }

// officeStatement shows the office an organisation's account, or hands it out as a file.
func (s *Site) officeStatement(c echo.Context) error {
	id, err := number(c, "organisation")
	if err != nil {
		return err
	}
	return s.statementPage(c, actorOf(c).Scope(), id, officeStatementURL(id), templates.StatementPage{
		Page: s.officePage(c, "Statement", "money"), Back: templates.Action{Label: "The organisation", URL: officeOrganisationURL(id)},
		Mail: &templates.StatementMail{URL: officeStatementURL(id) + "/mail", Key: access.NewSecret()},
	})
}

func (s *Site) statementPage(c echo.Context, scope access.Scope, id int64, path string, page templates.StatementPage) error {
	form := statementPeriod(c.QueryParams(), s.db.Today())
	period, problems := form.read()
	status := http.StatusOK
	if problems != nil {
		period, status = lastYear(s.db.Today()), http.StatusUnprocessableEntity
	}
	st, err := billing.StatementOf(c.Request().Context(), s.db, scope, id, period)
	if err != nil {
		return err
	}
	if c.QueryParam("as") == "csv" && problems == nil {
		c.Response().Header().Set(echo.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": st.FileName()}))
		return c.Blob(http.StatusOK, "text/csv; charset=utf-8", billing.StatementCSV(st))
	}
	fillStatement(&page, st)
	page.Period = templates.PeriodForm{URL: path, From: form.From, To: form.To, Problems: problems}
	page.Problems, page.Background = problems, templates.Mist
	page.CSVURL = path + "?as=csv&" + periodQuery(period)
	if page.Mail != nil {
		page.Mail.To = st.Organisation.InvoiceEmail
	}
	return s.render(c, status, "office-statement", page)
}

// fillStatement puts an account on its page.
func fillStatement(page *templates.StatementPage, st billing.Statement) {
	page.Heading, page.Title = "Statement for "+st.Organisation.Name, periodWords(st.Period)
	page.Figures = []templates.Figure{
		{Value: owedWords(st.Asked()), Name: "On " + st.Period.To.String(), Note: owedNote(st.Asked())},
		{Value: st.OverdueSum().String(), Name: "Overdue today", Note: invoicesWords(len(st.Overdue))},
	}
	page.Returning = st.ReturnWords()
	page.Rows = []templates.StatementRow{{Day: st.Period.From.String(), What: "Balance before", Balance: st.Opening.String()}}
	for _, l := range st.Lines {
		row := templates.StatementRow{
			Day: l.On.String(), What: l.What, Code: l.Code, PO: l.PurchaseOrder, Reference: l.Reference, Amount: l.Amount.String(), Balance: l.Balance.String(),
		}
		if l.Code != "" {
			row.URL = invoiceURL(l.Code)
		}
		page.Rows = append(page.Rows, row)
	}
	for _, d := range st.Overdue {
		page.Overdue = append(page.Overdue, customerDocument(d, st.Today))
	}
}

func owedWords(p models.Pence) string { return max(p, -p).String() }

func owedNote(p models.Pence) string {
	switch {
	case p > 0:
		return "To pay to the Hub"
	case p < 0:
		return "In your favour"
	}
	return "Nothing to pay"
}

// officeStatementMail mails an organisation its statement as the page showed it.
func (s *Site) officeStatementMail(c echo.Context) error {
	id, err := number(c, "organisation")
	if err != nil {
		return err
	}
	typed, err := posted(c)
	if err != nil {
		return err
	}
	period, problems := statementPeriod(typed, s.db.Today()).read()
	if problems != nil {
		return problems[0]
	}
	ctx, key := c.Request().Context(), bankFrom(typed).Key
	err = s.db.InTx(ctx, func(tx models.DB) error { return billing.SendStatement(ctx, tx, actorOf(c), id, period, key) })
	if err != nil {
		return err
	}
	return s.done(c, officeStatementURL(id)+"?"+periodQuery(period), "The statement is on its way.")
}
