package mail

import "slices"

// Status is where a mail stands.
type Status string

// A mail is queued until it is sent, or until the mail server refuses it or no attempt is left.
const (
	Queued Status = "queued"
	Sent   Status = "sent"
	Failed Status = "failed"
)

// Statuses are all of them, in the order of a mail's life.
func Statuses() []Status { return []Status{Queued, Sent, Failed} }

// CanBecome says whether the step is allowed: a failed mail can be queued again, a sent one is final.
func (s Status) CanBecome(next Status) bool {
	steps := map[Status][]Status{
		Queued: {Sent, Failed},
		Failed: {Queued},
	}
	return slices.Contains(steps[s], next)
}
