package billing

import (
	"context"
	"errors"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

type paymentRow struct {
	ID            int64
	Method        string
	GrossPence    models.Pence
	ReceivedAt    time.Time
	ReceivedOn    models.Date
	Reference     string
	Note          string
	RequestKey    string
	PaymentIntent *string
	AttemptID     *int64
	OrderKind     *string
	OrderID       *int64
	RecordedBy    *int64
	CreatedAt     time.Time
}

func (paymentRow) TableName() string { return "payments" }

type allocationRow struct {
	ID         int64
	PaymentID  int64
	DocumentID int64
	GrossPence models.Pence
	CreatedAt  time.Time
}

func (allocationRow) TableName() string { return "allocations" }

// insertPayment writes a payment and gives it its number.
func insertPayment(ctx context.Context, tx models.DB, row *paymentRow) error {
	if err := tx.SQL(ctx).Create(row).Error; err != nil {
		return fmt.Errorf("record %s payment: %w", row.Method, models.Translate(err))
	}
	return nil
}

// bankMoneyOf is the payment that a form recorded; 0 when none did.
func bankMoneyOf(ctx context.Context, db models.DB, key string) (int64, error) {
	var before paymentRow
	err := models.Translate(db.SQL(ctx).Where("request_key = ?", "bank/"+key).Take(&before).Error)
	if errors.Is(err, models.ErrNoRow) {
		return 0, nil
	}
	return before.ID, err
}

// allocationsFrom says how much of a payment is on each document, the latest document first; what was taken back wholly is left out.
func allocationsFrom(ctx context.Context, db models.DB, payment int64) ([]allocationRow, error) {
	var rows []allocationRow
	err := db.SQL(ctx).Model(&allocationRow{}).Select("payment_id, document_id, SUM(gross_pence) AS gross_pence").
		Where("payment_id = ?", payment).Group("payment_id, document_id").Having("SUM(gross_pence) > 0").Order("document_id DESC").Scan(&rows).Error
	return rows, models.Translate(err)
}

// insertAllocation writes one allocation row; a negative one takes money back.
func insertAllocation(ctx context.Context, tx models.DB, payment, document int64, gross models.Pence) error {
	return models.Translate(tx.SQL(ctx).Create(&allocationRow{
		PaymentID: payment, DocumentID: document, GrossPence: gross, CreatedAt: tx.Now(),
	}).Error)
}

// paymentOfIntent finds a card payment by the processor's name for it. Without one the error is models.ErrNoRow.
func paymentOfIntent(ctx context.Context, db models.DB, intent string) (paymentRow, error) {
	var row paymentRow
	return row, models.Translate(db.SQL(ctx).Where("payment_intent = ?", intent).Take(&row).Error)
}
