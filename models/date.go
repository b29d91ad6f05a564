package models

import (
	"database/sql/driver"
	"fmt"
	"time"
	_ "time/tzdata" // Europe/London must be there on a bare machine
)

// London is where the Hub is: every date and time on a screen is read there.
var London = mustLoad("Europe/London")

func mustLoad(name string) *time.Location {
	l, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return l
}

// Date is a calendar day in Europe/London, without a time. The zero Date is no day.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf is the London day on which the instant falls.
func DateOf(t time.Time) Date {
	y, m, d := t.In(London).Date()
	return Date{y, m, d}
}

// ParseDate reads 2027-01-14.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, Fail(KindInvalid, "Enter a real date, like 14 January 2027").Because(err)
	}
	return Date{t.Year(), t.Month(), t.Day()}, nil
}

// IsZero says that there is no day.
func (d Date) IsZero() bool { return d == Date{} }

func (d Date) noonUTC() time.Time { return time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.UTC) }

// AddDays returns the day n days later, or earlier when n is negative.
func (d Date) AddDays(n int) Date {
	t := d.noonUTC().AddDate(0, 0, n)
	return Date{t.Year(), t.Month(), t.Day()}
}

// DaysUntil counts whole days from d to e; negative when e is before d. Clock changes do not matter.
func (d Date) DaysUntil(e Date) int {
	return int(e.noonUTC().Sub(d.noonUTC()).Hours() / 24)
}

// Before says that d is an earlier day than e.
func (d Date) Before(e Date) bool { return d.noonUTC().Before(e.noonUTC()) }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.noonUTC().Weekday() }

// At is the instant of a London clock time on that day, in UTC.
func (d Date) At(hour, minute int) time.Time {
	return time.Date(d.Year, d.Month, d.Day, hour, minute, 0, 0, London).UTC()
}

// ISO writes 2027-01-14.
func (d Date) ISO() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day) }

// String writes 14 January 2027, or nothing for no day.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.noonUTC().Format("2 January 2006")
}

// Long writes Thursday 14 January 2027: for any day on which somebody has to turn up.
func (d Date) Long() string { return d.noonUTC().Format("Monday 2 January 2006") }

// Value stores the day as 2027-01-14, and no day as NULL.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.ISO(), nil
}

// Scan reads a day from either database.
func (d *Date) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = Date{}
		return nil
	case time.Time:
		*d = Date{v.Year(), v.Month(), v.Day()}
		return nil
	case string:
		return d.scanText(v)
	case []byte:
		return d.scanText(string(v))
	}
	return fmt.Errorf("date from %T", src)
}

func (d *Date) scanText(s string) error {
	if len(s) > len(time.DateOnly) {
		s = s[:len(time.DateOnly)]
	}
	parsed, err := ParseDate(s)
	*d = parsed
	return err
}

// ClockTime writes a time of day in London as people say it: 9:30am, 1pm.
func ClockTime(t time.Time) string {
	l := t.In(London)
	if l.Minute() == 0 {
		return l.Format("3pm")
	}
	return l.Format("3:04pm")
}

// When writes a whole instant: 23 November 2026 at 10:42am.
func When(t time.Time) string { return DateOf(t).String() + " at " + ClockTime(t) }
