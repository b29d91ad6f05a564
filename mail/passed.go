package mail

import (
	"context"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// CountAsSent makes every queued mail from before an instant one that was sent when it was written. Only the demonstration, which
// tells of days that have passed, has a use for it.
func CountAsSent(ctx context.Context, tx models.DB, before time.Time) error {
	err := tx.SQL(ctx).Exec("UPDATE mails SET status = 'sent', sent_at = created_at WHERE status = 'queued' AND created_at < ?", before).Error
	if err != nil {
		return fmt.Errorf("mail: count as sent: %w", models.Translate(err))
	}
	return nil
}
