package billing

import (
	"context"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// Returning is a card payment of an order that our side gives back.
type Returning struct {
	Gross models.Pence
	Cause RefundCause
	State RefundState
	Since time.Time // when it came into this state
}

// Returned lists the payments of an order that go back or have gone back, oldest first.
func Returned(ctx context.Context, db models.DB, order Order) ([]Returning, error) {
	var rows []refundRow
	err := db.SQL(ctx).Where("payment_id IN (SELECT id FROM payments WHERE order_kind = ? AND order_id = ?)", order.Kind, order.ID).
		Order("id").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("refunds of %s %d: %w", order.Kind, order.ID, models.Translate(err))
	}
	all := make([]Returning, len(rows))
	for i, r := range rows {
		all[i] = Returning{Gross: r.GrossPence, Cause: r.Cause, State: r.Status, Since: r.CreatedAt}
		if r.EndedAt != nil {
			all[i].Since = *r.EndedAt
		}
	}
	return all, nil
}
