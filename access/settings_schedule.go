package access

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hub.salford.ac.uk/ssph/models"
)

// SettingSubject is how the audit names a value of a setting.
const SettingSubject = "setting"

// SettingValue is one value of a setting and the London day from which it counts.
type SettingValue struct {
	ID    int64
	Name  string // "payment_terms_days"
	Note  string // what it is, in words: "Days to pay an invoice"
	Value string
	From  models.Date
}

// Words is the value with what it counts: "60 minutes", "1 person". A value that is no number stands as it is.
func (v SettingValue) Words() string { return v.With(v.Value) }

// With writes another value of the setting so.
func (v SettingValue) With(value string) string {
	n, err := strconv.Atoi(value)
	i := slices.Index(figureNames(), v.Name)
	switch {
	case err != nil || i < 0:
		return value
	case new(Settings).figures()[i].unit != "person":
		return models.Count(n, new(Settings).figures()[i].unit)
	case n == 1:
		return "1 person"
	}
	return strconv.Itoa(n) + " people"
}

func (r settingRow) read() SettingValue {
	return SettingValue{ID: r.ID, Name: r.Name, Note: strings.ReplaceAll(r.Note, "'", "’"), Value: r.Value, From: r.EffectiveFrom}
}

// NewSetting is a value that the office enters, as it was typed.
type NewSetting struct {
	Name  string
	Value string
	From  models.Date
}

// SettingValues reads every value of the settings that the office may change, past, present and to come, in the order in which they
// are read and by day.
func SettingValues(ctx context.Context, db models.DB, actor Actor) ([]SettingValue, error) {
	if err := actor.Require(RoleOffice); err != nil {
		return nil, err
	}
	rows, err := settingRows(ctx, db, figureNames())
	values := make([]SettingValue, len(rows))
	for i, r := range rows {
		values[i] = r.read()
	}
	names := figureNames()
	slices.SortStableFunc(values, func(a, b SettingValue) int { return slices.Index(names, a.Name) - slices.Index(names, b.Name) })
	return values, err
}

func figureNames() (names []string) {
	for _, f := range new(Settings).figures() {
		names = append(names, f.name)
	}
	return names
}

// CheckSetting refuses what ScheduleSetting refuses, with fields "figure", "value" and "from", and writes nothing. It returns the
// value that counts on that day without the new one, and the first day of the one that follows, or no day.
func CheckSetting(ctx context.Context, db models.DB, actor Actor, n NewSetting) (stands SettingValue, next models.Date, err error) {
	rows, err := checkSetting(ctx, db, actor, n)
	if err != nil {
		return stands, next, err
	}
	for _, r := range rows {
		switch {
		case r.Name != n.Name:
		case r.EffectiveFrom == n.From:
			return stands, next, settingTaken(r)
		case r.EffectiveFrom.Before(n.From):
			stands = r.read()
		case next.IsZero():
			next = r.EffectiveFrom
		}
	}
	if stands.Value == n.Whole() {
		return stands, next, models.Invalid("value", "It is %s on %s already", stands.Value, n.From)
	}
	return stands, next, nil
}

// ScheduleSetting enters a value of a setting from a day on: today or later, one for each day, within the bounds of the setting,
// and such that all settings go together on every day to come. The same value entered again changes nothing. Errors: forbidden;
// invalid.
func ScheduleSetting(ctx context.Context, tx models.DB, actor Actor, n NewSetting) error {
	if err := lockSettings(ctx, tx); err != nil { // two that go together are changed one after the other
		return err
	}
	rows, err := checkSetting(ctx, tx, actor, n)
	if err != nil {
		return err
	}
	row := settingRow{Name: n.Name, Value: n.Whole(), EffectiveFrom: n.From}
	for _, r := range rows {
		if r.Name != n.Name {
			continue
		}
		row.Note = r.Note
		if r.EffectiveFrom == n.From {
			if r.Value == row.Value {
				return nil
			}
			return settingTaken(r)
		}
	}
	if err := insertSetting(ctx, tx, &row); err != nil {
		return fmt.Errorf("enter a setting: %w", err)
	}
	return Record(ctx, tx, actor, Entry{
		Action: "tariff entered", SubjectKind: SettingSubject, SubjectID: row.ID,
		Detail: map[string]any{"words": row.Note + ": " + row.Value, "effective_from": row.EffectiveFrom.ISO()},
	})
}

func settingTaken(r settingRow) error {
	return models.Invalid("from", "A value from %s stands already: %s. Choose another day, or take that entry back while its day is to come",
		r.EffectiveFrom, r.Value)
}

// Whole is the value as a whole number is written, or as it was typed when it is none.
func (n NewSetting) Whole() string {
	if v, err := strconv.Atoi(strings.ReplaceAll(n.Value, ",", "")); err == nil {
		return strconv.Itoa(v)
	}
	return n.Value
}

// checkSetting judges a new value by itself and together with all the others, and returns the rows there are.
func checkSetting(ctx context.Context, db models.DB, actor Actor, n NewSetting) ([]settingRow, error) {
	if err := actor.Require(RoleOffice); err != nil {
		return nil, err
	}
	if err := n.check(db.Today()); err != nil {
		return nil, err
	}
	rows, err := settingRows(ctx, db, figureNames())
	if err != nil {
		return nil, err
	}
	then := append(append([]settingRow{}, rows...), settingRow{Name: n.Name, Value: n.Whole(), EffectiveFrom: n.From})
	return rows, together(then, n.From, "value")
}

func (n NewSetting) check(today models.Date) error {
	var found models.Problems
	known := false
	for _, f := range new(Settings).figures() {
		if f.name != n.Name {
			continue
		}
		known = true
		if v, err := strconv.Atoi(n.Whole()); err != nil || v < f.least || v > f.most {
			found.Add("value", "Enter a whole number from %d to %d", f.least, f.most)
		}
	}
	if !known {
		found.Add("figure", "Choose which figure to change")
	}
	if n.From.Before(today) {
		found.Add("from", "The first day must be today, %s, or later", today)
	}
	return found.Err()
}

// together refuses rows that would not go together on some day from the day given on, beside the field given.
func together(rows []settingRow, from models.Date, field string) error {
	days := []models.Date{from}
	for _, r := range rows {
		if from.Before(r.EffectiveFrom) {
			days = append(days, r.EffectiveFrom)
		}
	}
	for _, day := range days {
		s, wrong := readFigures(valuesOn(rows, day))
		if len(wrong) > 0 {
			return fmt.Errorf("settings on %s: %s", day.ISO(), strings.Join(wrong, "; "))
		}
		if s.GroupLeast > s.GroupMost {
			return models.Invalid(field, "On %s an own group would be of %d people or more and of %d or fewer. Change the other figure first",
				day, s.GroupLeast, s.GroupMost)
		}
	}
	return nil
}
