package billing

import (
	"context"
	"errors"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// sweepAfter is how long a payment page is left alone before the sweep asks about it: the return page and the webhook come first.
const sweepAfter = time.Minute

// sweepAtMost bounds one round; the next round goes on.
const sweepAtMost = 100

// Sweep asks the processor about every payment page that is still open here, in case its webhook never came. One that cannot be
// settled does not stop the others.
func (t Till) Sweep(ctx context.Context, db models.DB) error {
	var rows []attemptRow
	err := db.SQL(ctx).Where("status IN ? AND checkout_id IS NOT NULL AND created_at < ?",
		[]AttemptStatus{AttemptOpen, AttemptProcessing}, db.Now().Add(-sweepAfter)).
		Order("created_at").Limit(sweepAtMost).Find(&rows).Error
	if err != nil {
		return models.Translate(err)
	}
	var failed []error
	for _, row := range rows {
		_, err := t.Settle(ctx, db, *row.CheckoutID)
		failed = append(failed, err)
	}
	return errors.Join(failed...)
}
