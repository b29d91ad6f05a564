package templates

import (
	"strconv"
	"strings"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// SessionState says whether a session can be booked.
type SessionState string

// What a page says of a session. A full one keeps its row and points to other dates.
const (
	SessionOpen      SessionState = "open"
	SessionFull      SessionState = "full"
	SessionPast      SessionState = "past"
	SessionCancelled SessionState = "cancelled"
)

// Part is one sitting of a session.
type Part struct {
	Start, End time.Time // any zone: shown in London
}

// Session is what every page says of one session. Its methods are the words: they are the same on all pages.
type Session struct {
	Ref        string // as people see it, S-1042
	URL        string // the session's own page
	BookURL    string // where booking starts; empty when it cannot be booked
	Format     string // "face-to-face" or "online"
	Parts      []Part // in time order, at least one
	Trainers   []string
	Town       string // "Salford"; empty online
	Venue      string // "Frederick Road campus"; empty online
	Access     string // "step-free"; empty when nothing is known
	Joining    string // online: "By video call, link sent a week before"
	State      SessionState
	PlacesLeft int
	Net        models.Pence // one open-access place, before VAT
	Gross      models.Pence // the same with VAT
	VATRate    models.Percent
}

// Days are the London days of the parts.
func (s Session) Days() []models.Date {
	days := make([]models.Date, len(s.Parts))
	for i, p := range s.Parts {
		days[i] = models.DateOf(p.Start)
	}
	return days
}

// FirstDay is the London day of the first part; no day when there are no parts.
func (s Session) FirstDay() models.Date {
	if len(s.Parts) == 0 {
		return models.Date{}
	}
	return models.DateOf(s.Parts[0].Start)
}

// Online says that nobody has to travel.
func (s Session) Online() bool { return s.Format == "online" }

// What names the session without its date: "Face to face, Salford", "Online, two mornings", "Online, one day".
func (s Session) What() string {
	if !s.Online() {
		if s.Town == "" {
			return FormatWords(s.Format)
		}
		return FormatWords(s.Format) + ", " + s.Town
	}
	return "Online, " + s.length()
}

// length says how the day is cut: "one day", "two mornings", "three parts".
func (s Session) length() string {
	if len(s.Parts) <= 1 {
		return "one day"
	}
	const midday = 12
	mornings, afternoons := true, true
	for _, p := range s.Parts {
		start, end := p.Start.In(models.London), p.End.In(models.London)
		mornings = mornings && end.Hour() <= midday+1
		afternoons = afternoons && start.Hour() >= midday
	}
	unit := "parts"
	switch {
	case mornings:
		unit = "mornings"
	case afternoons:
		unit = "afternoons"
	}
	return numberWord(len(s.Parts)) + " " + unit
}

// Hours is "9:30am to 4:30pm", or "9:30am to 1pm on both days", or each day with its own hours.
func (s Session) Hours() string {
	if len(s.Parts) == 0 {
		return ""
	}
	first := hours(s.Parts[0])
	if len(s.Parts) == 1 {
		return first
	}
	lines := make([]string, len(s.Parts))
	same := true
	for i, p := range s.Parts {
		same = same && hours(p) == first
		lines[i] = models.DateOf(p.Start).Long() + ", " + hours(p)
	}
	if !same {
		return strings.Join(lines, "; ")
	}
	if len(s.Parts) == 2 {
		return first + " on both days"
	}
	return first + " on all " + numberWord(len(s.Parts)) + " days"
}

func hours(p Part) string { return models.ClockTime(p.Start) + " to " + models.ClockTime(p.End) }

// Times is the first line under a session's name: "9:30am to 4:30pm, one day, with Alan".
func (s Session) Times() string {
	words := []string{s.Hours()}
	if !s.Online() && len(s.Parts) == 1 {
		words = append(words, s.length())
	}
	if len(s.Trainers) > 0 {
		words = append(words, lowerFirst(s.With()))
	}
	return strings.Join(words, ", ")
}

// With is "With Alan", or nothing while there is no trainer.
func (s Session) With() string {
	if len(s.Trainers) == 0 {
		return ""
	}
	return "With " + joinWords(s.Trainers)
}

// Where is the second line: "Frederick Road campus, step-free", or how an online session is joined, and what the clocks do.
func (s Session) Where() string {
	if !s.Online() {
		return joinNonEmpty(s.Venue, s.Access)
	}
	if note := s.ClockNote(); note != "" {
		return strings.TrimSuffix(s.Joining, ".") + ". " + note
	}
	return s.Joining
}

// Place is "Frederick Road campus, Salford", or "Online, by video call".
func (s Session) Place() string {
	if s.Online() {
		return "Online, by video call"
	}
	return joinNonEmpty(s.Venue, s.Town)
}

func joinNonEmpty(words ...string) string {
	var kept []string
	for _, w := range words {
		if w != "" {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, ", ")
}

// ClockNote warns when the clocks change between the first and the last day; empty when they do not.
func (s Session) ClockNote() string {
	if len(s.Parts) < 2 {
		return ""
	}
	change, ok := clockChange(s.FirstDay(), models.DateOf(s.Parts[len(s.Parts)-1].Start))
	if !ok {
		return ""
	}
	start := models.ClockTime(s.Parts[0].Start)
	which := "all start"
	between := "Clocks change between the days, on "
	if len(s.Parts) == 2 {
		which, between = "both start", "Clocks change between the two days, on "
	}
	for _, p := range s.Parts {
		if models.ClockTime(p.Start) != start {
			return between + dayMonth(change) + ": all times are UK time"
		}
	}
	return between + dayMonth(change) + ": " + which + " at " + start + " UK time"
}

// clockChange finds the London day after first, up to last, on which the clocks change.
func clockChange(first, last models.Date) (models.Date, bool) {
	for d := first; d.Before(last); {
		next := d.AddDays(1)
		_, before := d.At(12, 0).In(models.London).Zone()
		_, after := next.At(12, 0).In(models.London).Zone()
		if before != after {
			return next, true
		}
		d = next
	}
	return models.Date{}, false
}

// Dates writes the days in full: "Thursday 14 January 2027", "Tuesday 26 January 2027 and Wednesday 27 January 2027".
func (s Session) Dates() string {
	words := make([]string, 0, len(s.Parts))
	for _, d := range s.Days() {
		words = append(words, d.Long())
	}
	return joinWords(words)
}

// Short names the days for a narrow place: "14 January", "26 and 27 January".
func (s Session) Short() string {
	days := s.Days()
	words := make([]string, 0, len(days))
	for i, d := range days {
		if i+1 < len(days) && days[i+1].Month == d.Month {
			words = append(words, strconv.Itoa(d.Day))
			continue
		}
		words = append(words, dayMonth(d))
	}
	return joinWords(words)
}

// Tag says how many places are left, or why there are none.
func (s Session) Tag() Tag {
	switch s.State {
	case SessionCancelled:
		return Tag{TagStop, "Cancelled"}
	case SessionPast:
		return Tag{TagQuiet, "Past"}
	case SessionFull:
		return PlacesTag(0)
	}
	return PlacesTag(s.PlacesLeft)
}

// Bookable says that the "Book" button stands in the row.
func (s Session) Bookable() bool {
	return s.Tag().Word != "Full" && s.State == SessionOpen && s.BookURL != ""
}

// Block is the date block with weekdays only, for lists under a month heading.
func (s Session) Block() DateBlock { return NewDateBlock(s.Days(), false) }

// MonthBlock is the date block that names the month too, for lists without month headings and for the sum.
func (s Session) MonthBlock() DateBlock { return NewDateBlock(s.Days(), true) }

func numberWord(n int) string {
	words := []string{"no", "one", "two", "three", "four", "five", "six"}
	if n < len(words) {
		return words[n]
	}
	return strconv.Itoa(n)
}
