package handlers

import (
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
		Heading: "Refund " + doc.Code + "?", URL: officeMoneyURL + "/credits/" + doc.Code, NoWay: true,
		Rows: []templates.SummaryRow{
			{Key: "To refund", Lines: []string{doc.ToRefund().String()}, Strong: true},
			{Key: "Customer", Lines: []string{doc.Customer.Name}},
			{Key: "Credit note", Lines: []string{doc.Code + " of " + doc.IssueDate.String()}, Notes: []string{doc.Reason, doc.Gross.String() + " altogether"}},
			{Key: "Invoice", Lines: []string{doc.Credits.Code}},
		},
	}
	if err := s.moneyCreditHappens(c, &page, doc); err != nil {
		return err
	}
	page.Problems, page.Background = problems, templates.White
	return s.render(c, status, "office-money-check", page)
}

// moneyCreditHappens says where the money of a credit note would come from now. Without any of it there is no button.
func (s *Site) moneyCreditHappens(c echo.Context, page *templates.MoneyCheckPage, doc billing.Document) error {
	parts, err := billing.CreditAhead(c.Request().Context(), s.db, actorOf(c), doc)
	if err != nil {
		return err
	}
	var now models.Pence
	for _, p := range parts {
		switch p.Kind {
		case billing.PartGone, billing.PartOnItsWay:
			now += p.Gross
			page.Happens = append(page.Happens, p.Gross.String()+" counts as sent: "+sentElsewhere(p.Method)+".")
		case billing.PartSent:
			now += p.Gross
			page.Happens = append(page.Happens, p.Gross.String()+" goes back. "+backWords(p.Method))
		case billing.PartMissing:
			page.Happens = append(page.Happens, p.Gross.String()+" is not with us, so it cannot be sent: a dispute has taken it, or it went back for something else.")
		case billing.PartSetOff:
		}
	}
	if page.Button = "Send " + now.String() + " back"; now == 0 {
		page.Button = ""
		return nil
	}
	page.Happens = append(page.Happens, "The credit note counts for VAT on the day the money goes.")
	return nil
}

// sentElsewhere says by what money has gone that we did not send.
func sentElsewhere(m billing.PaymentMethod) string {
	if m == billing.ByDispute {
		return "the cardholder’s bank sent it back when we lost a dispute"
	}
	return "a refund that was begun at Stripe"
}

// moneyCreditRefund sends back what a credit note leaves. Pressed twice, it is sent once.
func (s *Site) moneyCreditRefund(c echo.Context) error {
	ctx := c.Request().Context()
	doc, err := s.documentOf(ctx, c)
	if err != nil {
		return err
	}
	sent := "The refund of " + doc.Code + " is on its way. Bank transfers stand under refunds to pay."
	if doc.Kind != billing.CreditNote || doc.ToRefund() == 0 {
		asked, err := billing.CreditAskedBy(ctx, s.db, actorOf(c), doc.ID)
		if err == nil && !asked {
			err = models.Fail(models.KindConflict, "%s has nothing left to refund", doc.Code)
		}
		if err != nil {
			return err
		}
		return s.done(c, officeMoneyURL, sent) // a second press of the button
	}
	key, err := billing.CreditKey(ctx, s.db, doc)
	if err != nil {
		return err
	}
	problems, err := refused(s.db.InTx(ctx, func(tx models.DB) error { return billing.RefundCredit(ctx, tx, actorOf(c), doc.ID, key) }))
	if err != nil {
		return err
	}
	if problems != nil {
		return s.moneyCreditPage(c, http.StatusUnprocessableEntity, doc, problems)
	}
	return s.done(c, officeMoneyURL, sent)
}
