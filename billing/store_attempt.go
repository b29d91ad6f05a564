package billing

import (
	"context"
	"errors"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

type attemptRow struct {
	ID          int64
	OrderKind   string
	OrderID     int64
	Status      AttemptStatus
	Request     string // what Stripe is asked, as JSON: a retry sends exactly the same
	GrossPence  models.Pence
	Currency    string
	CheckoutID  *string
	CheckoutURL string `gorm:"column:checkout_url"`
	ExpiresAt   time.Time
	CreatedAt   time.Time
	EndedAt     *time.Time
}

func (attemptRow) TableName() string { return "payment_attempts" }

func (r attemptRow) attempt() Attempt {
	return Attempt{
		ID: r.ID, Order: Order{OrderKind(r.OrderKind), r.OrderID}, Status: r.Status, Gross: r.GrossPence,
		URL: r.CheckoutURL, ExpiresAt: r.ExpiresAt,
	}
}

// insertAttempt writes an attempt and gives it its number.
func insertAttempt(ctx context.Context, tx models.DB, row *attemptRow) error {
	if err := tx.SQL(ctx).Create(row).Error; err != nil {
		return fmt.Errorf("payment attempt: %w", models.Translate(err))
	}
	return nil
}

func attemptByID(ctx context.Context, db models.DB, id int64) (attemptRow, error) {
	var row attemptRow
	if err := db.SQL(ctx).Where("id = ?", id).Take(&row).Error; err != nil {
		return row, fmt.Errorf("payment attempt %d: %w", id, models.Translate(err))
	}
	return row, nil
}

// attemptOfCheckout finds the attempt of a payment page. Without one the error is models.ErrNoRow.
func attemptOfCheckout(ctx context.Context, db models.DB, checkoutID string) (attemptRow, error) {
	var row attemptRow
	err := db.SQL(ctx).Where("checkout_id = ?", checkoutID).Take(&row).Error
	return row, models.Translate(err)
}

// LiveAttempt finds the order's attempt that may still bring money: created, open or processing. Without one the error is
// models.ErrNoRow.
func LiveAttempt(ctx context.Context, db models.DB, order Order) (Attempt, error) {
	var row attemptRow
	err := db.SQL(ctx).Where("order_kind = ? AND order_id = ? AND status IN ?", order.Kind, order.ID, liveStates).Take(&row).Error
	if err != nil {
		return Attempt{}, models.Translate(err)
	}
	return row.attempt(), nil
}

var liveStates = []AttemptStatus{AttemptCreated, AttemptOpen, AttemptProcessing}

// openAttempts lists the attempts begun before an instant whose payment page may still bring money, the oldest first.
func openAttempts(ctx context.Context, db models.DB, before time.Time) ([]attemptRow, error) {
	var rows []attemptRow
	err := db.SQL(ctx).Where("status IN ? AND checkout_id IS NOT NULL AND created_at < ?", []AttemptStatus{AttemptOpen, AttemptProcessing}, before).
		Order("created_at").Limit(sweepAtMost).Find(&rows).Error
	return rows, models.Translate(err)
}

// lostAttempts lists the attempts that ended before an instant and never got to know their payment page, the oldest first.
func lostAttempts(ctx context.Context, db models.DB, before time.Time) ([]attemptRow, error) {
	var rows []attemptRow
	err := db.SQL(ctx).Where("status = ? AND checkout_id IS NULL AND expires_at < ?", AttemptCreated, before).
		Order("created_at").Limit(sweepAtMost).Find(&rows).Error
	return rows, models.Translate(err)
}

// openAttempt says that an attempt's payment page is open. It changes nothing when a second click or the webhook was quicker: their
// page is the same.
func openAttempt(ctx context.Context, tx models.DB, id int64, page Checkout) error {
	return models.Translate(tx.SQL(ctx).Exec(
		"UPDATE payment_attempts SET status = ?, checkout_id = ?, checkout_url = ? WHERE id = ? AND status = ?",
		AttemptOpen, page.ID, page.URL, id, AttemptCreated).Error)
}

// adoptCheckout gives an attempt that has no payment page yet the one that names it. It is not known when there is no such attempt.
func adoptCheckout(ctx context.Context, tx models.DB, id int64, page Checkout) (row attemptRow, known bool, err error) {
	err = models.Translate(tx.SQL(ctx).Where("id = ? AND checkout_id IS NULL", id).Take(&row).Error)
	if errors.Is(err, models.ErrNoRow) {
		return row, false, nil
	}
	if err != nil {
		return row, false, err
	}
	res := tx.SQL(ctx).Exec("UPDATE payment_attempts SET checkout_id = ?, checkout_url = ? WHERE id = ? AND checkout_id IS NULL", page.ID, page.URL, id)
	return row, res.RowsAffected == 1, models.Translate(res.Error)
}

// move takes an attempt from its state to another under a guard. It reports whether it moved: false means that somebody else
// moved it first, or that the step is not allowed.
func move(ctx context.Context, tx models.DB, id int64, to AttemptStatus) (bool, error) {
	var from []AttemptStatus
	for state := range attemptMoves {
		if state.CanBecome(to) {
			from = append(from, state)
		}
	}
	var ended any
	if to != AttemptOpen && to != AttemptProcessing {
		ended = tx.Now()
	}
	res := tx.SQL(ctx).Exec("UPDATE payment_attempts SET status = ?, ended_at = ? WHERE id = ? AND status IN ?", to, ended, id, from)
	return res.RowsAffected == 1, models.Translate(res.Error)
}
