package billing

import (
	"context"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// disputeRow is a cardholder's bank asking for a payment back.
type disputeRow struct {
	ID              int64
	StripeDisputeID string
	PaymentID       int64
	GrossPence      models.Pence
	Reason          string // the processor's word
	Status          DisputeStatus
	Withdrawn       bool       // the money is not with us now
	AnswerBy        *time.Time // when evidence must be there
	OpenedAt        time.Time
	EndedAt         *time.Time
}

func (disputeRow) TableName() string { return "disputes" }

// insertDispute writes a dispute and gives it its number.
func insertDispute(ctx context.Context, tx models.DB, row *disputeRow) error {
	return models.Translate(tx.SQL(ctx).Create(row).Error)
}

func disputeByID(ctx context.Context, db models.DB, id int64) (disputeRow, error) {
	var row disputeRow
	if err := db.SQL(ctx).Where("id = ?", id).Take(&row).Error; err != nil {
		return row, fmt.Errorf("dispute %d: %w", id, models.Translate(err))
	}
	return row, nil
}

// disputeOfStripe finds a dispute by the processor's name for it. Without one the error is models.ErrNoRow.
func disputeOfStripe(ctx context.Context, db models.DB, name string) (disputeRow, error) {
	var row disputeRow
	err := db.SQL(ctx).Where("stripe_dispute_id = ?", name).Take(&row).Error
	return row, models.Translate(err)
}

// setWithdrawn writes down whether a dispute has the money now.
func setWithdrawn(ctx context.Context, tx models.DB, d disputeRow) error {
	res := tx.SQL(ctx).Exec("UPDATE disputes SET withdrawn = ? WHERE id = ?", d.Withdrawn, d.ID)
	return models.Affected(res, 1, fmt.Errorf("dispute %d is missing", d.ID))
}

// markEnded ends an open dispute.
func markEnded(ctx context.Context, tx models.DB, id int64, to DisputeStatus) error {
	res := tx.SQL(ctx).Exec("UPDATE disputes SET status = ?, ended_at = ? WHERE id = ? AND status = ?", to, tx.Now(), id, DisputeOpen)
	return models.Affected(res, 1, fmt.Errorf("dispute %d has ended", id))
}

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

// disputeMoveRow is money of a payment that a dispute moved.
type disputeMoveRow struct {
	PaymentID int64
	Pence     models.Pence // below nothing when it came back
	OnDate    models.Date
}

// disputeMovesOf lists what disputes moved of payments, in the order of the ledger.
func disputeMovesOf(ctx context.Context, db models.DB, payments []int64) ([]disputeMoveRow, error) {
	var moves []disputeMoveRow
	err := db.SQL(ctx).Raw(`SELECT t.payment_id, l.pence, l.on_date FROM ledger_entries l JOIN disputes t ON t.id = l.dispute_id
		WHERE t.payment_id IN ? ORDER BY l.id`, payments).Scan(&moves).Error
	if err != nil {
		return nil, fmt.Errorf("what disputes moved: %w", models.Translate(err))
	}
	return moves, nil
}

// TakenBack is what the customer's bank took back for good of a card payment.
type TakenBack struct {
	Gross models.Pence
	Paid  models.Pence // the whole payment
	On    models.Date  // the day it was taken
}

// TakenBackOf lists what lost disputes took of the payments on a document's order and has not come back, the oldest first. Whoever may
// see the document may ask.
func TakenBackOf(ctx context.Context, db models.DB, doc Document) ([]TakenBack, error) {
	var taken []TakenBack
	err := db.SQL(ctx).Raw(`SELECT t.gross_pence AS gross, p.gross_pence AS paid, l.on_date AS "on"
		FROM disputes t JOIN payments p ON p.id = t.payment_id JOIN ledger_entries l ON l.dispute_id = t.id AND l.kind = 'dispute'
		WHERE t.status = ? AND t.withdrawn AND t.payment_id IN (SELECT a.payment_id FROM allocations a JOIN documents d ON d.id = a.document_id
			WHERE d.order_kind = ? AND d.order_id = ?) ORDER BY l.id`, DisputeLost, doc.Order.Kind, doc.Order.ID).Scan(&taken).Error
	if err != nil {
		return nil, fmt.Errorf("taken back on %s: %w", doc.Code, models.Translate(err))
	}
	return taken, nil
}
