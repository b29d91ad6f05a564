package billing

import (
	"context"
	"fmt"
	"strings"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// taskByBank asks the office to send a refund by bank transfer.
const taskByBank = "refund by bank"

// stop says why a refund by bank is not to be sent: less of its payment is free than it asks for.
type stop struct {
	words string       // empty when its money is with us
	twice models.Pence // what of it has gone for good in another way: sent all the same, the customer has it twice
}

// stopOf works out whether the money of a refund that waits for a bank transfer is still with us. Those asked for after it stand back;
// what a dispute that has not ended asks for is not ours to send, whether or not it has been taken. What came back to us by its end
// would be: that is not gone for good.
func stopOf(ctx context.Context, db models.DB, r refundRow) (stop, error) {
	stands, err := standings(ctx, db, r.PaymentID)
	if err != nil {
		return stop{}, err
	}
	gone, err := goneSince(ctx, db, r)
	if err != nil {
		return stop{}, err
	}
	room := stands.sum() + r.GrossPence + gone.later
	if room-gone.asked+gone.away >= r.GrossPence {
		return stop{}, nil
	}
	return stop{words: gone.words(), twice: min(max(r.GrossPence-room-gone.away, 0), r.GrossPence)}, nil
}

// goneMoney is what has become of a payment beside a refund that waits for a bank transfer.
type goneMoney struct {
	later    models.Pence // other bank transfers asked for after it
	outside  models.Pence // begun at the processor itself since
	outOn    models.Date  // the day the last of that went; no day while it is on its way
	lost     models.Pence // kept by the cardholder's bank since
	lostOn   models.Date  // the day that was decided
	asked    models.Pence // by disputes that have not ended
	away     models.Pence // of that, what has been taken
	disputes bool         // there are such
}

// words say it to the office, without a full stop.
func (g goneMoney) words() string {
	var parts []string
	switch {
	case g.outside > 0 && g.outOn.IsZero():
		parts = append(parts, fmt.Sprintf("%s of this payment is on its way back at Stripe", g.outside))
	case g.outside > 0:
		parts = append(parts, fmt.Sprintf("%s of this payment went back at Stripe on %s", g.outside, g.outOn))
	}
	if g.lost > 0 {
		parts = append(parts, fmt.Sprintf("the cardholder’s bank took %s of this payment for good on %s", g.lost, g.lostOn))
	}
	if g.disputes {
		parts = append(parts, fmt.Sprintf("the cardholder’s bank asks for %s of this payment until that dispute has ended", g.asked))
	}
	if len(parts) == 0 {
		parts = append(parts, "more of this payment has gone than came")
	}
	return "Send nothing: " + strings.Join(parts, ", and ")
}

// byBankTask is what the office is asked about a refund by bank.
func byBankTask(gross models.Pence, s stop) string {
	if s.words != "" {
		return fmt.Sprintf("A refund of %s by bank transfer waits. %s", gross, s.words)
	}
	return fmt.Sprintf("%s goes back by bank transfer. Pay it from the Hub’s account, then enter the day and reference", gross)
}

// sayStopped brings what the office is asked about refunds by bank in line with where their money is now.
func sayStopped(ctx context.Context, tx models.DB) error {
	tasks, err := openTasks(ctx, tx, []string{taskByBank})
	if err != nil {
		return err
	}
	for _, t := range tasks {
		row, err := refundByID(ctx, tx, t.AboutID)
		if err != nil {
			return err
		}
		s, err := stopOf(ctx, tx, row)
		if err != nil {
			return err
		}
		if said := byBankTask(row.GrossPence, s); row.Status == RefundWanted && said != t.Sentence {
			if err := resay(ctx, tx, taskByBank, "refund", row.ID, said); err != nil {
				return err
			}
		}
	}
	return nil
}

// askTwice asks the office what becomes of money that was sent all the same. What a lost dispute has asked about already is not asked
// again.
func askTwice(ctx context.Context, tx models.DB, row refundRow, s stop) error {
	asked, err := askedTwice(ctx, tx, row.PaymentID)
	if err != nil || asked || s.twice == 0 {
		return err
	}
	return raise(ctx, tx, taskSentTwice, "refund", row.ID, fmt.Sprintf(
		"%s went back by bank transfer, and %s of it had gone back another way before: the customer has that twice. Decide whether to ask for it",
		row.GrossPence, s.twice))
}

// DropBankRefund ends a refund by bank that is not to be sent, because all its money has gone for good in another way; the reason is
// kept. Only the office may. The same again changes nothing. Errors: invalid with field "reason"; conflict when its money is with us or
// may come back, or it has ended otherwise.
func DropBankRefund(ctx context.Context, tx models.DB, actor access.Actor, refundID int64, reason string) error {
	if err := actor.Require(access.RoleOffice); err != nil {
		return err
	}
	if reason == "" {
		return models.Invalid("reason", "Enter why the refund is not to be sent: it is kept with the record")
	}
	if err := lockMoney(ctx, tx); err != nil {
		return err
	}
	row, err := refundByID(ctx, tx, refundID)
	switch {
	case err != nil:
		return err
	case row.Method != string(ByBank):
		return models.Fail(models.KindConflict, "This refund goes to a card: Stripe sends it")
	case row.Status == RefundReturned && row.Failure == reason:
		return nil
	case row.Status != RefundWanted:
		return models.Fail(models.KindConflict, "This refund has ended already")
	}
	s, err := stopOf(ctx, tx, row)
	if err != nil {
		return err
	}
	if s.twice < row.GrossPence {
		return models.Fail(models.KindConflict, "Money of this refund is with us, or may come back to us, so it cannot be dropped")
	}
	if err := dropRefund(ctx, tx, row.ID, reason); err != nil {
		return err
	}
	if err := finishTaskAbout(ctx, tx, actor, taskByBank, "refund", row.ID); err != nil {
		return err
	}
	if err := refundMoved(ctx, tx, row, RefundReturned, tx.Today()); err != nil {
		return err
	}
	return access.Record(ctx, tx, actor, access.Entry{
		Action: "refund dropped", SubjectKind: "payment", SubjectID: row.PaymentID,
		Detail: map[string]any{"refund": row.ID, "gross_pence": row.GrossPence, "reason": reason},
	})
}
