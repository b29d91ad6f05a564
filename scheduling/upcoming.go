package scheduling

import (
	"context"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// Filter narrows the public list of sessions. The zero Filter narrows nothing.
type Filter struct {
	Format      Format      // empty: both
	Month       models.Date // any day of the month in which the session begins; zero: every month
	Town        string      // exactly as Towns lists it; leaves online sessions out
	Length      Length
	StepFree    bool // rooms must be step-free; rules out no online session
	HearingLoop bool // rooms must have a hearing loop; rules out no online session
	Captions    bool // sessions with captions only
}

// Length is how a session is spread over days.
type Length string

// The two lengths a person may ask for.
const (
	OneDay      Length = "one-day"
	SeveralDays Length = "several-days" // two half-days, for one
)

// mostUpcoming bounds the public list. The Hub runs some fifty sessions a year.
const mostUpcoming = 200

// Upcoming lists the sessions that anybody may book or could have booked: open access, published and not started, in order of
// their start, at most 200. Whether a place is left is not asked. Join links are left out. It takes the same number of queries for
// any number of sessions.
func Upcoming(ctx context.Context, db models.DB, f Filter) ([]Session, error) {
	query := f.narrow(upcomingQuery(ctx, db)).Order("f.starts_at, s.id").Limit(mostUpcoming)
	found, err := readSessions(ctx, db, query)
	if err != nil {
		return nil, err
	}
	kept := make([]Session, 0, len(found))
	for _, s := range found {
		if f.Length == "" || f.Length == s.spread() {
			s.JoinLink = ""
			kept = append(kept, s)
		}
	}
	return kept, nil
}

func (s Session) spread() Length {
	if s.FirstDay() == s.LastDay() {
		return OneDay
	}
	return SeveralDays
}

// Months lists the months in which an upcoming public session begins, each as its first day, in order.
func Months(ctx context.Context, db models.DB) ([]models.Date, error) {
	starts, err := upcomingStarts(ctx, db)
	if err != nil {
		return nil, err
	}
	var months []models.Date
	for _, start := range starts {
		if month := MonthOf(models.DateOf(start)); len(months) == 0 || months[len(months)-1] != month {
			months = append(months, month)
		}
	}
	return months, nil
}

// Towns lists the towns of upcoming public face-to-face sessions, each once, by name.
func Towns(ctx context.Context, db models.DB) ([]string, error) { return upcomingTowns(ctx, db) }

// MonthOf is the first day of the day's month.
func MonthOf(d models.Date) models.Date { return models.Date{Year: d.Year, Month: d.Month, Day: 1} }

// MonthName writes the month of a day: January 2027.
func MonthName(d models.Date) string { return noonOf(d).Format("January 2006") }

// MonthCode writes the month of a day as addresses do: 2027-01.
func MonthCode(d models.Date) string { return noonOf(d).Format("2006-01") }

// ParseMonth reads 2027-01 and returns its first day.
func ParseMonth(s string) (models.Date, error) {
	t, err := time.Parse("2006-01", s)
	if err != nil {
		return models.Date{}, models.Invalid("month", "Choose a month from the list").Because(err)
	}
	return models.Date{Year: t.Year(), Month: t.Month(), Day: 1}, nil
}

// nextMonth is the first day of the month after the day's.
func nextMonth(d models.Date) models.Date { return MonthOf(MonthOf(d).AddDays(31)) }
