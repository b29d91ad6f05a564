package scheduling

import (
	"strconv"
	"strings"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// sitting is what one day of a session amounts to, in the words a person would use.
type sitting string

const (
	wholeDay  sitting = "day"
	morning   sitting = "morning"
	afternoon sitting = "afternoon"
	evening   sitting = "evening"
	halfDay   sitting = "half-day"
)

// When a day is a whole one and which half another is, by the London clock.
const (
	halfDayMost      = 4 * time.Hour
	noon             = 12 * 60
	morningEndsBy    = 13*60 + 30
	eveningStartsNot = 17 * 60 // an afternoon starts before this minute of the day
)

// Length is how much of how many days the session takes: "one day", "two mornings", "two half-days", "one day and one half-day".
func (s Session) Length() string {
	var kinds []sitting
	for _, parts := range s.byDay() {
		kinds = append(kinds, sittingOf(parts[0].StartsAt, parts[len(parts)-1].EndsAt))
	}
	if len(kinds) == 0 {
		return ""
	}
	if allEqual(kinds) {
		return counted(len(kinds), string(kinds[0]))
	}
	whole := 0
	for _, k := range kinds {
		if k == wholeDay {
			whole++
		}
	}
	halves := counted(len(kinds)-whole, string(halfDay))
	if whole == 0 {
		return halves
	}
	return counted(whole, string(wholeDay)) + " and " + halves
}

// byDay groups the parts by London day.
func (s Session) byDay() [][]Part {
	var days [][]Part
	for i, p := range s.Parts {
		if i > 0 && p.Day() == s.Parts[i-1].Day() {
			days[len(days)-1] = append(days[len(days)-1], p)
			continue
		}
		days = append(days, []Part{p})
	}
	return days
}

func sittingOf(start, end time.Time) sitting {
	if end.Sub(start) > halfDayMost {
		return wholeDay
	}
	from, until := minuteOfDay(start), minuteOfDay(end)
	switch {
	case from < noon && until <= morningEndsBy && until > from:
		return morning
	case from >= eveningStartsNot:
		return evening
	case from >= noon:
		return afternoon
	}
	return halfDay
}

func minuteOfDay(t time.Time) int {
	l := t.In(models.London)
	return l.Hour()*60 + l.Minute()
}

func allEqual[T comparable](all []T) bool {
	for _, one := range all {
		if one != all[0] {
			return false
		}
	}
	return true
}

// counted writes a number in words with its thing: one day, two mornings, 12 half-days.
func counted(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return numberWord(n) + " " + thing
}

func numberWord(n int) string {
	words := strings.Fields("no one two three four five six seven eight nine ten")
	if n >= 0 && n < len(words) {
		return words[n]
	}
	return strconv.Itoa(n)
}
