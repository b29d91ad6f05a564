package billing

import (
	"context"
	"fmt"
	"slices"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// watchedWithin is how long after a payment is recorded WatchDeadlines has looked at it, however long ago it came: it runs every hour.
const watchedWithin = 2 * time.Hour

// CheckAsked looks for money that waits for the office without its being asked: a failed refund that nothing stands for, and a payment
// with money on no invoice that has been there for longer than WatchDeadlines leaves it. Each is a sentence with what to do.
func CheckAsked(ctx context.Context, db models.DB) ([]string, error) {
	refunds, err := refundsUnasked(ctx, db)
	if err != nil {
		return nil, err
	}
	payments, err := paymentsUnasked(ctx, db)
	return append(refunds, payments...), err
}

// refundsUnasked says which failed refunds have no task: about themselves, or about the credit note that they were to pay out.
func refundsUnasked(ctx context.Context, db models.DB) ([]string, error) {
	failed, err := FailedRefunds(ctx, db, access.System())
	if err != nil {
		return nil, err
	}
	var unasked []int64
	err = db.SQL(ctx).Raw("SELECT r.id FROM refunds r WHERE r.status = 'failed' AND " + nobodyAsked(`(o.kind = '`+taskNotSentBack+`' AND o.about_id = r.credit_id
		OR o.kind = '`+taskRefundFailed+`' AND (o.about_id = r.id OR EXISTS (SELECT 1 FROM refunds s WHERE s.id = o.about_id AND s.credit_id = r.credit_id)))`)).
		Scan(&unasked).Error
	if err != nil {
		return nil, fmt.Errorf("refunds nobody is asked about: %w", models.Translate(err))
	}
	var found []string
	for _, r := range failed {
		if slices.Contains(unasked, r.ID) {
			found = append(found, fmt.Sprintf("refund %d failed, and nobody is asked to send its %s in another way: do it in the office under Money, Failed refunds", r.ID, r.Gross))
		}
	}
	return found, nil
}

// paymentsUnasked says which payments have had free money for so long that there must be a task, and have none.
func paymentsUnasked(ctx context.Context, db models.DB) ([]string, error) {
	free, err := Unallocated(ctx, db, access.System())
	if err != nil {
		return nil, err
	}
	unasked, err := unaskedPayments(ctx, db, db.Now().Add(-watchedWithin))
	if err != nil {
		return nil, err
	}
	var found []string
	for _, p := range free {
		if p.On.DaysUntil(db.Today()) > invoiceWarn && slices.Contains(unasked, p.ID) {
			found = append(found, fmt.Sprintf("payment %d has had %s on no invoice since %s, and nobody is asked about it: put it on one or send it back, in the office under Money, Unmatched money",
				p.ID, p.Left, p.On))
		}
	}
	return found, nil
}
