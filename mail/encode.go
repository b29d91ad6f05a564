package mail

import (
	"fmt"
	"mime"
	"net/mail"
	"net/textproto"
	"strings"
	"time"

	"github.com/jordan-wright/email"

	"hub.salford.ac.uk/ssph/models"
)

// encode makes the message as a mail server takes it, with CRLF line ends. The library writes addresses and file names as they
// are, line breaks included, so everything is checked here once more, whatever the outbox holds.
func encode(m Outgoing, from mail.Address) ([]byte, error) {
	if err := m.check(); err != nil {
		return nil, err
	}
	e := email.NewEmail()
	e.From = headerAddress(from)
	e.To = []string{headerAddress(mail.Address{Name: m.ToName, Address: m.ToEmail})}
	if m.ReplyTo != "" {
		e.ReplyTo = []string{m.ReplyTo}
	}
	e.Subject, e.Text, e.HTML = m.Subject, []byte(m.Text), []byte(m.HTML)
	e.Headers = textproto.MIMEHeader{
		"Date":           {m.At.In(models.London).Format(time.RFC1123Z)},
		"Message-Id":     {"<" + messageID(m, from) + ">"},
		"Auto-Submitted": {"auto-generated"}, // RFC 3834: holiday notices do not answer
	}
	for i, part := range m.Parts {
		e.Attachments = append(e.Attachments, attachment(m, from, i+1, part))
	}
	raw, err := e.Bytes()
	if err != nil {
		return nil, fmt.Errorf("mail %d: %w", m.ID, err)
	}
	return withInvitation(raw, m.Parts)
}

// headerAddress writes an address for a header. The library takes the line apart at commas and puts it together again with a
// space after each: a comma inside a name is given to it so that the result is right. A backslash beside a foreign letter is
// encoded by net/mail into something that it does not read itself; no name needs one.
func headerAddress(a mail.Address) string {
	a.Name = strings.ReplaceAll(a.Name, `\`, "")
	return strings.ReplaceAll(a.String(), ", ", ",")
}

// messageID names the message the same however often it is sent. The instant keeps it apart from mails of another database.
func messageID(m Outgoing, from mail.Address) string {
	return fmt.Sprintf("%d.%d@%s", m.ID, m.QueuedAt.UTC().UnixMicro(), domainOf(from.Address))
}

func domainOf(address string) string { return address[strings.LastIndexByte(address, '@')+1:] }

func attachment(m Outgoing, from mail.Address, ordinal int, part Part) *email.Attachment {
	name := asciiName(part.Filename)
	contentType := part.ContentType
	if invitationMethod(part) != "" {
		contentType = "application/ics" // the same file as the invitation, to be kept or opened by hand
	}
	return &email.Attachment{
		Filename:    name,
		ContentType: contentType + `; name="` + name + `"`,
		Content:     part.Content,
		Header:      textproto.MIMEHeader{"Content-Id": {fmt.Sprintf("<%d.%s>", ordinal, messageID(m, from))}},
	}
}

// asciiName keeps a file name that every mail program reads: letters, digits, dot, hyphen and underscore.
func asciiName(name string) string {
	safe := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '-', r == '_':
			return r
		case r == ' ':
			return '-'
		}
		return -1
	}, name)
	if strings.Trim(safe, ".-_") == "" {
		return "file"
	}
	return safe
}

// invitationMethod is the calendar method of a part, such as REQUEST; empty when it is no invitation.
func invitationMethod(part Part) string {
	kind, params, err := mime.ParseMediaType(part.ContentType)
	if err != nil || kind != "text/calendar" {
		return ""
	}
	return strings.ToUpper(params["method"])
}
