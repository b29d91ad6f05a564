package handlers

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// moneyOwed fills the invoices that are to pay: those overdue, and those that have time.
func (s *Site) moneyOwed(c echo.Context, page *templates.OfficeMoneyPage) error {
	ctx, scope, today := c.Request().Context(), actorOf(c).Scope(), s.db.Today()
	overdue, soon, later, err := billing.Receivables(ctx, s.db, scope, soonDays)
	if err != nil {
		return err
	}
	docs, err := billing.Unpaid(ctx, s.db, scope, overdue.Count+mostMoneyRows)
	if err != nil {
		return err
	}
	n := min(overdue.Count, len(docs))
	due := billing.Due{Count: soon.Count + later.Count, Sum: soon.Sum + later.Sum}
	page.Figures = append(page.Figures,
		templates.Figure{Value: (overdue.Sum + due.Sum).String(), Name: "Unpaid", Note: invoicesWords(overdue.Count + due.Count), URL: "/office/invoices?unpaid=yes"},
		templates.Figure{Value: overdue.Sum.String(), Name: "Overdue", Note: overdueNote(overdue, today), URL: "#overdue"})
	page.Owed = append(page.Owed, templates.MoneyList{
		ID: "overdue", Title: "Overdue", Advice: "Reminders go to organisations by themselves. Ring the customer, or open the invoice and record what has come.",
		None: "No invoice is overdue.", Rows: s.invoiceRows(docs[:min(n, mostMoneyRows)]), Count: invoicesWords(overdue.Count), Sum: overdue.Sum, Second: "State",
		All: moreInvoices(overdue.Count, "overdue", "show=overdue"),
	})
	if err := s.moneyPartPaid(c, page); err != nil {
		return err
	}
	var all *templates.Action
	if due.Count > mostMoneyRows { // the page behind it has the overdue ones too
		all = moreInvoices(overdue.Count+due.Count, "unpaid", "unpaid=yes")
	}
	page.Owed = append(page.Owed, templates.MoneyList{
		ID: "due", Title: "Unpaid, not overdue", Advice: "When money comes, open the invoice and record it, or import the bank statement.",
		None: "No other invoice is unpaid.", Rows: s.invoiceRows(docs[n:]), Count: invoicesWords(due.Count), Sum: due.Sum, Second: "State",
		All: all,
	})
	return nil
}

// moneyPartPaid fills the invoices of which a part has come, the earliest due first.
func (s *Site) moneyPartPaid(c echo.Context, page *templates.OfficeMoneyPage) error {
	const most = 100
	ctx, scope := c.Request().Context(), actorOf(c).Scope()
	part, err := billing.PartPaid(ctx, s.db, scope)
	if err != nil {
		return err
	}
	docs, _, err := billing.Documents(ctx, s.db, scope, billing.DocumentFilter{PartPaid: true, PerPage: most})
	if err != nil {
		return err
	}
	slices.SortStableFunc(docs, func(a, b billing.Document) int { return cmp.Compare(a.DueDate.ISO(), b.DueDate.ISO()) })
	page.Figures = append(page.Figures, templates.Figure{Value: part.Sum.String(), Name: "Left on part paid", Note: invoicesWords(part.Count), URL: "#part-paid"})
	page.Owed = append(page.Owed, templates.MoneyList{
		ID: "part-paid", Title: "Part paid", Advice: "Find out whether the rest is on its way. They are among the unpaid ones too.", None: "No invoice is paid in part.",
		Rows: s.invoiceRows(docs[:min(len(docs), mostMoneyRows)]), Count: invoicesWords(part.Count), Sum: part.Sum, Second: "State",
		All: moreInvoices(part.Count, "part-paid", "show=part-paid"),
	})
	return nil
}

// moreInvoices leads to the whole of a list of which not all stands here.
func moreInvoices(n int, which, query string) *templates.Action {
	if n <= mostMoneyRows {
		return nil
	}
	return &templates.Action{Label: "Show all " + strconv.Itoa(n) + " " + which + " invoices", URL: "/office/invoices?" + query}
}

func (s *Site) invoiceRows(docs []billing.Document) []templates.MoneyRow {
	rows := make([]templates.MoneyRow, len(docs))
	for i, d := range docs {
		row := templates.MoneyRow{What: d.Code, More: d.Customer.Name, URL: officeInvoiceURL(d.Code), Amount: d.Outstanding()}
		if d.PurchaseOrder != "" {
			row.Note = "Purchase order " + d.PurchaseOrder
		}
		state, _ := documentState(d, s.db.Today())
		row.State, row.StateNote = &state, dueWords(d.DueDate, s.db.Today())
		rows[i] = row
	}
	return rows
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
	for _, p := range found {
		list.Rows = append(list.Rows, templates.MoneyRow{
			What: methodWords(p.Method) + " on " + p.On.String(), Note: payerWords(p), Amount: p.Left, Apart: setApart(p),
			Link: templates.Action{Label: "Decide about it", URL: moneyPaymentURL(p.ID)},
		})
	}
	page.ToDo = append(page.ToDo, addMoney(page, "Unmatched money", list, "payment"))
	return nil
}

// payerWords is what a payment says of itself: who sent it, with what reference, what it was paid on, and the part that is left.
func payerWords(p billing.UnallocatedPayment) string {
	said, on := p.Payer, paidOnWords(p)
	if on != "" {
		on = "Paid on " + on
	}
	for _, more := range []struct{ sign, words string }{{", ", paymentReference(p)}, {". ", p.Note}, {". ", on}} {
		if said != "" && more.words != "" {
			said += more.sign
		}
		said += more.words
	}
	switch {
	case said != "":
	case p.Method == billing.ByCard:
		said = "Paid on our card payment page"
	default:
		said = "Without a reference"
	}
	if p.Left < p.Gross {
		said += ". " + p.Gross.String() + " came"
	}
	return said
}

// setApart tells one payment of a day from another, for whoever hears the links alone.
func setApart(p billing.UnallocatedPayment) string {
	return strings.Join(slices.DeleteFunc([]string{p.Left.String(), p.Payer, paymentReference(p)}, func(s string) bool { return s == "" }), ", ")
}

// paymentReference is what the payer wrote on a bank transfer. That of a card payment is Stripe’s own number, which tells nobody anything.
func paymentReference(p billing.UnallocatedPayment) string {
	if p.Method == billing.ByCard {
		return ""
	}
	return p.Reference
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
	page.ToDo = append(page.ToDo, addMoney(page, "Refunds to do", templates.MoneyList{
		ID: "refunds", Title: "Refunds to pay by bank", None: "No refund waits for a bank transfer.",
		Advice: "Unless it says to send nothing, pay each from the Hub’s account, then enter the day and reference.", Rows: refundRows(wanted, "Enter that it is paid"),
	}, "refund"), addMoney(page, "Failed refunds", templates.MoneyList{
		ID: "failed", Title: "Failed refunds", None: "No refund has failed.",
		Advice: "The card’s bank sent the money back. Unless it says to wait, ask the customer for bank details and pay it by bank transfer instead.",
		Rows:   refundRows(failed, "Pay it by bank instead"),
	}, "failed refund"))
	return s.moneyCredits(c, page)
}

func refundRows(refunds []billing.RefundToDo, do string) []templates.MoneyRow {
	rows := make([]templates.MoneyRow, len(refunds))
	for i, r := range refunds {
		rows[i] = templates.MoneyRow{
			What: refundWhose(r), Note: refundWhy(r.Cause, r.Unplaced) + ", asked for on " + models.DateOf(r.CreatedAt).String(), Amount: r.Gross,
			Link: templates.Action{Label: do, URL: moneyRefundURL(r.ID)},
		}
		if r.Held {
			rows[i].Note, rows[i].Link.Label = rows[i].Note+". "+heldWords, "Open the refund"
		}
		if r.Stop != "" {
			rows[i].Note, rows[i].Link.Label = rows[i].Note+". "+r.Stop+".", "Open the refund"
		}
	}
	return rows
}

// refundWhy says why money goes back of a payment that was never put on an invoice, or that was.
func refundWhy(cause billing.RefundCause, unplaced bool) string {
	if cause == billing.CauseOverpaid && unplaced {
		return "It was on no invoice"
	}
	return refundCause(cause)
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
		ID: "credits", Title: "Credit notes to refund", None: "No credit note waits for a decision.",
		Advice: "The customer had paid. Send the money back the way it came.",
	}
	for _, n := range notes {
		list.Rows = append(list.Rows, templates.MoneyRow{
			What: n.Code + ", " + n.Customer.Name, Note: n.Reason + ". For invoice " + n.Credits.Code, Amount: n.ToRefund(),
			Link: templates.Action{Label: "Refund it", URL: officeMoneyURL + "/credits/" + n.Code},
		})
	}
	page.ToDo = append(page.ToDo, countedMoney(list, "credit note"))
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
	page.Owed = append(page.Owed, addMoney(page, "Purchase orders to follow", list, "booking"))
	return nil
}

// moneyTasks fills the other decisions that only a person can take: what a list above leads to is not said twice. They have no sums.
func (s *Site) moneyTasks(c echo.Context, page *templates.OfficeMoneyPage) error {
	tasks, err := s.officeTasks(c.Request().Context())
	if err != nil {
		return err
	}
	said := map[string]bool{}
	for _, list := range page.ToDo {
		for _, row := range append(slices.Clone(list.Rows), list.Rest...) {
			said[row.Link.URL] = true
		}
	}
	list := templates.MoneyList{
		ID: "tasks", Title: "Other decisions", None: "No other decision is waiting.", Advice: "Only a person can know. Each says what happened and what to do.",
	}
	for _, t := range tasks {
		row := templates.MoneyRow{What: t.Sentence, Note: "Since " + models.When(t.Since), Link: templates.Action{Label: "Decide about it", URL: officeTaskURL(t.ID)}}
		if t.Link != nil {
			row.Link = *t.Link
		}
		if !said[row.Link.URL] {
			list.Rows = append(list.Rows, row)
		}
	}
	list = countedMoney(list, "decision")
	page.Figures = append(page.Figures, templates.Figure{Value: strconv.Itoa(len(list.Rows) + len(list.Rest)), Name: "Other decisions", Note: "Besides those of the lists", URL: "#tasks"})
	page.ToDo = append(page.ToDo, list)
	return nil
}
