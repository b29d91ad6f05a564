package billing

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// markedBy says who recorded that a bank refund was sent, and on which day it was; nobody when that is not known.
func markedBy(ctx context.Context, db models.DB, refund int64) (person int64, on models.Date, err error) {
	var rows []struct {
		DoneBy *int64
		OnDate models.Date
	}
	err = db.SQL(ctx).Raw(`SELECT t.done_by, l.on_date FROM ledger_entries l LEFT JOIN office_tasks t ON t.kind = 'refund by bank' AND t.about_kind = 'refund'
		AND t.about_id = l.refund_id WHERE l.refund_id = ? AND l.kind = 'refund'`, refund).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return 0, on, models.Translate(err)
	}
	if rows[0].DoneBy != nil {
		person = *rows[0].DoneBy
	}
	return person, rows[0].OnDate, nil
}

// latestRefund is the latest refund with this id in a column that has not failed; none when there is none.
func latestRefund(ctx context.Context, db models.DB, column string, id int64) (refundRow, error) {
	var row refundRow
	err := models.Translate(db.SQL(ctx).Where(column+" = ? AND status <> ?", id, RefundReturned).Order("id DESC").Take(&row).Error)
	if errors.Is(err, models.ErrNoRow) {
		return refundRow{}, nil
	}
	return row, err
}

// BankFileRecorded says what an import of the very same file did, so that a second press of the button has the same answer; false when
// it was not imported. Only the office may ask. Error: conflict, with the name, when somebody else imported it.
func BankFileRecorded(ctx context.Context, db models.DB, actor access.Actor, f BankFile) (BankImported, bool, error) {
	var done BankImported
	if err := actor.Require(access.RoleOffice); err != nil {
		return done, false, err
	}
	hash := sha256.Sum256(f.Content)
	var before bankImportRow
	err := models.Translate(db.SQL(ctx).Where("sha256 = ?", hex.EncodeToString(hash[:])).Take(&before).Error)
	if errors.Is(err, models.ErrNoRow) {
		return done, false, nil
	}
	if err != nil {
		return done, false, err
	}
	if before.ImportedBy != actor.PersonID {
		who, err := calledWho(ctx, db, before.ImportedBy)
		if err != nil {
			return done, false, err
		}
		return done, false, models.Fail(models.KindConflict, "%s imported this file on %s, so nothing is new", who, models.When(before.ImportedAt))
	}
	err = db.SQL(ctx).Raw(`SELECT COUNT(*) AS payments, COALESCE(SUM(b.gross_pence), 0) AS sum, COALESCE(SUM(
		(SELECT COALESCE(SUM(a.gross_pence), 0) FROM allocations a WHERE a.payment_id = b.payment_id)), 0) AS on_invoices
		FROM bank_lines b WHERE b.import_id = ?`, before.ID).Scan(&done).Error
	if err != nil {
		return done, false, fmt.Errorf("bank import: %w", models.Translate(err))
	}
	done.Free = done.Sum - done.OnInvoices
	return done, true, nil
}

// refundsAsked counts the refunds that were asked for to pay out a credit note, also those that failed.
func refundsAsked(ctx context.Context, db models.DB, credit int64) (int64, error) {
	var count int64
	err := db.SQL(ctx).Model(&refundRow{}).Where("credit_id = ?", credit).Count(&count).Error
	return count, models.Translate(err)
}
