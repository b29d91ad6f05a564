package billing

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// askAfterDispute brings what the office is asked about a payment's failed refunds and credit notes in line with where its money is now.
func askAfterDispute(ctx context.Context, tx models.DB, payment int64) error {
	failed, err := failedOf(ctx, tx, payment)
	if err != nil {
		return err
	}
	left, err := unsentOn(ctx, tx, payment)
	if err != nil {
		return err
	}
	lost, err := lastLost(ctx, tx, payment)
	if err != nil {
		return err
	}
	for _, r := range failed {
		switch u := left[r.Refund.ID]; {
		case u.gross() > 0:
			err = raiseStill(ctx, tx, taskRefundFailed, "refund", r.Refund.ID, u.task())
		case r.again() > 0 && !lost.IsZero():
			err = closeTask(ctx, tx, taskRefundFailed, "refund", r.Refund.ID, fmt.Sprintf(
				"A refund of %s did not reach the card. The cardholder’s bank has taken the money for good since, on %s: the customer has it, so nothing is left to send",
				r.Refund.GrossPence, lost))
		}
		if err != nil {
			return err
		}
	}
	if err := resayWaiting(ctx, tx, payment); err != nil {
		return err
	}
	return finishDone(ctx, tx)
}

// resayWaiting says of the credit notes that the office was asked about whether their money is here now, or with a dispute that is not
// decided.
func resayWaiting(ctx context.Context, tx models.DB, payment int64) error {
	held, _, err := heldByDisputes(ctx, tx, payment)
	if err != nil {
		return err
	}
	notes, err := waitingNotes(ctx, tx, payment)
	if err != nil {
		return err
	}
	for _, note := range notes {
		shares, err := splitNote(ctx, tx, note)
		if err != nil {
			return err
		}
		sentence := dueAgain(note)
		if last := shares[len(shares)-1]; last.Kind == PartMissing { // it stands last
			if !held {
				continue
			}
			sentence = fmt.Sprintf("%s of %s is not with us now: the cardholder’s bank has money of this payment until a dispute is decided. Send nothing in another way until then",
				last.Gross, note.Code)
		}
		if err := resay(ctx, tx, taskNotSentBack, "document", note.ID, sentence); err != nil {
			return err
		}
	}
	return nil
}

// dueAgain asks for a credit note whose money is with us to be sent back.
func dueAgain(note Document) string {
	if note.back > 0 {
		return fmt.Sprintf("The money of a lost dispute came back, so %s of %s is due again. Send it from the page of the credit note. If the customer wants it "+
			"on an invoice, end this task with that reason, and put it there from the unmatched money", note.ToRefund(), note.Code)
	}
	return fmt.Sprintf("%s of %s can go back now. Send it from the page of the credit note", note.ToRefund(), note.Code)
}

// askAfterReturn asks what becomes of money that came back after a dispute was lost: what credit notes had counted is due again, and
// what was on an invoice can be put there once more.
func askAfterReturn(ctx context.Context, tx models.DB, row disputeRow) error {
	const came = "The money came back from the cardholder’s bank after the dispute was lost, so this is settled"
	for _, kind := range []string{taskDisputeLost, taskPaidTwice} {
		if err := closeTask(ctx, tx, kind, "dispute", row.ID, came); err != nil {
			return err
		}
	}
	notes, err := settledBy(ctx, tx, row.ID)
	if err != nil {
		return err
	}
	for _, note := range notes {
		if err := raiseAgain(ctx, tx, taskNotSentBack, "document", note.ID, dueAgain(note)); err != nil {
			return err
		}
	}
	invoices, err := unpaidOf(ctx, tx, row.PaymentID)
	if err != nil {
		return err
	}
	what := "Its invoice asks for nothing now: put the rest of it on another, or send it back"
	if len(invoices) > 0 {
		what = fmt.Sprintf("%s has %s to pay: put the money on it again", invoices[0].Code, invoices[0].Outstanding())
	}
	return raiseAgain(ctx, tx, taskMoneyBack, "payment", row.PaymentID, fmt.Sprintf(
		"%s came back from the cardholder’s bank after the dispute was lost. %s", row.GrossPence, what))
}
