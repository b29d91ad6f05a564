package billing

import (
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// DocumentKind is an invoice or a credit note.
type DocumentKind string

// The two kinds; each has its own number series.
const (
	Invoice    DocumentKind = "invoice"
	CreditNote DocumentKind = "credit-note"
)

// Customer is who is invoiced, as it stands on a document.
type Customer struct {
	Name           string
	Address        string // one line of the address a line, postcode last
	Email          string // where the document is sent
	OrganisationID *int64
}

// AddressLines is the address line by line.
func (c Customer) AddressLines() []string { return nonEmptyLines(c.Address) }

// DocumentLine is one line of an issued document.
type DocumentLine struct {
	Description string
	Details     []string
	Quantity    int
	Unit        models.Pence
	Discount    models.Percent
	Net         models.Pence
	Rate        VATRate
	Route       Route
	Format      Format
}

// base is the line before its discount.
func (l DocumentLine) base() models.Pence { return l.Unit * models.Pence(l.Quantity) }

// Document is an issued invoice or credit note with what has been paid on it. Everything but Paid and Credited is fixed for ever.
type Document struct {
	ID             int64
	Kind           DocumentKind
	Code           string // INV-000437
	IssuedAt       time.Time
	IssueDate      models.Date
	TaxPoint       models.Date
	DueDate        models.Date
	Supplier       Supplier
	Customer       Customer
	Order          Order
	OrderReference string
	PurchaseOrder  string
	PaidStatement  string // "Paid by card on 23 November 2026", empty when it was issued unpaid
	Lines          []DocumentLine
	VATs           []VATTotal
	Net            models.Pence
	VAT            models.Pence
	Gross          models.Pence
	Demonstration  bool
	Paid           models.Pence // allocated to it so far
	Credited       models.Pence // taken off it by credit notes so far
}

// Outstanding is what is still to pay; never negative.
func (d Document) Outstanding() models.Pence { return max(d.Gross-d.Paid-d.Credited, 0) }

// DocumentState is how a document stands with its customer; it is worked out, never stored.
type DocumentState string

// The states, in the words of the screen.
const (
	StatePaid     DocumentState = "Paid"
	StatePartPaid DocumentState = "Part paid"
	StateSent     DocumentState = "Sent"
	StateOverdue  DocumentState = "Overdue"
	StateCredited DocumentState = "Credited"
)

// State works out how the document stands on a London day. An invoice is overdue from the day after its due date.
func (d Document) State(today models.Date) DocumentState {
	switch {
	case d.Credited > 0 && d.Credited >= d.Gross:
		return StateCredited
	case d.Outstanding() == 0:
		return StatePaid
	case d.DueDate.Before(today):
		return StateOverdue
	case d.Paid > 0:
		return StatePartPaid
	}
	return StateSent
}

// File is a document as it was rendered at issue.
type File struct {
	Name        string
	ContentType string
	SHA256      string // hex
	Content     []byte
}

// numberCode writes a number in its series: INV-000437.
func numberCode(prefix string, digits int, number int64) string {
	return fmt.Sprintf("%s%0*d", prefix, digits, number)
}
