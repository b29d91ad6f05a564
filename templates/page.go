package templates

import "hub.salford.ac.uk/ssph/models"

// Area is the part of the house a page belongs to. It decides what the header offers.
type Area string

// The areas, each with its own items in the header.
const (
	AreaPublic       Area = "public"
	AreaAccount      Area = "account"
	AreaOrganisation Area = "organisation"
	AreaTrainer      Area = "trainer"
	AreaOffice       Area = "office"
)

// Background is the colour behind the page's content.
type Background string

// White is for reading and checking, mist for work on panels and for filling in.
const (
	White Background = ""
	Mist  Background = "mist"
)

// Page is what the layout draws around every page. Every page's struct embeds it.
type Page struct {
	Title         string          // the first words of the browser's title, mostly the page's own heading
	Area          Area            // empty means AreaPublic
	Section       string          // the Key of the current item in the header; empty for none
	Who           *Who            // nil when nobody is signed in
	CSRF          string          // goes back in a hidden field of every form
	Flash         string          // one sentence about what was done; empty for none
	Problems      models.Problems // what to mend in the form: drawn as the error summary, which takes the focus
	DemoNotice    bool            // invented people, no money moves
	Accreditation string          // the footer's sentence on the programme's accreditation; empty outside its dates
	Background    Background
}

func (p Page) page() Page { return p }

// Who is the person signed in, as the header names them.
type Who struct {
	ID   int64 // tells what a browser keeps for this person from what it keeps for others
	Name string
	Line string // their organisation, or their role; may be empty
	URL  string // their own first page; empty for none
}

// Action is a link or a button: its words say what happens.
type Action struct {
	Label string
	URL   string
}

// NavItem is one item of the header.
type NavItem struct {
	Key   string // matched with Page.Section
	Label string
	URL   string
}

// DefaultNav is the header's items for each area: at most six.
func DefaultNav() map[Area][]NavItem {
	return map[Area][]NavItem{
		AreaPublic: {
			{"training", "Training", "/course"},
			{"dates", "Dates", "/sessions"},
			{"prices", "Prices", "/prices"},
			{"tool", "The tool", "/tool"},
			{"check", "Check a certificate", "/check"},
		},
		AreaAccount: {
			{"bookings", "My bookings", "/account"},
			{"certificates", "My certificate", "/account/certificates"},
			{"licence", "My licence", "/account/licence"},
			{"tool", "The tool", "/tool/cases"},
		},
		AreaOrganisation: {{"bookings", "Bookings", "/organisation"}, {"invoices", "Invoices", "/organisation/invoices"}},
		AreaTrainer:      {{"sessions", "Sessions", "/trainer"}},
		AreaOffice: {
			{"today", "Today", "/office"},
			{"sessions", "Sessions", "/office/sessions"},
			{"bookings", "Bookings", "/office/bookings"},
			{"invoices", "Invoices", "/office/invoices"},
			{"money", "Money", "/office/money"},
			{"prices", "Prices", "/office/prices"},
			{"people", "People", "/office/people"},
			{"mail", "Mail", "/office/mail"},
		},
	}
}

func (r *Renderer) navFor(area Area) []NavItem {
	if area == "" {
		area = AreaPublic
	}
	return r.nav[area]
}
