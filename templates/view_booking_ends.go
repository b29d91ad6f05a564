package templates

import "hub.salford.ac.uk/ssph/models"

// BookEndedPage is pages/book-ended.html: the hold of a booking has run out, or its places were given up.
type BookEndedPage struct {
	Page
	Heading string
	Lines   []string
	URL     string // posts "request": tries to hold the places again; empty when that cannot work
	Request string // makes a second press of the button the same booking
	Places  int
	Session Session
	Others  []Session // other dates with room
}

// BookSentPage is pages/book-sent.html: the mail that confirms a booking by invoice is on its way.
type BookSentPage struct {
	Page
	Email     string
	Places    int
	Gross     models.Pence
	HeldUntil string // 10:42am
	Shown     string // Gross in pence, as shown
	AgainURL  string // posts pay=invoice: sends the mail again
	ChangeURL string // where the address is changed
	Mailbox   bool   // no mail leaves this machine: the message is on the mailbox page
	Sum       CostSummary
}

// BookWaitingPage is pages/book-waiting.html: the customer is back from the payment page and the money is not certain yet.
type BookWaitingPage struct {
	Page
	Reference string
	Arrived   bool   // the money is here, but the booking cannot be confirmed without somebody at the Hub
	Email     string // where the confirmation goes
	ReloadURL string
	CheckURL  string // back to paying, for somebody who did not pay
	Sum       CostSummary
}
