package billing

import (
	"fmt"
	"slices"
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

	Reason     string       // of a credit note: why
	Credits    *DocumentRef // of a credit note: its invoice
	Replaces   *DocumentRef // of an invoice: the credited one that it stands for
	PaidBefore *PaidBefore  // of an invoice that replaces another: what had been paid when it was issued
	SetOff     models.Pence // of a credit note: set off against what was owed, at issue
	Parts      []CreditPart // of a credit note: where its money was at issue
	Settled    models.Pence // of a credit note: set off or sent back so far
	Returning  models.Pence // of a credit note: on its way back
	Came       []Came       // of a credit note: what of its money did not simply go back as it said
	resent     models.Pence // of Returning: what had gone once and came back unpaid, so that it is settled already
	back       models.Pence // of Settled: what lost disputes had taken and brought back to us since
	again      models.Pence // what of that has gone again, without settling once more
}

// CountsOn is the day on which a document stands in the books: an invoice's tax point. One that replaces another counts on its day of
// issue, as the credit note beside it does: a return that was sent, and a statement of last month, must not change because a
// purchase order was corrected.
func (d Document) CountsOn() models.Date {
	if d.Replaces != nil {
		return d.IssueDate
	}
	return d.TaxPoint
}

// DocumentRef names another document.
type DocumentRef struct {
	ID        int64
	Code      string
	IssueDate models.Date
}

// PaidBefore is money that was on an invoice's predecessor.
type PaidBefore struct {
	Gross  models.Pence
	Method PaymentMethod
	On     models.Date // of the latest payment
}

// Outstanding is what is still to pay on an invoice; never negative.
func (d Document) Outstanding() models.Pence {
	if d.Kind == CreditNote {
		return 0
	}
	return max(d.Gross-d.Paid-d.Credited, 0)
}

// ToRefund is what a credit note still leaves to send back: not set off, not sent and not on its way.
func (d Document) ToRefund() models.Pence {
	if d.Kind != CreditNote {
		return 0
	}
	return max(d.Gross-(d.Settled-d.back)-d.again-(d.Returning-d.resent), 0)
}

// DocumentState is how a document stands with its customer; it is worked out, never stored.
type DocumentState string

// The states, in the words of the screen.
const (
	StatePaid     DocumentState = "Paid"
	StatePartPaid DocumentState = "Part paid"
	StateSent     DocumentState = "Sent"
	StateOverdue  DocumentState = "Overdue"
	StateCredited DocumentState = "Credited"
	StateToRefund DocumentState = "To refund"
	StateFailed   DocumentState = "Refund failed"
	StateOnItsWay DocumentState = "Refund on its way"
	StateSettled  DocumentState = "Settled"
)

// State works out how the document stands on a London day. An invoice is overdue from the day after its due date.
func (d Document) State(today models.Date) DocumentState {
	switch {
	case d.Kind == CreditNote:
		return d.creditState()
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

func (d Document) creditState() DocumentState {
	switch {
	case d.failed():
		return StateFailed
	case d.ToRefund() > 0:
		return StateToRefund
	case d.Returning > 0:
		return StateOnItsWay
	}
	return StateSettled
}

// failed says that money of a credit note did not reach its card, and that nothing goes in its place yet.
func (d Document) failed() bool {
	return slices.ContainsFunc(d.Came, func(c Came) bool { return c.How == CameReturned || c.How == CameUnsent })
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
