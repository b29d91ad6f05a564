package billing

import (
	"context"
	"errors"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

type refundRow struct {
	ID             int64
	PaymentID      int64
	Method         string // card or bank
	GrossPence     models.Pence
	Cause          RefundCause `gorm:"column:reason"`
	RequestKey     string
	CreditID       *int64 // the credit note that it pays out
	ReplacesID     *int64 // the failed refund that this one stands for
	Status         RefundState
	StripeRefundID *string
	Failure        string
	BankReference  string
	RequestedBy    *int64
	CreatedAt      time.Time
	EndedAt        *time.Time
}

func (refundRow) TableName() string { return "refunds" }

// insertRefund writes a refund and gives it its number.
func insertRefund(ctx context.Context, tx models.DB, row *refundRow) error {
	if err := tx.SQL(ctx).Create(row).Error; err != nil {
		return fmt.Errorf("refund of payment %d: %w", row.PaymentID, models.Translate(err))
	}
	return nil
}

func refundByID(ctx context.Context, db models.DB, id int64) (refundRow, error) {
	var row refundRow
	err := models.Translate(db.SQL(ctx).Where("id = ?", id).Take(&row).Error)
	if errors.Is(err, models.ErrNoRow) {
		err = models.NotFound("We have no refund with that number").Because(fmt.Errorf("refund %d", id))
	}
	return row, err
}

// refundOfStripe finds a refund by the processor's name for it. Without one the error is models.ErrNoRow.
func refundOfStripe(ctx context.Context, db models.DB, name string) (refundRow, error) {
	var row refundRow
	err := db.SQL(ctx).Where("stripe_refund_id = ?", name).Take(&row).Error
	return row, models.Translate(err)
}

// refundNumbered finds the refund with a number of ours that the processor has not named yet, when payment and amount are the same.
// Without one the error is models.ErrNoRow.
func refundNumbered(ctx context.Context, db models.DB, id int64, sent Refund) (refundRow, error) {
	var row refundRow
	err := db.SQL(ctx).Where("id = ? AND method = ? AND stripe_refund_id IS NULL AND status <> ? AND gross_pence = ?", id, ByCard, RefundReturned, sent.Amount).
		Where("payment_id IN (SELECT p.id FROM payments p WHERE p.payment_intent = ?)", sent.PaymentIntent).Take(&row).Error
	return row, models.Translate(err)
}

// unansweredRefunds lists the card refunds begun before an instant of which the processor has not said how they ended, the oldest first.
func unansweredRefunds(ctx context.Context, db models.DB, before time.Time) ([]refundRow, error) {
	var rows []refundRow
	err := db.SQL(ctx).Where("method = ? AND status IN ? AND created_at < ?", ByCard, []RefundState{RefundWanted, RefundOnItsWay}, before).
		Order("created_at").Limit(sweepAtMost).Find(&rows).Error
	return rows, models.Translate(err)
}

// moveRefund takes a card refund to the state that the processor says, under a guard. It reports whether it moved: false for older news.
func moveRefund(ctx context.Context, tx models.DB, id int64, to RefundState, sent Refund) (bool, error) {
	var from []RefundState
	for state := range refundMoves {
		if state.CanBecome(to) {
			from = append(from, state)
		}
	}
	res := tx.SQL(ctx).Exec("UPDATE refunds SET status = ?, stripe_refund_id = ?, failure = ?, ended_at = ? WHERE id = ? AND status IN ?",
		to, sent.ID, sent.FailureReason, tx.Now(), id, from)
	return res.RowsAffected == 1, models.Translate(res.Error)
}

// giveUpRefund ends a refund that the processor will not take. It reports whether it moved: false when its news came first.
func giveUpRefund(ctx context.Context, tx models.DB, id int64, why error) (bool, error) {
	res := tx.SQL(ctx).Exec("UPDATE refunds SET status = ?, failure = ?, ended_at = ? WHERE id = ? AND status = ?",
		RefundReturned, why.Error(), tx.Now(), id, RefundWanted)
	return res.RowsAffected == 1, models.Translate(res.Error)
}

// markBankRefund says that the office has sent a refund by bank transfer. Error: conflict when that was said before.
func markBankRefund(ctx context.Context, tx models.DB, id int64, reference string) error {
	res := tx.SQL(ctx).Exec("UPDATE refunds SET status = ?, bank_reference = ?, ended_at = ? WHERE id = ? AND status = ?",
		RefundSent, reference, tx.Now(), id, RefundWanted)
	return models.Affected(res, 1, models.Fail(models.KindConflict, "This refund has been recorded already"))
}
