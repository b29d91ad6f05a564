package mail

import (
	"context"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// Mail is one entry of the outbox, as the office and the mailbox page see it.
type Mail struct {
	ID        int64
	Message              // in a list without bodies, and never with the contents of its parts
	Status    Status     // queued, sent or failed
	Attempts  int        // how often it was tried
	LastError string     // of the last attempt that failed; empty once sent
	QueuedAt  time.Time  // UTC
	SentAt    time.Time  // UTC; zero until sent
	Files     []FileInfo // only from Find
}

// FileInfo describes a part without its content.
type FileInfo struct {
	Ordinal     int // from 1, within the mail
	Filename    string
	ContentType string
	Size        int64 // bytes
}

// PerPage is how many mails a page of the list has.
const PerPage = 50

// Filter chooses mails of the list. Empty fields choose all.
type Filter struct {
	Status    Status
	Search    string // part of a name, an address or a subject
	AboutKind string
	AboutID   int64 // only with AboutKind
	Page      int   // from 1; anything less is the first
}

// List gives one page of the mails, the newest first, and how many there are in all.
func List(ctx context.Context, db models.DB, f Filter) ([]Mail, int64, error) {
	rows, total, err := listRows(ctx, db, f)
	if err != nil {
		return nil, 0, err
	}
	mails := make([]Mail, 0, len(rows))
	for _, row := range rows {
		mails = append(mails, row.mail())
	}
	return mails, total, nil
}

// Find gives one mail with both bodies and what parts it has.
func Find(ctx context.Context, db models.DB, id int64) (Mail, error) {
	row, err := findRow(ctx, db, id)
	if err != nil {
		return Mail{}, err
	}
	m := row.mail()
	m.Files, err = fileInfos(ctx, db, id)
	return m, err
}

// FindPart gives one part of a mail with its content.
func FindPart(ctx context.Context, db models.DB, mailID int64, ordinal int) (Part, error) {
	row, err := findPartRow(ctx, db, mailID, ordinal)
	return Part{Filename: row.Filename, ContentType: row.ContentType, Content: row.Content}, err
}

// Overdue counts the mails that have been in the queue for longer than age: something is wrong with the mail server or the jobs.
func Overdue(ctx context.Context, db models.DB, age time.Duration) (int64, error) {
	return countQueuedBefore(ctx, db, db.Now().Add(-age))
}

func (r mailRow) mail() Mail {
	m := Mail{
		ID: r.ID, Message: r.message(), Status: r.Status, Attempts: r.Attempts, LastError: r.LastError, QueuedAt: r.CreatedAt.UTC(),
	}
	if r.SentAt != nil {
		m.SentAt = r.SentAt.UTC()
	}
	return m
}
