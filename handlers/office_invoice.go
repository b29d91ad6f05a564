package handlers

import (
	"context"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// officeInvoice shows an invoice with its payments and the form for a bank payment, filled in with what is still to pay.
func (s *Site) officeInvoice(c echo.Context) error {
	code, err := documentCode(c)
	if err != nil {
		return err
	}
	doc, err := billing.FindDocument(c.Request().Context(), s.db, actorOf(c).Scope(), code)
	if err != nil {
		return err
	}
	form := bankForm{Date: s.db.Today().String(), Key: access.NewSecret()}
	if doc.Outstanding() > 0 {
		form.Amount = doc.Outstanding().Plain()
	}
	return s.officeInvoicePage(c, http.StatusOK, doc, form, nil)
}

func (s *Site) officeInvoicePage(c echo.Context, status int, doc billing.Document, form bankForm, problems models.Problems) error {
	page := templates.OfficeInvoicePage{
		Page: s.officePage(c, documentTitle(doc), "invoices"), Invoice: invoiceWords(doc), PDFURL: invoicePDF(doc.Code),
		Booking: doc.OrderReference, BookingURL: officeBookingURL(doc.OrderReference),
	}
	page.Problems = problems
	page.State, page.Note = documentState(doc, s.db.Today())
	if doc.Kind == billing.Invoice && doc.Gross > 0 {
		fields := templates.BankPaymentFields(form)
		page.Form, page.Paid = &fields, doc.Outstanding() == 0
	}
	receipts, err := billing.Receipts(c.Request().Context(), s.db, actorOf(c), doc.Order)
	if err != nil {
		return err
	}
	page.Receipts = receiptRows(receipts)
	if doc.Kind == billing.CreditNote {
		story, _, err := s.officeCreditStory(c, doc)
		if err != nil {
			return err
		}
		page.Note = strings.Join(story, " ")
	}
	family, err := s.familyOf(c.Request().Context(), actorOf(c).Scope(), doc)
	if err != nil {
		return err
	}
	page.Links = family.links(doc, officeInvoiceURL)
	if correctable(doc) {
		page.CorrectURL = correctURL(doc.Code)
	}
	return s.render(c, status, "office-invoice", page)
}

// receiptRows are payments, what went back of them and what disputes took, line by line.
func receiptRows(receipts []billing.Receipt) []templates.ReceiptRow {
	var rows []templates.ReceiptRow
	for _, r := range receipts {
		row := templates.ReceiptRow{What: "Card payment", URL: moneyPaymentURL(r.ID), Stripe: r.Reference, On: r.On, Amount: r.Gross}
		if r.Method == "bank" {
			row.What, row.Stripe = "By bank transfer", ""
			if r.Reference != "" {
				row.Notes = append(row.Notes, r.Reference)
			}
		}
		if r.Note != "" {
			row.Notes = append(row.Notes, r.Note)
		}
		if r.Here > 0 && r.Here < r.Gross {
			row.Notes = append(row.Notes, r.Here.String()+" of it is on this booking’s invoices")
		}
		rows = append(rows, row)
		for _, back := range r.Refunds {
			rows = append(rows, templates.ReceiptRow{
				What: refundWords(back.State, back.Method), URL: moneyRefundURL(back.ID), Notes: []string{refundCause(back.Cause)},
				On: models.DateOf(back.CreatedAt), Amount: -back.Gross,
			})
		}
		for _, d := range r.Disputes {
			row := templates.ReceiptRow{What: "Taken by the cardholder’s bank in a dispute", URL: moneyPaymentURL(r.ID), On: d.On, Amount: -d.Gross}
			if d.Gross < 0 {
				row.What = "Came back from the cardholder’s bank after a dispute"
			}
			rows = append(rows, row)
		}
	}
	return rows
}

func refundWords(state billing.RefundState, method billing.PaymentMethod) string {
	bank := method == billing.ByBank
	switch state {
	case billing.RefundSent:
		if bank {
			return "Sent back by bank transfer"
		}
		return "Sent back to the card"
	case billing.RefundReturned:
		return "Did not reach the card"
	case billing.RefundWanted, billing.RefundOnItsWay:
	}
	if bank {
		return "To be sent back by bank transfer"
	}
	return "On its way back to the card"
}

func refundCause(cause billing.RefundCause) string {
	switch cause {
	case billing.CauseDuplicate:
		return "It was paid twice"
	case billing.CauseCredit:
		return "For a credit note"
	case billing.CauseOverpaid:
		return "More came than was due"
	case billing.CauseExternal:
		return "Begun at Stripe itself"
	case billing.CauseLate:
	}
	return "The session had filled up"
}

// documentOf finds the invoice the address names, for an action of the office.
func (s *Site) documentOf(ctx context.Context, c echo.Context) (billing.Document, error) {
	code, err := documentCode(c)
	if err != nil {
		return billing.Document{}, err
	}
	return billing.FindDocument(ctx, s.db, actorOf(c).Scope(), code)
}
