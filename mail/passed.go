package mail

import (
	"context"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// CountAsSent makes every queued mail from before an instant one that was sent when it was written. Only the demonstration, which
// tells of days that have passed, has a use for it.
func CountAsSent(ctx context.Context, tx models.DB, before time.Time) error {
	return markPassed(ctx, tx, before)
}
