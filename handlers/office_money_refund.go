package handlers

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// refundTyped is what was typed about a refund that the office paid.
type refundTyped struct {
	date, reference string
	sent            bool   // although nothing was to be sent
	reason          string // why it is not to be sent
}

func refundTypedFrom(form url.Values) refundTyped {
	return refundTyped{date: line(form, "date"), reference: line(form, "reference"), sent: ticked(form, "sent")}
}

// read takes the form apart. What it holds beyond that is billing's to judge.
func (t refundTyped) read(r billing.RefundToDo, today models.Date) (models.Date, models.Problems) {
	var p models.Problems
	if r.Stop != "" && !t.sent {
		p.Add("sent", "%s. Tick this only if the Hub’s bank statement shows that it has been sent", r.Stop)
	}
	day, ok := typedDate(t.date)
	switch {
	case !ok:
		p.Add("date", "Enter a real day, like 14 January 2027")
	case today.Before(day):
		p.Add("date", "The day you sent the money must be today or earlier")
	}
	needed(&p, "reference", t.reference, "Enter the reference of the transfer, as it stands on the Hub’s bank statement", "The reference", 140)
	return day, p
}

func (s *Site) refundOf(c echo.Context) (billing.RefundToDo, error) {
	id, err := number(c, "refund")
	if err != nil {
		return billing.RefundToDo{}, err
	}
	return billing.RefundOf(c.Request().Context(), s.db, actorOf(c), id)
}

// moneyRefund shows a refund and what is to be done about it.
func (s *Site) moneyRefund(c echo.Context) error {
	r, err := s.refundOf(c)
	if err != nil {
		return err
	}
	return s.moneyRefundPage(c, http.StatusOK, r, refundTyped{date: s.db.Today().String()}, nil)
}

func (s *Site) moneyRefundPage(c echo.Context, status int, r billing.RefundToDo, typed refundTyped, problems models.Problems) error {
	failed, err := billing.FailedRefunds(c.Request().Context(), s.db, actorOf(c))
	if err != nil {
		return err
	}
	page := templates.MoneyRefundPage{
		Page: s.officePage(c, "Refund of "+r.Gross.String(), "money"), Heading: "Refund of " + r.Gross.String(), Rows: refundFacts(r),
		URL: moneyRefundURL(r.ID), Date: typed.date, Typed: typed.reference, Pay: r.Method == billing.ByBank && r.State == billing.RefundWanted,
		Stop: r.Stop, Drop: r.Drop, Sent: typed.sent, Reason: typed.reason,
	}
	page.Happened = "There is nothing to do about this refund: " + refundHappened(r) + "."
	for _, f := range failed {
		if f.ID == r.ID {
			page.Failed, page.Happened = !f.Held, leftWords(r, f)
		}
	}
	if page.Pay {
		page.Happened = ""
	}
	if r.Stop != "" {
		page.Happened = r.Stop + "."
	}
	page.Problems, page.Background = problems, templates.White
	return s.render(c, status, "office-money-refund", page)
}

// heldWords say why what is left of a failed refund is not sent now.
const heldWords = "The cardholder’s bank asks for this payment back itself. Send nothing until that dispute has ended."

// leftWords says what of a failed refund is left to send, and when; nothing when all of it can be sent now.
func leftWords(r, left billing.RefundToDo) string {
	switch {
	case left.Held:
		return heldWords
	case left.Gross < r.Gross:
		return left.Gross.String() + " of it is left to send. The rest has gone another way."
	}
	return ""
}

// refundHappened says what became of a refund, in the middle of a sentence.
func refundHappened(r billing.RefundToDo) string {
	if r.Method == billing.ByBank && r.State == billing.RefundReturned {
		return "the office has said that it is not to be sent"
	}
	switch r.State {
	case billing.RefundSent:
		return "the money has been sent"
	case billing.RefundReturned:
		return "it did not arrive, and its money has gone another way"
	case billing.RefundWanted, billing.RefundOnItsWay:
	}
	return "it is on its way to the card"
}

// refundFailures says Stripe's reasons for a failed refund in plain words.
var refundFailures = map[string]string{
	"lost_or_stolen_card": "The card is lost or stolen", "expired_or_canceled_card": "The card has expired or was cancelled",
	"insufficient_funds": "Our account at Stripe held too little", "declined": "The card’s bank declined it",
	"merchant_request": "We asked Stripe to stop it", "charge_for_pending_refund_disputed": "The cardholder’s bank asks for this payment back itself",
	"unknown": unknownFailure,
}

const unknownFailure = "Stripe did not say why"

// refundFailure says why a refund failed. A refusal in a sentence, with its request number, stays as it is.
func refundFailure(reason string) string {
	if words, ok := refundFailures[reason]; ok {
		return words
	}
	if strings.Contains(reason, " ") {
		return reason
	}
	return unknownFailure + " in words we know: look at the payment at Stripe"
}

func refundFacts(r billing.RefundToDo) []templates.SummaryRow {
	rows := []templates.SummaryRow{
		{Key: "Amount", Lines: []string{r.Gross.String()}, Strong: true},
		{Key: "To", Lines: []string{refundWhose(r)}},
		{Key: "Why", Lines: []string{refundWhy(r.Cause, r.Unplaced)}, Notes: []string{"Asked for on " + models.DateOf(r.CreatedAt).String()}},
		{Key: "Was paid", Lines: []string{r.PaidOn.String()}},
	}
	if r.Reference != "" && !r.ByCard { // of a card payment it is Stripe’s, and means nothing to people
		rows[3].Notes = []string{"Reference " + r.Reference}
	}
	if r.Failure != "" {
		rows = append(rows, refundEnded(r))
	}
	return rows
}

// refundEnded says why a refund failed, or in the office's words why it was not sent.
func refundEnded(r billing.RefundToDo) templates.SummaryRow {
	if r.Method == billing.ByBank {
		return templates.SummaryRow{Key: "Why it was not sent", Lines: []string{r.Failure}}
	}
	return templates.SummaryRow{Key: "Why it failed", Lines: []string{refundFailure(r.Failure)}}
}

// moneyRefundPaid records that the office has paid a refund by bank, after a page that says so.
func (s *Site) moneyRefundPaid(c echo.Context) error {
	r, err := s.refundOf(c)
	if err != nil {
		return err
	}
	form, err := posted(c)
	if err != nil {
		return err
	}
	typed := refundTypedFrom(form)
	day, problems := typed.read(r, s.db.Today())
	if err := r.SentOn(day); problems == nil && r.State == billing.RefundWanted && err != nil {
		problems = models.ProblemsOf(err)
	}
	switch do := form.Get("do"); {
	case do == "change":
		return s.moneyRefundPage(c, http.StatusOK, r, typed, nil)
	case problems != nil:
		return s.moneyRefundPage(c, http.StatusUnprocessableEntity, r, typed, problems)
	case do != "record":
		return s.moneyRefundCheck(c, r, typed, day)
	}
	ctx := c.Request().Context()
	problems, err = refused(s.db.InTx(ctx, func(tx models.DB) error {
		return billing.MarkBankRefundPaid(ctx, tx, actorOf(c), r.ID, billing.BankTransfer{On: day, Reference: typed.reference, AllTheSame: typed.sent})
	}))
	if err != nil {
		return err
	}
	if problems != nil {
		return s.moneyRefundPage(c, http.StatusUnprocessableEntity, r, typed, problems)
	}
	return s.done(c, officeMoneyURL, "The refund of "+r.Gross.String()+" is recorded as paid.")
}

func (s *Site) moneyRefundCheck(c echo.Context, r billing.RefundToDo, typed refundTyped, day models.Date) error {
	page := templates.MoneyCheckPage{
		Page: s.officePage(c, "Check this refund", "money"), Back: templates.Action{Label: "Refund of " + r.Gross.String(), URL: moneyRefundURL(r.ID)},
		Heading: "Check this refund", URL: moneyRefundURL(r.ID), Button: "Record that " + r.Gross.String() + " was sent",
		Rows: append(refundFacts(r), templates.SummaryRow{Key: "Sent on", Lines: []string{day.Long()}},
			templates.SummaryRow{Key: "Transfer reference", Lines: []string{typed.reference}}),
		Happens: []string{"The books show the money as sent on this day."},
		Fields:  []templates.Choice{{Value: "date", Label: typed.date}, {Value: "reference", Label: typed.reference}},
	}
	if r.Stop != "" {
		page.Fields = append(page.Fields, templates.Choice{Value: "sent", Label: "yes"})
		page.Happens = append(page.Happens, "The record keeps that it was sent although nothing was to be sent.")
	}
	if r.Counts {
		page.Happens = append(page.Happens, r.Credit+" counts for VAT on this day.")
	}
	page.Background = templates.White
	return s.render(c, http.StatusOK, "office-money-check", page)
}

// moneyRefundInstead asks for a bank transfer in the place of a refund that failed. Its page has said what that means.
func (s *Site) moneyRefundInstead(c echo.Context) error {
	r, err := s.refundOf(c)
	if err != nil {
		return err
	}
	ctx, next := c.Request().Context(), int64(0)
	problems, err := refused(s.db.InTx(ctx, func(tx models.DB) (err error) {
		next, err = billing.PayByBankInstead(ctx, tx, actorOf(c), r.ID)
		return err
	}))
	if err != nil {
		return err
	}
	if problems != nil {
		return s.moneyRefundPage(c, http.StatusUnprocessableEntity, r, refundTyped{}, models.Problems{models.Invalid("", "%s", problems[0].Msg)})
	}
	instead, err := billing.RefundOf(ctx, s.db, actorOf(c), next)
	if err != nil {
		return err
	}
	return s.done(c, moneyRefundURL(next), "Pay "+instead.Gross.String()+" by bank transfer, then enter the day and reference here.")
}
