package tool

import (
	"fmt"
	"slices"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// State is where the work with a person stands.
type State string

// The states of the process. A pack gives their words and the arrows between them; the rules of who may go where are in guard.go.
const (
	Received   State = "RECEIVED"
	Contacting State = "CONTACTING"
	Conversing State = "CONVERSATION"
	Safety     State = "SAFETY"
	Analysing  State = "ANALYSIS"
	Deciding   State = "DECISION"
	Advising   State = "ADVICE"
	Joint      State = "JOINT"
	ReferredOn State = "REFERRED_ON"
	Matching   State = "MATCHING"
	Planning   State = "PLAN"
	Introduced State = "INTRODUCED"
	Started    State = "STARTED"
	Reviewing  State = "REVIEW"
	Paused     State = "PAUSED"
	Closed     State = "CLOSED"
)

// States lists every state, in the order of the process.
func States() []State {
	return []State{
		Received, Contacting, Conversing, Safety, Analysing, Deciding, Advising, Joint, ReferredOn, Matching, Planning,
		Introduced, Started, Reviewing, Paused, Closed,
	}
}

// StateKind is a state as the pack words it.
type StateKind struct {
	Code     State  `json:"code"`
	Label    string `json:"label"`
	Step     int    `json:"step"` // on the flow strip, from 1; 0 for one that stands beside it
	At       [2]int `json:"at"`   // column and row in the flowchart
	Due      *Timer `json:"due"`
	EasyRead string `json:"easy_read"`
}

// Timer is how long a state may wait before it is somebody's task. Nothing happens by itself.
type Timer struct {
	Days    int  `json:"days"`
	Working bool `json:"working"` // Monday to Friday
}

// Transition is an arrow of the flowchart.
type Transition struct {
	From     State  `json:"from"`
	To       State  `json:"to"`
	Label    string `json:"label"`
	Decision string `json:"decision"` // the arrow is taken after this decision
}

// Event is one move of a case. Events are never changed or deleted; the first has no From.
type Event struct {
	From       State     `json:"from"`
	To         State     `json:"to"`
	At         time.Time `json:"at"`
	By         int64     `json:"by"`
	Reason     string    `json:"reason"`
	PackDigest string    `json:"pack_digest"`
}

// State returns a state's words.
func (p Pack) State(code State) StateKind {
	kind, _ := find(p.States, func(s StateKind) bool { return s.Code == code })
	return kind
}

// arrow finds the arrow from one state to another. Safety can be reached from everywhere, and goes back to where it came from.
func (p Pack) arrow(from, to, cameFrom State) (Transition, bool) {
	if to == Safety {
		return Transition{From: from, To: Safety, Label: "Something needs to be made safe first"}, from != Safety
	}
	if drawn, ok := find(p.Transitions, func(t Transition) bool { return t.From == from && t.To == to }); ok {
		return drawn, true
	}
	back := from == Safety && to == cameFrom && to != ""
	return Transition{From: from, To: to, Label: "Go back to: " + lower(p.State(to).Label)}, back
}

// cameFrom is the state from which safety was reached; empty when the case is not there.
func cameFrom(state State, events []Event) State {
	if state != Safety {
		return ""
	}
	for _, e := range slices.Backward(events) {
		if e.To == Safety && e.From != Safety {
			return e.From
		}
	}
	return ""
}

// Step is the case's place on the flow strip: that of its state, or of the last one that has a place.
func (p Pack) Step(state State, events []Event) int {
	if step := p.State(state).Step; step > 0 {
		return step
	}
	for _, e := range slices.Backward(events) {
		if step := p.State(e.From).Step; step > 0 {
			return step
		}
	}
	return 1
}

// DueOn is the London day on which a state that has lasted since then becomes somebody's task; no day for a state without a timer.
func (p Pack) DueOn(state State, since time.Time) models.Date {
	timer := p.State(state).Due
	switch day := models.DateOf(since); {
	case timer == nil:
		return models.Date{}
	case timer.Working:
		return workingDays(day, timer.Days)
	default:
		return day.AddDays(timer.Days)
	}
}

// enteredAt is when the case came into its present state; zero when it has no events.
func enteredAt(events []Event) time.Time {
	for _, e := range slices.Backward(events) {
		if e.From != e.To {
			return e.At
		}
	}
	return time.Time{}
}

// tries counts how often first contact was tried again since the referral was accepted.
func tries(events []Event) int {
	n := 0
	for _, e := range events {
		if e.From == Contacting && e.To == Contacting {
			n++
		}
	}
	return n
}

// AlternativeText says in words what the flow strip shows.
func (p Pack) AlternativeText(step int) string {
	said := fmt.Sprintf("Step %d of %d: %s.", step, len(p.Steps), p.Steps[step-1])
	if step < len(p.Steps) {
		said += fmt.Sprintf(" Next: %s.", p.Steps[step])
	}
	return said
}
