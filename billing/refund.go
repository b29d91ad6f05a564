package billing

import (
	"context"
	"errors"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// RefundCause says why our side gives money back.
type RefundCause string

// The causes of a refund.
const (
	CauseLate      RefundCause = "late"      // it came after the hold ended and the session was full
	CauseDuplicate RefundCause = "duplicate" // the order was paid already
	CauseCredit    RefundCause = "credit"    // a credit note says so
	CauseOverpaid  RefundCause = "overpaid"  // more came than was owed
	CauseExternal  RefundCause = "external"  // somebody began it at the processor itself
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

// giveBack sends a whole card payment back. Each payment goes back once for each cause.
func giveBack(ctx context.Context, tx models.DB, payment paymentRow, cause RefundCause) error {
	_, err := RequestRefund(ctx, tx, access.System(), RefundWish{
		PaymentID: payment.ID, Gross: payment.GrossPence, Cause: cause, Method: ByCard, RequestKey: fmt.Sprintf("%s/%d", cause, payment.ID),
	})
	return err
}

// applyRefund brings a refund to the state the processor says, with its ledger entry. Older news changes nothing.
func applyRefund(ctx context.Context, tx models.DB, id int64, sent Refund) error {
	if err := lockMoney(ctx, tx); err != nil {
		return err
	}
	to := refundStateAt(sent)
	before, err := refundByID(ctx, tx, id)
	if err != nil {
		return err
	}
	if moved, err := moveRefund(ctx, tx, id, to, sent); err != nil || !moved {
		return err
	}
	on := tx.Today()
	if before.Status == RefundWanted && !sent.Created.IsZero() { // it went at once, however late we hear of it
		on = models.DateOf(sent.Created)
	}
	return refundMoved(ctx, tx, before, to, on)
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

// refundMoved writes what a refund's new state means for the ledger, the VAT date of its credit note and the office.
func refundMoved(ctx context.Context, tx models.DB, before refundRow, to RefundState, on models.Date) error {
	if err := finishTaskAbout(ctx, tx, access.System(), "refund waits", "refund", before.ID); err != nil {
		return err
	}
	switch to {
	case RefundSent:
		from, err := refundOwner(ctx, tx, before)
		if err != nil {
			return err
		}
		entry := from.on(ledgerRow{At: tx.Now(), OnDate: on, Kind: entryRefund, Pence: before.GrossPence, RefundID: &before.ID})
		if err := post(ctx, tx, entry); err != nil {
			return err
		}
		if err := settleRefunded(ctx, tx, before, on); err != nil {
			return err
		}
		return finishDone(ctx, tx)
	case RefundReturned:
		return refundReturned(ctx, tx, before, on)
	}
	return nil
}

// refundReturned takes back what the ledger said of a refund that had gone. Then what was begun elsewhere counts instead, and the
// office is asked to pay what is left in another way.
func refundReturned(ctx context.Context, tx models.DB, before refundRow, on models.Date) error {
	if before.Status == RefundSent {
		from, err := sentOwner(ctx, tx, before.ID)
		if err != nil {
			return err
		}
		entry := from.on(ledgerRow{At: tx.Now(), OnDate: on, Kind: entryRefundFailed, Pence: -before.GrossPence, RefundID: &before.ID})
		if err := post(ctx, tx, entry); err != nil {
			return err
		}
	}
	if err := countWaiting(ctx, tx, before.PaymentID); err != nil {
		return err
	}
	if err := askInstead(ctx, tx, before); err != nil {
		return err
	}
	if err := resayWaiting(ctx, tx, before.PaymentID); err != nil {
		return err
	}
	return finishDone(ctx, tx)
}

// askInstead asks the office to send a refund that did not go, as far as its money is still to be sent, unless the cardholder's bank is
// taking the same money. What credit notes had counted on without its having gone is theirs to send again.
func askInstead(ctx context.Context, tx models.DB, refund refundRow) error {
	if err := askNotes(ctx, tx, refund); err != nil {
		return err
	}
	left, err := unsentOf(ctx, tx, refund)
	if err != nil || left.gross() == 0 {
		return err
	}
	return raiseStill(ctx, tx, taskRefundFailed, "refund", refund.ID, left.task())
}

// askNotes asks the office about the credit notes that a refund begun elsewhere was to pay out, when it came to nothing.
func askNotes(ctx context.Context, tx models.DB, refund refundRow) error {
	if refund.Cause != CauseExternal {
		return nil
	}
	notes, err := notesSharing(ctx, tx, refund.ID)
	if err != nil {
		return err
	}
	for _, note := range notes {
		if note.ToRefund() == 0 || refund.Status == RefundSent && note.back == 0 { // what had counted is the failed refund's to send
			continue
		}
		err := raiseAgain(ctx, tx, taskNotSentBack, "document", note.ID, fmt.Sprintf(
			"A refund that was begun at Stripe was to pay out %s, and failed. %s is still to go back. Send it from the page of the credit note",
			note.Code, note.ToRefund()))
		if err != nil {
			return err
		}
	}
	return nil
}

// refundOwner is the account that a refund is entered on: that of its credit note; of one that stands for a refund begun elsewhere,
// where that was; for one begun elsewhere the account that the payment is on; else the one it came in on.
func refundOwner(ctx context.Context, db models.DB, r refundRow) (owner, error) {
	if r.ReplacesID != nil {
		of, err := sentOwner(ctx, db, *r.ReplacesID)
		if !errors.Is(err, models.ErrNoRow) {
			return of, err
		}
	}
	if r.CreditID != nil {
		note, err := documentByID(ctx, db, *r.CreditID)
		return ownerOf(note), err
	}
	if r.Cause == CauseExternal {
		return mainOwner(ctx, db, r.PaymentID)
	}
	return homeOwner(ctx, db, r.PaymentID)
}
