package billing

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/jobs"
	"hub.salford.ac.uk/ssph/models"
)

// RefundCause says why our side gives money back.
type RefundCause string

// The causes the program itself has.
const (
	CauseLate      RefundCause = "late"      // it came after the hold ended and the session was full
	CauseDuplicate RefundCause = "duplicate" // the order was paid already
)

// RefundState is how far one of our refunds has come.
type RefundState string

// The states of a refund. One that was sent may still fail later, when the card's bank returns it.
const (
	RefundWanted   RefundState = "requested" // written down; the processor is asked by a job
	RefundOnItsWay RefundState = "pending"
	RefundSent     RefundState = "succeeded"
	RefundReturned RefundState = "failed"
)

var refundMoves = map[RefundState][]RefundState{
	RefundWanted:   {RefundOnItsWay, RefundSent, RefundReturned},
	RefundOnItsWay: {RefundSent, RefundReturned},
	RefundSent:     {RefundReturned},
}

// CanBecome says whether a refund in state s may go over to state to.
func (s RefundState) CanBecome(to RefundState) bool {
	for _, allowed := range refundMoves[s] {
		if allowed == to {
			return true
		}
	}
	return false
}

// giveBack writes down that a whole card payment goes back, and enqueues the sending. Each payment has one refund of each reason.
func giveBack(ctx context.Context, tx models.DB, payment paymentRow, cause RefundCause) error {
	row := refundRow{
		PaymentID: payment.ID, Method: "card", GrossPence: payment.GrossPence, Cause: cause, Status: RefundWanted, CreatedAt: tx.Now(),
		RequestKey: fmt.Sprintf("%s/%d", cause, payment.ID),
	}
	if err := tx.SQL(ctx).Create(&row).Error; err != nil {
		return fmt.Errorf("refund of payment %d: %w", payment.ID, models.Translate(err))
	}
	if err := jobs.Enqueue(ctx, tx, refundJob{RefundID: row.ID}); err != nil {
		return err
	}
	return access.Record(ctx, tx, access.System(), access.Entry{
		Action: "refund requested", SubjectKind: "payment", SubjectID: payment.ID,
		Detail: map[string]any{"refund": row.ID, "gross_pence": row.GrossPence, "cause": cause},
	})
}

// sendRefund asks the processor to send a refund, outside any transaction and under the refund's own idempotency key.
func (t Till) sendRefund(ctx context.Context, db models.DB, id int64) error {
	var row refundRow
	if err := db.SQL(ctx).Where("id = ?", id).Take(&row).Error; err != nil {
		return fmt.Errorf("refund %d: %w", id, models.Translate(err))
	}
	if row.Status != RefundWanted {
		return nil
	}
	var payment paymentRow
	if err := db.SQL(ctx).Where("id = ?", row.PaymentID).Take(&payment).Error; err != nil {
		return fmt.Errorf("refund %d: %w", id, models.Translate(err))
	}
	if payment.PaymentIntent == nil {
		return fmt.Errorf("refund %d: payment %d was not by card", id, payment.ID)
	}
	sent, err := t.Gateway.Refund(ctx, RefundRequest{
		ID: strconv.FormatInt(row.ID, 10), PaymentIntent: *payment.PaymentIntent, Amount: row.GrossPence, Reason: row.Cause.reason(),
	})
	if err != nil {
		return fmt.Errorf("refund %d: %w", id, err)
	}
	return db.InTx(ctx, func(tx models.DB) error { return applyRefund(ctx, tx, id, sent) })
}

// applyRefund brings a refund to the state the processor says, with its ledger entry. Older news changes nothing.
func applyRefund(ctx context.Context, tx models.DB, id int64, sent Refund) error {
	to := refundStateAt(sent)
	var from []RefundState
	for state := range refundMoves {
		if state.CanBecome(to) {
			from = append(from, state)
		}
	}
	var before refundRow
	if err := tx.SQL(ctx).Where("id = ?", id).Take(&before).Error; err != nil {
		return fmt.Errorf("refund %d: %w", id, models.Translate(err))
	}
	res := tx.SQL(ctx).Exec("UPDATE refunds SET status = ?, stripe_refund_id = ?, failure = ?, ended_at = ? WHERE id = ? AND status IN ?",
		to, sent.ID, sent.FailureReason, tx.Now(), id, from)
	if res.Error != nil || res.RowsAffected == 0 {
		return models.Translate(res.Error)
	}
	return refundMoved(ctx, tx, before, to)
}

func refundStateAt(r Refund) RefundState {
	switch r.Status {
	case RefundSucceeded:
		return RefundSent
	case RefundFailed, RefundCanceled:
		return RefundReturned
	}
	return RefundOnItsWay
}

// reason is the cause in the processor's words.
func (c RefundCause) reason() RefundReason {
	if c == CauseDuplicate {
		return RefundDuplicate
	}
	return RefundRequested
}

// refundMoved writes what a refund's new state means for the ledger and the office.
func refundMoved(ctx context.Context, tx models.DB, before refundRow, to RefundState) error {
	var payment paymentRow
	if err := tx.SQL(ctx).Where("id = ?", before.PaymentID).Take(&payment).Error; err != nil {
		return fmt.Errorf("refund %d: %w", before.ID, models.Translate(err))
	}
	switch to {
	case RefundSent:
		return post(ctx, tx, refundEntry(tx, entryRefund, before, payment))
	case RefundReturned:
		var reversal error
		if before.Status == RefundSent {
			reversal = post(ctx, tx, refundEntry(tx, entryRefundFailed, before, payment))
		}
		return errors.Join(reversal, raise(ctx, tx, "refund failed", "refund", before.ID, fmt.Sprintf(
			"A refund of %s did not reach the card. Ask the customer for bank details and pay it by bank transfer", before.GrossPence)))
	}
	return nil
}
