package access

import (
	"context"

	"hub.salford.ac.uk/ssph/models"
)

// settingRow is a value of one setting and the London day from which it counts.
type settingRow struct {
	ID            int64
	Name          string
	Value         string
	EffectiveFrom models.Date
	Note          string
}

func (settingRow) TableName() string { return "settings" }

// settingsOn reads every setting as it counts on a day: the newest value whose day has come.
func settingsOn(ctx context.Context, db models.DB, day models.Date) (map[string]string, error) {
	var rows []settingRow
	err := db.SQL(ctx).Where("effective_from <= ?", day).Order("effective_from").Find(&rows).Error
	if err != nil {
		return nil, models.Translate(err)
	}
	values := map[string]string{}
	for _, row := range rows {
		values[row.Name] = row.Value
	}
	return values, nil
}
