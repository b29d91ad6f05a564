package scheduling

import (
	"strings"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// TimeOfDay is a London clock time, to the minute.
type TimeOfDay struct{ Hour, Minute int }

// ParseTimeOfDay reads a time as people and browsers write it: 9:30am, 9.30 am, 1pm, 09:30, 16:30. It refuses everything else.
func ParseTimeOfDay(s string) (TimeOfDay, error) {
	text := strings.ReplaceAll(strings.ToLower(strings.Join(strings.Fields(s), "")), ".", ":")
	for _, layout := range []string{"3:04pm", "3pm", "15:04"} {
		if t, err := time.Parse(layout, text); err == nil {
			return TimeOfDay{t.Hour(), t.Minute()}, nil
		}
	}
	return TimeOfDay{}, models.Fail(models.KindInvalid, "Enter a time, like 9:30am")
}

// String writes the time as people say it: 9:30am.
func (c TimeOfDay) String() string {
	return models.ClockTime(models.Date{Year: 2027, Month: time.January, Day: 14}.At(c.Hour, c.Minute))
}

// HTML writes the time as a browser's time field does: 09:30.
func (c TimeOfDay) HTML() string {
	return time.Date(2027, time.January, 14, c.Hour, c.Minute, 0, 0, time.UTC).Format("15:04")
}

// on is the instant of the clock time on a London day. It is false when the clocks change around then, so that the time does
// not happen, or happens twice.
func (c TimeOfDay) on(day models.Date) (time.Time, bool) {
	at := day.At(c.Hour, c.Minute)
	shows := func(t time.Time) bool {
		l := t.In(models.London)
		return models.DateOf(t) == day && l.Hour() == c.Hour && l.Minute() == c.Minute
	}
	return at, shows(at) && !shows(at.Add(time.Hour)) && !shows(at.Add(-time.Hour))
}
