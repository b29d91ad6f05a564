package templates

// AccountPage is pages/account.html: a person's own training, certificates, licence and bookings.
type AccountPage struct {
	Page
	Name          string
	Email         string
	Licence       *LicenceCard // nil for somebody who neither has one nor has a place
	Certificates  []CertificateRow
	Places        []MyPlace
	Bookings      []BookingRow
	Organisations []Action // those the person manages
}

// MyPlace is a session on which the person has a place.
type MyPlace struct {
	Session Session
	State   Tag
	JoinURL string // the video call; empty face to face, afterwards, and until it is known
}

// BookingRow is one booking in its booker's list.
type BookingRow struct {
	Reference string
	URL       string
	Session   Session
	Places    int
	State     Tag
	Note      string // under the tag
}

// OrganisationsPage is pages/organisations.html: somebody manages several and chooses.
type OrganisationsPage struct {
	Page
	Organisations []Action
}

// OrganisationPage is pages/organisation.html: what a manager sees of their organisation.
type OrganisationPage struct {
	Page
	Name         string
	Funnel       []FunnelBar
	ToDo         []ToDo
	People       []OrganisationPlace
	More         int           // people left out
	AllURL       string        // where all are shown
	Documents    []DocumentRow // the newest
	AllDocuments int           // how many there are
	SafetyURL    string        // where the numbers of the crisis panel are entered
	Door         []DoorView    // people to speak for
}

// DoorView is somebody who got one of the organisation's places at the door.
type DoorView struct {
	Name  string
	Email string
	Came  string // 14 January 2027
	No    string // when it was said that they do not work here; empty while it is open
	URL   string
}

// Cut leaves out the people after the first most.
func (p *OrganisationPage) Cut(most int) {
	if len(p.People) > most {
		p.More, p.People = len(p.People)-most, p.People[:most]
	}
}

// All is how many places there are, shown or not.
func (p OrganisationPage) All() int { return len(p.People) + p.More }

// mostToDo is how many lines of a to-do list stand open.
const mostToDo = 7

// First are the lines of the to-do list that stand open, Rest those behind "Show all".
func (p OrganisationPage) First() []ToDo { return p.ToDo[:min(len(p.ToDo), mostToDo)] }

// Rest are the lines of the to-do list behind "Show all".
func (p OrganisationPage) Rest() []ToDo { return p.ToDo[min(len(p.ToDo), mostToDo):] }

// FunnelBar is one bar of a funnel: all bars have one scale.
type FunnelBar struct {
	Label string
	Count int
	Of    int    // the full width
	Why   string // why it is shorter than the one above
}

// funnelWidth is the drawing's width, in its own units.
const funnelWidth = 236

// Width is how far the bar reaches; a bar that is not empty has room for its number.
func (b FunnelBar) Width() int {
	if b.Count == 0 || b.Of == 0 {
		return 0
	}
	return max(funnelWidth*b.Count/b.Of, 40)
}

// OrganisationPlace is one place of an organisation, with the session it is on.
type OrganisationPlace struct {
	PlaceRow
	Session      Session
	Reference    string
	BookingURL   string
	Licence      Tag
	LicenceNotes []string // its last day, and why it exists
}

// OrganisationInvoicesPage is pages/organisation-invoices.html.
type OrganisationInvoicesPage struct {
	Page
	Statements []Action // one for each organisation
	Documents  []DocumentRow
	Pages      Pages
}
