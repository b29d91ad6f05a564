package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// settledOf finds the payment that the address names, whatever became of it.
func (s *Site) settledOf(c echo.Context) (int64, billing.SettledPayment, error) {
	id, err := number(c, "payment")
	if err != nil {
		return 0, billing.SettledPayment{}, err
	}
	p, err := billing.SettledPaymentOf(c.Request().Context(), s.db, actorOf(c), id)
	return id, p, err
}

// moneySettled shows where the money of a payment went about which nothing is left to decide.
func (s *Site) moneySettled(c echo.Context) error {
	_, p, err := s.settledOf(c)
	if err != nil {
		return err
	}
	page := templates.MoneySettledPage{
		Page: s.officePage(c, "Payment of "+p.Gross.String(), "money"), Lead: settledLead(p), Went: wentRows(p), Rows: append([]templates.SummaryRow{
			{Key: "Amount", Lines: []string{p.Gross.String()}, Strong: true},
			{Key: "Came", Lines: []string{methodWords(p.Method) + " on " + p.On.String()}},
		}, payerRows(billing.UnallocatedPayment{Method: p.Method, Payer: p.Payer, Reference: p.Reference, Note: p.Note})...),
	}
	return s.render(c, http.StatusOK, "office-money-settled", page)
}

// settledLead says how a payment stands.
func settledLead(p billing.SettledPayment) string {
	var said []string
	if p.Ahead > 0 {
		said = append(said, p.Ahead.String()+" of this payment has left us and still counts as paid on its invoice"+aheadWhy(p)+".")
	}
	if p.Twice > 0 {
		said = append(said, p.Twice.String()+" of this payment has gone back twice.")
	}
	if p.Asked > 0 {
		said = append(said, p.Asked.String()+" would go back twice: do not pay a refund below before you have looked at it.")
	}
	if p.Twice+p.Asked > 0 && p.Ahead == 0 && p.Open {
		said = append(said, "The dispute about it is open still.")
	}
	if said == nil {
		return "Nothing is left to decide about this payment."
	}
	return strings.Join(append(said, "What you can do about it stands on Money."), " ")
}

// aheadWhy says why money that counts as paid has left us.
func aheadWhy(p billing.SettledPayment) string {
	switch {
	case p.Open && p.Uncounted:
		return ": a dispute is open, and a refund was begun at Stripe"
	case p.Open:
		return ": a dispute is open"
	case p.Uncounted:
		return ": a refund was begun at Stripe"
	}
	return ""
}

// wentRows are where the money of a payment is. Their amounts sum to the payment, and what has left us ahead of its invoice.
func wentRows(p billing.SettledPayment) []templates.MoneyRow {
	var rows []templates.MoneyRow
	for _, i := range p.Invoices {
		row := templates.MoneyRow{What: i.Code, More: i.Customer, URL: officeInvoiceURL(i.Code), Amount: i.Gross}
		if i.By != "" {
			row.Note = "Put there by " + i.By + " on " + models.When(i.At)
		}
		rows = append(rows, row)
	}
	for _, r := range p.Refunds {
		rows = append(rows, refundRow(r, len(p.Invoices) == 0))
	}
	if p.Disputed > 0 {
		rows = append(rows, templates.MoneyRow{What: "Taken by the cardholder’s bank in a dispute", Amount: p.Disputed})
	}
	if p.Waiting > 0 {
		rows = append(rows, templates.MoneyRow{
			What: "Still to be sent back", URL: officeMoneyURL, Note: "For a credit note, or in the place of a refund that failed: it is on Money", Amount: p.Waiting,
		})
	}
	return rows
}

// refundRow is what goes or went back. What did not arrive is not gone, so it has no amount.
func refundRow(r billing.AskedRefund, unplaced bool) templates.MoneyRow {
	row := templates.MoneyRow{What: refundWords(r.State, r.Method), URL: moneyRefundURL(r.ID), Note: refundWhy(r.Cause, unplaced), Amount: r.Gross}
	if r.By != "" {
		row.Note += ". Asked for by " + r.By + " on " + models.When(r.CreatedAt)
	}
	if r.State == billing.RefundReturned {
		row.What, row.Amount = r.Gross.String()+" "+lowerFirst(row.What), 0
	}
	return row
}

// decidedBefore leads a form about money of which nothing is left to the page that says where it went, and who was first. Every other
// error is returned.
func (s *Site) decidedBefore(c echo.Context, err error) error {
	if models.KindOf(err) != models.KindNotFound {
		return err
	}
	id, _, err := s.settledOf(c)
	if err != nil {
		return err
	}
	return s.done(c, moneyPaymentURL(id), "Nothing more was done: this money had already gone where this page says.")
}

// changedMeanwhile does so when the last of the money went in the same moment; otherwise it says what was wrong.
func (s *Site) changedMeanwhile(c echo.Context, otherwise error) error {
	if models.KindOf(otherwise) != models.KindConflict {
		return otherwise
	}
	if _, err := s.paymentOf(c); err != nil {
		return s.decidedBefore(c, err)
	}
	return otherwise
}

// sentBackBy says who was first, when somebody else has sent the money of a payment back; when it went on invoices, where it is.
func (s *Site) sentBackBy(c echo.Context, otherwise error) error {
	if models.KindOf(otherwise) != models.KindNotFound {
		return otherwise
	}
	id, err := number(c, "payment")
	if err == nil {
		err = billing.SentBackBy(c.Request().Context(), s.db, actorOf(c), id)
	}
	if err == nil {
		err = s.decidedBefore(c, otherwise)
	}
	return err
}
