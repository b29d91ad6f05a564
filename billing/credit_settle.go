package billing

import (
	"context"

	"hub.salford.ac.uk/ssph/models"
)

// countWaiting counts what was begun at the processor itself, and what lost disputes took, towards the credit notes that wait for money of
// a payment.
func countWaiting(ctx context.Context, tx models.DB, payment int64) error {
	notes, err := waitingNotes(ctx, tx, payment)
	if err != nil {
		return err
	}
	for _, note := range notes {
		shares, err := splitNote(ctx, tx, note)
		if err != nil {
			return err
		}
		for _, share := range shares {
			switch {
			case share.refundID != 0:
				err = countTowards(ctx, tx, note, share.refundID, share.Gross)
			case share.disputeID != 0:
				err = settleDispute(ctx, tx, note, share.disputeID, share.Gross)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// countTowards counts a part of a refund begun elsewhere towards a credit note. What has gone settles it at once; what is on its way
// does when it goes.
func countTowards(ctx context.Context, tx models.DB, note Document, refundID int64, gross models.Pence) error {
	if err := insertShare(ctx, tx, note, refundID, gross); err != nil {
		return err
	}
	refund, err := refundByID(ctx, tx, refundID)
	if err != nil {
		return err
	}
	if err := sayOutside(ctx, tx, refund); err != nil || refund.Status != RefundSent {
		return err
	}
	if note, err = documentByID(ctx, tx, note.ID); err != nil {
		return err
	}
	return settleShare(ctx, tx, refund, note, gross, tx.Today())
}

// settleShare settles a credit note with a refund begun elsewhere. Where that was entered on another account than the note's, the
// ledger moves the money over: so that what an order owes is always the sum of its own entries.
func settleShare(ctx context.Context, tx models.DB, refund refundRow, note Document, gross models.Pence, on models.Date) error {
	entered, err := sentOwner(ctx, tx, refund.ID)
	if err != nil {
		return err
	}
	if entered != ownerOf(note) {
		if err := transfer(ctx, tx, refund.PaymentID, ownerOf(note), entered, gross); err != nil {
			return err
		}
	}
	if gross = min(gross, note.Gross-note.Settled); gross <= 0 { // it has counted before: see creditBack
		return nil
	}
	return settleCredit(ctx, tx, note.ID, gross, on, &refund.ID)
}

// settleRefunded says on which day credit notes count for VAT when a refund has gone. One that stands for a failed refund whose money
// had gone once changes nothing: the credit note has counted.
func settleRefunded(ctx context.Context, tx models.DB, refund refundRow, on models.Date) error {
	if refund.CreditID != nil {
		note, err := documentByID(ctx, tx, *refund.CreditID)
		if err != nil {
			return err
		}
		counted, err := countedOf(ctx, tx, refund.ReplacesID, note.ID)
		if err != nil {
			return err
		}
		gross := min(refund.GrossPence-counted, note.Gross-note.Settled)
		if gross <= 0 {
			return nil
		}
		return settleCredit(ctx, tx, note.ID, gross, on, &refund.ID)
	}
	shares, err := sharesOf(ctx, tx, refund.ID)
	if err != nil {
		return err
	}
	for _, s := range shares {
		note, err := documentByID(ctx, tx, s.DocumentID)
		if err != nil {
			return err
		}
		if err := settleShare(ctx, tx, refund, note, s.GrossPence, on); err != nil {
			return err
		}
	}
	return nil
}

// settleDispute settles a credit note with what a lost dispute took. Where that was entered on another account than the note's, the
// ledger moves the money over, as for a refund begun elsewhere.
func settleDispute(ctx context.Context, tx models.DB, note Document, disputeID int64, gross models.Pence) error {
	taken, err := disputeEntered(ctx, tx, disputeID, entryDispute)
	if err != nil {
		return err
	}
	dispute, err := disputeByID(ctx, tx, disputeID)
	if err != nil {
		return err
	}
	if entered := taken.owner(); entered != ownerOf(note) {
		if err := transfer(ctx, tx, dispute.PaymentID, ownerOf(note), entered, gross); err != nil {
			return err
		}
	}
	if gross = min(gross, note.Gross-note.Settled); gross <= 0 { // it has counted before: see creditBack
		return nil
	}
	return insertSettlement(ctx, tx, settlementRow{DocumentID: note.ID, GrossPence: gross, OnDate: tx.Today(), DisputeID: &disputeID})
}

// settleCredit says that a credit note counts for VAT on a day, to the extent of a sum; refund is nil when it was set off.
func settleCredit(ctx context.Context, tx models.DB, documentID int64, gross models.Pence, on models.Date, refund *int64) error {
	return insertSettlement(ctx, tx, settlementRow{DocumentID: documentID, GrossPence: gross, OnDate: on, RefundID: refund})
}
