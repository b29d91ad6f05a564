package billing

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// unsent is what is left of a failed refund to send in another way.
type unsent struct {
	waiting models.Pence // what its credit note waits for
	again   models.Pence // what had gone once, or pays out no credit note
	credit  *int64       // the one credit note that this pays out, if there is one
	held    bool         // a dispute about the payment has not ended: nothing is sent in another way until then
}

func (u unsent) gross() models.Pence { return u.waiting + u.again }

// task says what the office is asked about it.
func (u unsent) task() string {
	if u.held {
		return fmt.Sprintf("A refund of %s did not reach the card, and the cardholder’s bank asks for this payment back itself. "+
			"Send nothing until that dispute has ended", u.gross())
	}
	return fmt.Sprintf("A refund of %s did not reach the card. Ask the customer for bank details and pay it by bank transfer", u.gross())
}

// unsentOf is what is left of one failed refund.
func unsentOf(ctx context.Context, db models.DB, r refundRow) (unsent, error) {
	all, err := unsentOn(ctx, db, r.PaymentID)
	return all[r.ID], err
}

// unsentOn says what is left of each failed refund of a payment that nothing stands for. It is never more than is with us, or may still
// come back from a dispute: what the customer has in another way, through a lost dispute or a refund begun at the processor itself, is
// owed to them no more. What credit notes wait for comes first, and the latest refund before the others.
func unsentOn(ctx context.Context, db models.DB, payment int64) (map[int64]unsent, error) {
	failed, err := failedOf(ctx, db, payment)
	if err != nil || len(failed) == 0 {
		return nil, err
	}
	stands, err := standings(ctx, db, payment)
	if err != nil {
		return nil, err
	}
	held, away, err := heldByDisputes(ctx, db, payment)
	if err != nil {
		return nil, err
	}
	notes, err := notesWaiting(ctx, db, payment)
	if err != nil {
		return nil, err
	}
	left, budget := waitingParts(failed, notes, max(stands.sum()+away, 0))
	claimed, err := claimedOf(ctx, db, payment, budget, notes)
	if err != nil {
		return nil, err
	}
	budget -= claimed
	for _, r := range failed {
		u := left[r.Refund.ID]
		u.again, u.held = min(r.again(), budget), held
		budget -= u.again
		left[r.Refund.ID] = u
	}
	return left, nil
}

// waitingParts gives each failed refund what its credit note waits for, and says what of the money is left then.
func waitingParts(failed []failedRow, notes []waitingNote, budget models.Pence) (map[int64]unsent, models.Pence) {
	left := map[int64]unsent{}
	for _, r := range failed {
		u := unsent{credit: r.credit()}
		for i := range notes {
			if r.Refund.CreditID != nil && notes[i].ID == *r.Refund.CreditID {
				u.waiting = max(min(r.Refund.GrossPence-r.Counted, notes[i].Waits, budget), 0)
				notes[i].Waits -= u.waiting
			}
		}
		budget -= u.waiting
		left[r.Refund.ID] = u
	}
	return left, budget
}

// claimedOf is how much of what is left of a payment goes to credit notes that still wait, unless a person has decided about them. A
// payment that came later pays first.
func claimedOf(ctx context.Context, db models.DB, payment int64, budget models.Pence, notes []waitingNote) (models.Pence, error) {
	var claimed models.Pence
	for _, note := range notes {
		if note.Decided || note.Waits <= 0 {
			continue
		}
		paid, err := paidOn(ctx, db, note.CreditsID)
		if err != nil {
			return 0, err
		}
		for _, p := range paid {
			if p.ID == payment {
				claimed += min(note.Waits, budget-claimed)
				break
			}
			stands, err := standings(ctx, db, p.ID)
			if err != nil {
				return 0, err
			}
			note.Waits -= min(note.Waits, stands.total())
		}
	}
	return claimed, nil
}

// waitingNote is a credit note with what it still leaves to send back.
type waitingNote struct {
	ID        int64
	CreditsID int64
	Waits     models.Pence
	Decided   bool // somebody of the office has said that nothing more is to do
}

// notesWaiting lists the credit notes of a payment's invoices that wait, the oldest first.
func notesWaiting(ctx context.Context, db models.DB, payment int64) ([]waitingNote, error) {
	var rows []waitingNote
	err := db.SQL(ctx).Raw(`SELECT documents.id, documents.credits_id, `+creditWaits("documents")+` AS waits, EXISTS (SELECT 1 FROM office_tasks o
			WHERE o.kind = ? AND o.about_id = documents.id AND o.done_by IS NOT NULL) AS decided
		FROM documents WHERE `+waitingCredits()+` AND `+onPayment+` ORDER BY documents.id`, taskNotSentBack, payment).Scan(&rows).Error
	return rows, models.Translate(err)
}

// failedRow is a failed refund that nothing stands for, with what credit notes have counted of it.
type failedRow struct {
	Refund  refundRow `gorm:"embedded"`
	Counted models.Pence
	Notes   int64 // how many have
	Note    int64 // one of them
}

// credit is the one credit note that the refund pays out, if there is one.
func (r failedRow) credit() *int64 {
	if r.Refund.Cause == CauseExternal && r.Notes == 1 {
		return &r.Note
	}
	return r.Refund.CreditID
}

// again is what of the refund had gone once, or pays out no credit note.
func (r failedRow) again() models.Pence {
	if r.Refund.CreditID == nil && r.Refund.Cause != CauseExternal {
		return r.Refund.GrossPence
	}
	return r.Counted
}

// failedOf lists them, the latest first.
func failedOf(ctx context.Context, db models.DB, payment int64) ([]failedRow, error) {
	var rows []failedRow
	err := db.SQL(ctx).Raw(`SELECT r.*, (SELECT COALESCE(SUM(s.gross_pence), 0) FROM credit_settlements s WHERE s.refund_id = r.id) AS counted,
			(SELECT COUNT(DISTINCT s.document_id) FROM credit_settlements s WHERE s.refund_id = r.id) AS notes,
			(SELECT COALESCE(MAX(s.document_id), 0) FROM credit_settlements s WHERE s.refund_id = r.id) AS note
		FROM refunds r WHERE r.payment_id = ? AND r.status = ? AND NOT EXISTS (SELECT 1 FROM refunds n WHERE n.replaces_id = r.id)
		ORDER BY r.id DESC`, payment, RefundReturned).Scan(&rows).Error
	return rows, models.Translate(err)
}

// heldByDisputes says whether a dispute about a payment has not ended, and what such disputes keep of it: it may come back.
func heldByDisputes(ctx context.Context, db models.DB, payment int64) (held bool, away models.Pence, err error) {
	var rows []disputeRow
	if err := db.SQL(ctx).Where("payment_id = ? AND status = ?", payment, DisputeOpen).Find(&rows).Error; err != nil {
		return false, 0, models.Translate(err)
	}
	for _, r := range rows {
		if r.Withdrawn {
			away += r.GrossPence
		}
	}
	return len(rows) > 0, away, nil
}
