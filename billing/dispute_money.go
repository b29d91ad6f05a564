package billing

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// disputeMoney enters in the ledger that the money was taken, or that it came back: each once. Of a dispute that is won nothing is
// taken any more: news of that is older than what is known.
func disputeMoney(ctx context.Context, tx models.DB, row *disputeRow, d Dispute) error {
	switch {
	case d.FundsWithdrawn == row.Withdrawn:
		return nil
	case !d.FundsWithdrawn:
		return moneyBack(ctx, tx, row)
	case row.Status == DisputeWon || d.Status == DisputeWon:
		return nil
	}
	from, err := mainOwner(ctx, tx, row.PaymentID)
	if err != nil {
		return err
	}
	return disputeEntry(ctx, tx, row, from, ledgerRow{Kind: entryDispute, Pence: row.GrossPence})
}

// moneyBack enters that what was taken has come back. After a dispute that counted as lost its invoice is unpaid by then.
func moneyBack(ctx context.Context, tx models.DB, row *disputeRow) error {
	var taken ledgerRow
	if err := tx.SQL(ctx).Where("dispute_id = ? AND kind = ?", row.ID, entryDispute).Take(&taken).Error; err != nil {
		return fmt.Errorf("dispute %d: %w", row.ID, models.Translate(err))
	}
	if err := disputeEntry(ctx, tx, row, taken.owner(), ledgerRow{Kind: entryDisputeWon, Pence: -row.GrossPence}); err != nil {
		return err
	}
	if row.Status != DisputeLost {
		return nil
	}
	return raise(ctx, tx, taskMoneyBack, "payment", row.PaymentID, fmt.Sprintf(
		"%s came back from the cardholder’s bank after the dispute was lost. Put the payment on its invoice again", row.GrossPence))
}

func disputeEntry(ctx context.Context, tx models.DB, row *disputeRow, on owner, entry ledgerRow) error {
	entry.At, entry.OnDate, entry.DisputeID = tx.Now(), tx.Today(), &row.ID
	if err := post(ctx, tx, on.on(entry)); err != nil {
		return err
	}
	row.Withdrawn = entry.Kind == entryDispute
	res := tx.SQL(ctx).Exec("UPDATE disputes SET withdrawn = ? WHERE id = ?", row.Withdrawn, row.ID)
	return models.Affected(res, 1, fmt.Errorf("dispute %d is missing", row.ID))
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
		if err := loseMoney(ctx, tx, row); err != nil {
			return err
		}
		if err := finishDone(ctx, tx); err != nil {
			return err
		}
	}
	return access.Record(ctx, tx, access.System(), access.Entry{
		Action: "dispute " + string(to), SubjectKind: "payment", SubjectID: row.PaymentID, Detail: map[string]any{"dispute": row.ID},
	})
}

// loseMoney takes from the payment's invoices what has gone for good, as far as it was on them: money that was free goes first.
func loseMoney(ctx context.Context, tx models.DB, row disputeRow) error {
	stands, err := standings(ctx, tx, row.PaymentID)
	if err != nil {
		return err
	}
	missing := min(row.GrossPence, -stands.sum())
	if missing <= 0 {
		return countLost(ctx, tx, row, row.GrossPence)
	}
	if err := releasePayment(ctx, tx, row.PaymentID, missing); err != nil {
		return err
	}
	if err := countLost(ctx, tx, row, row.GrossPence-missing); err != nil {
		return err
	}
	return raise(ctx, tx, taskDisputeLost, "dispute", row.ID, fmt.Sprintf(
		"The cardholder’s bank took %s back for good. Its invoice is unpaid again. No reminder goes to somebody who booked for themselves: "+
			"decide whether to ask for the money in another way, or credit the invoice", missing))
}

// countLost counts what a dispute has taken for good, beyond what was on invoices, towards the credit notes that wait for the payment's money: the customer has it,
// through the bank. About what it does not cover the office is asked.
func countLost(ctx context.Context, tx models.DB, row disputeRow, left models.Pence) error {
	notes, err := waitingNotes(ctx, tx, row.PaymentID)
	if err != nil {
		return err
	}
	for _, note := range notes {
		if part := min(left, note.ToRefund()); part > 0 {
			if err := settleDispute(ctx, tx, note, row.ID, part); err != nil {
				return err
			}
			if left -= part; part == note.ToRefund() {
				continue
			}
			if note, err = documentByID(ctx, tx, note.ID); err != nil {
				return err
			}
		}
		shares, err := splitNote(ctx, tx, note)
		if err != nil {
			return err
		}
		for _, share := range shares {
			if share.Kind != PartMissing {
				continue
			}
			err := raise(ctx, tx, taskNotSentBack, "document", note.ID, fmt.Sprintf(
				"%s of %s has not gone back, and the cardholder’s bank took %s of the payment for good. Compare the two before you send anything",
				share.Gross, note.Code, row.GrossPence))
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// inDispute says whether a cardholder's bank has, or asks for, money of the payment.
func inDispute(ctx context.Context, db models.DB, payment int64) (bool, error) {
	var count int64
	err := db.SQL(ctx).Model(&disputeRow{}).Where("payment_id = ? AND (status = ? OR withdrawn)", payment, DisputeOpen).Count(&count).Error
	return count > 0, models.Translate(err)
}
