package handlers

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"hub.salford.ac.uk/ssph/models"
)

func TestTypedDate_IsReadAsPeopleWriteIt(t *testing.T) {
	want := models.Date{Year: 2027, Month: time.January, Day: 4}
	for _, text := range []string{
		"4 January 2027", " 04  January  2027 ", "4 jan 2027", "Monday 4 January 2027", "Mon, 4 Jan 2027", "4/1/2027", "04/01/2027",
		"4.1.2027", "4-1-2027", "2027-01-04", "monday 4 JANUARY 2027",
	} {
		if got, ok := typedDate(text); !ok || got != want {
			t.Errorf("%q is %s, %v", text, got, ok)
		}
	}
	for _, text := range []string{
		"", "4", "January", "4 January", "31 February 2027", "29 February 2027", "Tuesday 4 January 2027", "Tue 4 Jan 2027", "1/13/2027",
		"4 January 27", "4/1/27", "0/1/2027", "4 January 1899", "4 January 3000", "2027-1-4x", "tomorrow", "4 January 2027 9:30am",
	} {
		if got, ok := typedDate(text); ok {
			t.Errorf("%q is taken as %s", text, got)
		}
	}
}

// Whatever day we write, we read back.
func TestTypedDate_ReadsEveryDayWeWrite(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := (models.Date{Year: 1900, Month: time.January, Day: 1}).AddDays(rapid.IntRange(0, 401_000).Draw(t, "days"))
		for _, text := range []string{day.String(), day.Long(), day.ISO()} {
			if got, ok := typedDate(text); !ok || got != day {
				t.Fatalf("%q is %s, %v", text, got, ok)
			}
		}
	})
}

func FuzzTypedDate(f *testing.F) {
	for _, seed := range []string{"14 January 2027", "Thu 14 Jan 2027", "14/1/2027", "2027-01-14", "", "day", "abc", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		day, ok := typedDate(text)
		if !ok {
			return
		}
		if again, ok := typedDate(day.String()); !ok || again != day {
			t.Errorf("%q is %s, which is read as %s, %v", text, day, again, ok)
		}
	})
}
