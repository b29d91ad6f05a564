package handlers

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// receiptForm is what was typed about one transfer for several invoices.
type receiptForm templates.MoneyReceiptFields

func receiptFrom(typed url.Values) receiptForm {
	bank := bankFrom(typed)
	return receiptForm{
		Amount: bank.Amount, Date: bank.Date, Reference: bank.Reference, Note: bank.Note, Invoices: lines(typed, "invoices"), Key: bank.Key,
	}
}

// moneyReceipt shows the form for one transfer that pays several invoices.
func (s *Site) moneyReceipt(c echo.Context) error {
	return s.moneyReceiptPage(c, http.StatusOK, receiptForm{Date: s.db.Today().String(), Key: access.NewSecret()}, nil)
}

func (s *Site) moneyReceiptPage(c echo.Context, status int, form receiptForm, problems models.Problems) error {
	page := templates.MoneyReceiptPage{
		Page: s.officePage(c, "Record one transfer for several invoices", "money"), Form: templates.MoneyReceiptFields(form),
	}
	page.Problems, page.Background = problems, templates.White
	return s.render(c, status, "office-money-receipt", page)
}

// moneyReceiptRecord records the transfer, after a page that says what goes where.
func (s *Site) moneyReceiptRecord(c echo.Context) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	ctx, form, do := c.Request().Context(), receiptFrom(typed), typed.Get("do")
	if known, err := billing.BankMoneyRecorded(ctx, s.db, actorOf(c), form.Key); known || err != nil {
		if err != nil {
			return err
		}
		return s.done(c, officeMoneyURL, "This transfer is recorded.")
	}
	money, problems := form.money(s.db.Today())
	got, wrong, err := s.sharesTyped(ctx, actorOf(c), "invoices", form.Invoices, money.Gross)
	if err != nil {
		return err
	}
	money.Shares = got.shares
	problems = append(problems, wrong...)
	switch {
	case do == "change":
		return s.moneyReceiptPage(c, http.StatusOK, form, nil)
	case problems != nil:
		return s.moneyReceiptPage(c, http.StatusUnprocessableEntity, form, problems)
	case do != "record":
		return s.moneyReceiptCheck(c, form, money, got)
	}
	return s.moneyReceiptDo(c, form, money)
}

func (s *Site) moneyReceiptDo(c echo.Context, form receiptForm, money billing.BankMoney) error {
	ctx := c.Request().Context()
	problems, err := refused(s.db.InTx(ctx, func(tx models.DB) error {
		_, err := billing.RecordBankMoney(ctx, tx, actorOf(c), money)
		return err
	}))
	if err != nil {
		return err
	}
	if problems != nil {
		return s.moneyReceiptPage(c, http.StatusUnprocessableEntity, form, problems)
	}
	rest := money.Gross
	for _, share := range money.Shares {
		rest -= share.Gross
	}
	flash := append([]string{money.Gross.String() + " is recorded, on " + counted(len(money.Shares), "invoice") + "."}, restWords(rest)...)
	return s.done(c, officeMoneyURL, strings.Join(flash, " "))
}

// money reads the form; its invoices are read by sharesTyped.
func (f receiptForm) money(today models.Date) (billing.BankMoney, models.Problems) {
	bank := bankForm{Amount: f.Amount, Date: f.Date, Reference: f.Reference, Note: f.Note, Key: f.Key}
	r, problems := bank.receipt("", today)
	return billing.BankMoney{Gross: r.Gross, On: r.On, Reference: r.Reference, Note: r.Note, RequestKey: r.RequestKey}, problems
}

// moneyReceiptCheck says what will be recorded. Nothing is, until the next button.
func (s *Site) moneyReceiptCheck(c echo.Context, form receiptForm, money billing.BankMoney, got shared) error {
	page := templates.MoneyCheckPage{
		Page: s.officePage(c, "Check this transfer", "money"), Back: templates.Action{Label: "Money", URL: officeMoneyURL}, Heading: "Check this transfer",
		Rows: []templates.SummaryRow{
			{Key: "Amount", Lines: []string{money.Gross.String()}, Strong: true}, {Key: "Day it came", Lines: []string{money.On.Long()}},
		},
		Shares: got.rows, Happens: restWords(money.Gross - got.sum), URL: officeMoneyURL + "/receipt", Button: "Record " + money.Gross.String(),
		Fields: []templates.Choice{
			{Value: "key", Label: form.Key}, {Value: "amount", Label: form.Amount}, {Value: "date", Label: form.Date},
			{Value: "reference", Label: form.Reference}, {Value: "invoices", Label: form.Invoices}, {Value: "note", Label: form.Note},
		},
	}
	for _, row := range []templates.SummaryRow{{Key: "Reference", Lines: []string{money.Reference}}, {Key: "Note", Lines: []string{money.Note}}} {
		if row.Lines[0] != "" {
			page.Rows = append(page.Rows, row)
		}
	}
	page.Background = templates.White
	return s.render(c, http.StatusOK, "office-money-check", page)
}
