package billing

import (
	"context"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// TariffBook is every figure the office may enter, past, present and to come, each with the row it stands in.
type TariffBook struct {
	Prices    PriceList
	VAT       []VATEntry
	Ladders   []LadderEntry
	Suppliers []SupplierEntry
	Settings  []access.SettingValue
	Series    map[string][]NumberSeries // by legal name, invoices first
}

// VATEntry is one row of the VAT table.
type VATEntry struct {
	ID int64
	VATRate
}

// LadderEntry is one row of cancellation terms.
type LadderEntry struct {
	ID    int64
	Name  string
	Steps Ladder
	From  models.Date
}

// SupplierEntry is who sells from a day on.
type SupplierEntry struct {
	ID   int64
	From models.Date
	Supplier
}

// NumberSeries is how the documents of one kind are numbered.
type NumberSeries struct {
	Kind   DocumentKind
	Prefix string // "INV-"
	Digits int
	Next   string // the number that the next document gets: "INV-000437"
}

// ReadTariffBook reads it all, each sort by day. Only the office may.
func ReadTariffBook(ctx context.Context, db models.DB, actor access.Actor) (book TariffBook, err error) {
	if book.Settings, err = access.SettingValues(ctx, db, actor); err != nil {
		return book, err
	}
	if book.Prices, err = priceList(ctx, db); err != nil {
		return book, err
	}
	for _, read := range []func(context.Context, models.DB) error{book.readVAT, book.readLadders, book.readSuppliers, book.readSeries} {
		if err := read(ctx, db); err != nil {
			return book, err
		}
	}
	return book, nil
}

func (b *TariffBook) readLadders(ctx context.Context, db models.DB) error {
	rows, err := ladderRows(ctx, db)
	if err != nil {
		return err
	}
	for _, r := range rows {
		steps, err := ParseLadder([]byte(r.Steps))
		if err != nil {
			return err
		}
		b.Ladders = append(b.Ladders, LadderEntry{ID: r.ID, Name: r.Name, Steps: steps, From: r.EffectiveFrom})
	}
	return nil
}

func (b *TariffBook) readSuppliers(ctx context.Context, db models.DB) error {
	rows, err := supplierRows(ctx, db)
	for _, r := range rows {
		b.Suppliers = append(b.Suppliers, SupplierEntry{ID: r.ID, From: r.EffectiveFrom, Supplier: r.supplier()})
	}
	return err
}

func (b *TariffBook) readVAT(ctx context.Context, db models.DB) error {
	rows, err := vatRows(ctx, db)
	for _, r := range rows {
		b.VAT = append(b.VAT, VATEntry{r.ID, r.rate()})
	}
	return err
}

func (b *TariffBook) readSeries(ctx context.Context, db models.DB) error {
	all, err := seriesOf(ctx, db)
	b.Series = map[string][]NumberSeries{}
	for name, rows := range all {
		for _, r := range rows {
			b.Series[name] = append(b.Series[name], NumberSeries{
				Kind: DocumentKind(r.Kind), Prefix: r.Prefix, Digits: r.Digits, Next: numberCode(r.Prefix, r.Digits, r.NextNumber),
			})
		}
	}
	return err
}

// VATOn is the entry that counts for a tax point; without one the error is internal, as for VATRates.At.
func (b TariffBook) VATOn(taxPoint models.Date) (best VATEntry, err error) {
	var rates VATRates
	for _, v := range b.VAT {
		rates = append(rates, v.VATRate)
		if !taxPoint.Before(v.From) && !v.From.Before(best.From) {
			best = v
		}
	}
	_, err = rates.At(taxPoint)
	return best, err
}

// TariffHistory is who entered and took back what, and when, oldest first. Only the office may ask.
func TariffHistory(ctx context.Context, db models.DB, actor access.Actor) ([]access.Event, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return nil, err
	}
	subjects, err := tariffSubjects(ctx, db)
	if err != nil {
		return nil, err
	}
	return access.History(ctx, db, actor, subjects)
}
