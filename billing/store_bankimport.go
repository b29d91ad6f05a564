package billing

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path"
	"strings"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

type bankImportRow struct {
	ID         int64
	Filename   string
	SHA256     string `gorm:"column:sha256"`
	ImportedAt time.Time
	ImportedBy int64
}

func (bankImportRow) TableName() string { return "bank_imports" }

type bankLineRow struct {
	ID          int64
	ImportID    int64
	LineNumber  int
	OnDate      models.Date
	GrossPence  models.Pence
	Payer       string
	Reference   string
	Fingerprint string
	PaymentID   int64
}

func (bankLineRow) TableName() string { return "bank_lines" }

// knownLines says which fingerprints an earlier import has recorded.
func knownLines(ctx context.Context, db models.DB, prints []string) (map[string]bool, error) {
	known := map[string]bool{}
	for len(prints) > 0 {
		some := prints[:min(len(prints), 500)]
		prints = prints[len(some):]
		var found []string
		if err := db.SQL(ctx).Model(&bankLineRow{}).Where("fingerprint IN ?", some).Pluck("fingerprint", &found).Error; err != nil {
			return nil, fmt.Errorf("bank lines: %w", models.Translate(err))
		}
		for _, f := range found {
			known[f] = true
		}
	}
	return known, nil
}

// insertImport writes down that a file is imported. Error: invalid with field "file" when it was imported before.
func insertImport(ctx context.Context, tx models.DB, actor access.Actor, f BankFile) (int64, error) {
	hash := sha256.Sum256(f.Content)
	row := bankImportRow{
		Filename: fileName(f.Name), SHA256: hex.EncodeToString(hash[:]), ImportedAt: tx.Now(), ImportedBy: actor.PersonID,
	}
	var before bankImportRow
	err := models.Translate(tx.SQL(ctx).Where("sha256 = ?", row.SHA256).Take(&before).Error)
	if err == nil {
		return 0, models.Invalid("file", "This file was imported on %s", models.When(before.ImportedAt))
	}
	if !errors.Is(err, models.ErrNoRow) {
		return 0, err
	}
	if err := tx.SQL(ctx).Create(&row).Error; err != nil {
		return 0, fmt.Errorf("bank import: %w", models.Translate(err))
	}
	return row.ID, nil
}

// fileName is the last part of an uploaded file's name, in one line.
func fileName(name string) string {
	return bankText(strings.ToValidUTF8(path.Base(strings.ReplaceAll(name, `\`, "/")), ""))
}

func insertBankLine(ctx context.Context, tx models.DB, into int64, l BankFileLine, print string, payment int64) error {
	err := tx.SQL(ctx).Create(&bankLineRow{
		ImportID: into, LineNumber: l.Number, OnDate: l.On, GrossPence: l.Gross, Payer: l.Payer, Reference: l.Reference, Fingerprint: print,
		PaymentID: payment,
	}).Error
	if err != nil {
		return fmt.Errorf("bank line %d: %w", l.Number, models.Translate(err))
	}
	return nil
}

// namedBeside adds to the open invoices those that the lines name, and those that stand for them; stands says which does, by their ids.
func namedBeside(ctx context.Context, db models.DB, lines []BankFileLine, open []Document) (known []Document, stands map[int64]int64, err error) {
	var series []seriesRow
	if err := db.SQL(ctx).Where("kind = ?", string(Invoice)).Find(&series).Error; err != nil {
		return nil, nil, models.Translate(err)
	}
	var codes []string
	for _, l := range lines {
		codes = append(codes, codesNamed(l, series)...)
	}
	if len(codes) == 0 {
		return open, nil, nil
	}
	if stands, err = standingFor(ctx, db, codes); err != nil {
		return nil, nil, err
	}
	there, more := map[int64]bool{}, []int64{}
	for _, d := range open {
		there[d.ID] = true
	}
	for named, by := range stands {
		for _, id := range []int64{named, by} {
			if !there[id] {
				there[id], more = true, append(more, id)
			}
		}
	}
	if len(more) == 0 {
		return open, stands, nil
	}
	beside, err := readDocuments(ctx, db, db.SQL(ctx).Where("documents.id IN ?", more).Order("documents.id"))
	return append(open, beside...), stands, err
}

// codesNamed are the invoice numbers that a line may name.
func codesNamed(l BankFileLine, series []seriesRow) []string {
	var codes []string
	for _, named := range numbersNamed(l.Reference + " " + l.Payer) {
		for _, s := range series {
			prefix := strings.ToUpper(strings.TrimRight(s.Prefix, "-/ "))
			if named.prefix != prefix || len(named.digits) > s.Digits {
				continue
			}
			codes = append(codes, s.Prefix+strings.Repeat("0", s.Digits-len(named.digits))+named.digits)
		}
	}
	return codes
}

// typedWithin is how many days may lie between the day the office typed for a payment and the bank's.
const typedWithin = 5

// typedByHand says which lines may be a payment that the office has typed in already: the same sum within a few days. What such a line
// was matched with is taken back, so that a person decides; each typed payment is set against one line.
func typedByHand(ctx context.Context, db models.DB, matches []BankMatch) (map[int]models.Date, error) {
	var typed []paymentRow
	err := db.SQL(ctx).Where("method = ? AND NOT EXISTS (SELECT 1 FROM bank_lines b WHERE b.payment_id = payments.id)", string(ByBank)).
		Order("received_on, id").Find(&typed).Error
	if err != nil {
		return nil, models.Translate(err)
	}
	used, by := map[int64]bool{}, map[int]models.Date{}
	for i := range matches {
		m := &matches[i]
		for _, p := range typed {
			days := p.ReceivedOn.DaysUntil(m.Line.On)
			if used[p.ID] || p.GrossPence != m.Line.Gross || max(days, -days) > typedWithin {
				continue
			}
			used[p.ID], by[m.Line.Number] = true, p.ReceivedOn
			m.Ground, m.Shares, m.Invoices, m.Left = NoMatch, nil, nil, m.Line.Gross
			break
		}
	}
	return by, nil
}
