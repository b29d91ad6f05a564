package tool

import (
	"slices"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// Level says how soon a flag must be acted on.
type Level string

// The three levels.
const (
	Red   Level = "red"   // act now
	Amber Level = "amber" // advice within days
	Basic Level = "basic" // a practical need
)

// Lock is what an open flag keeps from going on.
type Lock string

// What a flag may lock.
const (
	LocksMatching Lock = "matching" // finding a fit, until what was done is recorded
	LocksPhysical Lock = "physical" // activities that ask much of the body, until a decision is recorded
	LocksPlan     Lock = "plan"     // making the plan, until a decision is recorded
	LocksNothing  Lock = "none"
)

// physicalMuch is from where an activity asks much of the body.
const physicalMuch Answer = 2

// FlagKind is a flag of the pack: an observable statement and what to do.
type FlagKind struct {
	Code     string `json:"code"`
	Level    Level  `json:"level"`
	Noticed  string `json:"noticed"`
	Card     Card   `json:"card"`
	Locks    Lock   `json:"locks"`
	EasyRead string `json:"easy_read"`
}

// Card says what to do about a flag, by when, with which numbers, and what to write down.
type Card struct {
	Do       []string `json:"do"`
	By       Due      `json:"by"`
	Contacts []string `json:"contacts"` // codes of the crisis panel
	Record   []string `json:"record"`
}

// Due is by when a card must be done.
type Due string

// The times a card may give.
const (
	DueNow        Due = "now"
	DueSameDay    Due = "same-day"
	DueNextDay    Due = "next-day"
	DueOneDay     Due = "1-working-day"
	DueTwoDays    Due = "2-working-days"
	DueBeforePlan Due = "before-plan"
)

const (
	endOfDay       = 17 // o'clock in London, by when a day's work is done
	nowMeansWithin = time.Hour
)

// Words is the time as the card says it.
func (d Due) Words() string {
	switch d {
	case DueNow:
		return "now"
	case DueSameDay:
		return "today"
	case DueNextDay:
		return "by tomorrow"
	case DueOneDay:
		return "within 1 working day"
	case DueTwoDays:
		return "within 2 working days"
	case DueBeforePlan:
	}
	return "before the plan"
}

// At is the instant by which it must be done when it was noticed then; zero when it has no time of its own. A time that has passed
// on the same day is the moment itself.
func (d Due) At(noticed time.Time) time.Time {
	day := models.DateOf(noticed)
	switch d {
	case DueNow:
		return noticed.Add(nowMeansWithin)
	case DueSameDay:
		return later(day.At(endOfDay, 0), noticed.Add(nowMeansWithin))
	case DueNextDay:
		return day.AddDays(1).At(endOfDay, 0)
	case DueOneDay:
		return workingDays(day, 1).At(endOfDay, 0)
	case DueTwoDays:
		return workingDays(day, 2).At(endOfDay, 0)
	case DueBeforePlan:
	}
	return time.Time{}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// workingDays is the n-th working day after a day: Monday to Friday. Bank holidays count as working days, so that nothing is put
// off for one.
func workingDays(day models.Date, n int) models.Date {
	for n > 0 {
		day = day.AddDays(1)
		if w := day.Weekday(); w != time.Saturday && w != time.Sunday {
			n--
		}
	}
	return day
}

// Flag is something noticed in a case.
type Flag struct {
	ID        int64        `json:"id"`
	Code      string       `json:"code"`
	Level     Level        `json:"level"`
	Seen      string       `json:"seen"` // what was seen or said, in words
	NoticedAt time.Time    `json:"noticed_at"`
	NoticedBy int64        `json:"noticed_by"`
	DueAt     time.Time    `json:"due_at,omitzero"` // zero for none
	Actions   []FlagAction `json:"actions"`
}

// FlagAction is what was done about a flag. It is never changed; more is a further one.
type FlagAction struct {
	At            time.Time `json:"at"`
	By            int64     `json:"by"`
	Done          string    `json:"done"`  // what was done
	Spoke         string    `json:"spoke"` // who was spoken to
	Reference     string    `json:"reference"`
	Outcome       string    `json:"outcome"`
	ToldPerson    bool      `json:"told_person"`
	PersonConsent bool      `json:"person_consent"`
	Closes        bool      `json:"closes"` // nothing more is to be done
}

// Acted says that what was done is recorded.
func (f Flag) Acted() bool { return len(f.Actions) > 0 }

// Open says that more is to be done.
func (f Flag) Open() bool {
	return !slices.ContainsFunc(f.Actions, func(a FlagAction) bool { return a.Closes })
}

// RedWaits says that it is red and nothing is recorded yet: finding a fit is locked.
func (f Flag) RedWaits() bool { return f.Level == Red && !f.Acted() }

// Overdue says that its time has passed and nothing is recorded.
func (f Flag) Overdue(now time.Time) bool {
	return !f.Acted() && !f.DueAt.IsZero() && now.After(f.DueAt)
}

// awaitsDecision says that it is amber and nobody has decided since it was noticed what other support is needed.
func (f Flag) awaitsDecision(decisions []Decision) bool {
	return f.Level == Amber && !f.decidedAfter(decisions)
}

func (f Flag) decidedAfter(decisions []Decision) bool {
	return slices.ContainsFunc(decisions, func(d Decision) bool { return !d.At.Before(f.NoticedAt) })
}

// locked says that a flag locks something and nobody has decided yet.
func (p Pack) locked(what Lock, flags []Flag, decisions []Decision) bool {
	return slices.ContainsFunc(flags, func(f Flag) bool {
		kind, ok := p.Flag(f.Code)
		return ok && kind.Locks == what && f.Open() && !f.decidedAfter(decisions)
	})
}
