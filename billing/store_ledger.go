package billing

import (
	"context"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

type ledgerRow struct {
	ID             int64
	At             time.Time
	OnDate         models.Date
	Kind           string
	Pence          models.Pence
	DocumentID     *int64
	PaymentID      *int64
	RefundID       *int64
	DisputeID      *int64
	OrderKind      *string
	OrderID        *int64
	OrganisationID *int64
}

func (ledgerRow) TableName() string { return "ledger_entries" }

// post writes one ledger entry. Each cause has one entry: the database refuses a second.
func post(ctx context.Context, tx models.DB, entry ledgerRow) error {
	return models.Translate(tx.SQL(ctx).Create(&entry).Error)
}

// Balance is what an order's customer owes, from the ledger's rows: invoices less payments less credits plus refunds. It is
// negative when we owe them.
func Balance(ctx context.Context, db models.DB, order Order) (models.Pence, error) {
	var pence models.Pence
	err := db.SQL(ctx).Model(&ledgerRow{}).Where("order_kind = ? AND order_id = ?", order.Kind, order.ID).
		Select("COALESCE(SUM(pence), 0)").Scan(&pence).Error
	return pence, models.Translate(err)
}

// entriesOf lists the entries that put money of a payment on an account, the one it came in on first.
func entriesOf(ctx context.Context, db models.DB, payment int64) ([]ledgerRow, error) {
	var entries []ledgerRow
	err := db.SQL(ctx).Where("payment_id = ? AND kind IN ?", payment, []string{entryPayment, entryTransfer}).Order("id").Find(&entries).Error
	return entries, models.Translate(err)
}

// homeOwner is the account that a payment came in on.
func homeOwner(ctx context.Context, db models.DB, payment int64) (owner, error) {
	var entry ledgerRow
	err := db.SQL(ctx).Where("payment_id = ? AND kind = ?", payment, entryPayment).Take(&entry).Error
	if err != nil {
		return owner{}, fmt.Errorf("payment %d: %w", payment, models.Translate(err))
	}
	return entry.owner(), nil
}

type usedRow struct {
	OrderKind      *string
	OrderID        *int64
	OrganisationID *int64
	AtHome         bool // it goes back from where the payment came in
	Pence          models.Pence
}

// usedOf lists what is on invoices, what goes back and what a dispute has taken of a payment, each with its owner: a refund's is that
// of its ledger entry, and before it has one that of its credit note.
func usedOf(ctx context.Context, db models.DB, payment int64) ([]usedRow, error) {
	var rows []usedRow
	err := db.SQL(ctx).Raw(`SELECT d.order_kind, d.order_id, d.organisation_id, FALSE AS at_home, SUM(a.gross_pence) AS pence
			FROM allocations a JOIN documents d ON d.id = a.document_id WHERE a.payment_id = ? GROUP BY d.order_kind, d.order_id, d.organisation_id
		UNION ALL SELECT l.order_kind, l.order_id, l.organisation_id, FALSE, r.gross_pence
			FROM refunds r JOIN ledger_entries l ON l.refund_id = r.id AND l.kind = 'refund' WHERE r.payment_id = ? AND r.status = 'succeeded'
		UNION ALL SELECT d.order_kind, d.order_id, d.organisation_id, r.credit_id IS NULL, r.gross_pence
			FROM refunds r LEFT JOIN documents d ON d.id = r.credit_id WHERE r.payment_id = ? AND r.status IN ('requested', 'pending')
		UNION ALL SELECT l.order_kind, l.order_id, l.organisation_id, FALSE, l.pence
			FROM ledger_entries l JOIN disputes t ON t.id = l.dispute_id WHERE t.payment_id = ?`,
		payment, payment, payment, payment).Scan(&rows).Error
	return rows, models.Translate(err)
}
