package templates

import "hub.salford.ac.uk/ssph/models"

// OfficeWalkInPage is pages/office-walk-in.html: whom to invoice for somebody who came without a place. Its form posts the fields of
// BillingFields, and "do": check.
type OfficeWalkInPage struct {
	Page
	Back Action
	URL  string // where the form goes
	Rows []SummaryRow
	Form BillingFields
}

// OfficeWalkInCheckPage is pages/office-walk-in-check.html: the invoice as it will be, before it is issued. Its form posts what was
// typed again, and "do": issue or change.
type OfficeWalkInCheckPage struct {
	Page
	Back    Action
	URL     string
	Form    BillingFields
	Invoice Invoice
	To      string // the address it is sent to
	Due     models.Date
	Button  string
}
