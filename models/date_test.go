package models_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"hub.salford.ac.uk/ssph/models"
)

// In summer London is an hour ahead of UTC: 23:30 UTC on 30 June is already 1 July there.
func TestDateOf_IsTheLondonDay(t *testing.T) {
	for instant, want := range map[time.Time]string{
		time.Date(2027, 6, 30, 23, 30, 0, 0, time.UTC): "2027-07-01",
		time.Date(2027, 1, 14, 23, 59, 0, 0, time.UTC): "2027-01-14",
		time.Date(2027, 3, 28, 0, 30, 0, 0, time.UTC):  "2027-03-28",
	} {
		if got := models.DateOf(instant).ISO(); got != want {
			t.Errorf("%s is on %s, want %s", instant, got, want)
		}
	}
}

func TestDate_Words(t *testing.T) {
	d := models.Date{Year: 2027, Month: time.January, Day: 14}
	if d.String() != "14 January 2027" || d.Long() != "Thursday 14 January 2027" || d.ISO() != "2027-01-14" || (models.Date{}).String() != "" {
		t.Errorf("%s, %s, %s", d, d.Long(), d.ISO())
	}
	for instant, want := range map[time.Time]string{
		d.At(9, 30): "9:30am", d.At(13, 0): "1pm", d.At(0, 0): "12am", d.At(12, 5): "12:05pm", d.At(16, 30): "4:30pm",
	} {
		if got := models.ClockTime(instant); got != want {
			t.Errorf("%s reads %s, want %s", instant, got, want)
		}
	}
}

// 9:30am in London is 9:30 UTC in winter and 8:30 UTC in summer.
func TestDate_AtFollowsTheClockChange(t *testing.T) {
	before, after := models.Date{Year: 2027, Month: 3, Day: 23}.At(9, 30), models.Date{Year: 2027, Month: 3, Day: 30}.At(9, 30)
	if before.Hour() != 9 || after.Hour() != 8 || models.ClockTime(before) != models.ClockTime(after) {
		t.Errorf("%s, %s", before, after)
	}
}

func TestDate_DaysCountWholeDaysOverClockChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := models.Date{Year: 2026, Month: 1, Day: 1}.AddDays(rapid.IntRange(0, 4000).Draw(t, "start"))
		n := rapid.IntRange(-1000, 1000).Draw(t, "days")
		e := d.AddDays(n)
		if d.DaysUntil(e) != n || e.AddDays(-n) != d || d.Before(e) != (n > 0) {
			t.Fatalf("%s and %d days is %s, back %s", d, n, e, e.AddDays(-n))
		}
	})
}

func TestParseDate_TakesRealDaysOnly(t *testing.T) {
	if d, err := models.ParseDate("2028-02-29"); err != nil || d.Day != 29 {
		t.Errorf("%s, %v", d, err)
	}
	for _, text := range []string{"", "2027-02-29", "2027-13-01", "14/01/2027", "2027-1-4", "tomorrow"} {
		if d, err := models.ParseDate(text); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%q was taken for %s: %v", text, d, err)
		}
	}
}
