package tool

import (
	"slices"
	"strings"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// Facts are what the rules of the process look at.
type Facts struct {
	State     State
	Events    []Event
	Flags     []Flag
	Decisions []Decision
	Consent   bool // the person has agreed to go on
	Now       time.Time
}

// Move is a wish to go on to another state, with what that state asks for.
type Move struct {
	To          State
	Reason      string
	Agreed      bool   // to the plan: the person agrees
	AgreedOther string // to the plan: why it goes on without, such as best interests or an advocate
	Closing     Closing
}

// Closing is what is written down when a case ends.
type Closing struct {
	Outcome    string  `json:"outcome"` // code of the pack
	Message    Message `json:"message"` // what the referrer is told
	WhatNext   string  `json:"what_next"`
	Rating     *int    `json:"rating"`      // the goal's last rating, 0 to 10
	NoMeasures string  `json:"no_measures"` // why there is none
}

// Message is how much the referrer is told at the end.
type Message string

// The messages.
const (
	MessageNone    Message = "none"
	MessageCodes   Message = "codes"
	MessageSummary Message = "summary"
	MessageFull    Message = "full"
)

// Messages lists them.
func Messages() []Message { return []Message{MessageNone, MessageCodes, MessageSummary, MessageFull} }

// Way is an arrow out of the present state as a page shows it.
type Way struct {
	To     State
	Label  string
	Locked string // why it cannot be taken now; empty when it can
}

// Ways lists where a case can go, in the order of the process, with the reason beside what is locked. What is asked for while
// going, such as the outcome of a closed case, does not lock.
func (p Pack) Ways(f Facts) []Way {
	var ways []Way
	for _, to := range States() {
		arrow, ok := p.arrow(f.State, to, cameFrom(f.State, f.Events))
		if !ok {
			continue
		}
		way := Way{To: to, Label: arrow.Label}
		if err := p.locks(f, arrow); err != nil {
			way.Locked = err.Msg
		}
		ways = append(ways, way)
	}
	return ways
}

// MayMove says why a case cannot go where it should. Errors: conflict, when there is no arrow or something locks it; invalid, with
// the field, for what the next state asks for.
func (p Pack) MayMove(f Facts, m Move) error {
	arrow, ok := p.arrow(f.State, m.To, cameFrom(f.State, f.Events))
	if !ok {
		return models.Fail(models.KindConflict, "From “%s” the case cannot go to “%s”. Look at it again", p.State(f.State).Label, p.State(m.To).Label)
	}
	if err := p.locks(f, arrow); err != nil {
		return err
	}
	return p.asks(f, m)
}

// locks are the rules about flags, consent, decisions and time.
func (p Pack) locks(f Facts, arrow Transition) *models.Error {
	redWaits := slices.ContainsFunc(f.Flags, Flag.RedWaits)
	locked := func(said string) *models.Error { return models.Fail(models.KindConflict, "%s", said) }
	switch {
	case redWaits && (f.State == Safety || arrow.To == Matching || arrow.To == Planning):
		return locked("First record what was done about the red flag")
	case f.State == Contacting && arrow.To == Contacting && tries(f.Events) >= p.Limits.Tries:
		return locked("First contact was tried again often enough. Close the case, or begin the conversation")
	case f.State == Contacting && arrow.To == Conversing && !f.Consent:
		return locked("First tick that the person has agreed to talk")
	case arrow.Decision != "" && f.lastDecision() != arrow.Decision:
		return locked("First record the decision that leads there")
	case arrow.To == Planning && p.locked(LocksPlan, f.Flags, f.Decisions):
		return locked("First record a decision: there is doubt whether the person can decide on this now")
	case arrow.To == Introduced && slices.ContainsFunc(f.Flags, func(one Flag) bool { return one.awaitsDecision(f.Decisions) }):
		return locked("First record a decision about the amber flag")
	case f.State == Closed && arrow.To == Conversing && !f.reopens(p.Limits.ReopenMonths):
		return locked("This case was closed too long ago. Begin a new one")
	}
	return nil
}

// asks are the rules about what is said while going.
func (p Pack) asks(f Facts, m Move) error {
	var wrong models.Problems
	switch {
	case m.To == Planning && !m.Agreed && strings.TrimSpace(m.AgreedOther) == "":
		wrong.Add("agreed", "Say that the person agrees, or write why the plan goes on without")
	case f.State == Introduced && m.To == Reviewing && strings.TrimSpace(m.Reason) == "":
		wrong.Add("reason", "Write why it was not taken up, in their words")
	case m.To == Closed:
		wrong = p.closing(m.Closing)
	}
	return wrong.Err()
}

func (p Pack) closing(c Closing) models.Problems {
	var wrong models.Problems
	if !isListed(p.CloseOutcomes, c.Outcome) {
		wrong.Add("outcome", "Choose how it ended")
	}
	if !slices.Contains(Messages(), c.Message) {
		wrong.Add("message", "Choose what the referrer is told")
	}
	if strings.TrimSpace(c.WhatNext) == "" {
		wrong.Add("what_next", "Write what comes next for the person")
	}
	switch {
	case c.Rating != nil && (*c.Rating < 0 || *c.Rating > 10):
		wrong.Add("rating", "Enter a number from 0 to 10")
	case c.Rating == nil && strings.TrimSpace(c.NoMeasures) == "":
		wrong.Add("rating", "Enter the last rating of the goal, or write why there is none")
	}
	return wrong
}

// lastDecision is the decision made since the case came to where decisions are made; empty for none.
func (f Facts) lastDecision() string {
	entered := enteredAt(f.Events)
	if len(f.Decisions) == 0 {
		return ""
	}
	if last := f.Decisions[len(f.Decisions)-1]; !last.At.Before(entered) {
		return last.Code
	}
	return ""
}

// reopens says that a closed case may still be opened again: until the same day so many months on.
func (f Facts) reopens(months int) bool {
	closed := models.DateOf(enteredAt(f.Events))
	last := models.DateOf(time.Date(closed.Year, closed.Month+time.Month(months), closed.Day, 12, 0, 0, 0, time.UTC))
	return !last.Before(models.DateOf(f.Now))
}
