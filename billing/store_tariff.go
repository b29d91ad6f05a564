package billing

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// LoadTariff reads the price list, VAT table, cancellation ladder and group limits in force today.
func LoadTariff(ctx context.Context, db models.DB) (Tariff, error) {
	return tariffOn(ctx, db, db.Today())
}

// tariffOn reads the tariff with the ladder and limits that count on a day, as it is known now.
func tariffOn(ctx context.Context, db models.DB, on models.Date) (t Tariff, err error) {
	if t.Prices, err = priceList(ctx, db); err != nil {
		return t, err
	}
	if t.VAT, err = vatRates(ctx, db); err != nil {
		return t, err
	}
	ladders, err := ladderRows(ctx, db)
	if err != nil {
		return t, err
	}
	ladder, found := inForce(ladders, on)
	if !found {
		return t, fmt.Errorf("no cancellation ladder on %s", on.ISO())
	}
	if t.Ladder, err = ParseLadder([]byte(ladder.Steps)); err != nil {
		return t, err
	}
	t.LadderID = ladder.ID
	settings, err := access.SettingsOn(ctx, db, on)
	t.Limits = Limits{OpenAccessMax: settings.OpenAccessMost, GroupMin: settings.GroupLeast, GroupMax: settings.GroupMost}
	return t, err
}

func priceList(ctx context.Context, db models.DB) (PriceList, error) {
	var rows []priceRow
	if err := db.SQL(ctx).Order("effective_from, id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("price list: %w", err)
	}
	var list PriceList
	for _, p := range rows {
		list = append(list, Price{
			ID: p.ID, Route: Route(p.Route), Format: Format(p.Format), Unit: Unit(p.Unit), Net: p.NetPence, From: p.EffectiveFrom,
			ToBeConfirmed: p.ToBeConfirmed,
		})
	}
	return list, nil
}

func vatRates(ctx context.Context, db models.DB) (VATRates, error) {
	rows, err := vatRows(ctx, db)
	var rates VATRates
	for _, r := range rows {
		rates = append(rates, r.rate())
	}
	return rates, err
}

func vatRows(ctx context.Context, db models.DB) (rows []vatRow, err error) {
	if err = db.SQL(ctx).Order("effective_from, id").Find(&rows).Error; err != nil {
		err = fmt.Errorf("VAT rates: %w", err)
	}
	return rows, err
}

func (r vatRow) rate() VATRate {
	return VATRate{Category: VATCategory(r.Category), Rate: r.RateThousandths, Label: r.Label, Reason: r.Reason, From: r.EffectiveFrom}
}

func ladderRows(ctx context.Context, db models.DB) (rows []ladderRow, err error) {
	if err = db.SQL(ctx).Order("effective_from").Find(&rows).Error; err != nil {
		err = fmt.Errorf("cancellation ladders: %w", err)
	}
	return rows, err
}

// LadderByID reads the cancellation ladder that a booking was made under.
func LadderByID(ctx context.Context, db models.DB, id int64) (Ladder, error) {
	var row ladderRow
	if err := db.SQL(ctx).Where("id = ?", id).Take(&row).Error; err != nil {
		return nil, fmt.Errorf("cancellation ladder %d: %w", id, models.Translate(err))
	}
	return ParseLadder([]byte(row.Steps))
}

// dated is a row that counts from a day on.
type dated interface{ day() models.Date }

func (r ladderRow) day() models.Date   { return r.EffectiveFrom }
func (r supplierRow) day() models.Date { return r.EffectiveFrom }

// inForce finds the row that counts on a day: the latest that has begun.
func inForce[R dated](rows []R, on models.Date) (best R, found bool) {
	for _, r := range rows {
		if !on.Before(r.day()) && (!found || best.day().Before(r.day())) {
			best, found = r, true
		}
	}
	return best, found
}

// beginning finds the row that begins on that very day.
func beginning[R dated](rows []R, from models.Date) (row R, found bool) {
	for _, r := range rows {
		if r.day() == from {
			return r, true
		}
	}
	return row, false
}

// following is the first day of the row after that day; no day when none does.
func following[R dated](rows []R, from models.Date) (next models.Date) {
	for _, r := range rows {
		if from.Before(r.day()) && (next.IsZero() || r.day().Before(next)) {
			next = r.day()
		}
	}
	return next
}

// insertTariff enters one row. The unique rule it can break is that of the first day.
func insertTariff(ctx context.Context, tx models.DB, row any) error {
	if err := tx.MustBeTx(); err != nil {
		return err
	}
	return models.Affected(tx.SQL(ctx).Create(row), 1, fmt.Errorf("%T was not entered", row))
}
