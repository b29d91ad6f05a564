package mail

import (
	"fmt"
	"mime"
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"hub.salford.ac.uk/ssph/templates"
)

// Message is one mail to one person.
type Message struct {
	Cause     string // what made it, unique: "booking-confirmed/17"; the same cause twice is one mail
	Kind      string // the sort of mail, for the office's list: "booking-confirmed"
	ToName    string // may be empty
	ToEmail   string
	ReplyTo   string // may be empty: answers go to the sender
	Subject   string // one line
	Text      string // both bodies say the same
	HTML      string
	AboutKind string // what it is about, for the office's list: "booking"
	AboutID   int64
	Parts     []Part
}

// Part is a file that comes with a mail. A calendar file whose type names a method, such as "text/calendar; method=REQUEST", is
// also shown as an invitation.
type Part struct {
	Filename    string
	ContentType string
	Content     []byte
}

// What a message may be at most. Mail servers commonly stop at 10 MB after encoding, which adds a third.
const (
	maxHeader  = 250     // letters of a subject, a name or a file name
	maxContent = 7 << 20 // bytes of all parts together
)

// Draw fills subject and bodies from the e-mail template of that name and returns the message.
func (m Message) Draw(template string, data any) (Message, error) {
	drawn, err := templates.RenderEmail(template, data)
	if err != nil {
		return Message{}, fmt.Errorf("mail: %w", err)
	}
	m.Subject, m.Text, m.HTML = drawn.Subject, drawn.Text, drawn.HTML
	return m, nil
}

// check refuses what must never reach a mail server: a header that holds a line break would become another header. It returns a
// fault of the program, not a sentence for a person: forms check what people type.
func (m Message) check() error {
	if m.Cause == "" || m.Kind == "" || m.Subject == "" || m.Text == "" || m.HTML == "" {
		return fmt.Errorf("mail %q: cause, kind, subject and both bodies are needed", m.Cause)
	}
	for name, value := range map[string]string{
		"cause": m.Cause, "kind": m.Kind, "name": m.ToName, "address": m.ToEmail, "reply address": m.ReplyTo, "subject": m.Subject,
	} {
		if err := checkLine(value); err != nil {
			return fmt.Errorf("mail %q: %s: %w", m.Cause, name, err)
		}
	}
	if err := checkAddress(m.ToEmail); err != nil {
		return fmt.Errorf("mail %q: %w", m.Cause, err)
	}
	if err := checkAddress(m.ReplyTo); m.ReplyTo != "" && err != nil {
		return fmt.Errorf("mail %q: reply address: %w", m.Cause, err)
	}
	return m.checkParts()
}

func (m Message) checkParts() error {
	size := 0
	for _, p := range m.Parts {
		size += len(p.Content)
		if err := checkLine(p.Filename); err != nil || p.Filename == "" {
			return fmt.Errorf("mail %q: file name %q: %w", m.Cause, p.Filename, err)
		}
		if err := checkLine(p.ContentType); err != nil {
			return fmt.Errorf("mail %q: type of %s: %w", m.Cause, p.Filename, err)
		}
		if _, _, err := mime.ParseMediaType(p.ContentType); err != nil {
			return fmt.Errorf("mail %q: type of %s: %w", m.Cause, p.Filename, err)
		}
	}
	if size > maxContent {
		return fmt.Errorf("mail %q: %d bytes of files are too many", m.Cause, size)
	}
	return nil
}

// checkLine refuses whatever could end a header line, and lines too long to be one.
func checkLine(s string) error {
	if !utf8.ValidString(s) {
		return fmt.Errorf("is no valid text")
	}
	if utf8.RuneCountInString(s) > maxHeader {
		return fmt.Errorf("is longer than %d letters", maxHeader)
	}
	for _, r := range s {
		if unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp) {
			return fmt.Errorf("holds the control character %U", r)
		}
	}
	return nil
}

// checkAddress accepts a bare ASCII address: name@host, without a name, brackets or comment.
func checkAddress(s string) error {
	parsed, err := mail.ParseAddress(s)
	if err != nil {
		return fmt.Errorf("address %q: %w", s, err)
	}
	ascii := !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
	if parsed.Address != s || parsed.Name != "" || !ascii || strings.ContainsAny(s, " \",<>()") {
		return fmt.Errorf("address %q is not a bare address", s)
	}
	return nil
}
