package handlers

import (
	"fmt"
	"net/http"
	"net/url"

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

// correctOf finds the invoice that the address names, while it can be credited and issued anew. Otherwise the answer is given: it
// leads to the invoice, or to the one that stands in its place.
func (s *Site) correctOf(c echo.Context) (doc billing.Document, answered bool, err error) {
	ctx := c.Request().Context()
	if doc, err = s.documentOf(ctx, c); err != nil {
		return doc, false, err
	}
	family, err := s.familyOf(ctx, actorOf(c).Scope(), doc)
	if err != nil || correctable(doc) {
		return doc, false, err
	}
	for _, d := range family {
		if d.Replaces != nil && d.Replaces.ID == doc.ID {
			return doc, true, s.done(c, officeInvoiceURL(d.Code), d.Code+" stands in the place of "+doc.Code+". Both were emailed to the customer.")
		}
	}
	return doc, true, s.done(c, officeInvoiceURL(doc.Code), doc.Code+" cannot be corrected as a whole: a part of it is credited, or it is a credit note.")
}

// officeCorrect asks what an invoice should have said.
func (s *Site) officeCorrect(c echo.Context) error {
	doc, answered, err := s.correctOf(c)
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
		Rows: []templates.SummaryRow{{Key: "Invoice", Lines: []string{doc.Code + ", " + doc.Gross.String()}, Notes: []string{
			doc.Outstanding().String() + " to pay by " + doc.DueDate.String(),
		}}}, Form: templates.CorrectFields(form),
	}
	page.Background, page.Problems = templates.White, problems
	return s.render(c, statusFor(problems), "office-correct", page)
}

// officeCorrectSend issues both documents, after a page that shows them.
func (s *Site) officeCorrectSend(c echo.Context) error {
	doc, answered, err := s.correctOf(c)
	if err != nil || answered {
		return err
	}
	typed, err := posted(c)
	if err != nil {
		return err
	}
	form := correctFrom(typed)
	switch typed.Get("do") {
	case "change":
		return s.officeCorrectPage(c, doc, form, nil)
	case "issue":
		return s.issueCorrection(c, doc, form)
	}
	note, fresh, err := booking.PreviewCorrection(c.Request().Context(), s.db, actorOf(c), doc.Code, form.correction())
	problems, err := refused(err)
	if err != nil {
		return s.notCancellable(c, officeInvoiceURL(doc.Code), err)
	}
	if problems != nil {
		return s.officeCorrectPage(c, doc, form, problems)
	}
	return s.officeCorrectCheck(c, doc, form, note, fresh)
}

// officeCorrectCheck shows the credit note and the new invoice as they will be. Nothing is issued, until the next button.
func (s *Site) officeCorrectCheck(c echo.Context, doc billing.Document, form correctForm, note, fresh billing.Document) error {
	note.Code, fresh.Code = "not issued yet", "not issued yet"
	page := templates.OfficeCorrectCheckPage{
		Page: s.officePage(c, "Check both documents", "invoices"), Back: toOfficeInvoice(doc), URL: correctURL(doc.Code), Code: doc.Code,
		Note: invoiceWords(note), Invoice: invoiceWords(fresh), Form: templates.CorrectFields(form),
	}
	if doc.Paid > 0 {
		page.Moves = fmt.Sprintf("%s that was paid on %s counts towards the new invoice. Nothing is refunded.", doc.Paid, doc.Code)
	}
	page.Note.Part, page.Invoice.Part = "credit", "new"
	return s.render(c, http.StatusOK, "office-correct-check", page)
}

func (s *Site) issueCorrection(c echo.Context, doc billing.Document, form correctForm) error {
	ctx := c.Request().Context()
	var note, fresh billing.Document
	problems, err := refused(s.db.InTx(ctx, func(tx models.DB) (err error) {
		note, fresh, err = s.desk.CorrectInvoice(ctx, tx, actorOf(c), doc.Code, form.correction())
		return err
	}))
	if err != nil {
		return s.notCancellable(c, officeInvoiceURL(doc.Code), err)
	}
	if problems != nil {
		return s.officeCorrectPage(c, doc, form, problems)
	}
	flash := fmt.Sprintf("%s stands in the place of %s, which %s credits in full. Both were emailed to %s.", fresh.Code, doc.Code, note.Code, fresh.Customer.Email)
	return s.done(c, officeInvoiceURL(fresh.Code), flash)
}

// toOfficeInvoice leads back to an invoice of the office.
func toOfficeInvoice(doc billing.Document) templates.Action {
	return templates.Action{Label: documentTitle(doc), URL: officeInvoiceURL(doc.Code)}
}
