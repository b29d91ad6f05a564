package billing

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// failedPart is what a failed refund was to send, or had sent, of a credit note.
type failedPart struct {
	DocumentID int64
	RefundID   int64
	PaymentID  int64
	Counted    models.Pence // what the credit note has counted of it
	Instead    models.Pence // what goes or went in its place; 0 while nothing does
	Sent       bool         // that has gone
	OnDate     models.Date  // on this day
}

// addFailed says what became of the money of failed refunds.
func addFailed(ctx context.Context, db models.DB, ids []int64, byID map[int64]*Document) error {
	var parts []failedPart
	err := db.SQL(ctx).Raw(`SELECT s.document_id, r.id AS refund_id, r.payment_id, s.gross_pence AS counted, COALESCE(n.gross_pence, 0) AS instead,
			COALESCE(n.status = 'succeeded', FALSE) AS sent, l.on_date
			FROM credit_settlements s JOIN refunds r ON r.id = s.refund_id AND r.status = 'failed' LEFT JOIN refunds n ON n.replaces_id = r.id AND n.status <> 'failed'
			LEFT JOIN ledger_entries l ON l.refund_id = n.id AND l.kind = 'refund' WHERE s.document_id IN ?
		UNION ALL SELECT r.credit_id, r.id, r.payment_id, 0, 0, FALSE, NULL FROM refunds r WHERE r.status = 'failed' AND r.credit_id IN ?
			AND NOT EXISTS (SELECT 1 FROM refunds n WHERE n.replaces_id = r.id)
		ORDER BY 2, 1, 4`, ids, ids).Scan(&parts).Error
	if err != nil {
		return fmt.Errorf("failed refunds of credit notes: %w", models.Translate(err))
	}
	left := map[int64]map[int64]unsent{} // by payment, by refund
	covered := map[int64]models.Pence{}  // of what stands for a refund, by refund
	for _, p := range parts {
		if left[p.PaymentID] == nil {
			if left[p.PaymentID], err = unsentOn(ctx, db, p.PaymentID); err != nil {
				return err
			}
		}
		lost, err := lastLost(ctx, db, p.PaymentID)
		if err != nil {
			return err
		}
		p.addTo(byID[p.DocumentID], left[p.PaymentID], covered, lost)
	}
	return nil
}

// lastLost is the day on which the latest dispute was lost that has money of a payment; no day for none.
func lastLost(ctx context.Context, db models.DB, payment int64) (models.Date, error) {
	var row disputeRow
	err := db.SQL(ctx).Where("payment_id = ? AND status = ? AND withdrawn", payment, DisputeLost).Order("ended_at DESC").Limit(1).Find(&row).Error
	if err != nil || row.EndedAt == nil {
		return models.Date{}, models.Translate(err)
	}
	return models.DateOf(*row.EndedAt), nil
}

// addTo says what became of one part; it takes from what is left of its refund, and from what stands for it. What neither is nor was to
// be sent has gone with a dispute, when one was lost.
func (p failedPart) addTo(d *Document, left map[int64]unsent, covered map[int64]models.Pence, lost models.Date) {
	u := left[p.RefundID]
	if p.Counted == 0 {
		d.came(CameUnsent, u.waiting, models.Date{})
		return
	}
	part := min(p.Counted, u.again)
	how := CameReturned
	if p.Instead > 0 {
		part, how = min(p.Counted, p.Instead-covered[p.RefundID]), CameInstead
		covered[p.RefundID] += part
	} else {
		u.again -= part
		left[p.RefundID] = u
	}
	if p.Instead == 0 || p.Sent { // what is on its way is said already
		d.came(how, part, p.OnDate)
	}
	if how = CameElse; !lost.IsZero() {
		how = CameByDispute
	}
	d.came(how, p.Counted-part, lost)
}
