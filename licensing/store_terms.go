package licensing

import (
	"context"
	"fmt"
	"strconv"

	"hub.salford.ac.uk/ssph/models"
)

// The settings that say how long things last.
const (
	settingYears  = "licence_years"
	settingGrace  = "grace_days"
	settingNotice = "expiring_days"
)

// termRow is a value of a setting and the London day from which it counts. access owns the table.
type termRow struct {
	Name          string
	Value         string
	EffectiveFrom models.Date
}

// termBook are all values the lengths ever had or will have, oldest first.
type termBook []termRow

func loadTerms(ctx context.Context, db models.DB) (termBook, error) {
	var book termBook
	err := db.SQL(ctx).Raw("SELECT name, value, effective_from FROM settings WHERE name IN ? ORDER BY effective_from",
		[]string{settingYears, settingGrace, settingNotice}).Scan(&book).Error
	return book, models.Translate(err)
}

// on are the terms in force on a day. A value that is missing or makes no sense is an error: the program does not guess.
func (b termBook) on(day models.Date) (Terms, error) {
	var t Terms
	for _, figure := range []struct {
		name        string
		into        *int
		least, most int
	}{{settingYears, &t.Years, 1, 10}, {settingGrace, &t.GraceDays, 0, 365}, {settingNotice, &t.NoticeDays, 0, 365}} {
		value := ""
		for _, row := range b {
			if row.Name == figure.name && !day.Before(row.EffectiveFrom) {
				value = row.Value
			}
		}
		n, err := strconv.Atoi(value)
		if err != nil || n < figure.least || n > figure.most {
			return Terms{}, fmt.Errorf("setting %s is %q on %s, and must be a whole number from %d to %d",
				figure.name, value, day.ISO(), figure.least, figure.most)
		}
		*figure.into = n
	}
	return t, nil
}
