package access

import (
	"context"
	"time"

	"hub.salford.ac.uk/ssph/jobs"
	"hub.salford.ac.uk/ssph/models"
)

// cleanupEvery is how often what has run out is removed. Nothing relies on it: what has run out counts as gone at once.
const cleanupEvery = time.Hour

// Register has the job runner clean up after browser sessions and sign-in links.
func Register(r *jobs.Registry, db models.DB) {
	r.Every("access.cleanup", cleanupEvery, func(ctx context.Context) error {
		return db.InTx(ctx, func(tx models.DB) error {
			_, err := Cleanup(ctx, tx)
			return err
		})
	})
}
