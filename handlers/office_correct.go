package handlers

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

func correctURL(code string) string { return officeInvoiceURL(code) + "/correct" }

// correctForm is what was typed about a correction.
type correctForm templates.CorrectFields

func correctFrom(typed url.Values) correctForm {
	return correctForm{
		PurchaseOrder: line(typed, "purchase-order"), Customer: line(typed, "customer"), Address: lines(typed, "address"),
		Email: line(typed, "email"), Reason: line(typed, "reason"),
	}
}

func (f correctForm) correction() billing.Correction {
	return billing.Correction{
		PurchaseOrder: f.PurchaseOrder, Reason: f.Reason, Customer: billing.Customer{Name: f.Customer, Address: f.Address, Email: f.Email},
	}
}

// correctOf finds the invoice that the address names, while something of it can be credited and issued anew. Otherwise the answer is
// given: it leads to the invoice, or to the one that stands in its place; form is what was to be issued, nil when nothing was.
func (s *Site) correctOf(c echo.Context, form *correctForm) (doc billing.Document, answered bool, err error) {
	if doc, err = s.documentOf(c.Request().Context(), c); err != nil || correctable(doc) {
		return doc, false, err
	}
	if answered, err = s.toReplacing(c, doc, form); err != nil || answered {
		return doc, answered, err
	}
	why := " is credited in full, so nothing of it is left to correct."
	if doc.Kind == billing.CreditNote {
		why = " is a credit note. Only invoices can be corrected."
	}
	return doc, true, s.done(c, officeInvoiceURL(doc.Code), doc.Code+why)
}

// toReplacing leads to the invoice that was issued in the place of another, if one was. A second press of the button finds what the
// first has done; somebody whose correction was another one is told that it was not made.
func (s *Site) toReplacing(c echo.Context, doc billing.Document, form *correctForm) (led bool, err error) {
	family, err := s.familyOf(c.Request().Context(), actorOf(c).Scope(), doc)
	if err != nil {
		return false, err
	}
	fresh := family.replacing(doc)
	if fresh == nil {
		return false, nil
	}
	flash := fresh.Code + " stands in the place of " + doc.Code + ". Both were emailed to the customer."
	if form != nil && !form.saidBy(*fresh) {
		flash = fresh.Code + " was issued in the place of " + doc.Code + " meanwhile, and does not say what you typed. Nothing more was issued: look at it, and correct it if it is wrong."
	}
	return true, s.done(c, officeInvoiceURL(fresh.Code), flash)
}

// saidBy says whether an invoice has the purchase order, name and address of the form; spaces tell nothing apart.
func (f correctForm) saidBy(doc billing.Document) bool {
	number, err := billing.TidyPurchaseOrder(f.PurchaseOrder)
	same := func(typed, printed string) bool {
		return slices.Equal(strings.Fields(typed), strings.Fields(printed))
	}
	return err == nil && number == doc.PurchaseOrder && same(f.Customer, doc.Customer.Name) && same(f.Address, doc.Customer.Address)
}

// officeCorrect asks what an invoice should have said.
func (s *Site) officeCorrect(c echo.Context) error {
	doc, answered, err := s.correctOf(c, nil)
	if err != nil || answered {
		return err
	}
	return s.officeCorrectPage(c, doc, correctForm{
		PurchaseOrder: doc.PurchaseOrder, Customer: doc.Customer.Name, Address: doc.Customer.Address, Email: doc.Customer.Email,
	}, nil)
}

func (s *Site) officeCorrectPage(c echo.Context, doc billing.Document, form correctForm, problems models.Problems) error {
	page := templates.OfficeCorrectPage{
		Page: s.officePage(c, "Correct invoice "+doc.Code, "invoices"), Back: toOfficeInvoice(doc), URL: correctURL(doc.Code), Code: doc.Code,
		Rows: correctRows(doc), Form: templates.CorrectFields(form),
	}
	if doc.Credited > 0 {
		page.Left = doc.Gross - doc.Credited
	}
	page.Background, page.Problems = templates.White, problems
	return s.render(c, statusFor(problems), "office-correct", page)
}

// correctRows say how an invoice stands: what was credited before, what is left of it, and what had been paid.
func correctRows(doc billing.Document) []templates.SummaryRow {
	rows := []templates.SummaryRow{{Key: "Invoice", Lines: []string{doc.Code + ", " + doc.Gross.String()}, Notes: []string{
		doc.Outstanding().String() + " to pay by " + doc.DueDate.String(),
	}}}
	if doc.Credited > 0 {
		rows = append(rows, templates.SummaryRow{Key: "Credited before", Lines: []string{doc.Credited.String()}, Notes: []string{
			(doc.Gross - doc.Credited).String() + " is left of " + doc.Code,
		}})
	}
	if doc.Paid > 0 {
		rows = append(rows, templates.SummaryRow{Key: "Paid", Lines: []string{doc.Paid.String()}, Notes: []string{"It counts towards the new invoice"}})
	}
	return rows
}

// officeCorrectSend issues both documents, after a page that shows them.
func (s *Site) officeCorrectSend(c echo.Context) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	form := correctFrom(typed)
	doc, answered, err := s.correctOf(c, &form)
	if err != nil || answered {
		return err
	}
	switch typed.Get("do") {
	case "change":
		return s.officeCorrectPage(c, doc, form, nil)
	case "issue":
		return s.issueCorrection(c, doc, form, creditShown(typed))
	}
	return s.officeCorrectCheck(c, doc, form, nil)
}

// officeCorrectCheck shows the credit note and the new invoice as they will be. Nothing is issued, until the next button; changed says
// that it was pressed and what it showed is true no more.
func (s *Site) officeCorrectCheck(c echo.Context, doc billing.Document, form correctForm, changed models.Problems) error {
	note, fresh, err := booking.PreviewCorrection(c.Request().Context(), s.db, actorOf(c), doc.Code, form.correction())
	problems, err := refused(err)
	if err != nil {
		return s.notCancellable(c, officeInvoiceURL(doc.Code), err)
	}
	if problems != nil {
		return s.officeCorrectPage(c, doc, form, problems)
	}
	page := s.bothDocuments(c, doc, form, note, fresh)
	page.Problems = changed
	return s.render(c, statusFor(changed), "office-correct-check", page)
}

func (s *Site) bothDocuments(c echo.Context, doc billing.Document, form correctForm, note, fresh billing.Document) templates.OfficeCorrectCheckPage {
	note.Code, fresh.Code = "not issued yet", "its number" // the latter as the reference to pay with
	page := templates.OfficeCorrectCheckPage{
		Page: s.officePage(c, "Check both documents", "invoices"), Back: toOfficeInvoice(doc), URL: correctURL(doc.Code), Code: doc.Code,
		Note: invoiceWords(note), Invoice: invoiceWords(fresh), Form: templates.CorrectFields(form), Shown: billing.ReissueAgreed(fresh),
	}
	page.Rows = []templates.SummaryRow{{Key: "Credited now", Lines: []string{note.Gross.String()}}, {Key: "Issued anew", Lines: []string{fresh.Gross.String()}}}
	if doc.Credited > 0 {
		page.Rows[0].Notes = []string{"What is left of " + doc.Code + ": " + doc.Credited.String() + " was credited before"}
	}
	if doc.Paid > 0 {
		page.Moves = fmt.Sprintf("%s that was paid on %s counts towards the new invoice. Nothing is refunded.", doc.Paid, doc.Code)
	}
	page.Note.Part, page.Invoice.Part, page.Invoice.Number = "credit", "new", note.Code
	return page
}

func (s *Site) issueCorrection(c echo.Context, doc billing.Document, form correctForm, shown *string) error {
	ctx, correction := c.Request().Context(), form.correction()
	correction.Shown = shown
	var note, fresh billing.Document
	problems, err := refused(s.db.InTx(ctx, func(tx models.DB) (err error) {
		note, fresh, err = s.desk.CorrectInvoice(ctx, tx, actorOf(c), doc.Code, correction)
		return err
	}))
	if models.KindOf(err) == models.KindConflict {
		if led, failed := s.toReplacing(c, doc, &form); led || failed != nil {
			return failed
		}
	}
	if err != nil {
		return s.notCancellable(c, officeInvoiceURL(doc.Code), err)
	}
	if problems.For("") != "" { // the sums have changed since the check page was drawn
		if doc, err = s.documentOf(ctx, c); err != nil {
			return err
		}
		return s.officeCorrectCheck(c, doc, form, problems)
	}
	if problems != nil {
		return s.officeCorrectPage(c, doc, form, problems)
	}
	credits := note.Code + " credits in full"
	if doc.Credited > 0 {
		credits = "is credited in full now, the rest of it by " + note.Code
	}
	flash := fmt.Sprintf("%s stands in the place of %s, which %s. Both were emailed to %s.", fresh.Code, doc.Code, credits, fresh.Customer.Email)
	return s.done(c, officeInvoiceURL(fresh.Code), flash)
}

// toOfficeInvoice leads back to an invoice of the office.
func toOfficeInvoice(doc billing.Document) templates.Action {
	return templates.Action{Label: documentTitle(doc), URL: officeInvoiceURL(doc.Code)}
}
