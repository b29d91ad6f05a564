package billing

import (
	"context"

	"hub.salford.ac.uk/ssph/models"
)

type refundGone struct {
	RefundID   int64
	GrossPence models.Pence
	OnDate     models.Date
}

// refundsWithoutCredit lists the refunds that had gone by a day, that no credit note stands behind and that took money off an invoice:
// what was paid too much, twice or too late lowered no price.
func refundsWithoutCredit(ctx context.Context, db models.DB, day models.Date) ([]refundGone, error) {
	var rows []refundGone
	err := db.SQL(ctx).Raw(`SELECT r.id AS refund_id, r.gross_pence, l.on_date FROM refunds r
		JOIN ledger_entries l ON l.refund_id = r.id AND l.kind = 'refund'
		WHERE r.status = 'succeeded' AND r.credit_id IS NULL AND r.reason = ? AND l.on_date <= ? ORDER BY r.id`, CauseExternal, day).Scan(&rows).Error
	return rows, models.Translate(err)
}
