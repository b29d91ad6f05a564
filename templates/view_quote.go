package templates

import "hub.salford.ac.uk/ssph/models"

// OfficeCheckPage is pages/office-check.html: what will be done, before it is. Its form posts what was typed and "do": "confirm" or
// "change".
type OfficeCheckPage struct {
	Page
	Back    Action
	Heading string
	Lead    string
	Rows    []SummaryRow
	Invoice *Invoice // the document as it will be; nil for none
	Terms   []string // of a quote
	URL     string   // where the form posts to
	Fields  []Choice // what was typed: name and value
	Button  string
}

// OfficeQuotesPage is pages/office-quotes.html.
type OfficeQuotesPage struct {
	Page
	Search OfficeSearch
	Count  int64
	Rows   []QuoteRow
	Pages  Pages
}

// QuoteRow is one quote of the office's list.
type QuoteRow struct {
	Reference string
	URL       string
	Date      models.Date
	Customer  string
	Contact   string       // name and address
	What      string       // "12 people, their own group, online"
	Total     models.Pence // with the VAT of today; of one that is accepted, over or withdrawn what was agreed or offered
	State     Tag
	Note      string // under the tag: "Until 23 December 2026"
}

// OfficeQuoteNewPage is pages/office-quote-new.html. Field names are those of QuoteFields, in lower case with hyphens.
type OfficeQuoteNewPage struct {
	Page
	Form     QuoteFields
	Sessions []Choice // open-access dates with room
	Days     int      // how long a quote stands
	URL      string
}

// QuoteFields is what was typed about a quote.
type QuoteFields struct {
	Route        string // route
	Format       string // format
	People       string // people
	Session      string // session: empty for a date to be agreed
	Name         string // name: the contact
	Email        string // email
	Organisation string // organisation
	Line1        string // line1
	Line2        string // line2
	Town         string // town
	Postcode     string // postcode
	Country      string // country
	Percent      string // percent
	Reason       string // reason
	Note         string // note
	Known        string // known: the id of an organisation we know; empty for none
	Key          string // key
}

// OfficeQuotePage is pages/office-quote.html.
type OfficeQuotePage struct {
	Page
	Quote   QuoteRow
	Rows    []SummaryRow
	PDFURL  string
	Booking *Action // what accepting it booked
	// WithdrawURL posts "reason"; empty when the quote is answered.
	WithdrawURL string
	Reason      string // as typed
	History     []HistoryRow
}

// QuotePage is pages/quote.html: a quote as its contact sees it. Its form posts "purchase-order", "purchase-order-follows"
// and "shown".
type QuotePage struct {
	Page
	Reference string
	State     Tag
	Lead      string // how it stands, in a sentence or two
	Rows      []SummaryRow
	PDFURL    string
	Accept    *QuoteAccept // nil when it cannot be accepted here
	Booking   *Action      // nil while it is not accepted
}

// QuoteAccept is the form that accepts a quote.
type QuoteAccept struct {
	URL      string
	Number   string // as typed
	Follows  bool
	FollowBy models.Date // zero when the session is too near
	VATNote  string      // by which VAT it is invoiced when the number follows
	Example  string      // what the organisation's numbers look like
	Free     bool        // nothing is to pay, so no number is needed
	Shown    string      // the sum in pence, as shown
	Button   string
}

// Hint says what a number looks like.
func (a QuoteAccept) Hint() string { return BookingOrderPage{Example: a.Example}.Hint() }
