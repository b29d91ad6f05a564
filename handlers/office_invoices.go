package handlers

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

const invoicesPerPage = 20

// invoicesAsked is what the list is narrowed to: "unpaid", "overdue", "part-paid", or nothing for all documents.
func invoicesAsked(asked url.Values) string {
	switch show := asked.Get("show"); {
	case asked.Get("unpaid") == "yes":
		return "unpaid"
	case show == "overdue" || show == "part-paid":
		return show
	}
	return ""
}

// officeInvoices lists documents, newest first: all, or the invoices with something to pay.
func (s *Site) officeInvoices(c echo.Context) error {
	ctx, asked, today := c.Request().Context(), c.QueryParams(), s.db.Today()
	const path = "/office/invoices"
	which := invoicesAsked(asked)
	page := templates.OfficeInvoicesPage{
		Page: s.officePage(c, "Invoices", "invoices"), Which: which,
		Tabs: []templates.OfficeTab{
			tab("All", path, "", which == ""), tab("Unpaid", path, "unpaid=yes", which == "unpaid"),
			tab("Overdue", path, "show=overdue", which == "overdue"), tab("Part paid", path, "show=part-paid", which == "part-paid"),
		},
		Search: searchFor(path, "Search by number, customer, booking or purchase order", asked, "unpaid", "show"),
	}
	filter := billing.DocumentFilter{
		Search: page.Search.Typed, Unpaid: which == "unpaid", PartPaid: which == "part-paid", Page: pageAsked(asked), PerPage: invoicesPerPage,
	}
	if which == "overdue" {
		filter.OverdueOn = today
	}
	docs, total, err := billing.Documents(ctx, s.db, actorOf(c).Scope(), filter)
	if err != nil {
		return err
	}
	for _, d := range docs {
		row := templates.OfficeInvoiceRow{
			Number: d.Code, URL: officeInvoiceURL(d.Code), Date: d.IssueDate, Customer: d.Customer.Name, Booking: d.OrderReference,
			BookingURL: officeBookingURL(d.OrderReference), PO: d.PurchaseOrder, Total: signed(d),
		}
		row.State, row.Note = documentState(d, today)
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
