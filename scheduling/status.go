package scheduling

// Status is how far a session has come.
type Status string

// The states of a session. Whether it has started or is over is read from its parts and the time.
const (
	Draft     Status = "draft"     // only the office sees it
	Published Status = "published" // on sale, or agreed with an organisation
	Cancelled Status = "cancelled" // it does not take place; nothing follows
)

// Statuses lists every state, in the order of a session's life.
func Statuses() []Status { return []Status{Draft, Published, Cancelled} }

// Title is the state as a tag says it.
func (s Status) Title() string {
	switch s {
	case Published:
		return "Published"
	case Cancelled:
		return "Cancelled"
	case Draft:
	}
	return "Draft"
}

// CanBecome says whether a session may go from one state to the next. A published session never becomes a draft again: people
// may have booked it, so it runs or it is cancelled.
func (s Status) CanBecome(next Status) bool {
	switch s {
	case Draft:
		return next == Published || next == Cancelled
	case Published:
		return next == Cancelled
	case Cancelled:
	}
	return false
}
