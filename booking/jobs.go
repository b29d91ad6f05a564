package booking

import (
	"context"
	"time"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/jobs"
	"hub.salford.ac.uk/ssph/models"
)

// sweepEvery is how often ended holds are looked for. Booking itself lets go lapsed holds of the session it claims, so nobody
// waits for the sweep; it matters for holds with a payment page.
const sweepEvery = time.Minute

// forgetEvery is how often what was typed for unbought bookings is looked through.
const forgetEvery = time.Hour

// Register tells the job runner booking's work: ending the holds that have run out, and forgetting what was typed for them.
func Register(r *jobs.Registry, db models.DB, till billing.Till) {
	r.Every("booking.sweep", sweepEvery, func(ctx context.Context) error { return Sweep(ctx, db, till) })
	r.Every("booking.forget", forgetEvery, func(ctx context.Context) error {
		return db.InTx(ctx, func(tx models.DB) error { return Forget(ctx, tx) })
	})
}
