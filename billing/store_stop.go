package billing

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// goneSince reads what has become of a refund's payment since the refund was asked for: all of it had its money then.
func goneSince(ctx context.Context, db models.DB, r refundRow) (goneMoney, error) {
	var g goneMoney
	var others []struct {
		GrossPence models.Pence
		Method     PaymentMethod
		OnDate     *models.Date
	}
	err := db.SQL(ctx).Raw(`SELECT r.gross_pence, r.method, l.on_date FROM refunds r LEFT JOIN ledger_entries l ON l.refund_id = r.id AND l.kind = 'refund'
		WHERE r.payment_id = ? AND r.id > ? AND (r.method = 'bank' AND r.status = 'requested' OR r.reason = 'external' AND r.status <> 'failed')
		ORDER BY r.id`, r.PaymentID, r.ID).Scan(&others).Error
	if err != nil {
		return g, fmt.Errorf("refunds after %d: %w", r.ID, models.Translate(err))
	}
	for _, o := range others {
		if o.Method == ByBank {
			g.later += o.GrossPence
			continue
		}
		if g.outside += o.GrossPence; o.OnDate != nil {
			g.outOn = *o.OnDate
		}
	}
	var disputes []disputeRow
	if err := db.SQL(ctx).Where("payment_id = ? AND status <> ?", r.PaymentID, DisputeWon).Order("id").Find(&disputes).Error; err != nil {
		return g, fmt.Errorf("disputes about the payment of refund %d: %w", r.ID, models.Translate(err))
	}
	for _, d := range disputes {
		g.add(d, r)
	}
	return g, nil
}

// add counts one dispute that was not won.
func (g *goneMoney) add(d disputeRow, r refundRow) {
	switch {
	case d.Status == DisputeOpen:
		g.disputes, g.asked = true, g.asked+d.GrossPence
		if d.Withdrawn {
			g.away += d.GrossPence
		}
	case d.Withdrawn && d.EndedAt != nil && !d.EndedAt.Before(r.CreatedAt):
		g.lost, g.lostOn = g.lost+d.GrossPence, models.DateOf(*d.EndedAt)
	}
}

// askedTwice says whether a lost dispute has the office decide about money of a payment that the customer has twice.
func askedTwice(ctx context.Context, db models.DB, payment int64) (bool, error) {
	var n int64
	err := db.SQL(ctx).Raw(`SELECT COUNT(*) FROM office_tasks o JOIN disputes t ON t.id = o.about_id WHERE o.kind = ? AND o.done_at IS NULL
		AND t.payment_id = ?`, taskPaidTwice, payment).Scan(&n).Error
	return n > 0, models.Translate(err)
}

// dropRefund ends a refund by bank that the office will not send. Error: conflict when it has ended before.
func dropRefund(ctx context.Context, tx models.DB, id int64, reason string) error {
	res := tx.SQL(ctx).Exec("UPDATE refunds SET status = ?, failure = ?, ended_at = ? WHERE id = ? AND status = ?",
		RefundReturned, reason, tx.Now(), id, RefundWanted)
	return models.Affected(res, 1, models.Fail(models.KindConflict, "This refund has ended already"))
}
