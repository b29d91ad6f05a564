package billing

import (
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// LadderRow is one row of "If your plans change": until when, what it costs and what comes back.
type LadderRow struct {
	From models.Date // first day of notice; no day on the first row
	To   models.Date // last day of notice; no day on the last row
	When string      // "Up to 17 December 2026", "18 to 31 December 2026", "From 1 January 2027, or no-show"
	Fee  models.Percent
	Pay  string       // "Nothing", "50%"
	Back models.Pence // what is paid back of the gross price of one place
}

// Rows writes the ladder out for a first part on a day and the gross price of one place.
func (l Ladder) Rows(firstPart models.Date, gross models.Pence) []LadderRow {
	var rows []LadderRow
	for i, s := range l {
		r := LadderRow{Fee: s.Fee, Pay: s.Fee.String(), Back: gross - s.Fee.Of(gross)}
		if s.Fee == 0 {
			r.Pay = "Nothing"
		}
		if i > 0 {
			r.From = firstPart.AddDays(1 - l[i-1].Days)
		}
		if i < len(l)-1 {
			r.To = firstPart.AddDays(-s.Days)
		}
		r.When = period(r.From, r.To)
		rows = append(rows, r)
	}
	return rows
}

// period writes days of notice as people say them; an open beginning or end is no day.
func period(from, to models.Date) string {
	switch {
	case from.IsZero() && to.IsZero():
		return "Any day, or no-show"
	case from.IsZero():
		return "Up to " + to.String()
	case to.IsZero():
		return "From " + from.String() + ", or no-show"
	case from == to:
		return from.String()
	case from.Year != to.Year:
		return from.String() + " to " + to.String()
	case from.Month != to.Month:
		return fmt.Sprintf("%d %s to %s", from.Day, from.Month, to)
	}
	return fmt.Sprintf("%d to %s", from.Day, to)
}
