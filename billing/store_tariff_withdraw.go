package billing

import (
	"context"
	"errors"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// withdrawalRow is an entry that was taken back before its day: what it was, by whom and why.
type withdrawalRow struct {
	ID          int64
	RowKind     string
	RowID       int64
	Content     string // JSON
	Reason      string
	WithdrawnAt time.Time
	WithdrawnBy int64
}

func (withdrawalRow) TableName() string { return "tariff_withdrawals" }

// withdrawn says whether an entry was taken back before.
func withdrawn(ctx context.Context, db models.DB, kind TariffKind, id int64) (bool, error) {
	var n int64
	err := db.SQL(ctx).Model(&withdrawalRow{}).Where("row_kind = ? AND row_id = ?", kind, id).Count(&n).Error
	return n > 0, models.Translate(err)
}

func insertWithdrawal(ctx context.Context, tx models.DB, row withdrawalRow) error {
	err := models.Affected(tx.SQL(ctx).Create(&row), 1, errors.New("the withdrawal was not written"))
	if errors.Is(err, models.ErrDuplicate) {
		return models.Fail(models.KindConflict, "It was taken back a moment ago")
	}
	return err
}

// deleteEntry deletes one row whose day has not come.
func deleteEntry(ctx context.Context, tx models.DB, kind TariffKind, id int64) error {
	const where = " WHERE id = ? AND effective_from > ?"
	statements := map[TariffKind]string{
		KindPrice: "DELETE FROM prices" + where, KindVAT: "DELETE FROM vat_rates" + where,
		KindLadder: "DELETE FROM ladders" + where, KindSupplier: "DELETE FROM suppliers" + where,
	}
	err := models.Affected(tx.SQL(ctx).Exec(statements[kind], id, tx.Today()), 1, fmt.Errorf("%s %d was not taken back", kind, id))
	if errors.Is(err, models.ErrForeignKey) {
		return models.Fail(models.KindConflict, "Something was made under it already, so it cannot be taken back").Because(err)
	}
	return err
}

// tariffSubjects are all entries there are and were, as the audit names them.
func tariffSubjects(ctx context.Context, db models.DB) ([]access.Subject, error) {
	var rows []struct {
		RowKind string
		RowID   int64
	}
	err := db.SQL(ctx).Raw(`SELECT 'prices' AS row_kind, id AS row_id FROM prices UNION ALL SELECT 'vat_rates', id FROM vat_rates
		UNION ALL SELECT 'ladders', id FROM ladders UNION ALL SELECT 'suppliers', id FROM suppliers
		UNION ALL SELECT 'settings', id FROM settings UNION ALL SELECT row_kind, row_id FROM tariff_withdrawals`).Scan(&rows).Error
	subjects := make([]access.Subject, len(rows))
	for i, r := range rows {
		subjects[i] = TariffKind(r.RowKind).subject(r.RowID)
	}
	return subjects, models.Translate(err)
}
