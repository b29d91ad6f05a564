package documents

import (
	"errors"
	"fmt"
	"strings"

	"hub.salford.ac.uk/ssph/models"
)

// Plan is what one person and their practitioner agreed, in the person's words. Whatever is empty is left out of the sheet, so a
// plan can be printed while it is being made.
type Plan struct {
	Name         string      // what the person likes to be called; empty makes the sheet My plan
	Case         string      // the case's local reference
	WrittenOn    models.Date // the day of this version
	AgreedOn     models.Date // no day while it is not agreed
	AgreedWith   string      // who agreed for the person; empty when they did so themselves
	WhatMatters  string      // the person's own words; quotation marks are put around them
	AboutMe      string
	Strengths    []string // what the person is building on
	BearInMind   []string // needs, access and communication
	Goals        []Goal   // three at most
	Actions      []Action
	IfHard       []IfThen
	ReviewOn     models.Date
	ReviewHow    string // 11am, by phone
	LaterReviews []models.Date
	Contacts     []string // who to ask, a line each: Hannah Whitworth, link worker, 0161 496 0000
	Fit          *Fit     // nil when no activity was looked at
	WrittenBy    string   // Hannah Whitworth, link worker
	Copy         string   // how the person has it: on paper
	// Crisis is who to turn to when things get worse. A plan without it is refused.
	Crisis []CrisisContact
	Notice string // the content pack's own, such as the starter notice; empty when it has none
}

// Goal is one thing the person hopes for. Ratings run from 0 to 10; nil is not asked.
type Goal struct {
	Hope, Why string
	Now, Sure *int // where the person is now, and how sure they are of getting there
}

// Action is one thing somebody will do.
type Action struct {
	What, Who, When, Where string
	Sure                   *int // how sure the person is, 0 to 10; nil is not asked
	Done                   bool // its box is ticked already
}

// IfThen is what the person will do when something gets in the way. Neither part holds the words if and then.
type IfThen struct{ If, Then string }

// CrisisContact is a number and what it is for: NHS 111 option 2, mental health crisis.
type CrisisContact struct{ Number, For string }

// Pair names two of person, environment and occupation.
type Pair int

// The pairs; NoPair is for when all three are equal.
const (
	NoPair Pair = iota
	PersonEnvironment
	PersonOccupation
	EnvironmentOccupation
)

// Fit is the picture of how person, environment and occupation go together, with what it says.
type Fit struct {
	Band    string // Good, 65.
	Why     string // It means a lot to me.
	Picture string // the picture in words: all three scores and the weakest
	// Apart is how far the middles of a pair's circles are from each other, in radii: from 1, the best fit, to 2, where they
	// only touch. In the order of the pairs.
	Apart   [3]float64
	Weakest Pair
}

const mostGoals = 3

// check refuses a plan that would leave a person without help, or that cannot be drawn.
func (p Plan) check() error {
	var errs []error
	need := func(ok bool, format string, args ...any) {
		if !ok {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	need(!p.WrittenOn.IsZero() && oneLine(p.Case) != "", "the case or the day is missing")
	need(len(p.Goals) <= mostGoals, "%d goals, at most %d", len(p.Goals), mostGoals)
	need(len(p.Crisis) > 0, "nobody to turn to in a crisis")
	for _, c := range p.Crisis {
		need(oneLine(c.Number) != "", "a crisis contact without a number")
	}
	var ratings []*int
	for _, g := range p.Goals {
		ratings = append(ratings, g.Now, g.Sure)
	}
	for _, a := range p.Actions {
		ratings = append(ratings, a.Sure)
	}
	for _, r := range ratings {
		need(r == nil || *r >= 0 && *r <= 10, "a rating is not from 0 to 10")
	}
	if p.Fit != nil {
		for _, d := range p.Fit.Apart {
			need(d >= 1 && d <= 2, "circles %g radii apart", d)
		}
		need(p.Fit.Weakest >= NoPair && p.Fit.Weakest <= EnvironmentOccupation, "unknown pair %d", p.Fit.Weakest)
		need(oneLine(p.Fit.Picture) != "", "the picture has no words")
	}
	if len(errs) == 0 {
		return nil
	}
	return fmt.Errorf("documents: plan of case %s: %w", p.Case, errors.Join(errs...))
}

// ended gives a sentence its full stop.
func ended(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".!?:") || strings.HasSuffix(s, "…") || strings.HasSuffix(s, "”") {
		return s
	}
	return s + "."
}

// paragraphs are the lines of a text that say something.
func paragraphs(text string) []string {
	var all []string
	for _, line := range strings.Split(manyLines(text), "\n") {
		if line != "" {
			all = append(all, line)
		}
	}
	return all
}
