package templates

import "time"

// OfficeMailPage is pages/office-mail.html: the log of e-mails, newest first.
type OfficeMailPage struct {
	Page
	Tabs   []OfficeTab
	Search OfficeSearch
	Count  int64
	Rows   []MailRow
	Pages  Pages
	Failed int // jobs that failed
}

// MailRow is one e-mail of a list.
type MailRow struct {
	URL     string
	To      string
	Subject string
	At      time.Time
	State   Tag
	Note    string // why it failed
}

// OfficeLetterPage is pages/office-letter.html: one e-mail.
type OfficeLetterPage struct {
	Page
	Letter   Letter
	Facts    []Fact
	Text     []LetterParagraph
	HTMLURL  string
	Parts    []LetterPart
	RetryURL string // empty when it cannot be sent again
	Error    string
	Private  bool // only its reader may see the message: it signs them in
}

// OfficeJobsPage is pages/office-jobs.html.
type OfficeJobsPage struct {
	Page
	Waiting, Running, Done, Failed int
	Rows                           []JobRow
}

// JobRow is a job that failed. Its form posts to RetryURL.
type JobRow struct {
	ID       int64
	What     string // "Send an email"
	About    string // what it was to work on, as the program keeps it
	Error    string
	Attempts int
	At       time.Time
	RetryURL string
}
