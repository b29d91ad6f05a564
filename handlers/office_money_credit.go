package handlers

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// moneyCredit shows what refunding a credit note would do.
func (s *Site) moneyCredit(c echo.Context) error {
	doc, err := s.documentOf(c.Request().Context(), c)
	if err != nil {
		return err
	}
	return s.moneyCreditPage(c, http.StatusOK, doc, nil)
}

func (s *Site) moneyCreditPage(c echo.Context, status int, doc billing.Document, problems models.Problems) error {
	if doc.Kind != billing.CreditNote || doc.ToRefund() == 0 {
		return models.NotFound("%s has nothing to refund", doc.Code)
	}
	page := templates.MoneyCheckPage{
		Page: s.officePage(c, "Refund "+doc.Code, "money"), Back: templates.Action{Label: "Money", URL: officeMoneyURL},
		Heading: "Refund " + doc.Code + "?", URL: officeMoneyURL + "/credits/" + doc.Code, Button: "Send " + doc.ToRefund().String() + " back", NoWay: true,
		Rows: []templates.SummaryRow{
			{Key: "To refund", Lines: []string{doc.ToRefund().String()}, Strong: true},
			{Key: "Customer", Lines: []string{doc.Customer.Name}},
			{Key: "Credit note", Lines: []string{doc.Code + " of " + doc.IssueDate.String()}, Notes: []string{doc.Reason, doc.Gross.String() + " altogether"}},
			{Key: "Invoice", Lines: []string{doc.Credits.Code}},
		},
		Happens: []string{
			"Money that came by card goes back to the card. Money that came by bank waits for you to pay it.",
			"The credit note counts for VAT on the day the money goes.",
		},
	}
	page.Problems, page.Background = problems, templates.White
	return s.render(c, status, "office-money-check", page)
}

// moneyCreditRefund sends back what a credit note leaves. Pressed twice, it is sent once: the key says how much had been settled.
func (s *Site) moneyCreditRefund(c echo.Context) error {
	ctx := c.Request().Context()
	doc, err := s.documentOf(ctx, c)
	if err != nil {
		return err
	}
	if doc.Kind != billing.CreditNote || doc.ToRefund() == 0 {
		return models.Fail(models.KindConflict, "%s has nothing left to refund", doc.Code)
	}
	problems, err := refused(s.db.InTx(ctx, func(tx models.DB) error {
		return billing.RefundCredit(ctx, tx, actorOf(c), doc.ID, fmt.Sprintf("office/%s/%d", doc.Code, doc.Settled+doc.Returning))
	}))
	if err != nil {
		return err
	}
	if problems != nil {
		return s.moneyCreditPage(c, http.StatusUnprocessableEntity, doc, problems)
	}
	return s.done(c, officeMoneyURL, "The refund of "+doc.Code+" is on its way. Bank transfers stand under refunds to pay.")
}
