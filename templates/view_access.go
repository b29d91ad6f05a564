package templates

// SignInPage is pages/sign-in.html. Its form posts "email" and "next".
type SignInPage struct {
	Page
	Email string // as typed
	Next  string // the page to go on to; empty for the person's own first page
}

// SignInSentPage is pages/sign-in-sent.html: the same for an address we know and one we do not.
type SignInSentPage struct {
	Page
	Email   string
	Minutes int  // how long the link works
	Mailbox bool // no mail leaves this machine: the message is on the mailbox page
}

// SignInConfirmPage is pages/sign-in-confirm.html: the button without which a mailed link does nothing.
type SignInConfirmPage struct {
	Page
	Email   string
	URL     string // where the button posts to
	Button  string // its words
	Booking bool   // the button confirms a booking, too
	Shown   string // the sum of that booking in pence, as shown
}
