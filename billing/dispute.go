package billing

import (
	"context"
	"errors"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

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
		return outcomeUnknown, raise(ctx, tx, "unknown dispute", "dispute "+d.ID, 0,
			"Stripe reports a dispute about "+d.Amount.String()+" of a payment that is not recorded here. Look at "+d.ID+" at Stripe")
	}
	if err != nil {
		return "", err
	}
	row, err := disputeFor(ctx, tx, d, payment)
	if err != nil {
		return "", err
	}
	if err := disputeMoney(ctx, tx, &row, d); err != nil {
		return "", err
	}
	outcome, ends := "dispute", row.Status.CanBecome(d.Status)
	if ends {
		outcome += " " + string(d.Status)
		if err := endDispute(ctx, tx, row, d.Status); err != nil {
			return "", err
		}
		row.Status = d.Status
	}
	if err := askAfterDispute(ctx, tx, payment.ID); err != nil {
		return "", err
	}
	if ends && row.Status == DisputeLost {
		return outcome, tellLost(ctx, tx, row)
	}
	return outcome, nil
}

// disputeFor finds the dispute's row, or writes it with the task that asks the office to answer.
func disputeFor(ctx context.Context, tx models.DB, d Dispute, payment paymentRow) (disputeRow, error) {
	row, err := disputeOfStripe(ctx, tx, d.ID)
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
	if err := insertDispute(ctx, tx, &row); err != nil {
		return row, err
	}
	if err := finishTaskAbout(ctx, tx, access.System(), "unknown dispute", "dispute "+d.ID, 0); err != nil {
		return row, err
	}
	err = raise(ctx, tx, "dispute", "dispute", row.ID, fmt.Sprintf(
		"A cardholder’s bank asks for %s back. Answer at Stripe%s with the booking and the record of the day. Places and licences stay as they are until you decide",
		d.Amount, by))
	if err != nil {
		return row, err
	}
	if err := tellOpened(ctx, tx, row); err != nil {
		return row, err
	}
	return row, access.Record(ctx, tx, access.System(), access.Entry{
		Action: "dispute opened", SubjectKind: "payment", SubjectID: payment.ID,
		Detail: map[string]any{"dispute": row.ID, "gross_pence": d.Amount, "reason": d.Reason},
	})
}
