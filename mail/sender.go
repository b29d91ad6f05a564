package mail

import (
	"context"
	"fmt"
	"time"
)

// Outgoing is a mail of the outbox on its way.
type Outgoing struct {
	Message
	ID       int64
	QueuedAt time.Time // with the id, it makes the Message-Id, which stays the same however often the mail is sent
	At       time.Time // the date in the mail's head
}

// Sender brings a mail to its recipient's mail server. A *Refusal means never again; any other error means later.
type Sender interface {
	Send(ctx context.Context, m Outgoing) error
}

// Refusal is a mail server's final no to one mail.
type Refusal struct {
	Code   int    // 500 to 599
	Answer string // what the server said
}

// Error gives code and answer.
func (r *Refusal) Error() string {
	return fmt.Sprintf("the mail server refused it: %d %s", r.Code, r.Answer)
}

// Mailbox is the sender of demonstrations and of development: no mail leaves the machine, and the mailbox page shows the outbox.
type Mailbox struct{}

// NewMailbox makes the sender that sends nothing.
func NewMailbox() Mailbox { return Mailbox{} }

// Send does nothing: the row is then marked as sent.
func (Mailbox) Send(context.Context, Outgoing) error { return nil }

func outgoing(row mailRow, parts []partRow, at time.Time) Outgoing {
	o := Outgoing{ID: row.ID, QueuedAt: row.CreatedAt, At: at, Message: row.message()}
	for _, p := range parts {
		o.Parts = append(o.Parts, Part{Filename: p.Filename, ContentType: p.ContentType, Content: p.Content})
	}
	return o
}

func (r mailRow) message() Message {
	return Message{
		Cause: r.Cause, Kind: r.Kind, ToName: r.RecipientName, ToEmail: r.RecipientEmail, ReplyTo: r.ReplyTo,
		Subject: r.Subject, Text: r.BodyText, HTML: r.BodyHTML, AboutKind: r.AboutKind, AboutID: r.AboutID,
	}
}
