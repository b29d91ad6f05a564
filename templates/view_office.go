package templates

import (
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// OfficeTodayPage is pages/office-today.html.
type OfficeTodayPage struct {
	Page
	Heading  string // "Today, Monday 23 November 2026"
	Figures  []Figure
	Money    []MoneyToDo
	MoreURL  string // all unpaid invoices; empty when all stand here
	More     int    // how many there are altogether
	Tasks    []OfficeTask
	Sessions []OfficeSessionRow
	Sold     SoldTable
}

// Figure is one number of a row of figures.
type Figure struct {
	Value string
	Name  string
	Note  string
	URL   string // where the name leads; empty for nowhere
}

// MoneyToDo is an unpaid invoice, or the money that is on none.
type MoneyToDo struct {
	What     string
	URL      string
	Customer string // empty where there is none
	Due      string // "Due 4 November, 19 days ago"
	Late     bool
	Amount   models.Pence
}

// OfficeTask is something only a person can decide. Link leads to where its work is done; EndURL to the page on which a person says that
// nothing more is to do, and is empty where only the work ends it.
type OfficeTask struct {
	ID       int64
	Sentence string
	Since    time.Time
	Link     *Action
	EndURL   string
}

// OfficeTaskPage is pages/office-task.html: one task, the way to its work, and the form that ends it with a reason. Its form posts
// "reason".
type OfficeTaskPage struct {
	Page
	Back     Action
	Heading  string
	Sentence string
	Rows     []SummaryRow
	Work     *Action
	URL      string // where the form goes
	Reason   string
	Ended    string // how it ended; empty while it is to do

	EndsItself bool // when what it asks for has happened
}

// SoldTable is the places sold in each of the last months, with their chart.
type SoldTable struct {
	Chart BarChart
	Year  string // the year of the last month
	Rows  []SoldRow
	Total int
}

// SoldRow is one month.
type SoldRow struct {
	Month  string // "June", "November, so far"
	Short  string // "Jun"
	Places int
}

// OfficeSearch is a search field above a list. It asks for "q" with the method get.
type OfficeSearch struct {
	URL    string
	Label  string
	Typed  string
	Keep   []Choice // what else the address says, sent along
	Button string
}

// OfficeTab is one of the ways to narrow a list.
type OfficeTab struct {
	Label string
	URL   string
	Now   bool
}

// OfficeBookingsPage is pages/office-bookings.html.
type OfficeBookingsPage struct {
	Page
	Search OfficeSearch
	Count  int64
	Rows   []OfficeBookingRow
	Pages  Pages
}

// OfficeBookingRow is one booking of a list.
type OfficeBookingRow struct {
	Reference  string
	URL        string
	Customer   string
	Booker     string // name and address
	Session    string // "14 January 2027, Face to face, Salford"
	SessionURL string
	Places     int
	Unnamed    int
	State      Tag
	Note       string // under the tag: "until 10:42am"
	Paid       string // "By card", "By invoice"
	At         time.Time
}

// OfficeBookingPage is pages/office-booking.html: one booking with everything about it.
type OfficeBookingPage struct {
	Page
	Booking    OfficeBookingRow
	Facts      []SummaryRow
	Places     []PlaceRow
	CancelURL  string // where all its places are cancelled; empty with fewer than two
	PageURL    string // the booker's page
	InvoiceURL string // where a walk-in is invoiced; empty for every other booking, and once it is
	Documents  []DocumentRow
	Receipts   []ReceiptRow
	Owed       string // the balance in a sentence
	Mails      []MailRow
	History    []HistoryRow
}

// ReceiptRow is money that came, or one line of what went back.
type ReceiptRow struct {
	What   string // "Card payment", "By bank transfer", "Sent back to the card"
	URL    string // where it came to or went, in full
	Notes  []string
	Stripe string // Stripe's number of a card payment, for whoever looks it up there; else empty
	On     models.Date
	Amount models.Pence // negative for what went back
}

// HistoryRow is one line of what happened.
type HistoryRow struct {
	At   time.Time
	What string
	Who  string
}

// OfficeInvoicesPage is pages/office-invoices.html.
type OfficeInvoicesPage struct {
	Page
	Tabs   []OfficeTab
	Search OfficeSearch
	Count  int64
	Rows   []OfficeInvoiceRow
	Which  string // "unpaid", "overdue", "part-paid"; empty for all
	Pages  Pages
}

// OfficeInvoiceRow is one document of the office's list.
type OfficeInvoiceRow struct {
	Number     string
	URL        string
	Date       models.Date
	Customer   string
	Booking    string
	BookingURL string
	PO         string
	State      Tag
	Note       string
	Total      models.Pence
}

// OfficeInvoicePage is pages/office-invoice.html.
type OfficeInvoicePage struct {
	Page
	Invoice    Invoice
	State      Tag
	Note       string
	PDFURL     string
	BookingURL string
	Booking    string
	Receipts   []ReceiptRow
	Form       *BankPaymentFields // nil where nothing was ever to pay: for a credit note, and an invoice of £0.00
	Paid       bool               // nothing is to pay now: the form, for money that comes all the same, is folded away
	Links      []DocumentLink
	CorrectURL string // where it is credited and issued anew; empty when it cannot be
}

// BankPaymentFields is what was typed about a bank payment, and the key that makes a second press of the button the same payment.
type BankPaymentFields struct {
	Amount    string // amount
	Date      string // date
	Reference string // reference
	Note      string // note
	Key       string // key
}

// OfficePaymentPage is pages/office-payment.html: what will be recorded, before it is.
type OfficePaymentPage struct {
	Page
	Code    string
	URL     string // of the invoice: the form posts to URL/payments
	Rows    []SummaryRow
	Preview string // "This pays INV-000437 in full."
	Form    BankPaymentFields
	Button  string
}

// OfficePeoplePage is pages/office-people.html.
type OfficePeoplePage struct {
	Page
	Search OfficeSearch
	Count  int64
	Rows   []PersonRow
	Pages  Pages
}

// PersonRow is one person of the office's list.
type PersonRow struct {
	URL       string
	Name      string
	Email     string
	Ties      []string // "Hub office", "Manages Irwell Wellbeing Network"
	Confirmed bool     // the address is proven
	Since     models.Date
}
