package tool

import (
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// Case is the work with one person, known by a local reference.
type Case struct {
	ID             int64
	Reference      string
	Name           string // what the person likes to be called; may be empty
	OrganisationID *int64 // whose it is; nil for an individual's own
	OpenedBy       int64
	HeldBy         int64 // who has it: the one who opened it, until it is handed over
	State          State
	Step           int // on the flow strip, from 1
	CreatedAt      time.Time
	ChangedAt      time.Time
	DueOn          models.Date // when the present state becomes a task; no day for none
	Demonstration  bool
	MayWrite       bool // the licence allows changes to this case now
	FactorsVersion int  // of Factors: goes up with each save

	Pack       Pack
	Events     []Event
	Handovers  []Handover
	Names      map[int64]string  // of everybody who did something in it
	Crisis     Panel             // the crisis panel of those whose case it is
	Notes      map[string][]Note // by code of prompt, statement or section; the first is the text, others were written over it
	Held       map[string][]Note // text kept while the licence did not allow writing
	Ticks      map[string]time.Time
	Factors    FactorAnswers
	Candidates []Candidate // those not set aside
	SetAside   []Candidate
	Choices    []Choice
	Flags      []Flag
	Decisions  []Decision
	Plan       *Plan // the newest; nil before the first
	Plans      int   // how many there have been
	Closing    *Closing
}

// Format keeps what is written about people out of logs, whatever the verb.
func (c Case) Format(s fmt.State, _ rune) { _, _ = fmt.Fprintf(s, "[case %d in %s]", c.ID, c.State) }

// Called is the name by which pages speak of the person.
func (c Case) Called() string {
	if c.Name == "" {
		return "the person"
	}
	return c.Name
}

// Consent says that the person has agreed to go on.
func (c Case) Consent() bool {
	for code := range c.Ticks {
		if s, ok := c.Pack.Statement(code); ok && s.Consent {
			return true
		}
	}
	return false
}

// Facts are what the rules of the process look at.
func (c Case) Facts(now time.Time) Facts {
	return Facts{State: c.State, Events: c.Events, Flags: c.Flags, Decisions: c.Decisions, Consent: c.Consent(), Now: now}
}

// Ways lists where the case can go now.
func (c Case) Ways(now time.Time) []Way { return c.Pack.Ways(c.Facts(now)) }

// Standing is what a suggestion is worked out from.
func (c Case) Standing() Standing {
	return Standing{Flags: c.Flags, Decisions: c.Decisions, Factors: c.Factors, Options: c.Candidates}
}

// Candidate returns one of the candidates, set aside or not.
func (c Case) Candidate(id int64) (Candidate, bool) {
	for _, list := range [][]Candidate{c.Candidates, c.SetAside} {
		if found, ok := find(list, func(one Candidate) bool { return one.ID == id }); ok {
			return found, true
		}
	}
	return Candidate{}, false
}

// MatchingLocked says that a red flag waits for what was done about it.
func (c Case) MatchingLocked() bool {
	for _, f := range c.Flags {
		if f.RedWaits() {
			return true
		}
	}
	return false
}

// Noted counts the prompts of a section that have a note.
func (c Case) Noted(s Section) int {
	n := 0
	for _, p := range s.Prompts {
		if notes := c.Notes[p.Code]; len(notes) > 0 && notes[0].Text != "" {
			n++
		}
	}
	return n
}
