package mail

import (
	"context"
	"errors"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/jobs"
	"hub.salford.ac.uk/ssph/models"
)

// send is the job of sending one mail.
type send struct {
	MailID int64 `json:"mail_id"`
}

// Kind names the job.
func (send) Kind() string { return "mail.send" }

// markTime is how long writing the outcome may take, also when the program is being stopped.
const markTime = 10 * time.Second

// maxReason bounds what is kept of a mail server's answer.
const maxReason = 500

// Register says how queued mails are sent: outside any transaction, by the sender, and then marked as sent.
func Register(r *jobs.Registry, db models.DB, sender Sender) {
	jobs.Handle(r, func(ctx context.Context, job send) error { return work(ctx, db, sender, job.MailID) })
}

// work sends the mail if it is still queued. A refusal is final and noted on the row; any other failure is returned, so that the
// job is tried again, and final only when no attempt is left.
func work(ctx context.Context, db models.DB, sender Sender, id int64) error {
	row, parts, err := load(ctx, db, id)
	if err != nil {
		return fmt.Errorf("mail %d: %w", id, err)
	}
	if row.Status != Queued {
		return nil
	}
	failure := sender.Send(ctx, outgoing(row, parts, db.Now()))
	marking, cancel := context.WithTimeout(context.WithoutCancel(ctx), markTime)
	defer cancel()
	err = db.InTx(marking, func(tx models.DB) error {
		if failure == nil {
			return markSent(marking, tx, id)
		}
		return markAttempt(marking, tx, id, statusAfter(ctx, failure), reasonOf(failure))
	})
	if err != nil && !errors.Is(err, errSettled) {
		return errors.Join(failure, fmt.Errorf("mail %d: note the outcome: %w", id, err))
	}
	var refusal *Refusal
	if errors.As(failure, &refusal) {
		return nil
	}
	return failure
}

func statusAfter(ctx context.Context, failure error) Status {
	var refusal *Refusal
	if errors.As(failure, &refusal) || jobs.LastAttempt(ctx) {
		return Failed
	}
	return Queued
}

func reasonOf(failure error) string {
	letters := []rune(failure.Error())
	return string(letters[:min(len(letters), maxReason)])
}
