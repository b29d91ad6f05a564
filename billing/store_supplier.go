package billing

import (
	"context"
	"errors"
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// CurrentSupplier is the Hub as supplier on today's London day.
func CurrentSupplier(ctx context.Context, db models.DB) (Supplier, error) {
	var r supplierRow
	err := db.SQL(ctx).Where("effective_from <= ?", db.Today()).Order("effective_from DESC").Take(&r).Error
	if err != nil {
		return Supplier{}, fmt.Errorf("supplier: %w", models.Translate(err))
	}
	return r.supplier(), nil
}

func (r supplierRow) supplier() Supplier {
	return Supplier{
		LegalName: r.LegalName, TradingName: r.TradingName, Address: r.Address, VATNumber: r.VATNumber, Email: r.Email,
		AccountName: r.AccountName, SortCode: r.SortCode, AccountNumber: r.AccountNumber, Demonstration: r.Demonstration,
	}
}

// supplierRows reads every supplier, by day.
func supplierRows(ctx context.Context, db models.DB) (rows []supplierRow, err error) {
	err = db.SQL(ctx).Order("effective_from").Find(&rows).Error
	return rows, models.Translate(err)
}

// seriesOf reads the number series of every legal name, invoices first.
func seriesOf(ctx context.Context, db models.DB) (map[string][]seriesRow, error) {
	var rows []seriesRow
	if err := db.SQL(ctx).Order("supplier, kind DESC").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("number series: %w", err)
	}
	all := map[string][]seriesRow{}
	for _, r := range rows {
		all[r.Supplier] = append(all[r.Supplier], r)
	}
	return all, nil
}

// lockSuppliers keeps others from entering or taking back a supplier until the transaction ends.
func lockSuppliers(ctx context.Context, tx models.DB) error {
	if err := tx.MustBeTx(); err != nil {
		return err
	}
	res := tx.SQL(ctx).Exec("UPDATE suppliers SET legal_name = legal_name")
	if res.Error == nil && res.RowsAffected == 0 {
		return errors.New("there is no supplier")
	}
	return models.Translate(res.Error)
}

// closeUnused takes away the series of a legal name that no supplier has any more and that never numbered a document.
func closeUnused(ctx context.Context, tx models.DB, legalName string) error {
	return models.Translate(tx.SQL(ctx).Exec(`DELETE FROM number_series WHERE supplier = ? AND next_number = 1
		AND NOT EXISTS (SELECT 1 FROM suppliers s WHERE s.legal_name = number_series.supplier)
		AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.series_id = number_series.id)`, legalName).Error)
}
