package billing

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// markedBefore is no error for whoever recorded the same of a refund before: a second press of the button. To others it says who did.
func markedBefore(ctx context.Context, db models.DB, actor access.Actor, row refundRow, on models.Date, reference string) error {
	by, sent, err := markedBy(ctx, db, row.ID)
	switch {
	case err != nil:
		return err
	case by == actor.PersonID && sent == on && row.BankReference == reference:
		return nil
	case by == 0:
		return models.Fail(models.KindConflict, "This refund has been recorded already")
	}
	who, err := calledWho(ctx, db, by)
	if err != nil {
		return err
	}
	return models.Fail(models.KindConflict, "%s has recorded this refund already: sent on %s with reference %s", who, sent, row.BankReference)
}

// RefundAskedBy says whether money went back on a request with this key, so that its answer is the same again. Error: conflict, with
// the name, when somebody else asked.
func RefundAskedBy(ctx context.Context, db models.DB, actor access.Actor, key string) (bool, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return false, err
	}
	row, err := requestedBefore(ctx, db, key)
	if err != nil || row.ID == 0 {
		return false, err
	}
	return true, askedBefore(ctx, db, actor, row)
}

// CreditAskedBy says whether what a credit note left to send back has been asked for. Error: conflict, with the name, when by somebody
// else.
func CreditAskedBy(ctx context.Context, db models.DB, actor access.Actor, creditID int64) (bool, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return false, err
	}
	row, err := latestRefund(ctx, db, "credit_id", creditID)
	if err != nil || row.ID == 0 {
		return false, err
	}
	return true, askedBefore(ctx, db, actor, row)
}

// CreditKey is the key under which the office sends what a credit note leaves: the same for two presses of one button, another once a
// refund of it has been asked for, whatever became of that.
func CreditKey(ctx context.Context, db models.DB, note Document) (string, error) {
	asked, err := refundsAsked(ctx, db, note.ID)
	return fmt.Sprintf("office/%s/%d", note.Code, asked), err
}

// SentBackBy is a conflict with the name when somebody else has sent money of a payment back, the latest of all; nil otherwise.
func SentBackBy(ctx context.Context, db models.DB, actor access.Actor, paymentID int64) error {
	if err := actor.Require(access.RoleOffice); err != nil {
		return err
	}
	row, err := latestRefund(ctx, db, "payment_id", paymentID)
	if err != nil || row.ID == 0 {
		return err
	}
	return askedBefore(ctx, db, actor, row)
}

func askedBefore(ctx context.Context, db models.DB, actor access.Actor, row refundRow) error {
	if row.RequestedBy == nil || *row.RequestedBy == actor.PersonID {
		return nil
	}
	who, err := calledWho(ctx, db, *row.RequestedBy)
	if err != nil {
		return err
	}
	return models.Fail(models.KindConflict, "%s sent %s back on %s, so nothing more is sent", who, row.GrossPence, models.When(row.CreatedAt))
}
