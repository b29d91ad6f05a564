package billing

import (
	"context"
	"errors"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/access"
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

var disputeMoves = map[DisputeStatus][]DisputeStatus{DisputeOpen: {DisputeWon, DisputeLost}}

// CanBecome says whether a dispute in state s may go over to state to. Won and lost are the end.
func (s DisputeStatus) CanBecome(to DisputeStatus) bool {
	for _, allowed := range disputeMoves[s] {
		if allowed == to {
			return true
		}
	}
	return false
}

// disputeEvent applies news of a dispute. Money taken is entered in the ledger, and again when it comes back; a lost dispute leaves
// the invoice unpaid, not credited: the debt still exists. No place, certificate or licence changes: a person decides.
func disputeEvent(ctx context.Context, tx models.DB, d Dispute) (string, error) {
	if err := lockMoney(ctx, tx); err != nil {
		return "", err
	}
	payment, err := paymentOfIntent(ctx, tx, d.PaymentIntent)
	if errors.Is(err, models.ErrNoRow) {
		return "unknown", raise(ctx, tx, "unknown dispute", "dispute "+d.ID, 0,
			"Stripe reports a dispute about "+d.Amount.String()+" of a payment that is not recorded here. Look at "+d.ID+" at Stripe")
	}
	if err != nil {
		return "", err
	}
	row, err := disputeFor(ctx, tx, d, payment)
	if err != nil {
		return "", err
	}
	if err := disputeMoney(ctx, tx, &row, d.FundsWithdrawn); err != nil {
		return "", err
	}
	if !row.Status.CanBecome(d.Status) {
		return "dispute", nil
	}
	return "dispute " + string(d.Status), endDispute(ctx, tx, row, d.Status)
}

// disputeFor finds the dispute's row, or writes it with the task that asks the office to answer.
func disputeFor(ctx context.Context, tx models.DB, d Dispute, payment paymentRow) (disputeRow, error) {
	var row disputeRow
	err := models.Translate(tx.SQL(ctx).Where("stripe_dispute_id = ?", d.ID).Take(&row).Error)
	if !errors.Is(err, models.ErrNoRow) {
		return row, err
	}
	row = disputeRow{
		StripeDisputeID: d.ID, PaymentID: payment.ID, GrossPence: d.Amount, Reason: d.Reason, Status: DisputeOpen, OpenedAt: models.Instant(d.Created),
	}
	by := ""
	if !d.AnswerBy.IsZero() {
		at := models.Instant(d.AnswerBy)
		row.AnswerBy = &at
		by = " by " + models.DateOf(d.AnswerBy).String()
	}
	if err := tx.SQL(ctx).Create(&row).Error; err != nil {
		return row, models.Translate(err)
	}
	err = raise(ctx, tx, "dispute", "dispute", row.ID, fmt.Sprintf(
		"A cardholder’s bank asks for %s back. Answer at Stripe%s with the booking and the record of the day. Places and licences stay as they are until you decide",
		d.Amount, by))
	if err != nil {
		return row, err
	}
	return row, access.Record(ctx, tx, access.System(), access.Entry{
		Action: "dispute opened", SubjectKind: "payment", SubjectID: payment.ID,
		Detail: map[string]any{"dispute": row.ID, "gross_pence": d.Amount, "reason": d.Reason},
	})
}

// disputeMoney enters in the ledger that the money was taken, or that it came back: each once.
func disputeMoney(ctx context.Context, tx models.DB, row *disputeRow, withdrawn bool) error {
	if row.Withdrawn == withdrawn {
		return nil
	}
	entry := ledgerRow{At: tx.Now(), OnDate: tx.Today(), Kind: entryDispute, Pence: row.GrossPence, DisputeID: &row.ID}
	from, err := mainOwner(ctx, tx, row.PaymentID)
	if err != nil {
		return err
	}
	if !withdrawn {
		var taken ledgerRow
		if err := tx.SQL(ctx).Where("dispute_id = ? AND kind = ?", row.ID, entryDispute).Take(&taken).Error; err != nil {
			return fmt.Errorf("dispute %d: %w", row.ID, models.Translate(err))
		}
		entry.Kind, entry.Pence, from = entryDisputeWon, -row.GrossPence, taken.owner()
	}
	if err := post(ctx, tx, from.on(entry)); err != nil {
		return err
	}
	row.Withdrawn = withdrawn
	return models.Translate(tx.SQL(ctx).Exec("UPDATE disputes SET withdrawn = ? WHERE id = ?", withdrawn, row.ID).Error)
}

func endDispute(ctx context.Context, tx models.DB, row disputeRow, to DisputeStatus) error {
	res := tx.SQL(ctx).Exec("UPDATE disputes SET status = ?, ended_at = ? WHERE id = ? AND status = ?", to, tx.Now(), row.ID, DisputeOpen)
	if err := models.Affected(res, 1, fmt.Errorf("dispute %d has ended", row.ID)); err != nil {
		return err
	}
	if err := finishTaskAbout(ctx, tx, access.System(), "dispute", "dispute", row.ID); err != nil {
		return err
	}
	if to == DisputeLost && row.Withdrawn {
		if err := releasePayment(ctx, tx, row.PaymentID, row.GrossPence); err != nil {
			return err
		}
		err := raise(ctx, tx, "dispute lost", "dispute", row.ID, fmt.Sprintf(
			"The cardholder’s bank took %s back for good. Its invoice is unpaid again. Ask the customer to pay in another way, or credit it", row.GrossPence))
		if err != nil {
			return err
		}
	}
	return access.Record(ctx, tx, access.System(), access.Entry{
		Action: "dispute " + string(to), SubjectKind: "payment", SubjectID: row.PaymentID, Detail: map[string]any{"dispute": row.ID},
	})
}
