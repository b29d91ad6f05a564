package templates

import "hub.salford.ac.uk/ssph/models"

// OfficeCorrectPage is pages/office-correct.html: what an issued invoice should have said. Its form posts the fields of CorrectFields,
// and "do": check.
type OfficeCorrectPage struct {
	Page
	Back Action
	URL  string
	Code string
	Rows []SummaryRow
	Left models.Pence // of the invoice, when a part was credited before; 0 when none was
	Form CorrectFields
}

// CorrectFields is what was typed about a correction.
type CorrectFields struct {
	PurchaseOrder string // purchase-order
	Customer      string // customer
	Address       string // address: a line each
	Email         string // email: where the documents are sent
	Reason        string // reason: stands on the credit note
}

// OfficeCorrectCheckPage is pages/office-correct-check.html: the credit note and the new invoice as they will be, before they are
// issued. Its form posts what was typed again, "shown", and "do": issue or change.
type OfficeCorrectCheckPage struct {
	Page
	Back    Action
	URL     string
	Code    string
	Rows    []SummaryRow // what is credited, and what is issued anew
	Moves   string       // what becomes of money already paid; empty when none was
	Note    Invoice
	Invoice Invoice
	Form    CorrectFields
	Shown   string // the sums in pence, as shown
}
