package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/templates"
)

const officeMoneyURL = "/office/money"

// officeMoneyRoutes are the pages on which the office follows the money. Each that changes something shows first what it would do.
func (s *Site) officeMoneyRoutes() []Route {
	var all []Route
	get := func(path string, handle echo.HandlerFunc) {
		all = append(all, Route{Method: http.MethodGet, Path: officeMoneyURL + path, Rule: Office, Handle: handle})
	}
	post := func(path string, handle echo.HandlerFunc) {
		all = append(all, Route{Method: http.MethodPost, Path: officeMoneyURL + path, Rule: Office, Handle: handle})
	}
	get("", s.officeMoney)
	get("/export", s.moneyExport)
	for _, f := range periodFiles() {
		get("/"+f.name+".csv", s.moneyFile(f))
	}
	get("/income", s.moneyIncome)
	get("/receipt", s.moneyReceipt)
	post("/receipt", s.moneyReceiptRecord)
	get("/statements/:organisation", s.officeStatement)
	post("/statements/:organisation/mail", s.officeStatementMail)
	get("/import", s.moneyImport)
	post("/import", s.moneyImportRead)
	post("/import/record", s.moneyImportRecord)
	get("/payments/:payment", s.moneyPayment)
	post("/payments/:payment/invoices", s.moneyPaymentPut)
	post("/payments/:payment/back", s.moneyPaymentBack)
	get("/refunds/:refund", s.moneyRefund)
	post("/refunds/:refund", s.moneyRefundPaid)
	post("/refunds/:refund/instead", s.moneyRefundInstead)
	post("/refunds/:refund/drop", s.moneyRefundDrop)
	get("/credits/:code", s.moneyCredit)
	post("/credits/:code", s.moneyCreditRefund)
	return all
}

func moneyPaymentURL(id int64) string {
	return officeMoneyURL + "/payments/" + strconv.FormatInt(id, 10)
}
func moneyRefundURL(id int64) string { return officeMoneyURL + "/refunds/" + strconv.FormatInt(id, 10) }

// officeMoney is what is owed and what waits for the office.
func (s *Site) officeMoney(c echo.Context) error {
	page := templates.OfficeMoneyPage{
		Page:   s.officePage(c, "Money", "money"),
		Search: searchFor("/office/invoices", "Search invoices by number, organisation or purchase order", c.QueryParams()),
		Links: []templates.Action{
			{Label: "Import a bank statement", URL: officeMoneyURL + "/import"},
			{Label: "Record one transfer for several invoices", URL: officeMoneyURL + "/receipt"},
			{Label: "Statements of organisations", URL: "/office/organisations"},
		},
	}
	for _, fill := range []func(echo.Context, *templates.OfficeMoneyPage) error{
		s.moneyOwed, s.moneyUnmatched, s.moneyRefunds, s.moneyOrders, s.moneyTasks,
	} {
		if err := fill(c, &page); err != nil {
			return err
		}
	}
	return s.render(c, http.StatusOK, "office-money", page)
}

// mostMoneyRows is how much of a list stands open on the page; the rest is folded, or is a page of its own.
const mostMoneyRows = 5

// addMoney counts and adds up a list, and puts its figure at the top of the page.
func addMoney(page *templates.OfficeMoneyPage, figure string, list templates.MoneyList, noun string) templates.MoneyList {
	list = countedMoney(list, noun)
	page.Figures = append(page.Figures, templates.Figure{Value: list.Sum.String(), Name: figure, Note: list.Count, URL: "#" + list.ID})
	return list
}

// countedMoney counts and adds up a list, and folds what is long.
func countedMoney(list templates.MoneyList, noun string) templates.MoneyList {
	for _, row := range list.Rows {
		list.Sum += row.Amount
	}
	list.Count = counted(len(list.Rows), noun)
	if len(list.Rows) == 0 {
		list.Count = "None"
	}
	if len(list.Rows) > mostMoneyRows {
		list.Rows, list.Rest = list.Rows[:mostMoneyRows], list.Rows[mostMoneyRows:]
	}
	return list
}
