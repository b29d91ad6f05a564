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

// refundsWithoutCredit lists the refunds that had gone by a day and took money off an invoice, as far as no credit note stands behind
// them: what was paid too much, twice or too late lowered no price.
func refundsWithoutCredit(ctx context.Context, db models.DB, day models.Date) ([]refundGone, error) {
	var rows []refundGone
	err := db.SQL(ctx).Raw(`SELECT r.id AS refund_id, r.gross_pence - COALESCE(h.gross, 0) AS gross_pence, l.on_date FROM refunds r
		LEFT JOIN (SELECT refund_id, SUM(gross_pence) AS gross FROM refund_shares GROUP BY refund_id) AS h ON h.refund_id = r.id
		JOIN ledger_entries l ON l.refund_id = r.id AND l.kind = 'refund'
		WHERE r.status = 'succeeded' AND r.gross_pence > COALESCE(h.gross, 0) AND r.reason = ? AND l.on_date <= ? ORDER BY r.id`, CauseExternal, day).Scan(&rows).Error
	return rows, models.Translate(err)
}
