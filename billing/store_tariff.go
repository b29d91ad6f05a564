package billing

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// LoadTariff reads the price list, VAT table, cancellation ladder and group limits in force today.
func LoadTariff(ctx context.Context, db models.DB) (Tariff, error) {
	var t Tariff
	var prices []priceRow
	if err := db.SQL(ctx).Order("effective_from, id").Find(&prices).Error; err != nil {
		return t, fmt.Errorf("price list: %w", err)
	}
	for _, p := range prices {
		t.Prices = append(t.Prices, Price{
			ID: p.ID, Route: Route(p.Route), Format: Format(p.Format), Unit: Unit(p.Unit), Net: p.NetPence, From: p.EffectiveFrom,
		})
	}
	var err error
	if t.VAT, err = vatRates(ctx, db); err != nil {
		return t, err
	}
	var ladder ladderRow
	err = db.SQL(ctx).Where("effective_from <= ?", db.Today()).Order("effective_from DESC").Take(&ladder).Error
	if err != nil {
		return t, fmt.Errorf("cancellation ladder: %w", models.Translate(err))
	}
	if t.Ladder, err = ParseLadder([]byte(ladder.Steps)); err != nil {
		return t, err
	}
	t.LadderID = ladder.ID
	settings, err := access.LoadSettings(ctx, db)
	t.Limits = Limits{OpenAccessMax: settings.OpenAccessMost, GroupMin: settings.GroupLeast, GroupMax: settings.GroupMost}
	return t, err
}

func vatRates(ctx context.Context, db models.DB) (VATRates, error) {
	var rows []vatRow
	if err := db.SQL(ctx).Order("effective_from, id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("VAT rates: %w", err)
	}
	var rates VATRates
	for _, r := range rows {
		rates = append(rates, VATRate{
			Category: VATCategory(r.Category), Rate: r.RateThousandths, Label: r.Label, Reason: r.Reason, From: r.EffectiveFrom,
		})
	}
	return rates, nil
}

// LadderByID reads the cancellation ladder that a booking was made under.
func LadderByID(ctx context.Context, db models.DB, id int64) (Ladder, error) {
	var row ladderRow
	if err := db.SQL(ctx).Where("id = ?", id).Take(&row).Error; err != nil {
		return nil, fmt.Errorf("cancellation ladder %d: %w", id, models.Translate(err))
	}
	return ParseLadder([]byte(row.Steps))
}
