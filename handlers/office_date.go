package handlers

import (
	"strings"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// typedDate reads a day as people in Britain write it: 14 January 2027, Thursday 14 Jan 2027, 14/1/2027, 14.01.2027, and as
// machines do, 2027-01-14. A weekday must be the right one. Everything else is not a day.
func typedDate(text string) (models.Date, bool) {
	text = strings.Join(strings.Fields(strings.ReplaceAll(text, ",", " ")), " ")
	if day, err := models.ParseDate(text); err == nil {
		return inReach(day)
	}
	for _, layout := range []string{
		"2 January 2006", "2 Jan 2006", "Monday 2 January 2006", "Monday 2 Jan 2006", "Mon 2 January 2006", "Mon 2 Jan 2006",
		"2/1/2006", "2.1.2006", "2-1-2006",
	} {
		if t, err := time.Parse(layout, text); err == nil {
			return weekdayRight(text, models.Date{Year: t.Year(), Month: t.Month(), Day: t.Day()})
		}
	}
	return models.Date{}, false
}

// weekdayRight refuses a day whose weekday was written wrongly: one of the two is a slip.
func weekdayRight(text string, day models.Date) (models.Date, bool) {
	first, _, _ := strings.Cut(strings.ToLower(text), " ")
	right := strings.ToLower(day.Weekday().String())
	if strings.HasSuffix(first, "day") && first != right || len(first) == 3 && first[0] >= 'a' && first != right[:3] {
		return models.Date{}, false
	}
	return inReach(day)
}

// inReach refuses years that both databases would not keep alike.
func inReach(day models.Date) (models.Date, bool) {
	const first, last = 1900, 2999
	return day, day.Year >= first && day.Year <= last
}
