package billing

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// nextNumber takes the next number of the supplier's series of a kind, inside the issuing transaction: a rolled-back issue gives its number back, so
// there are no gaps, and the row's lock keeps two issues apart until commit. It is the last lock a transaction takes.
func nextNumber(ctx context.Context, tx models.DB, kind DocumentKind, supplier Supplier) (seriesRow, error) {
	if err := tx.MustBeTx(); err != nil {
		return seriesRow{}, err
	}
	res := tx.SQL(ctx).Exec("UPDATE number_series SET next_number = next_number + 1 WHERE kind = ? AND supplier = ?", kind, supplier.LegalName)
	if err := models.Affected(res, 1, fmt.Errorf("no number series for a supplier's %s: %s", kind, supplier.LegalName)); err != nil {
		return seriesRow{}, err
	}
	var row seriesRow
	if err := tx.SQL(ctx).Where("kind = ? AND supplier = ?", kind, supplier.LegalName).Take(&row).Error; err != nil {
		return seriesRow{}, fmt.Errorf("number series: %w", err)
	}
	row.NextNumber--
	return row, nil
}

// lockSeries takes the locks of all series of a kind without using a number: what is allocated to documents changes only under
// the invoices', what is credited or refunded only under the credit notes'.
func lockSeries(ctx context.Context, tx models.DB, kind DocumentKind) error {
	if err := tx.MustBeTx(); err != nil {
		return err
	}
	res := tx.SQL(ctx).Exec("UPDATE number_series SET next_number = next_number WHERE kind = ?", kind)
	if res.Error == nil && res.RowsAffected == 0 {
		return fmt.Errorf("no number series for %s", kind)
	}
	return models.Translate(res.Error)
}
