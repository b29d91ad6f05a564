package tool

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"hub.salford.ac.uk/ssph/models"
)

// Where texts stand: the beginnings of their places.
const (
	namePlace      = "name"
	notePlace      = "note/"
	heldPlace      = "held/"
	factorPlace    = "factor/"
	candidatePlace = "candidate/"
	choicePlace    = "choice/"
	flagPlace      = "flag/"
	actionPlace    = "flag-action/"
	decisionPlace  = "decision/"
	eventPlace     = "event/"
	planPlace      = "plan/"
	handoverPlace  = "handover/"
)

// longestTab is how long the name of an open page may be.
const longestTab = 64

// saveText keeps a text that several pages may write at once; the caller has the case's lock. It says whether anything changed.
func (w work) saveText(ctx context.Context, tx models.DB, field string, s Save) (Saved, bool, error) {
	rows, err := w.copiesOf(ctx, tx, field)
	if err != nil {
		return Saved{}, false, err
	}
	if len(rows) == 0 {
		return w.saveNew(ctx, tx, textRow{Field: field, Copy: 1}, s)
	}
	row, ok := find(rows, func(r textRow) bool { return r.Copy == s.Copy })
	if !ok {
		row = rows[0] // the copy was made one with the first meanwhile
	}
	if ok && (row.Version == s.Version || mine(row, s)) {
		return w.saveOver(ctx, tx, row, s)
	}
	// Somebody else saved since. The same text typed twice is one; otherwise this page gets a copy of its own.
	for _, other := range rows {
		if same, err := w.says(other, s); err != nil || same {
			return Saved{Copy: other.Copy, Version: other.Version, At: other.WrittenAt, Beside: other.Copy > 1}, false, err
		}
	}
	if own, ok := find(rows, func(r textRow) bool { return r.Copy > 1 && mine(r, s) }); ok {
		saved, changed, err := w.saveOver(ctx, tx, own, s)
		saved.Beside = true
		return saved, changed, err
	}
	saved, changed, err := w.saveNew(ctx, tx, textRow{Field: field, Copy: rows[len(rows)-1].Copy + 1}, s)
	saved.Beside = changed
	return saved, changed, err
}

// mine says that the page which saves was the last to write the row, so that it overwrites nobody but itself.
func mine(row textRow, s Save) bool { return s.Tab != "" && row.Tab == s.Tab }

func (w work) saveNew(ctx context.Context, tx models.DB, row textRow, s Save) (Saved, bool, error) {
	if s.Text == "" {
		return Saved{Copy: 1}, false, nil
	}
	row.Mark, row.Tab, row.TabCount = s.Mark, s.Tab, s.Count
	err := w.insertText(ctx, tx, row, s.Text)
	return Saved{Copy: row.Copy, Version: 1, At: tx.Now()}, true, err
}

func (w work) saveOver(ctx context.Context, tx models.DB, row textRow, s Save) (Saved, bool, error) {
	stands := Saved{Copy: row.Copy, Version: row.Version, At: row.WrittenAt}
	if mine(row, s) && s.Count < row.TabCount {
		return stands, false, nil // a save that was overtaken on its way
	}
	if same, err := w.says(row, s); err != nil || same {
		return stands, false, err
	}
	row, err := w.replaceText(ctx, tx, row, s.Mark, s.Tab, s.Count, s.Text)
	return Saved{Copy: row.Copy, Version: row.Version, At: tx.Now()}, true, err
}

// says tells whether a row already has the text and the mark.
func (w work) says(row textRow, s Save) (bool, error) {
	text, err := w.sealer.open(row.Sealed, row.place())
	return text == s.Text && row.Mark == s.Mark, err
}

func (w work) settleText(ctx context.Context, tx models.DB, field string, s Settled) error {
	rows, err := w.copiesOf(ctx, tx, field)
	if err != nil {
		return err
	}
	changed := len(rows) == 0 || len(rows) != len(s.Seen)
	for _, row := range rows {
		changed = changed || s.Seen[row.Copy] != row.Version
	}
	if changed {
		return models.Fail(models.KindConflict, "One of these texts changed meanwhile. What you typed is kept on this page; look at the texts again")
	}
	if _, err := w.replaceText(ctx, tx, rows[0], s.Mark, "", 0, s.Text); err != nil {
		return err
	}
	return w.deleteCopies(ctx, tx, field, len(rows)-1)
}

// texts are the opened texts of a case, by place; of a text with copies the first.
type texts map[string]string

// openTexts opens every text of a case.
func (w work) openTexts(rows []textRow) (texts, map[string][]Note, error) {
	all, notes := texts{}, map[string][]Note{}
	for _, row := range rows {
		text, err := w.sealer.open(row.Sealed, row.place())
		if err != nil {
			return nil, nil, err
		}
		if row.Copy == 1 {
			all[row.Field] = text
		}
		notes[row.Field] = append(notes[row.Field], Note{
			Copy: row.Copy, Version: row.Version, Text: text, Mark: row.Mark, WrittenBy: row.WrittenBy, WrittenAt: row.WrittenAt,
		})
	}
	return all, notes, nil
}

// numbered is the place of the n-th thing of a kind.
func numbered(place string, n int64) string { return place + strconv.FormatInt(n, 10) }

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
