package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// paymentTyped is what was typed about a payment that is on no invoice.
type paymentTyped struct{ invoices, amount, key string }

// paymentOf finds the payment that the address names.
func (s *Site) paymentOf(c echo.Context) (billing.UnallocatedPayment, error) {
	id, err := number(c, "payment")
	if err != nil {
		return billing.UnallocatedPayment{}, err
	}
	return billing.UnallocatedPaymentOf(c.Request().Context(), s.db, actorOf(c), id)
}

// moneyPayment shows a payment with money left, and the two things that can become of it.
func (s *Site) moneyPayment(c echo.Context) error {
	p, err := s.paymentOf(c)
	if models.KindOf(err) == models.KindNotFound {
		return s.moneySettled(c)
	}
	if err != nil {
		return err
	}
	return s.moneyPaymentPage(c, http.StatusOK, p, paymentTyped{amount: p.Left.Plain(), key: access.NewSecret()}, nil)
}

func (s *Site) moneyPaymentPage(c echo.Context, status int, p billing.UnallocatedPayment, typed paymentTyped, problems models.Problems) error {
	page := templates.MoneyPaymentPage{
		Page: s.officePage(c, "Money that is on no invoice", "money"), Rows: paymentFacts(p), URL: moneyPaymentURL(p.ID),
		Invoices: typed.invoices, Amount: typed.amount, Key: typed.key, Card: p.Method == billing.ByCard,
		Advice: "Ask the payer what it is for when the reference does not say.",
	}
	page.Problems = problems
	return s.render(c, status, "office-money-payment", page)
}

func paymentFacts(p billing.UnallocatedPayment) []templates.SummaryRow {
	rows := []templates.SummaryRow{
		{Key: "To decide about", Lines: []string{p.Left.String()}, Strong: true},
		{Key: "Came", Lines: []string{methodWords(p.Method) + " on " + p.On.String()}, Notes: []string{p.Gross.String() + " altogether"}},
	}
	return append(rows, payerRows(p)...)
}

// payerRows are what a payment says of itself, as far as it does.
func payerRows(p billing.UnallocatedPayment) []templates.SummaryRow {
	var rows []templates.SummaryRow
	for _, row := range []struct{ key, value string }{{"Payer", p.Payer}, {"Reference", paymentReference(p)}, {"Paid on", paidOnWords(p)}, {"Note", p.Note}} {
		if row.value != "" {
			rows = append(rows, templates.SummaryRow{Key: row.key, Lines: []string{row.value}})
		}
	}
	return rows
}

// paidOnWords names the last invoice that a payment was put on; nothing when there was none.
func paidOnWords(p billing.UnallocatedPayment) string {
	if p.Invoice == "" {
		return ""
	}
	return p.Invoice + ", " + p.Customer
}

// moneyPaymentPut puts money of a payment on invoices, after a page that says what goes where.
func (s *Site) moneyPaymentPut(c echo.Context) error {
	p, err := s.paymentOf(c)
	if err != nil {
		return s.decidedBefore(c, err)
	}
	form, err := posted(c)
	if err != nil {
		return err
	}
	ctx, typed := c.Request().Context(), paymentTyped{invoices: lines(form, "invoices"), amount: p.Left.Plain(), key: access.NewSecret()}
	got, problems, err := s.sharesTyped(ctx, actorOf(c), "invoices", typed.invoices, p.Left)
	if err != nil {
		return err
	}
	if len(got.shares) == 0 {
		problems.Add("invoices", "Enter the invoices that this money pays")
	}
	switch do := form.Get("do"); {
	case do == "change":
		return s.moneyPaymentPage(c, http.StatusOK, p, typed, nil)
	case problems != nil:
		return s.moneyPaymentPage(c, http.StatusUnprocessableEntity, p, typed, problems)
	case do != "record":
		return s.moneyPaymentCheck(c, p, got, typed)
	}
	left, err := models.ParsePence(form.Get("left"))
	if err != nil { // the check page says how much was left when it was shown
		return s.moneyPaymentCheck(c, p, got, typed)
	}
	problems, err = refused(s.db.InTx(ctx, func(tx models.DB) error {
		return billing.AllocateLeft(ctx, tx, actorOf(c), p.ID, left, got.shares)
	}))
	if err != nil {
		return s.changedMeanwhile(c, err)
	}
	if problems != nil {
		return s.moneyPaymentPage(c, http.StatusUnprocessableEntity, p, typed, problems)
	}
	flash := append([]string{got.sum.String() + " is on " + counted(len(got.shares), "invoice") + "."}, restWords(p.Left-got.sum)...)
	return s.done(c, officeMoneyURL, strings.Join(flash, " "))
}

func (s *Site) moneyPaymentCheck(c echo.Context, p billing.UnallocatedPayment, got shared, typed paymentTyped) error {
	page := templates.MoneyCheckPage{
		Page: s.officePage(c, "Check what goes where", "money"), Back: templates.Action{Label: "Money", URL: officeMoneyURL},
		Heading: "Check what goes where", Rows: paymentFacts(p), Shares: got.rows, Happens: restWords(p.Left - got.sum),
		URL: moneyPaymentURL(p.ID) + "/invoices", Button: "Put " + got.sum.String() + " on " + counted(len(got.shares), "invoice"),
		Fields: []templates.Choice{{Value: "invoices", Label: typed.invoices}, {Value: "left", Label: p.Left.Plain()}},
	}
	page.Background = templates.White
	return s.render(c, http.StatusOK, "office-money-check", page)
}

// moneyPaymentBack sends money of a payment back, after a page that says how.
func (s *Site) moneyPaymentBack(c echo.Context) error {
	form, err := posted(c)
	if err != nil {
		return err
	}
	typed := paymentTyped{amount: line(form, "amount"), key: bankFrom(form).Key}
	if asked, err := billing.RefundAskedBy(c.Request().Context(), s.db, actorOf(c), backKey(typed.key)); asked || err != nil {
		if err != nil {
			return err
		}
		return s.done(c, officeMoneyURL, "The money goes back.") // a second press of the button
	}
	p, err := s.paymentOf(c)
	if err != nil {
		return s.sentBackBy(c, err)
	}
	gross, problems := amountBack(typed.amount, p.Left)
	switch do := form.Get("do"); {
	case do == "change":
		return s.moneyPaymentPage(c, http.StatusOK, p, typed, nil)
	case problems != nil:
		return s.moneyPaymentPage(c, http.StatusUnprocessableEntity, p, typed, problems)
	case do != "record":
		return s.moneyBackCheck(c, p, gross, typed)
	}
	ctx := c.Request().Context()
	problems, err = refused(s.db.InTx(ctx, func(tx models.DB) error {
		_, err := billing.RequestRefund(ctx, tx, actorOf(c), billing.RefundWish{
			PaymentID: p.ID, Gross: gross, Cause: billing.CauseOverpaid, Method: p.Method, RequestKey: backKey(typed.key),
		})
		return err
	}))
	if err != nil {
		return err
	}
	if problems != nil {
		if p, err = s.paymentOf(c); err != nil {
			return s.sentBackBy(c, err)
		}
		return s.moneyPaymentPage(c, http.StatusUnprocessableEntity, p, typed, problems)
	}
	return s.done(c, officeMoneyURL, gross.String()+" goes back. "+backWords(p.Method))
}

// backKey is the key of a form that sends money back.
func backKey(typed string) string { return "back/" + typed }

// amountBack reads a sum to send back.
func amountBack(text string, left models.Pence) (models.Pence, models.Problems) {
	var p models.Problems
	gross, err := models.ParsePence(text)
	switch {
	case err != nil:
		p.Add("amount", "Enter the amount in pounds and pence, like 26.40")
	case gross == 0:
		p.Add("amount", "Enter the amount to send back, more than £0.00")
	case gross > left:
		p.Add("amount", "%s is on no invoice, so %s cannot be sent back", left, gross)
	}
	return gross, p
}

// backWords says how money goes back.
func backWords(m billing.PaymentMethod) string {
	if m == billing.ByCard {
		return "Stripe sends it to the card."
	}
	return "Pay it by bank transfer, then enter the day and reference."
}

func (s *Site) moneyBackCheck(c echo.Context, p billing.UnallocatedPayment, gross models.Pence, typed paymentTyped) error {
	page := templates.MoneyCheckPage{
		Page: s.officePage(c, "Check this refund", "money"), Back: templates.Action{Label: "Money", URL: officeMoneyURL},
		Heading: "Check this refund", URL: moneyPaymentURL(p.ID) + "/back", Button: "Send " + gross.String() + " back",
		Rows:    append([]templates.SummaryRow{{Key: "Goes back", Lines: []string{gross.String()}, Strong: true}}, paymentFacts(p)[1:]...),
		Happens: []string{backWords(p.Method), "No invoice and no place is changed: this money is on none."},
		Fields:  []templates.Choice{{Value: "key", Label: typed.key}, {Value: "amount", Label: typed.amount}},
	}
	if rest := p.Left - gross; rest > 0 {
		page.Happens = append(page.Happens, restWords(rest)...)
	}
	page.Background = templates.White
	return s.render(c, http.StatusOK, "office-money-check", page)
}
