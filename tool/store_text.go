package tool

import (
	"context"
	"errors"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// textRow is one sealed text. Everything that is written about a person stands in one of these.
type textRow struct {
	CaseID    int64  `gorm:"primaryKey;autoIncrement:false"`
	Field     string `gorm:"primaryKey"`
	Copy      int    `gorm:"primaryKey;autoIncrement:false"`
	Version   int
	Mark      Mark
	Tab       string
	TabCount  int
	Sealed    []byte
	WrittenBy int64
	WrittenAt time.Time
}

func (textRow) TableName() string { return "case_texts" }

// place is where a text belongs. It is sealed in, so that a text moved elsewhere, or put back to an older one, does not open.
func (r textRow) place() string {
	return fmt.Sprintf("case_texts/%d/%s/%d/%d", r.CaseID, r.Field, r.Copy, r.Version)
}

// textsOf reads every text of a case, by place and copy.
func textsOf(ctx context.Context, db models.DB, caseID int64) ([]textRow, error) {
	var rows []textRow
	err := db.SQL(ctx).Where("case_id = ?", caseID).Order("field, copy").Find(&rows).Error
	return rows, models.Translate(err)
}

func (w work) copiesOf(ctx context.Context, tx models.DB, field string) ([]textRow, error) {
	var rows []textRow
	err := tx.SQL(ctx).Where("case_id = ? AND field = ?", w.row.ID, field).Order("copy").Find(&rows).Error
	return rows, models.Translate(err)
}

// insertText seals and writes a new text.
func (w work) insertText(ctx context.Context, tx models.DB, row textRow, text string) (err error) {
	row.CaseID, row.Version, row.WrittenBy, row.WrittenAt = w.row.ID, 1, w.actor.PersonID, tx.Now()
	if row.Sealed, err = w.sealer.seal(text, row.place()); err != nil {
		return err
	}
	return models.Affected(tx.SQL(ctx).Create(&row), 1, errors.New("tool: the text was not written"))
}

// replaceText seals a text over the one that stands there.
func (w work) replaceText(ctx context.Context, tx models.DB, old textRow, mark Mark, tab string, count int, text string) (textRow, error) {
	row := old
	row.Version, row.Mark, row.Tab, row.TabCount, row.WrittenBy, row.WrittenAt = old.Version+1, mark, tab, count, w.actor.PersonID, tx.Now()
	var err error
	if row.Sealed, err = w.sealer.seal(text, row.place()); err != nil {
		return textRow{}, err
	}
	res := tx.SQL(ctx).Model(&textRow{}).
		Where("case_id = ? AND field = ? AND copy = ? AND version = ?", old.CaseID, old.Field, old.Copy, old.Version).
		Select("Version", "Mark", "Tab", "TabCount", "Sealed", "WrittenBy", "WrittenAt").Updates(&row)
	return row, models.Affected(res, 1, models.Fail(models.KindConflict, "This text changed meanwhile. Look at it again"))
}

// putText writes a text that one form owns, whatever stood there. An empty text where none stands is left out.
func (w work) putText(ctx context.Context, tx models.DB, field, text string) error {
	rows, err := w.copiesOf(ctx, tx, field)
	if err != nil {
		return err
	}
	if len(rows) == 0 && text == "" {
		return nil
	}
	if len(rows) == 0 {
		return w.insertText(ctx, tx, textRow{Field: field, Copy: 1}, text)
	}
	_, err = w.replaceText(ctx, tx, rows[0], Unmarked, "", 0, text)
	return err
}

// putTexts writes several texts under one place.
func (w work) putTexts(ctx context.Context, tx models.DB, place string, texts map[string]string) error {
	for _, name := range sortedKeys(texts) {
		if err := w.putText(ctx, tx, place+"/"+name, texts[name]); err != nil {
			return err
		}
	}
	return nil
}

// deleteCopies takes away the further copies of a text that was made one again.
func (w work) deleteCopies(ctx context.Context, tx models.DB, field string, n int) error {
	res := tx.SQL(ctx).Where("case_id = ? AND field = ? AND copy > 1", w.row.ID, field).Delete(&textRow{})
	return models.Affected(res, int64(n), models.Fail(models.KindConflict, "This text changed meanwhile. Look at it again"))
}
