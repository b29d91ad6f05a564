package billing

import (
	"context"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// lostDisputes lists the disputes of a payment that were lost, with what of each no credit note has counted.
func lostDisputes(ctx context.Context, db models.DB, payment int64) ([]lostDispute, error) {
	var rows []struct {
		ID      int64
		Open    models.Pence
		EndedAt time.Time
	}
	err := db.SQL(ctx).Raw(`SELECT * FROM (SELECT t.id, t.ended_at,
			t.gross_pence - (SELECT COALESCE(SUM(s.gross_pence), 0) FROM credit_settlements s WHERE s.dispute_id = t.id) AS open
		FROM disputes t WHERE t.payment_id = ? AND t.status = ? AND t.withdrawn) AS o WHERE o.open > 0 ORDER BY o.id`,
		payment, DisputeLost).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("lost disputes: %w", models.Translate(err))
	}
	lost := make([]lostDispute, len(rows))
	for i, r := range rows {
		lost[i] = lostDispute{id: r.ID, open: r.Open, on: models.DateOf(r.EndedAt)}
	}
	return lost, nil
}

// settleDispute settles a credit note with what a lost dispute took. Where that was entered on another account than the note's, the
// ledger moves the money over, as for a refund begun elsewhere.
func settleDispute(ctx context.Context, tx models.DB, note Document, disputeID int64, gross models.Pence) error {
	taken, err := disputeEntered(ctx, tx, disputeID, entryDispute)
	if err != nil {
		return err
	}
	var dispute disputeRow
	if err := tx.SQL(ctx).Where("id = ?", disputeID).Take(&dispute).Error; err != nil {
		return fmt.Errorf("dispute %d: %w", disputeID, models.Translate(err))
	}
	if entered := taken.owner(); entered != ownerOf(note) {
		if err := transfer(ctx, tx, dispute.PaymentID, ownerOf(note), entered, gross); err != nil {
			return err
		}
	}
	if gross = min(gross, note.Gross-note.Settled); gross <= 0 { // it has counted before: see creditBack
		return nil
	}
	return models.Translate(tx.SQL(ctx).Create(&settlementRow{
		DocumentID: note.ID, GrossPence: gross, OnDate: tx.Today(), DisputeID: &disputeID, CreatedAt: tx.Now(),
	}).Error)
}

// disputeEntered is the ledger's entry of a kind of a dispute; none when there is none.
func disputeEntered(ctx context.Context, db models.DB, id int64, kind string) (ledgerRow, error) {
	var entry ledgerRow
	if err := db.SQL(ctx).Where("dispute_id = ? AND kind = ?", id, kind).Limit(1).Find(&entry).Error; err != nil {
		return entry, fmt.Errorf("dispute %d: %w", id, models.Translate(err))
	}
	return entry, nil
}

// settledBy lists the credit notes that a lost dispute has settled, the oldest first.
func settledBy(ctx context.Context, db models.DB, dispute int64) ([]Document, error) {
	return readDocuments(ctx, db, db.SQL(ctx).
		Where("documents.id IN (SELECT document_id FROM credit_settlements WHERE dispute_id = ?)", dispute).Order("documents.id"))
}

// unpaidOf lists the invoices that a payment was ever on and that have something to pay, the oldest first.
func unpaidOf(ctx context.Context, db models.DB, payment int64) ([]Document, error) {
	return readDocuments(ctx, db, filtered(db.SQL(ctx), DocumentFilter{Unpaid: true}).
		Where("documents.id IN (SELECT document_id FROM allocations WHERE payment_id = ?)", payment).Order("documents.id"))
}

// latestInvoice is the code of the latest invoice that a payment was ever on; empty for none.
func latestInvoice(ctx context.Context, db models.DB, payment int64) (string, error) {
	var codes []string
	err := db.SQL(ctx).Model(&documentRow{}).Where("id IN (SELECT document_id FROM allocations WHERE payment_id = ?)", payment).
		Order("id DESC").Limit(1).Pluck("code", &codes).Error
	if err != nil || len(codes) == 0 {
		return "", models.Translate(err)
	}
	return codes[0], nil
}
