package scheduling

import (
	"strings"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// TimesLine is the session's London clock times: "9:30am to 4:30pm", "9:30am to 1pm on both days", or, where the days differ,
// "9:30am to 1pm on Tuesday 26 January, 1:30pm to 5pm on Wednesday 27 January".
func (s Session) TimesLine() string {
	days := s.byDay()
	lines := make([]string, 0, len(days))
	for _, parts := range days {
		lines = append(lines, timesOf(parts))
	}
	switch {
	case len(lines) == 0:
		return ""
	case len(lines) == 1:
		return lines[0]
	case allEqual(lines) && len(lines) == 2:
		return lines[0] + " on both days"
	case allEqual(lines):
		return lines[0] + " on all " + numberWord(len(lines)) + " days"
	}
	for i := range lines {
		lines[i] += " on " + weekdayAndDay(days[i][0].Day())
	}
	return strings.Join(lines, ", ")
}

// timesOf writes the parts of one day: 9:30am to 12pm and 1pm to 4pm.
func timesOf(parts []Part) string {
	times := make([]string, 0, len(parts))
	for _, p := range parts {
		times = append(times, p.Times())
	}
	return listed(times)
}

// ClockChangeNote says that the clocks change between two days of the session and that its times are London times all the same:
// "Clocks change between the two days, on 28 March: both start at 9:30am UK time". It is empty when they do not.
func (s Session) ClockChangeNote() string {
	days := s.byDay()
	for i := 1; i < len(days); i++ {
		change, found := clockChange(days[i-1][0].Day(), days[i][0].Day())
		if !found {
			continue
		}
		between := "the two days"
		if len(days) > 2 {
			between = "the days"
		}
		return "Clocks change between " + between + ", on " + change + ": " + startsLine(days)
	}
	return ""
}

func startsLine(days [][]Part) string {
	starts := make([]string, 0, len(days))
	for _, parts := range days {
		starts = append(starts, models.ClockTime(parts[0].StartsAt))
	}
	switch {
	case !allEqual(starts):
		return "all times are UK time"
	case len(days) == 2:
		return "both start at " + starts[0] + " UK time"
	}
	return "all start at " + starts[0] + " UK time"
}

// clockChange finds the day after from, up to and including until, whose noon has another distance from UTC than the noon
// before it: the clocks changed in the night between.
func clockChange(from, until models.Date) (day string, found bool) {
	for d := from; d.Before(until); d = d.AddDays(1) {
		if next := d.AddDays(1); offsetAtNoon(d) != offsetAtNoon(next) {
			return dayAndMonth(next), true
		}
	}
	return "", false
}

func offsetAtNoon(d models.Date) int {
	_, seconds := d.At(12, 0).In(models.London).Zone()
	return seconds
}

func dayAndMonth(d models.Date) string { return noonOf(d).Format("2 January") }

func weekdayAndDay(d models.Date) string { return noonOf(d).Format("Monday 2 January") }

func noonOf(d models.Date) time.Time { return d.At(12, 0).In(models.London) }

// listed joins names as a sentence does: Alan; Alan and Rowan; Alan, Rowan and Sam.
func listed(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
