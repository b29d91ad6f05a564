package handlers

import (
	"fmt"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// bankForm is what was typed about a bank payment.
type bankForm templates.BankPaymentFields

// mostKey bounds the key of a form: ours are 43 letters.
const mostKey = 64

func bankFrom(typed url.Values) bankForm {
	f := bankForm{
		Amount: line(typed, "amount"), Date: line(typed, "date"), Reference: line(typed, "reference"), Note: lines(typed, "note"),
		Key: line(typed, "key"),
	}
	if f.Key == "" || len(f.Key) > mostKey {
		f.Key = access.NewSecret()
	}
	return f
}

// receipt reads the form. What it holds beyond that is billing's to judge.
func (f bankForm) receipt(code string, today models.Date) (billing.BankReceipt, models.Problems) {
	var p models.Problems
	r := billing.BankReceipt{Code: code, Reference: f.Reference, Note: f.Note, RequestKey: f.Key}
	var err error
	if r.Gross, err = models.ParsePence(f.Amount); err != nil {
		p.Add("amount", "Enter the amount in pounds and pence, like 820.80")
	} else if r.Gross == 0 {
		p.Add("amount", "Enter the amount that was paid, more than £0.00")
	}
	day, ok := typedDate(f.Date)
	switch {
	case !ok:
		p.Add("date", "Enter a real day, like 14 January 2027")
	case today.Before(day):
		p.Add("date", "The day the money came must be today or earlier")
	}
	r.On = day
	fits(&p, "reference", f.Reference, "The reference", 140)
	fits(&p, "note", f.Note, "The note", 500)
	return r, p
}

// officePayment records a bank payment, after a page that says what will be recorded.
func (s *Site) officePayment(c echo.Context) error {
	doc, err := s.documentOf(c.Request().Context(), c)
	if err != nil {
		return err
	}
	typed, err := posted(c)
	if err != nil {
		return err
	}
	form := bankFrom(typed)
	receipt, problems := form.receipt(doc.Code, s.db.Today())
	switch do := typed.Get("do"); {
	case doc.Kind != billing.Invoice:
		return models.Fail(models.KindConflict, "A credit note is not paid. Record the payment on its invoice")
	case problems != nil:
		return s.officeInvoicePage(c, http.StatusUnprocessableEntity, doc, form, problems)
	case do == "change":
		return s.officeInvoicePage(c, http.StatusOK, doc, form, nil)
	case do != "record":
		return s.officePaymentCheck(c, doc, form, receipt)
	}
	return s.recordPayment(c, doc, form, receipt)
}

// replacedBefore begins a sentence about money for an invoice that another stands for; it is empty when that is the one that was named.
func replacedBefore(code, by string) string {
	if code == by {
		return ""
	}
	return replacedWords(code, by) + ". "
}

// officePaymentCheck says what will be recorded, on the invoice that stands for the one named. Nothing is, until the next button.
func (s *Site) officePaymentCheck(c echo.Context, named billing.Document, form bankForm, r billing.BankReceipt) error {
	doc, err := billing.Standing(c.Request().Context(), s.db, named)
	if err != nil {
		return err
	}
	page := templates.OfficePaymentPage{
		Page: s.officePage(c, "Check this payment", "invoices"), Code: doc.Code, URL: officeInvoiceURL(doc.Code),
		Preview: replacedBefore(named.Code, doc.Code) + paymentPreview(doc, r.Gross), Form: templates.BankPaymentFields(form), Button: "Record " + r.Gross.String(),
		Rows: []templates.SummaryRow{
			{Key: "Invoice", Lines: []string{doc.Code}, Notes: []string{doc.Customer.Name, doc.Outstanding().String() + " to pay"}},
			{Key: "Amount", Lines: []string{r.Gross.String()}, Strong: true},
			{Key: "Day it came", Lines: []string{r.On.Long()}},
		},
	}
	for _, row := range []templates.SummaryRow{{Key: "Reference", Lines: []string{r.Reference}}, {Key: "Note", Lines: []string{r.Note}}} {
		if row.Lines[0] != "" {
			page.Rows = append(page.Rows, row)
		}
	}
	return s.render(c, http.StatusOK, "office-payment", page)
}

// paymentPreview says what a payment does to its invoice: pays it, a part of it, or too much.
func paymentPreview(doc billing.Document, gross models.Pence) string {
	open := doc.Outstanding()
	switch {
	case open == 0:
		return fmt.Sprintf("%s has nothing left to pay, so all of %s is paid too much. It becomes a decision on Today.", doc.Code, gross)
	case gross < open:
		return fmt.Sprintf("This pays a part of %s: %s is left to pay.", doc.Code, open-gross)
	case gross > open:
		return fmt.Sprintf("This pays %s in full, and %s is paid too much. That becomes a decision on Today.", doc.Code, gross-open)
	}
	return fmt.Sprintf("This pays %s in full.", doc.Code)
}

func (s *Site) recordPayment(c echo.Context, named billing.Document, form bankForm, r billing.BankReceipt) error {
	ctx := c.Request().Context()
	var doc billing.Document
	problems, err := refused(s.db.InTx(ctx, func(tx models.DB) (err error) {
		doc, err = billing.RecordBankPayment(ctx, tx, actorOf(c), r)
		return err
	}))
	if err != nil {
		return err
	}
	if problems != nil {
		if named, err = s.documentOf(ctx, c); err != nil {
			return err
		}
		return s.officeInvoicePage(c, http.StatusUnprocessableEntity, named, form, problems)
	}
	over, err := billing.LeftOfReceipt(ctx, s.db, actorOf(c), r.RequestKey)
	if err != nil {
		return err
	}
	flash := fmt.Sprintf("%s is recorded. %s%s", r.Gross, replacedBefore(named.Code, doc.Code), paymentDone(doc, over))
	return s.done(c, officeInvoiceURL(doc.Code), flash)
}

// paymentDone says how an invoice stands once a payment is recorded, of which so much is on no invoice. What is credited in full asked
// for nothing, so it is not paid.
func paymentDone(doc billing.Document, over models.Pence) string {
	switch left := doc.Outstanding(); {
	case left > 0:
		return left.String() + " is left to pay."
	case doc.Credited > 0 && doc.Credited >= doc.Gross:
		return doc.Code + " is credited in full, so nothing was due. Decide on Today what becomes of the money."
	case over > 0:
		return fmt.Sprintf("%s is paid in full, and %s is paid too much. Decide on Today what becomes of it.", doc.Code, over)
	}
	return doc.Code + " is paid in full."
}
