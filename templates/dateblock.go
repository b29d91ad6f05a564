package templates

import (
	"strconv"
	"strings"

	"hub.salford.ac.uk/ssph/models"
)

// DateBlock is the soft square at the left of a session: its day or days, large, and the weekdays under them.
type DateBlock struct {
	Days  string // "14" or "26, 27"
	Under string // "Thu", "Tue, Wed", "Thu Jan"
	Many  bool   // more than one day: drawn smaller
	Full  string // the whole date for a screen reader: "Thursday 14 January 2027"
}

// NewDateBlock draws the days of a session; with month, the month stands under them too.
func NewDateBlock(days []models.Date, month bool) DateBlock {
	var numbers, weekdays, full []string
	months := ""
	for i, d := range days {
		numbers = append(numbers, strconv.Itoa(d.Day))
		weekdays = append(weekdays, d.Weekday().String()[:3])
		full = append(full, d.Long())
		if short := d.Month.String()[:3]; i == 0 {
			months = short
		} else if d.Month != days[i-1].Month {
			months += ", " + short
		}
	}
	under := strings.Join(weekdays, ",\u00a0") // the weekdays stay on one line, the month may go under them
	if month {
		under += " " + months
	}
	return DateBlock{Days: strings.Join(numbers, ", "), Under: under, Many: len(days) > 1, Full: joinWords(full)}
}
