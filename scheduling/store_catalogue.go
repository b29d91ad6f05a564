package scheduling

import (
	"context"
	"errors"

	"hub.salford.ac.uk/ssph/models"
)

func courseByCode(ctx context.Context, db models.DB, code string) (courseRow, error) {
	var row courseRow
	err := db.SQL(ctx).Where("code = ?", code).Take(&row).Error
	return row, models.Translate(err)
}

func allCourses(ctx context.Context, db models.DB) ([]courseRow, error) {
	var rows []courseRow
	err := db.SQL(ctx).Order("id").Find(&rows).Error
	return rows, models.Translate(err)
}

func courseExists(ctx context.Context, db models.DB, id int64) (bool, error) {
	var n int64
	err := db.SQL(ctx).Model(&courseRow{}).Where("id = ?", id).Count(&n).Error
	return n == 1, models.Translate(err)
}

func accreditationOn(ctx context.Context, db models.DB, courseID int64, day models.Date) (accreditationRow, error) {
	var row accreditationRow
	err := db.SQL(ctx).Where("course_id = ? AND valid_from <= ? AND valid_to >= ?", courseID, day, day).
		Order("valid_to DESC, id DESC").Take(&row).Error
	return row, models.Translate(err)
}

func activeTrainers(ctx context.Context, db models.DB) ([]Trainer, error) {
	var rows []trainerRow
	if err := db.SQL(ctx).Where("active").Order("name, id").Find(&rows).Error; err != nil {
		return nil, models.Translate(err)
	}
	trainers := make([]Trainer, 0, len(rows))
	for _, r := range rows {
		trainers = append(trainers, Trainer(r))
	}
	return trainers, nil
}

func allVenues(ctx context.Context, db models.DB) ([]venueRow, error) {
	var rows []venueRow
	err := db.SQL(ctx).Order("town, name").Find(&rows).Error
	return rows, models.Translate(err)
}

func venueByID(ctx context.Context, db models.DB, id int64) (venueRow, error) {
	var row venueRow
	err := db.SQL(ctx).Where("id = ?", id).Take(&row).Error
	return row, models.Translate(err)
}

func insertVenue(ctx context.Context, tx models.DB, row venueRow) (venueRow, error) {
	res := tx.SQL(ctx).Create(&row)
	return row, models.Affected(res, 1, errors.New("the venue was not written"))
}
