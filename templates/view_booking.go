package templates

import (
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// BookPlacesPage is pages/book-places.html. Its form posts "places" and "request".
type BookPlacesPage struct {
	Page
	Request string // makes a second press of the button the same booking
	Steps   []Step
	Session Session
	Places  string // as typed
	Max     int    // the most that can be chosen now: 9, or fewer when fewer are left
}

// UpTo begins the hint: "Up to 6. ", or nothing when no place is left.
func (p BookPlacesPage) UpTo() string {
	if p.Max < 1 {
		return ""
	}
	return fmt.Sprintf("Up to %d. ", p.Max)
}

// BookPeoplePage is pages/book-people.html. For person n its form posts person-n-name, person-n-email and person-n-later
// ("yes" when ticked); "places" is the number in the stepper; the button pressed is "do": "continue", "fewer", "more" or "later".
type BookPeoplePage struct {
	Page
	Steps     []Step
	Sum       CostSummary
	Places    string // as typed
	MoreFree  int    // places still free on this date, beside those held
	People    []PersonFields
	BackURL   string
	URL       string // where the form posts to
	GiveUpURL string // posts: lets the places go
}

// PersonFields is what was typed for one person.
type PersonFields struct {
	N     int // 1 for the first
	Name  string
	Email string
	Later bool
}

// BookBillingPage is pages/book-billing.html. Field names are those of BillingFields, in lower case with hyphens.
type BookBillingPage struct {
	Page
	Steps     []Step
	Sum       CostSummary
	Form      BillingFields
	FollowBy  models.Date // the day by which a purchase order may follow; zero when the session is too near
	BackURL   string
	URL       string // where the form posts to
	GiveUpURL string // posts: lets the places go
}

// BillingFields is what was typed about who books and who pays.
type BillingFields struct {
	Payer         string // payer: "individual" or "organisation"
	Name          string // name: the booker
	Email         string // email
	Organisation  string // organisation
	Line1         string // line1
	Line2         string // line2
	Town          string // town
	Postcode      string // postcode
	Country       string // country: "GB" or "other"
	InvoiceEmail  string // invoice-email
	PurchaseOrder string // purchase-order
	Follows       bool   // purchase-order-follows: "yes" when ticked
}

// BookCheckPage is pages/book-check.html. Its form posts "pay": "card" or "invoice".
type BookCheckPage struct {
	Page
	Steps        []Step
	Sum          CostSummary
	Rows         []SummaryRow
	Ladder       []LadderRow
	Cooling      bool   // an individual may change their mind for 14 days
	Pay          string // as chosen
	CanInvoice   bool
	Shown        string      // the sum in pence, as shown
	InvoiceEmail string      // where the invoice goes
	InvoiceDays  int         // days to pay
	Follows      models.Date // the day by which the purchase order is to follow; zero when it is here or none is needed
	VATNote      string      // by which VAT it is invoiced then
	AskDiscount  bool        // nobody has proven to act for the organisation, so an agreed discount is not taken off yet
	CanCard      bool
	TestPayments bool   // the demonstration's payment page
	SignInURL    string // comes back to this page
	URL          string // where the form posts to
	GiveUpURL    string // posts: lets the places go
}

// WhenInvoiced says when and where the invoice is sent.
func (p BookCheckPage) WhenInvoiced() string {
	if p.Follows.IsZero() {
		return "We email the VAT invoice to " + p.InvoiceEmail + "."
	}
	return "Your purchase order number follows by " + p.Follows.String() + ". Then we email the VAT invoice to " + p.InvoiceEmail + ". " + p.VATNote
}

// BookingPage is pages/booking.html: the booker's page. With Done it is also the page that says "booked".
type BookingPage struct {
	Page
	Done      bool
	Heading   string // "Your 3 places are booked"
	Reference string // BK-01882
	State     Tag
	Lead      string   // what happened, in one sentence
	Next      []string // what happens next, and by when
	Sum       CostSummary
	Places    []PlaceRow
	NameBy    models.Date // zero when everybody is named
	Documents []DocumentRow
	Order     *OrderPanel // nil when no purchase order is waited for
	Pay       *PayPanel   // nil when there is nothing to pay
	Ladder    []LadderRow
}

// OrderPanel asks for the purchase order number that is to follow.
type OrderPanel struct {
	By      models.Date
	Late    bool   // the day has gone by
	VATNote string // by which VAT it is invoiced
	URL     string // the page that asks for it
}

// BookingOrderPage is pages/booking-order.html: the purchase order number that was to follow. Its form posts "purchase-order".
type BookingOrderPage struct {
	Page
	Reference string
	By        models.Date
	Late      bool
	Number    string // as typed
	Example   string // what the organisation's numbers look like; empty when any will do
	InvoiceTo string
	VATNote   string // by which VAT it is invoiced
	Sum       CostSummary
	URL       string // where the form posts to
	BackURL   string
}

// Hint says what a number looks like.
func (p BookingOrderPage) Hint() string {
	if p.Example == "" {
		return "As your finance team wrote it."
	}
	return "It looks like " + p.Example + "."
}

// PlaceRow is one place of a booking.
type PlaceRow struct {
	N      int
	Of     int
	Name   string // empty while nobody is named
	URL    string // the person's page; empty where the reader has none
	Email  string
	State  Tag
	Note   string  // under the tag
	Action *Action // "Name this person", "Swap"
	Cancel *Action // "Cancel", or "What came back" of one that is cancelled
}

// DocumentRow is one invoice or credit note in a list.
type DocumentRow struct {
	Number string
	URL    string
	PDFURL string
	Date   models.Date
	For    string
	PO     string
	State  Tag
	Note   string // under the tag: "Due 23 December 2026"
	Total  models.Pence
}

// PayPanel is how to pay what is still open.
type PayPanel struct {
	Amount    models.Pence
	By        models.Date
	Why       []string // what was paid before and is open again; empty where nothing was
	CardURL   string   // posts to the payment page; empty when it cannot be paid by card
	Lines     []Fact   // bank details
	Reference string
	Note      string
}

// PlacePage is pages/place.html: name or swap one person. Its form posts "name" and "email".
type PlacePage struct {
	Page
	Session  Session
	N, Of    int
	Named    string // the person who has the place now; empty for none
	Name     string // as typed
	Email    string
	BackURL  string
	Deadline string // "You can change the name until the session starts, on Thursday 14 January 2027 at 9:30am"
}
