package billing

import (
	"context"
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
	return Supplier{
		LegalName: r.LegalName, TradingName: r.TradingName, Address: r.Address, VATNumber: r.VATNumber, Email: r.Email,
		AccountName: r.AccountName, SortCode: r.SortCode, AccountNumber: r.AccountNumber, Demonstration: r.Demonstration,
	}, nil
}
