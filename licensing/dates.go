package licensing

import (
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// LastDay is the last day, inclusive, of n years that begin on the anchor: the same calendar day n years on, and 28 February
// where that year has no 29th. It is counted from the anchor, not from the year before, so that a licence that began on 29
// February 2028 runs to 28 February 2029 and, renewed three times, to 29 February 2032.
func LastDay(anchor models.Date, n int) models.Date {
	last := models.Date{Year: anchor.Year + n, Month: anchor.Month, Day: anchor.Day}
	if last.AddDays(0) != last { // the calendar has no such day
		last.Day = 28
	}
	return last
}

// EndsAt is the instant, in UTC, at which a last day is over: the next midnight in London. The instant itself is outside.
func EndsAt(last models.Date) time.Time { return last.AddDays(1).At(0, 0) }

// Chain lists the periods of a licence that begins on a day and is renewed so many times, a year each.
func Chain(from models.Date, renewals int) []Period {
	var l Licence
	for range renewals + 1 {
		l.Periods = append(l.Periods, l.Next(from, Terms{Years: 1}))
	}
	return l.Periods
}
