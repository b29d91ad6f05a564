package billing

import (
	"context"
	"time"

	"hub.salford.ac.uk/ssph/jobs"
	"hub.salford.ac.uk/ssph/models"
)

// refundJob sends one refund to the processor.
type refundJob struct {
	RefundID int64 `json:"refund_id"`
}

// Kind is the job's stable name.
func (refundJob) Kind() string { return "billing.refund" }

// sweepEvery is how often open payment pages are asked about.
const sweepEvery = time.Minute

// Register tells the job runner billing's work: sending refunds, the sweep for payments whose webhook never came, and the deadlines of papers.
func Register(r *jobs.Registry, db models.DB, till Till) {
	jobs.Handle(r, func(ctx context.Context, job refundJob) error { return till.sendRefund(ctx, db, job.RefundID) })
	r.Every("billing.sweep", sweepEvery, func(ctx context.Context) error { return till.Sweep(ctx, db) })
	r.Every("billing.events", time.Hour, func(ctx context.Context) error { return till.CatchUp(ctx, db) })
	r.Every("billing.deadlines", time.Hour, func(ctx context.Context) error { return WatchDeadlines(ctx, db) })
	r.Every("billing.compare", 24*time.Hour, func(ctx context.Context) error { return till.Compare(ctx, db) })
}
