package templates

// OfficeCancelPlacePage is pages/office-cancel-place.html: on which ground places are cancelled. Its form posts the fields of CancelFields,
// and "do": check.
type OfficeCancelPlacePage struct {
	Page
	Back    Action
	URL     string // where the form goes
	Heading string
	Rows    []SummaryRow
	Grounds []CancelGround
	Form    CancelFields
}

// CancelGround is one of the grounds, with what it would come to today.
type CancelGround struct {
	Value string
	Label string
	Hint  string // "50% is kept: £136.80 of £273.60 comes back"
}

// Radios are the grounds to choose from.
func (p OfficeCancelPlacePage) Radios() (Choices, error) {
	c, err := newChoices("ground", "Why is it cancelled?", p.Form.Ground, p.Problems)
	for _, g := range p.Grounds {
		c = withOption(g.Value, g.Label, g.Hint, c)
	}
	return c, err
}

// CancelFields is what was typed about cancelling places.
type CancelFields struct {
	Ground  string // ground
	Fee     string // fee: percent, of goodwill
	Noticed string // noticed: the day the Hub was told
	Reason  string // reason
}

// OfficeCancelCheckPage is pages/office-cancel-check.html: what will be kept and credited, with the credit note as it will be, before
// anything is done. Its form posts what was typed again, "shown", and "do": cancel or change.
type OfficeCancelCheckPage struct {
	Page
	Back    Action
	URL     string
	Heading string
	Rows    []SummaryRow
	Money   string   // what becomes of the credit
	Note    *Invoice // nil when nothing is credited
	Form    CancelFields
	Shown   string // the credit in pence, as shown
	Button  string
}

// CancelPlacePage is pages/cancel-place.html: what cancelling one place costs its booker, before it is done. Its form posts "shown".
type CancelPlacePage struct {
	Page
	Back    Action
	URL     string
	Heading string
	Rows    []SummaryRow
	Money   string // what becomes of the credit, or that nothing comes back
	Swap    Action // the free way: give the place to somebody else
	Shown   string // the credit in pence, as shown
	Button  string
}

// CancelledPage is pages/cancelled.html: what was kept of a cancelled place and what came back, for its booker and for the office.
type CancelledPage struct {
	Page
	Back    Action
	Heading string
	Lead    string
	Rows    []SummaryRow
	Note    *DocumentRow // the credit note; nil when nothing was credited
	Story   []string     // what became of the credit
	ToPay   []Action     // where the office pays what goes back by bank transfer
}
