package billing

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// addWording completes what credit notes and replacing invoices said about money when they were issued, so that their pages say what
// their files say: where the money of a credit was, and what had been paid before. It is read from the rows of that time.
func addWording(ctx context.Context, db models.DB, byID map[int64]*Document) error {
	var notes, fresh []int64
	for id, d := range byID {
		switch {
		case d.Credits != nil:
			notes = append(notes, id)
		case d.Replaces != nil:
			fresh = append(fresh, id)
		}
	}
	if err := addParts(ctx, db, notes, byID); err != nil {
		return err
	}
	if err := addCame(ctx, db, notes, byID); err != nil {
		return err
	}
	return addPaidBefore(ctx, db, fresh, byID)
}

// addPaidBefore sums the money that a replacing invoice took over when it was issued.
func addPaidBefore(ctx context.Context, db models.DB, ids []int64, byID map[int64]*Document) error {
	if len(ids) == 0 {
		return nil
	}
	var rows []struct {
		ID         int64
		Method     PaymentMethod
		ReceivedOn models.Date
		Gross      models.Pence
	}
	err := db.SQL(ctx).Raw(`SELECT d.id, p.method, p.received_on, a.gross_pence AS gross FROM documents d JOIN allocations a ON a.document_id = d.id
		AND a.created_at = d.issued_at JOIN payments p ON p.id = a.payment_id WHERE d.id IN ? ORDER BY p.id`, ids).Scan(&rows).Error
	if err != nil {
		return fmt.Errorf("paid before: %w", models.Translate(err))
	}
	for _, r := range rows {
		d := byID[r.ID]
		if d.PaidBefore == nil {
			d.PaidBefore = &PaidBefore{}
		}
		d.PaidBefore.Method, d.PaidBefore.On = r.Method, r.ReceivedOn
		d.PaidBefore.Gross += r.Gross
	}
	return nil
}
