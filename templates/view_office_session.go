package templates

// OfficeSessionsPage is pages/office-sessions.html.
type OfficeSessionsPage struct {
	Page
	Tabs  []OfficeTab
	Count int
	Rows  []OfficeSessionRow
	Past  bool
	Pages Pages
}

// OfficeSessionRow is one session of the office's and the trainer's lists.
type OfficeSessionRow struct {
	URL      string
	Days     string // "Thursday 14 January 2027"
	What     string // "Face to face, Salford"
	When     string // "9:30am to 4:30pm, with Alan"
	Taken    int
	Capacity int
	State    Tag
	Notes    []string // what the office should know
}

// OfficeSessionPage is pages/office-session.html. Its forms post "capacity", "join-link", or only a button.
type OfficeSessionPage struct {
	Page
	Session     OfficeSessionRow
	Block       DateBlock
	Facts       []SummaryRow
	PublicURL   string // empty while nobody else can see it
	RegisterURL string // where its registers are; empty for a draft and a cancelled session
	Completed   string // what completing it gave; empty until then
	Draft       bool
	Open        bool // it can still be changed
	Online      bool
	Capacity    string // as typed
	JoinLink    string // as typed
	People      []DelegateRow
	Bookings    []OfficeBookingRow
	History     []HistoryRow
}

// DelegateRow is a person on a session, or the places of a booking that nobody is named for.
type DelegateRow struct {
	Name         string // empty for places without a person
	URL          string // the person's page; empty where the reader has none
	Unnamed      int    // how many those are
	Email        string
	Organisation string
	Booking      string
	BookingURL   string
	State        *Tag    // what became of them; nil until the session is completed
	Certificate  *Action // of those who were trained
}

// OfficeCancelPage is pages/office-cancel.html: giving up a draft is asked about first.
type OfficeCancelPage struct {
	Page
	Session OfficeSessionRow
	Back    string
}

// NewSessionPage is pages/office-session-new.html. Its form posts format, venue, join-link, captions, trainers, capacity, for part n
// part-n-day, part-n-start and part-n-until, "parts", the number of parts shown, and "do": draft, publish, add or fewer.
type NewSessionPage struct {
	Page
	URL       string // where the form goes
	Back      Action
	Trainer   string // who opens it for themselves; empty in the office, where Trainers are chosen
	Form      NewSessionFields
	Venues    []Choice
	Trainers  []Choice
	Usual     int // places when none are typed
	MostParts int
}

// NewSessionFields is what was typed about a new session.
type NewSessionFields struct {
	Format   string
	Venue    string
	JoinLink string
	Captions bool
	Trainers []string
	Capacity string
	Parts    []PartFields
}

// PartFields is what was typed about one part.
type PartFields struct {
	N     int // 1 for the first
	Day   string
	Start string
	Until string
}

// VenuesPage is pages/office-venues.html. Its form posts the fields of VenueFields.
type VenuesPage struct {
	Page
	Rows []VenueRow
	Form VenueFields
}

// VenueRow is one venue.
type VenueRow struct {
	Name    string
	Address string
	Notes   []string // "Step-free"
}

// VenueFields is what was typed about a new venue.
type VenueFields struct {
	Name, Address, Town, Postcode string
	StepFree, HearingLoop         bool // step-free, hearing-loop
}
