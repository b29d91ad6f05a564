package templates

import "hub.salford.ac.uk/ssph/models"

// LicencePage is pages/licence.html: a person's own licence, with every date and its cause.
type LicencePage struct {
	Page
	Licence LicenceCard
	Longer  *LicenceLonger // nil when nothing can be said
	Bar     *LicenceBar    // nil while there is no period
	Story   []LicenceMoment
}

// LicenceCard is how a licence stands, to its holder.
type LicenceCard struct {
	Heading   string // "18 days left"
	State     Tag
	Sentence  []InvoiceRun // the last day is strong
	Why       []string     // why the licence exists, one line for each training
	Reference string       // L-00093; empty for no licence
	Main      *Button
	Other     *Action
}

// LicenceLonger says how a licence becomes longer, and which days that gives.
type LicenceLonger struct {
	Heading string
	Text    string
	How     string // where there is no price to pay here
	Ask     Action
}

// LicenceMoment is one line of a licence's story.
type LicenceMoment struct {
	On          models.Date
	What        string
	Why         string
	Certificate *Action // that came with it
	Past        bool    // it has happened
}

// LicenceRow is one licence as the office and the organisation see it.
type LicenceRow struct {
	Reference string
	State     Tag
	Note      string   // "Last day 11 December 2026"
	Why       []string // why it exists
	Actions   []Action // what the reader can decide about it
}
