package billing

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// nextNumber takes the next number of a series, inside the issuing transaction: a rolled-back issue gives its number back, so
// there are no gaps, and the row's lock keeps two issues apart until commit. It is the last lock a transaction takes.
func nextNumber(ctx context.Context, tx models.DB, kind DocumentKind) (seriesRow, error) {
	if err := tx.MustBeTx(); err != nil {
		return seriesRow{}, err
	}
	res := tx.SQL(ctx).Exec("UPDATE number_series SET next_number = next_number + 1 WHERE kind = ?", kind)
	if err := models.Affected(res, 1, fmt.Errorf("no number series for %s", kind)); err != nil {
		return seriesRow{}, err
	}
	var row seriesRow
	if err := tx.SQL(ctx).Where("kind = ?", kind).Take(&row).Error; err != nil {
		return seriesRow{}, fmt.Errorf("number series: %w", err)
	}
	row.NextNumber--
	return row, nil
}

// lockSeries takes a series' lock without using a number: what is allocated to documents changes only under it.
func lockSeries(ctx context.Context, tx models.DB, kind DocumentKind) error {
	res := tx.SQL(ctx).Exec("UPDATE number_series SET next_number = next_number WHERE kind = ?", kind)
	return models.Affected(res, 1, fmt.Errorf("no number series for %s", kind))
}
