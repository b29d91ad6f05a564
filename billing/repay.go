package billing

import (
	"context"
	"errors"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/jobs"
	"hub.salford.ac.uk/ssph/models"
)

// PaymentMethod is how money comes or goes back.
type PaymentMethod string

// The two ways that we send money, and the one that the cardholder's bank takes it.
const (
	ByCard    PaymentMethod = "card"
	ByBank    PaymentMethod = "bank"
	ByDispute PaymentMethod = "dispute"
)

// RefundWish asks for money of a payment to go back.
type RefundWish struct {
	PaymentID  int64
	Gross      models.Pence
	Cause      RefundCause
	CreditID   *int64 // the credit note it pays out
	Method     PaymentMethod
	RequestKey string // asked twice under one key, it is sent once
	Replaces   *int64 // the failed refund that this one stands for
}

// RequestRefund writes down that money goes back, under the lock of everything that is credited or refunded: all refunds of a
// payment together, wanted, on their way or sent, never exceed what of it is on no invoice. By card a job asks the processor; a
// bank transfer is for the office to make: see MarkBankRefundPaid. It returns the refund's id; the same key again returns the
// first one's.
func RequestRefund(ctx context.Context, tx models.DB, actor access.Actor, w RefundWish) (int64, error) {
	if err := lockMoney(ctx, tx); err != nil {
		return 0, err
	}
	if before, err := requestedBefore(ctx, tx, w.RequestKey); before.ID != 0 || err != nil {
		return before.ID, err
	}
	payment, err := paymentByID(ctx, tx, w.PaymentID)
	if err != nil {
		return 0, err
	}
	if w.Method == ByCard && payment.PaymentIntent == nil {
		return 0, models.Invalid("method", "This money came by bank transfer, so it cannot go back to a card")
	}
	stands, err := standings(ctx, tx, payment.ID)
	if err != nil {
		return 0, err
	}
	if left := stands.total(); w.Gross <= 0 || w.Gross > left {
		return 0, models.Invalid("amount", "%s of this payment can go back, so %s cannot", left, w.Gross)
	}
	return askForRefund(ctx, tx, actor, w)
}

// askForRefund writes a refund down and has it sent: by its job to the card, by the office to a bank account.
func askForRefund(ctx context.Context, tx models.DB, actor access.Actor, w RefundWish) (int64, error) {
	row := refundRow{
		PaymentID: w.PaymentID, Method: string(w.Method), GrossPence: w.Gross, Cause: w.Cause, RequestKey: w.RequestKey, CreditID: w.CreditID,
		ReplacesID: w.Replaces, Status: RefundWanted, CreatedAt: tx.Now(),
	}
	if actor.PersonID != 0 {
		row.RequestedBy = &actor.PersonID
	}
	err := insertRefund(ctx, tx, &row)
	if err != nil {
		return 0, err
	}
	if w.Method == ByCard {
		err = jobs.Enqueue(ctx, tx, refundJob{RefundID: row.ID})
	} else {
		err = raise(ctx, tx, taskByBank, "refund", row.ID, byBankTask(row.GrossPence, stop{}))
	}
	if err != nil {
		return 0, err
	}
	if err := finishDone(ctx, tx); err != nil {
		return 0, err
	}
	return row.ID, access.Record(ctx, tx, actor, access.Entry{
		Action: "refund requested", SubjectKind: "payment", SubjectID: w.PaymentID,
		Detail: map[string]any{"refund": row.ID, "gross_pence": row.GrossPence, "cause": w.Cause, "method": w.Method},
	})
}

// RefundCredit sends back what a credit note leaves to refund: see splitCredit. A card payment goes back to its card, a bank transfer
// by bank, the latest money first. What was begun at Stripe itself counts first, so that nothing is sent twice; about what is not here
// a person is asked. A credit note without anything to refund is no error.
func RefundCredit(ctx context.Context, tx models.DB, actor access.Actor, creditID int64, requestKey string) error {
	if err := lockMoney(ctx, tx); err != nil {
		return err
	}
	note, err := documentByID(ctx, tx, creditID)
	if err != nil {
		return err
	}
	if note.Kind != CreditNote {
		return errors.New("billing: only a credit note can be refunded")
	}
	shares, err := splitNote(ctx, tx, note)
	if err != nil {
		return err
	}
	for _, share := range shares {
		if err := payOut(ctx, tx, actor, note, share, requestKey); err != nil {
			return err
		}
	}
	return finishDone(ctx, tx)
}

// payOut does what a part of a credit note's money asks for.
func payOut(ctx context.Context, tx models.DB, actor access.Actor, note Document, share creditShare, requestKey string) error {
	switch share.Kind {
	case PartGone, PartOnItsWay:
		if share.disputeID != 0 {
			return settleDispute(ctx, tx, note, share.disputeID, share.Gross)
		}
		return countTowards(ctx, tx, note, share.refundID, share.Gross)
	case PartSent:
		_, err := RequestRefund(ctx, tx, actor, RefundWish{
			PaymentID: share.paymentID, Gross: share.Gross, Cause: CauseCredit, CreditID: &note.ID, Method: share.Method,
			RequestKey: fmt.Sprintf("%s/%d", requestKey, share.paymentID),
		})
		return err
	case PartMissing: // the credit note stands, a person looks at the rest
		return raiseAgain(ctx, tx, taskNotSentBack, "document", note.ID, fmt.Sprintf(
			"%s of %s is not with us now: a dispute has taken it, or it went back at Stripe for something else. Look at the payment at Stripe before you send anything",
			share.Gross, note.Code))
	case PartSetOff:
	}
	return nil
}

// refundDayFits refuses a day before the money came, or before its credit note was issued: the VAT return of a year long filed must
// not change.
func refundDayFits(ctx context.Context, db models.DB, row refundRow, on models.Date) error {
	payment, err := paymentByID(ctx, db, row.PaymentID)
	if err != nil {
		return err
	}
	first := payment.ReceivedOn
	if row.CreditID != nil {
		note, err := documentByID(ctx, db, *row.CreditID)
		if err != nil {
			return err
		}
		if first.Before(note.IssueDate) {
			first = note.IssueDate
		}
	}
	return RefundToDo{FirstDay: first}.SentOn(on)
}

// SentOn refuses a day on which the refund cannot have been sent: invalid with field "date".
func (r RefundToDo) SentOn(on models.Date) error {
	if on.Before(r.FirstDay) {
		return models.Invalid("date", "The day the money was sent must be %s or later: it cannot go back before it came or was credited", r.FirstDay)
	}
	return nil
}

// BankTransfer is a refund as the Hub's bank statement shows it.
type BankTransfer struct {
	On         models.Date
	Reference  string
	AllTheSame bool // it has been sent although nothing should have been: see RefundToDo.Stop
}

// MarkBankRefundPaid records that the office has sent a refund by bank transfer. Only the office may. The same from the same person
// again changes nothing. Errors: invalid with field "date" or "reference"; conflict when somebody else recorded it before, or otherwise,
// or when nothing is to be sent and it is not said to have been sent all the same.
func MarkBankRefundPaid(ctx context.Context, tx models.DB, actor access.Actor, refundID int64, sent BankTransfer) error {
	if err := actor.Require(access.RoleOffice); err != nil {
		return err
	}
	switch {
	case sent.On.IsZero():
		return models.Invalid("date", "Enter the day the money was sent, like 14 January 2027")
	case tx.Today().Before(sent.On):
		return models.Invalid("date", "The day the money was sent must be today or earlier")
	case sent.Reference == "":
		return models.Invalid("reference", "Enter the reference of the transfer, as it stands on the Hub’s bank statement")
	}
	if err := lockMoney(ctx, tx); err != nil {
		return err
	}
	row, err := refundByID(ctx, tx, refundID)
	if err != nil {
		return err
	}
	if row.Method != string(ByBank) {
		return models.Fail(models.KindConflict, "This refund goes to a card: Stripe sends it")
	}
	switch row.Status {
	case RefundSent:
		return markedBefore(ctx, tx, actor, row, sent.On, sent.Reference)
	case RefundReturned:
		return models.Fail(models.KindConflict, "The office has said that this refund is not to be sent")
	case RefundWanted, RefundOnItsWay:
	}
	if err := refundDayFits(ctx, tx, row, sent.On); err != nil {
		return err
	}
	if err := recordBankRefund(ctx, tx, actor, row, sent); err != nil {
		return err
	}
	return access.Record(ctx, tx, actor, access.Entry{
		Action: "refund paid by bank", SubjectKind: "payment", SubjectID: row.PaymentID,
		Detail: map[string]any{"refund": row.ID, "gross_pence": row.GrossPence, "on": sent.On.ISO(), "reference": sent.Reference, "all_the_same": sent.AllTheSame},
	})
}

// recordBankRefund moves the refund on, ends its task, and asks about what the customer has twice now.
func recordBankRefund(ctx context.Context, tx models.DB, actor access.Actor, row refundRow, sent BankTransfer) error {
	s, err := stopOf(ctx, tx, row)
	if err != nil {
		return err
	}
	if s.words != "" && !sent.AllTheSame {
		return models.Fail(models.KindConflict, "%s", s.words)
	}
	if err := markBankRefund(ctx, tx, row.ID, sent.Reference); err != nil {
		return err
	}
	if err := finishTaskAbout(ctx, tx, actor, taskByBank, "refund", row.ID); err != nil {
		return err
	}
	if err := refundMoved(ctx, tx, row, RefundSent, sent.On); err != nil {
		return err
	}
	return askTwice(ctx, tx, row, s)
}
