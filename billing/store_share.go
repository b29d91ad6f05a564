package billing

import (
	"context"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// shareRow says how much of a refund begun at the processor itself counts towards a credit note.
type shareRow struct {
	ID         int64
	RefundID   int64
	DocumentID int64
	GrossPence models.Pence
	CreatedAt  time.Time
}

func (shareRow) TableName() string { return "refund_shares" }

// insertShare counts a part of a refund towards a credit note.
func insertShare(ctx context.Context, tx models.DB, note Document, refundID int64, gross models.Pence) error {
	err := tx.SQL(ctx).Create(&shareRow{RefundID: refundID, DocumentID: note.ID, GrossPence: gross, CreatedAt: tx.Now()}).Error
	if err != nil {
		return fmt.Errorf("refund %d for %s: %w", refundID, note.Code, models.Translate(err))
	}
	return nil
}

func sharesOf(ctx context.Context, db models.DB, refundID int64) ([]shareRow, error) {
	var shares []shareRow
	err := db.SQL(ctx).Where("refund_id = ?", refundID).Order("id").Find(&shares).Error
	return shares, models.Translate(err)
}

// sharedOut sums how much of a refund counts towards credit notes.
func sharedOut(ctx context.Context, db models.DB, refundID int64) (models.Pence, error) {
	var sum models.Pence
	err := db.SQL(ctx).Model(&shareRow{}).Where("refund_id = ?", refundID).Select("COALESCE(SUM(gross_pence), 0)").Scan(&sum).Error
	return sum, models.Translate(err)
}

// notesSharing lists the credit notes that a refund counts towards, the oldest first.
func notesSharing(ctx context.Context, db models.DB, refundID int64) ([]Document, error) {
	return readDocuments(ctx, db, db.SQL(ctx).
		Where("documents.id IN (SELECT document_id FROM refund_shares WHERE refund_id = ?)", refundID).Order("documents.id"))
}

type partRow struct {
	ID         int64
	DocumentID int64
	Part       CreditPartKind
	Method     PaymentMethod
	GrossPence models.Pence
	OnDate     models.Date
}

func (partRow) TableName() string { return "credit_parts" }

// insertParts writes down what an issued credit note says about its money.
func insertParts(ctx context.Context, tx models.DB, note Document) error {
	for _, p := range note.Parts {
		row := partRow{DocumentID: note.ID, Part: p.Kind, Method: p.Method, GrossPence: p.Gross, OnDate: p.On}
		if err := tx.SQL(ctx).Create(&row).Error; err != nil {
			return fmt.Errorf("parts of %s: %w", note.Code, models.Translate(err))
		}
	}
	return nil
}

// addParts reads what credit notes said about their money.
func addParts(ctx context.Context, db models.DB, ids []int64, byID map[int64]*Document) error {
	if len(ids) == 0 {
		return nil
	}
	var rows []partRow
	if err := db.SQL(ctx).Where("document_id IN ?", ids).Order("id").Find(&rows).Error; err != nil {
		return fmt.Errorf("parts of credit notes: %w", models.Translate(err))
	}
	for _, r := range rows {
		byID[r.DocumentID].Parts = append(byID[r.DocumentID].Parts, CreditPart{Kind: r.Part, Gross: r.GrossPence, Method: r.Method, On: r.OnDate})
	}
	return nil
}

// outsideRefunds lists the refunds of a payment that were begun at the processor itself and that no credit note accounts for wholly.
func outsideRefunds(ctx context.Context, db models.DB, payment int64) ([]outsideRefund, error) {
	var rows []struct {
		ID     int64
		Open   models.Pence
		OnDate models.Date
	}
	err := db.SQL(ctx).Raw(`SELECT * FROM (SELECT r.id, r.gross_pence - (SELECT COALESCE(SUM(s.gross_pence), 0) FROM refund_shares s WHERE s.refund_id = r.id) AS open,
			(SELECT l.on_date FROM ledger_entries l WHERE l.refund_id = r.id AND l.kind = 'refund') AS on_date
		FROM refunds r WHERE r.payment_id = ? AND r.reason = ? AND r.status <> ?) AS o WHERE o.open > 0 ORDER BY o.id`,
		payment, CauseExternal, RefundReturned).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("refunds from outside: %w", models.Translate(err))
	}
	refunds := make([]outsideRefund, len(rows))
	for i, r := range rows {
		refunds[i] = outsideRefund{id: r.ID, open: r.Open, on: r.OnDate}
	}
	return refunds, nil
}

// sentOwner is the account on which the ledger has a refund that has gone.
func sentOwner(ctx context.Context, db models.DB, refund int64) (owner, error) {
	var entry ledgerRow
	if err := db.SQL(ctx).Where("refund_id = ? AND kind = ?", refund, entryRefund).Take(&entry).Error; err != nil {
		return owner{}, fmt.Errorf("refund %d: %w", refund, models.Translate(err))
	}
	return entry.owner(), nil
}

// countedOf is how much of a credit note a refund has settled; nothing for none.
func countedOf(ctx context.Context, db models.DB, refund *int64, note int64) (models.Pence, error) {
	var sum models.Pence
	err := db.SQL(ctx).Model(&settlementRow{}).Where("refund_id = ? AND document_id = ?", refund, note).
		Select("COALESCE(SUM(gross_pence), 0)").Scan(&sum).Error
	return sum, models.Translate(err)
}

// waitingNotes lists the credit notes of a payment's invoices that leave something to send back, the oldest first.
func waitingNotes(ctx context.Context, db models.DB, payment int64) ([]Document, error) {
	return readDocuments(ctx, db, db.SQL(ctx).Where(waitingCredits()).
		Where(onPayment, payment).Order("documents.id"))
}
