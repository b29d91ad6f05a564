package templates

import "hub.salford.ac.uk/ssph/models"

// OfficeOrganisationsPage is pages/office-organisations.html.
type OfficeOrganisationsPage struct {
	Page
	Search OfficeSearch
	Count  int64
	Rows   []OrganisationRow
	Pages  Pages
}

// OrganisationRow is one organisation of the office's list.
type OrganisationRow struct {
	URL      string
	Name     string
	Where    string   // "Salford M50 0AA"
	Managers []string // names or addresses
	Owed     string   // "£820.80 owed"
	Discount string   // what is agreed today; empty for nothing
}

// OfficeOrganisationPage is pages/office-organisation.html.
type OfficeOrganisationPage struct {
	Page
	Name       string
	Rows       []SummaryRow
	Owed       string // the balance in a sentence
	Bookings   string // the address of its bookings
	Statement  string // the address of its account
	Invoices   string // the address of its invoices
	QuoteURL   string // a new quote for it
	Agreements []AgreementRow
	Agreement  AgreementFields // the form for another
	AgreeURL   string
	Rule       PurchaseRuleFields
	RuleURL    string
	History    []HistoryRow
}

// AgreementRow is a discount that was agreed.
type AgreementRow struct {
	Discount string
	Reason   string
	From, To models.Date
	State    Tag
	Note     string // why it ended
	EndURL   string // empty when it has ended
}

// AgreementFields is what was typed about a discount.
type AgreementFields struct {
	Percent string // percent
	Reason  string // reason
	From    string // from
	To      string // to
}

// PurchaseRuleFields is what was typed about purchase orders.
type PurchaseRuleFields struct {
	Required string // required: "yes" or "no"
	Pattern  string // pattern
	Example  string // example
	Cap      string // cap
	Note     string // note
}

// OfficeAgreementEndPage is pages/office-agreement-end.html. Its form posts "last-day" and "end-reason".
type OfficeAgreementEndPage struct {
	Page
	Back    Action
	Rows    []SummaryRow
	LastDay string // as typed
	Reason  string
	URL     string
}

// OfficeOrderPage is pages/office-order.html: a purchase order that a booking waits for. One form posts "purchase-order", the other
// "until" and "reason"; "do" says which.
type OfficeOrderPage struct {
	Page
	Back    Action
	Rows    []SummaryRow
	Example string
	Number  string // as typed
	Until   string
	Reason  string
	URL     string
}

// Hint says what a number looks like.
func (p OfficeOrderPage) Hint() string { return BookingOrderPage{Example: p.Example}.Hint() }
