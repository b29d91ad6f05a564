package mail

import (
	"context"

	"hub.salford.ac.uk/ssph/jobs"
	"hub.salford.ac.uk/ssph/models"
)

// Queue writes the mail and the job that sends it into the transaction of its cause. When the cause has a mail already, nothing
// happens: the first one stands. A message that could not be sent, or whose headers could be abused, is refused.
func Queue(ctx context.Context, tx models.DB, m Message) error {
	if err := tx.MustBeTx(); err != nil {
		return err
	}
	if err := m.check(); err != nil {
		return err
	}
	id, isNew, err := insert(ctx, tx, m)
	if err != nil || !isNew {
		return err
	}
	return jobs.Enqueue(ctx, tx, send{MailID: id})
}

// Requeue sends a failed mail again. A mail that is queued or sent is refused with a sentence for the office.
func Requeue(ctx context.Context, tx models.DB, id int64) error {
	if err := tx.MustBeTx(); err != nil {
		return err
	}
	if err := markQueued(ctx, tx, id); err != nil {
		return err
	}
	return jobs.Enqueue(ctx, tx, send{MailID: id})
}
