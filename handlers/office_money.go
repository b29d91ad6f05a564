package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
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
			{Label: "Organisations and their statements", URL: "/office/organisations"},
			{Label: "Record one transfer for several invoices", URL: officeMoneyURL + "/receipt"},
			{Label: "Books of a period, with files for the accounts", URL: moneyExportURL},
			{Label: "Income of each month", URL: moneyIncomeURL},
		},
	}
	for _, fill := range []func(echo.Context, *templates.OfficeMoneyPage) error{
		s.moneyOwed, s.moneyUnmatched, s.moneyRefunds, s.moneyCredits, s.moneyOrders,
	} {
		if err := fill(c, &page); err != nil {
			return err
		}
	}
	return s.render(c, http.StatusOK, "office-money", page)
}

// moneyOwed fills the figures of what is to pay, each with the list behind it.
func (s *Site) moneyOwed(c echo.Context, page *templates.OfficeMoneyPage) error {
	ctx, scope, today := c.Request().Context(), actorOf(c).Scope(), s.db.Today()
	overdue, soon, later, err := billing.Receivables(ctx, s.db, scope, soonDays)
	if err != nil {
		return err
	}
	part, err := billing.PartPaid(ctx, s.db, scope)
	if err != nil {
		return err
	}
	all := overdue.Sum + soon.Sum + later.Sum
	page.Figures = []templates.Figure{
		{Value: all.String(), Name: "Unpaid", Note: invoicesWords(overdue.Count + soon.Count + later.Count), URL: "/office/invoices?unpaid=yes"},
		{Value: overdue.Sum.String(), Name: "Overdue", Note: overdueNote(overdue, today), URL: "/office/invoices?show=overdue"},
		{Value: part.Sum.String(), Name: "Left on part paid", Note: invoicesWords(part.Count), URL: "/office/invoices?show=part-paid"},
	}
	return nil
}

// moneyUnmatched fills the payments with money that is on no invoice.
func (s *Site) moneyUnmatched(c echo.Context, page *templates.OfficeMoneyPage) error {
	found, err := billing.Unallocated(c.Request().Context(), s.db, actorOf(c))
	if err != nil {
		return err
	}
	list := templates.MoneyList{
		ID: "unmatched", Title: "Unmatched money", None: "All money that came is on an invoice.",
		Advice: "Find out what it is for. Put it on invoices, or send it back.",
	}
	var sum models.Pence
	for _, p := range found {
		sum += p.Left
		list.Rows = append(list.Rows, templates.MoneyRow{
			What: methodWords(p.Method) + " on " + p.On.String(), Note: payerWords(p), Amount: p.Left,
			Link: templates.Action{Label: "Decide about it", URL: moneyPaymentURL(p.ID)},
		})
	}
	page.Figures = append(page.Figures, templates.Figure{Value: sum.String(), Name: "Unmatched money", Note: models.Count(len(found), "payment"), URL: "#unmatched"})
	page.Lists = append(page.Lists, list)
	return nil
}

// payerWords is what a payment says of itself: who sent it, with what reference, and the part that is left.
func payerWords(p billing.UnallocatedPayment) string {
	said := p.Payer
	for _, more := range []string{p.Reference, p.Note} {
		if said != "" && more != "" {
			said += ", "
		}
		said += more
	}
	if said == "" {
		said = "Without a reference"
	}
	if p.Left < p.Gross {
		said += ". " + p.Gross.String() + " came"
	}
	return said
}

func methodWords(m billing.PaymentMethod) string {
	if m == billing.ByCard {
		return "By card"
	}
	return "By bank transfer"
}

// moneyRefunds fills the refunds to pay by bank and those that did not arrive.
func (s *Site) moneyRefunds(c echo.Context, page *templates.OfficeMoneyPage) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	wanted, err := billing.BankRefunds(ctx, s.db, actor)
	if err != nil {
		return err
	}
	failed, err := billing.FailedRefunds(ctx, s.db, actor)
	if err != nil {
		return err
	}
	page.Figures = append(page.Figures, templates.Figure{
		Value: strconv.Itoa(len(wanted) + len(failed)), Name: "Refunds to do", Note: counted(len(failed), "failed refund"), URL: "#refunds",
	})
	page.Lists = append(page.Lists, templates.MoneyList{
		ID: "refunds", Title: "Refunds to pay by bank", None: "No refund waits for a bank transfer.",
		Advice: "Pay each from the Hub’s account, then enter the day and reference.", Rows: refundRows(wanted, "Enter that it is paid"),
	}, templates.MoneyList{
		ID: "failed", Title: "Failed refunds", None: "No refund has failed.",
		Advice: "The card’s bank sent the money back. Ask the customer for bank details and pay it by bank transfer instead.",
		Rows:   refundRows(failed, "Pay it by bank instead"),
	})
	return nil
}

func refundRows(refunds []billing.RefundToDo, do string) []templates.MoneyRow {
	rows := make([]templates.MoneyRow, len(refunds))
	for i, r := range refunds {
		rows[i] = templates.MoneyRow{
			What: refundWhose(r), Note: refundCause(r.Cause) + ", asked for on " + models.DateOf(r.CreatedAt).String(), Amount: r.Gross,
			Link: templates.Action{Label: do, URL: moneyRefundURL(r.ID)},
		}
	}
	return rows
}

// refundWhose names a refund by its credit note and customer, as far as they are known.
func refundWhose(r billing.RefundToDo) string {
	said := r.Customer
	if said == "" {
		said = "The payment of " + r.PaidOn.String()
	}
	if r.Credit != "" {
		said = r.Credit + ", " + said
	}
	return said
}

// moneyCredits fills the credit notes that leave something to send back.
func (s *Site) moneyCredits(c echo.Context, page *templates.OfficeMoneyPage) error {
	notes, err := billing.CreditsToRefund(c.Request().Context(), s.db, actorOf(c))
	if err != nil {
		return err
	}
	list := templates.MoneyList{
		ID: "credits", Title: "Credit notes to refund", None: "Every credit note is set off or refunded.",
		Advice: "The customer had paid. Send the money back the way it came.",
	}
	for _, n := range notes {
		list.Rows = append(list.Rows, templates.MoneyRow{
			What: n.Code + ", " + n.Customer.Name, Note: n.Reason + ". For invoice " + n.Credits.Code, Amount: n.ToRefund(),
			Link: templates.Action{Label: "Refund it", URL: officeMoneyURL + "/credits/" + n.Code},
		})
	}
	page.Lists = append(page.Lists, list)
	return nil
}

// moneyOrders fills the bookings whose purchase order is waited for.
func (s *Site) moneyOrders(c echo.Context, page *templates.OfficeMoneyPage) error {
	waiting, err := booking.AwaitingPurchaseOrders(c.Request().Context(), s.db, actorOf(c))
	if err != nil {
		return err
	}
	list := templates.MoneyList{
		ID: "orders", Title: "Waiting for a purchase order", None: "No booking waits for a purchase order.",
		Advice: "There is no invoice until the number is here. Chasers go out by themselves; past the day, you decide.",
	}
	for _, b := range waiting {
		sum, err := booking.Sum(c.Request().Context(), s.db, b, s.db.Today())
		if err != nil {
			return err
		}
		list.Rows = append(list.Rows, templates.MoneyRow{
			What: b.Reference() + ", " + b.Details.Customer(), Note: dueWords(b.PurchaseOrderDue, s.db.Today()), Amount: sum.Gross,
			Link: templates.Action{Label: "Open the booking", URL: officeBookingURL(b.Reference())},
		})
	}
	page.Lists = append(page.Lists, list)
	return nil
}
