package templates

import (
	"strconv"

	"hub.salford.ac.uk/ssph/models"
)

// HomePage is pages/home.html.
type HomePage struct {
	Page
	Statement  string // the accreditation sentence in the hero; empty outside its dates
	OpenFace   models.Pence
	OpenOnline models.Pence
	OwnFace    models.Pence // a group
	OwnOnline  models.Pence
	VATRate    models.Percent
	Next       []Session // the next three or so
	DatesCount int       // all open dates, for the link beside them
}

// SessionsPage is pages/sessions.html.
type SessionsPage struct {
	Page
	Filter    SessionFilter
	Count     int // dates with room, over all pages
	Room      int // places asked for, when every date shown has them; 0 otherwise
	Months    []SessionMonth
	Pages     Pages
	GroupFrom models.Pence // the lowest price of an own group, before VAT
}

// SessionMonth is a heading with the sessions that begin in that month.
type SessionMonth struct {
	Name     string // "January 2027"
	Sessions []Session
}

// SessionFilter is what was asked of the list, as typed, and what can be asked.
type SessionFilter struct {
	Formats []string // "face-to-face", "online"; empty means both
	People  string   // places needed, as typed
	Month   string   // "2027-01"; empty means any
	Town    string   // empty means any
	Lengths []string // "one-day", "several-days"; empty means both
	Access  []string // "step-free", "hearing-loop", "captions": all that are ticked must be there
	Months  []Choice
	Towns   []string
}

// Choice is one line of a select.
type Choice struct {
	Value string
	Label string
}

// Places is the number asked for, or 0 when none or nonsense was typed.
func (f SessionFilter) Places() int {
	n, err := strconv.Atoi(f.People)
	if err != nil || n < 1 {
		return 0
	}
	return n
}

// Line says in one line what is set: "3 places, face to face or online". It stands on the folded filter of a phone.
func (f SessionFilter) Line() string {
	var words []string
	if n := f.Places(); n > 0 {
		words = append(words, plural(n, "place", "places"))
	}
	switch {
	case len(f.Formats) == 1:
		words = append(words, lowerFirst(FormatWords(f.Formats[0])))
	default:
		words = append(words, "face to face or online")
	}
	if len(f.Lengths) == 1 {
		words = append(words, lengthWords(f.Lengths[0]))
	}
	words = append(words, f.monthLabel(), f.Town)
	for _, need := range f.Access {
		words = append(words, accessWords(need))
	}
	return joinNonEmpty(words...)
}

// Narrowed says that something but the formats is set: then "Show all dates" is offered.
func (f SessionFilter) Narrowed() bool {
	return f.Places() > 0 || f.Month != "" || f.Town != "" || len(f.Formats) == 1 || len(f.Lengths) == 1 || len(f.Access) > 0
}

func (f SessionFilter) monthLabel() string {
	for _, m := range f.Months {
		if m.Value == f.Month {
			return m.Label
		}
	}
	return ""
}

// Ticked are the formats to show as ticked: both when none was chosen.
func (f SessionFilter) Ticked() []string {
	if len(f.Formats) == 0 {
		return []string{"face-to-face", "online"}
	}
	return f.Formats
}

// TickedLengths are the lengths to show as ticked: both when none was chosen.
func (f SessionFilter) TickedLengths() []string {
	if len(f.Lengths) == 0 {
		return []string{"one-day", "several-days"}
	}
	return f.Lengths
}

func lengthWords(length string) string {
	switch length {
	case "one-day":
		return "one day"
	case "several-days":
		return "two half-days"
	}
	return ""
}

func accessWords(need string) string {
	switch need {
	case "step-free", "captions":
		return need
	case "hearing-loop":
		return "hearing loop"
	}
	return ""
}

// SessionPage is pages/session.html.
type SessionPage struct {
	Page
	Session Session
	Address []string // the venue's address, line by line; empty online
	Travel  string   // how to get there and in; empty when nothing is known
	Ladder  []LadderRow
	Most    int       // places that can be booked at once: 9
	Others  []Session // other dates, shown when this one cannot be booked
}

// CoursePage is pages/course.html.
type CoursePage struct {
	Page
	Programme  *Accreditation // nil outside its dates
	OpenFace   models.Pence
	OpenOnline models.Pence
	Next       []Session
}

// Accreditation is a programme's accreditation on a day inside its dates.
type Accreditation struct {
	Statement     string // "This training programme is accredited by the Personalised Care Institute (PCI)."
	Reference     string
	From, To      models.Date
	Components    []string // the six components of personalised care
	Demonstration bool     // the reference and dates are invented until the Hub enters its own
}

// ToolPage is pages/tool.html.
type ToolPage struct {
	Page
}

// ErrorPage is pages/error.html: what happened, what it means, what to do.
type ErrorPage struct {
	Page
	Heading   string
	Lines     []string
	Reference string // to quote to the Hub; empty when there is nothing to look up
	Actions   []Action
	Crisis    []CrisisNumber // in the tool, where safety information is never hidden
	Typed     []TypedText    // in the tool: what was sent and could not be kept, to be copied
}
