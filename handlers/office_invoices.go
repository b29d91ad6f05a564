package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

const invoicesPerPage = 20

// officeInvoices lists documents, newest first: all, or the invoices with something to pay.
func (s *Site) officeInvoices(c echo.Context) error {
	ctx, asked := c.Request().Context(), c.QueryParams()
	const path = "/office/invoices"
	unpaid := asked.Get("unpaid") == "yes"
	page := templates.OfficeInvoicesPage{
		Page: s.officePage(c, "Invoices", "invoices"), Unpaid: unpaid,
		Tabs:   []templates.OfficeTab{tab("All", path, "", !unpaid), tab("Unpaid", path, "unpaid=yes", unpaid)},
		Search: searchFor(path, "Search by number, customer, booking or purchase order", asked, "unpaid"),
	}
	docs, total, err := billing.Documents(ctx, s.db, actorOf(c).Scope(), billing.DocumentFilter{
		Search: page.Search.Typed, Unpaid: unpaid, Page: pageAsked(asked), PerPage: invoicesPerPage,
	})
	if err != nil {
		return err
	}
	for _, d := range docs {
		row := templates.OfficeInvoiceRow{
			Number: d.Code, URL: officeInvoiceURL(d.Code), Date: d.IssueDate, Customer: d.Customer.Name, Booking: d.OrderReference,
			BookingURL: officeBookingURL(d.OrderReference), PO: d.PurchaseOrder, Total: signed(d),
		}
		row.State, row.Note = documentState(d, s.db.Today())
		page.Rows = append(page.Rows, row)
	}
	page.Count, page.Pages = total, listPages(path, asked, total, invoicesPerPage)
	if len(docs) == 0 && total > 0 {
		return s.redirect(c, lastPage(path, asked, page.Pages))
	}
	return s.render(c, http.StatusOK, "office-invoices", page)
}

// signed is a document's total: a credit note takes away.
func signed(d billing.Document) models.Pence {
	if d.Kind == billing.CreditNote {
		return -d.Gross
	}
	return d.Gross
}

// officeDocumentRow is a document in the list of a booking.
func officeDocumentRow(d billing.Document, today models.Date) templates.DocumentRow {
	row := templates.DocumentRow{
		Number: d.Code, URL: officeInvoiceURL(d.Code), PDFURL: invoicePDF(d.Code), Date: d.IssueDate, For: d.Customer.Name,
		PO: d.PurchaseOrder, Total: signed(d),
	}
	row.State, row.Note = documentState(d, today)
	return row
}
