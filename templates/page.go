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
	Parts []NavItem // what stands in a second line while the item is the current one; none for an item that is one page
}

// Current is the item's aria-current on a page of the section: "page" when it is the section's own item, "true" when the section is
// one of its parts, else empty.
func (n NavItem) Current(section string) string {
	if section != "" && n.Key == section {
		return "page"
	}
	for _, part := range n.Parts {
		if part.Current(section) != "" {
			return "true"
		}
	}
	return ""
}

func item(key, label, url string, parts ...NavItem) NavItem {
	return NavItem{Key: key, Label: label, URL: url, Parts: parts}
}

// DefaultNav is the header's items for each area: at most six.
func DefaultNav() map[Area][]NavItem {
	return map[Area][]NavItem{
		AreaPublic: {
			item("training", "Training", "/course"),
			item("dates", "Dates", "/sessions"),
			item("prices", "Prices", "/prices"),
			item("tool", "The tool", "/tool"),
			item("check", "Check a certificate", "/check"),
		},
		AreaAccount: {
			item("bookings", "My bookings", "/account"),
			item("certificates", "My certificate", "/account/certificates"),
			item("licence", "My licence", "/account/licence"),
			item("tool", "The tool", "/tool/cases"),
		},
		AreaOrganisation: {item("bookings", "Bookings", "/organisation"), item("invoices", "Invoices", "/organisation/invoices")},
		AreaTrainer:      {item("sessions", "Sessions", "/trainer")},
		AreaOffice:       officeNav(),
	}
}

// officeNav is the office's header. Whatever the office has a list of is an item or a part of one, so that it is two clicks away.
func officeNav() []NavItem {
	return []NavItem{
		item("today", "Today", "/office"),
		item("sessions", "Sessions", "/office/sessions",
			item("sessions", "Sessions", "/office/sessions"), item("venues", "Venues", "/office/venues")),
		item("bookings", "Bookings", "/office/bookings",
			item("bookings", "Bookings", "/office/bookings"), item("quotes", "Quotes", "/office/quotes")),
		item("money", "Money", "/office/money",
			item("money", "To do", "/office/money"), item("invoices", "Invoices", "/office/invoices"), item("import", "Bank import", "/office/money/import"),
			item("income", "Income", "/office/money/income"), item("books", "Books", "/office/money/export")),
		item("people", "People", "/office/people",
			item("people", "People", "/office/people"), item("organisations", "Organisations", "/office/organisations"),
			item("contacts", "Safety contacts", "/office/organisations/safety"), item("mail", "Mail", "/office/mail")),
		item("settings", "Settings", "/office/prices",
			item("prices", "Prices and terms", "/office/prices"), item("jobs", "Jobs", "/office/jobs")),
	}
}

func (r *Renderer) navFor(area Area) []NavItem {
	if area == "" {
		area = AreaPublic
	}
	return r.nav[area]
}
