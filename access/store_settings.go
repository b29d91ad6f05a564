package access

import (
	"context"
	"errors"

	"hub.salford.ac.uk/ssph/models"
)

// settingRow is a value of one setting and the London day from which it counts.
type settingRow struct {
	ID            int64
	Name          string
	Note          string
	Value         string
	EffectiveFrom models.Date
}

func (settingRow) TableName() string { return "settings" }

// settingsOn reads every setting as it counts on a day: the newest value whose day has come.
func settingsOn(ctx context.Context, db models.DB, day models.Date) (map[string]string, error) {
	var rows []settingRow
	err := db.SQL(ctx).Where("effective_from <= ?", day).Order("effective_from").Find(&rows).Error
	if err != nil {
		return nil, models.Translate(err)
	}
	return valuesOn(rows, day), nil
}

// valuesOn picks what counts on a day, whatever the order of the rows.
func valuesOn(rows []settingRow, day models.Date) map[string]string {
	values, since := map[string]string{}, map[string]models.Date{}
	for _, row := range rows {
		if !day.Before(row.EffectiveFrom) && !row.EffectiveFrom.Before(since[row.Name]) {
			values[row.Name], since[row.Name] = row.Value, row.EffectiveFrom
		}
	}
	return values
}

// settingRows reads every value of these settings, by what they are and day.
func settingRows(ctx context.Context, db models.DB, names []string) (rows []settingRow, err error) {
	err = db.SQL(ctx).Where("name IN ?", names).Order("name, effective_from").Find(&rows).Error
	return rows, models.Translate(err)
}

// lockSettings keeps others from changing settings until the transaction ends.
func lockSettings(ctx context.Context, tx models.DB) error {
	if err := tx.MustBeTx(); err != nil {
		return err
	}
	res := tx.SQL(ctx).Exec("UPDATE settings SET name = name")
	if res.Error == nil && res.RowsAffected == 0 {
		return errors.New("there are no settings")
	}
	return models.Translate(res.Error)
}

func insertSetting(ctx context.Context, tx models.DB, row *settingRow) error {
	return models.Affected(tx.SQL(ctx).Create(row), 1, errors.New("the setting was not entered"))
}

// deleteSetting deletes a value whose day has not come.
func deleteSetting(ctx context.Context, tx models.DB, id int64) error {
	res := tx.SQL(ctx).Exec("DELETE FROM settings WHERE id = ? AND effective_from > ?", id, tx.Today())
	return models.Affected(res, 1, models.Fail(models.KindConflict, "Its day has come, so it cannot be taken back. Enter what should count instead"))
}
