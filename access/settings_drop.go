package access

import (
	"context"
	"errors"

	"hub.salford.ac.uk/ssph/models"
)

// SettingByID reads one value of a setting that the office may change.
func SettingByID(ctx context.Context, db models.DB, actor Actor, id int64) (SettingValue, error) {
	all, err := SettingValues(ctx, db, actor)
	for _, v := range all {
		if v.ID == id {
			return v, err
		}
	}
	return SettingValue{}, errors.Join(err, models.NotFound("There is no such entry"))
}

// DropSetting deletes a value whose day has not come; whoever calls it has written down before what it was. It refuses when the
// settings would not go together without it. Errors: forbidden; not found; conflict when its day has come.
func DropSetting(ctx context.Context, tx models.DB, actor Actor, id int64) error {
	if err := lockSettings(ctx, tx); err != nil {
		return err
	}
	dropped, err := SettingByID(ctx, tx, actor, id)
	if err != nil {
		return err
	}
	if err := deleteSetting(ctx, tx, id); err != nil {
		return err
	}
	rows, err := settingRows(ctx, tx, figureNames())
	if err != nil {
		return err
	}
	return together(rows, dropped.From, "reason")
}
