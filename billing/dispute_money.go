package billing

import (
	"context"
	"errors"
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
	before, err := disputeEntered(ctx, tx, row.ID, entryDispute)
	if err != nil || before.ID != 0 {
		return errors.Join(err, raise(ctx, tx, "dispute taken again", "dispute", row.ID, fmt.Sprintf(
			"Stripe told of %s that went to the cardholder’s bank again after it had come back. Look at %s at Stripe: if it is away, tell whoever keeps this program running",
			row.GrossPence, row.StripeDisputeID)))
	}
	from, err := mainOwner(ctx, tx, row.PaymentID)
	if err != nil {
		return err
	}
	return disputeEntry(ctx, tx, row, from, ledgerRow{Kind: entryDispute, Pence: row.GrossPence})
}

// moneyBack enters that what was taken has come back. After a dispute that counted as lost its invoice is unpaid, and its credit notes
// are settled, by then.
func moneyBack(ctx context.Context, tx models.DB, row *disputeRow) error {
	taken, err := disputeEntered(ctx, tx, row.ID, entryDispute)
	if err != nil {
		return err
	}
	if err := disputeEntry(ctx, tx, row, taken.owner(), ledgerRow{Kind: entryDisputeWon, Pence: -row.GrossPence}); err != nil {
		return err
	}
	if err := reopen(ctx, tx, row.PaymentID); err != nil || row.Status != DisputeLost {
		return err
	}
	return askAfterReturn(ctx, tx, *row)
}

func disputeEntry(ctx context.Context, tx models.DB, row *disputeRow, on owner, entry ledgerRow) error {
	entry.At, entry.OnDate, entry.DisputeID = tx.Now(), tx.Today(), &row.ID
	if err := post(ctx, tx, on.on(entry)); err != nil {
		return err
	}
	row.Withdrawn = entry.Kind == entryDispute
	return setWithdrawn(ctx, tx, *row)
}

func endDispute(ctx context.Context, tx models.DB, row disputeRow, to DisputeStatus) error {
	if err := markEnded(ctx, tx, row.ID, to); err != nil {
		return err
	}
	if err := finishTaskAbout(ctx, tx, access.System(), "dispute", "dispute", row.ID); err != nil {
		return err
	}
	if to == DisputeLost && row.Withdrawn {
		if err := loseMoney(ctx, tx, row); err != nil {
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
	released, err := releasePayment(ctx, tx, row.PaymentID, missing)
	if err != nil {
		return err
	}
	if err := countLost(ctx, tx, row, row.GrossPence-missing); err != nil {
		return err
	}
	if twice := missing - released; twice > 0 {
		err := raise(ctx, tx, taskPaidTwice, "dispute", row.ID, fmt.Sprintf(
			"The cardholder’s bank took %s back for good, and %s of it had gone back before, or is on its way: the customer has that twice. Decide whether to ask for it",
			row.GrossPence, twice))
		if err != nil {
			return err
		}
	}
	if released == 0 {
		return nil
	}
	unpaid, err := unpaidOf(ctx, tx, row.PaymentID)
	if err != nil {
		return err
	}
	return raise(ctx, tx, taskDisputeLost, "dispute", row.ID, fmt.Sprintf(
		"The cardholder’s bank took %s back for good. Its invoice is unpaid again. %s: decide whether to ask for the money in another way, or credit the invoice",
		released, remindedWords(unpaid)))
}

// remindedWords says whether reminders go to the customer of what a lost dispute left unpaid: see remindable.
func remindedWords(unpaid []Document) string {
	for _, doc := range unpaid {
		if doc.Customer.OrganisationID != nil && doc.Customer.Email != "" {
			return fmt.Sprintf("Reminders go to %s once %s is overdue, after %s", doc.Customer.Name, doc.Code, doc.DueDate)
		}
	}
	return "No reminder goes to the customer"
}

// countLost counts what a dispute has taken for good, beyond what was on invoices, towards the credit notes that wait for the payment's
// money: the customer has it, through the bank. About what it does not cover the office is asked.
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
