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

// chaseEvery is how often purchase orders that are to follow are looked at.
const chaseEvery = time.Hour

// Register tells the job runner booking's work: ending the holds that have run out, forgetting what was typed for them, and asking for
// the purchase orders that are to follow.
func Register(r *jobs.Registry, db models.DB, desk Desk, till billing.Till) {
	r.Every("booking.purchase-orders", chaseEvery, func(ctx context.Context) error { return desk.ChasePurchaseOrders(ctx, db) })
	r.Every("booking.sweep", sweepEvery, func(ctx context.Context) error { return Sweep(ctx, db, till) })
	r.Every("booking.forget", forgetEvery, func(ctx context.Context) error {
		return db.InTx(ctx, func(tx models.DB) error { return Forget(ctx, tx) })
	})
}
