package templates

import "hub.salford.ac.uk/ssph/models"

// TrainerPage is pages/trainer.html: what a trainer has to do, and their sessions as a diary or, when over, as a list. There is
// nothing about money on it.
type TrainerPage struct {
	Page
	Heading string
	Tied    bool // the person signed in is one of the trainers in the diary
	Tabs    []OfficeTab
	ToDo    []ToDo
	Months  []DiaryMonth
	Past    bool
	Rows    []OfficeSessionRow // past sessions
	Pages   Pages
}

// DiaryMonth is a month of the diary: a grid of weeks on a wide screen, a list of the days with sessions on a phone.
type DiaryMonth struct {
	Name  string // "January 2027"
	First int    // the weekday of its first day: 1 for Monday
	Days  []DiaryDay
}

// DiaryDay is one day of a month.
type DiaryDay struct {
	Date    models.Date
	Today   bool
	Weekend bool
	Events  []DiaryEvent
}

// Weekday is the day's weekday in three letters.
func (d DiaryDay) Weekday() string { return d.Date.Weekday().String()[:3] }

// EventLook is the colour of an event in the diary.
type EventLook string

// The looks: leaf, blue, berry, and a dashed edge.
const (
	EventFace     EventLook = "face"
	EventOnline   EventLook = "online"
	EventOwnGroup EventLook = "own"
	EventDraft    EventLook = "draft"
)

// DiaryEvent is one part of a session on its day.
type DiaryEvent struct {
	URL   string
	Look  EventLook
	Title string // "Salford, part 1 of 2"
	Line  string // "9:30am to 1pm"
	Taken int
	Of    int
}

// TrainerSessionPage is pages/trainer-session.html: a session for its own trainers and the office.
type TrainerSessionPage struct {
	Page
	Back      Action
	Session   OfficeSessionRow
	Block     DateBlock
	Facts     []SummaryRow
	JoinLink  string // empty when it is still to come, and face to face
	MoveURL   string // empty when it can no longer be moved
	Registers []RegisterLine
	Complete  *CompleteLine // nil while there is no register
	People    []TrainerPerson
	Unnamed   int
	CatchUps  []string // who is here for one part only: "Ben Rowley, part 2"
	Draft     bool
}

// RegisterLine is the register of one part, in short.
type RegisterLine struct {
	Name   string // "Part 1, Tuesday 26 January 2027"
	Times  string
	Line   string // "4 of 12 marked. 3 here, 1 absent.", or when it opens
	Action Action
}

// CompleteLine says how far a session is from being completed.
type CompleteLine struct {
	Ready    bool
	Early    bool // the day has come, but it is not nearly over
	URL      string
	Sentence string // what is still to do, or what was done and when
	Done     bool
	UndoURL  string // empty when it can no longer be undone
}

// TrainerPerson is a person on a session.
type TrainerPerson struct {
	Name         string
	Organisation string
	State        *Tag // nil until something is known
	Note         string
}

// MovePage is pages/trainer-move.html. Its form posts the fields of the parts, and "venue" or "join-link".
type MovePage struct {
	Page
	URL     string
	Back    Action
	Session OfficeSessionRow
	Online  bool
	Trainer string // all of them
	Told    int    // people who get an updated invitation
	Form    NewSessionFields
	Venues  []Choice
}
