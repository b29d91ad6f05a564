package templates

// RegisterPage is pages/trainer-register.html: the register of one part. Its form posts for each place its mark, "was-" with what it
// was, and "do": save, or what to go on with.
type RegisterPage struct {
	Page
	Back     Action
	Heading  string // "Register, Tuesday 12 January"
	Lead     string // "Face to face, Salford, 9:30am to 4:30pm. One part."
	URL      string
	Parts    []OfficeTab // the registers of the session, when it has several
	Marked   int
	People   int
	Counts   string // "3 here, 1 absent."
	Closed   string // why nothing can be marked now; empty while the register is open
	Rows     []RegisterRow
	CatchUps []CatchUpRow // who is here for this part only
	CatchUp  bool         // there is a page to say who is: the session has several parts
	Newcomer bool         // somebody who came without a place can be added
	Full     string       // why nobody can be added
	Opens    string       // from when the session can be completed, while that is to come on the part's day
	Complete bool         // everybody is marked in every part: the session can be completed
}

// Left is how many people are still to be marked.
func (p RegisterPage) Left() int { return p.People - p.Marked }

// RegisterRow is one place in a register.
type RegisterRow struct {
	ID           string // of the place: the field is "place-" and this
	Name         string // empty for a place that nobody is named for
	Organisation string
	Line         string // "Here from 9:30am"
	Mark         string // present, late, absent, or empty
	Was          string // the mark and the person, as the page was drawn
}

// CatchUpRow is a person who catches up a part.
type CatchUpRow struct{ Name, Organisation, Line string }

// CatchUpPage is pages/trainer-catch-up.html: who catches up a part that they missed of another session. Its form posts "here" for
// each who does, and "was" for each who did when the page was drawn.
type CatchUpPage struct {
	Page
	Back   Action
	URL    string
	Part   int
	People []Option
	Here   []string // ticked
	Was    []string // on the register already
}

// MarkRestPage is pages/trainer-rest.html: marking everybody who is left is asked about first.
type MarkRestPage struct {
	Page
	Back  Action
	URL   string
	Names []string
	Day   string
}

// NewcomerPage is pages/trainer-newcomer.html: who came on a place without a name, or without a place at all. Its form posts name,
// email, organisation and request.
type NewcomerPage struct {
	Page
	Back         Action
	URL          string
	Heading      string
	Lead         string
	Named        bool // on a place that somebody has bought: no organisation is asked for
	Name         string
	Email        string
	Organisation string
	Request      string
}

// CompletePage is pages/trainer-complete.html: what completing a session does is shown first.
type CompletePage struct {
	Page
	Back      Action
	URL       string
	Days      string
	LastDay   string // the last day of the session, the first of new licences
	Completes []string
	CatchUps  []string // whose training on another session is whole with this one
	Misses    []MissedRow
	CatchUp   bool // a part that was missed can be caught up: the session has several
	Unnamed   int
	UndoBy    string
}

// Gets is how many people get a certificate.
func (p CompletePage) Gets() int { return len(p.Completes) + len(p.CatchUps) }

// MissedRow is a person who gets nothing, and why.
type MissedRow struct{ Name, Why string }

// UndoPage is pages/trainer-undo.html: what undoing withdraws is shown first. Its form posts "reason".
type UndoPage struct {
	Page
	Back   Action
	URL    string
	Days   string
	Rows   []UndoRow
	Reason string
}

// UndoRow is what one person loses.
type UndoRow struct {
	Name  string
	Lines []string
}
