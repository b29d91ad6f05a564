package templates

import "time"

// MailboxPage is pages/mailbox.html: the messages a demonstration would have sent, newest first.
type MailboxPage struct {
	Page
	Letters []Letter
	Pages   Pages
}

// LetterPage is pages/mailbox-letter.html: one message.
type LetterPage struct {
	Page
	Letter  Letter
	Text    []LetterParagraph
	HTMLURL string // the message as mail programs draw it
	Parts   []LetterPart
}

// Letter is one message of the mailbox.
type Letter struct {
	URL     string
	To      string
	ReplyTo string // empty for none
	Subject string
	State   Tag
	At      time.Time
}

// LetterParagraph is some lines of a message's text with an empty line after them.
type LetterParagraph struct {
	Lines [][]TextPiece
}

// TextPiece is a stretch of a line: plain, or an address that can be followed.
type TextPiece struct {
	Text string
	URL  string // empty for plain text
}

// LetterPart is a file that came with a message.
type LetterPart struct {
	Name string
	Kind string // "PDF", "Calendar"
	URL  string
}
