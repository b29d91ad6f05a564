package tool

import (
	"fmt"
	"slices"
	"strings"
)

// How much must have been explored before a fit is talked of: the pack's eighteen factors, six to a circle.
const (
	unexploredMost   = 6
	exploredInDomain = 3
)

// Candidate is an activity the person and the practitioner look at together.
type Candidate struct {
	ID       int64         `json:"id"`
	Name     string        `json:"name"`
	Kind     CandidateKind `json:"kind"`
	Physical Answer        `json:"physical"` // how hard it is for the body, 0 to 3; DontKnow when not said
	Ratings  Ratings       `json:"ratings"`
	Version  int           `json:"-"` // of Ratings: goes up with each save
}

// Standing is what a suggestion is worked out from.
type Standing struct {
	Flags     []Flag
	Decisions []Decision
	Factors   FactorAnswers
	Options   []Candidate
	Otherwise bool // the person prefers something else
}

// Suggestion is the next step the rules propose. A person accepts or changes it, and the reason is kept.
type Suggestion struct {
	Rule      string // R1 to R8; empty when there is nothing to compare yet
	Text      string
	Inputs    []string // what the rule used, in words
	Candidate int64    // the best, when the rule is about one
	Helps     []Help   // the changes that R6 plans with
	Gap       bool     // R7c: note what is missing locally
}

// Suggest goes through the rules in order; the first that applies speaks. What the person prefers stands before every rule about
// activities, and behind every rule about safety, practical help and too little known.
func (p Pack) Suggest(s Standing) (Suggestion, error) {
	for _, rule := range []func(Pack, Standing) (Suggestion, bool){Pack.ruleRed, Pack.ruleAmber, Pack.ruleBasic, Pack.ruleKeepTalking, Pack.rulePerson} {
		if said, ok := rule(p, s); ok {
			return said, nil
		}
	}
	return p.suggestFit(s)
}

func (p Pack) ruleRed(s Standing) (Suggestion, bool) {
	open := codes(s.Flags, Flag.RedWaits)
	return Suggestion{Rule: "R1", Text: "Safety first. Finding a fit is locked until what was done is recorded", Inputs: open}, len(open) > 0
}

func (p Pack) ruleAmber(s Standing) (Suggestion, bool) {
	open := codes(s.Flags, func(f Flag) bool { return f.awaitsDecision(s.Decisions) })
	return Suggestion{Rule: "R2", Text: "Ask for advice first, or work alongside another service", Inputs: open}, len(open) > 0
}

func (p Pack) ruleBasic(s Standing) (Suggestion, bool) {
	inputs := codes(s.Flags, func(f Flag) bool { return f.Level == Basic && f.Open() })
	for _, code := range []string{"E-a", "E-d"} {
		if s.Factors.of(code).blocks() {
			inputs = append(inputs, code+" is 0")
		}
	}
	return Suggestion{Rule: "R3", Text: "Practical help first, or alongside", Inputs: inputs}, len(inputs) > 0
}

func (p Pack) ruleKeepTalking(s Standing) (Suggestion, bool) {
	pic := p.Picture(s.Factors)
	few := len(pic.FindOut) > unexploredMost
	for _, d := range pic.Domains {
		few = few || factorsInDomain-d.NotSpoken < exploredInDomain
	}
	said := Suggestion{Rule: "R4", Text: "Keep talking. There is too little to go by yet"}
	for _, line := range pic.FindOut {
		for _, prompt := range p.Informing(line.Factor.Code) {
			if !slices.Contains(said.Inputs, prompt.Code+" "+prompt.Text) {
				said.Inputs = append(said.Inputs, prompt.Code+" "+prompt.Text)
			}
		}
	}
	return said, few
}

func (p Pack) rulePerson(s Standing) (Suggestion, bool) {
	return Suggestion{Rule: "R8", Text: "The person’s choice stands. Note your own view beside it", Inputs: []string{"The person prefers something else"}}, s.Otherwise
}

// seen is a candidate with its fit.
type seen struct {
	Candidate
	Fit
}

func (p Pack) suggestFit(s Standing) (Suggestion, error) {
	all, err := p.fits(s.Options)
	if err != nil {
		return Suggestion{}, err
	}
	if len(all) == 0 {
		return Suggestion{Text: "Write down one or more ideas and look at them together"}, nil
	}
	best, ok := bestOf(all)
	switch {
	case !ok && slices.ContainsFunc(all, func(c seen) bool { return !c.Blocked() }):
		return p.findOut(all), nil
	case ok && best.Band.From >= p.goodFrom():
		return Suggestion{Rule: "R5", Text: "Plan it. The fit is good and nothing blocks it", Inputs: []string{p.said(best)}, Candidate: best.ID}, nil
	case ok && best.Band.From > 0:
		helps, err := p.WhatHelps(best.Ratings)
		return Suggestion{Rule: "R6", Text: "Plan it with the changes that help most", Inputs: []string{p.said(best)}, Candidate: best.ID, Helps: helps}, err
	}
	return p.changeSomething(all, best, ok), nil
}

// goodFrom is where "good" begins: the second band from the top.
func (p Pack) goodFrom() int { return p.Bands[min(1, len(p.Bands)-1)].From }

func (p Pack) fits(options []Candidate) ([]seen, error) {
	var all []seen
	for _, c := range options {
		f, err := p.Fit(c.Ratings)
		if err != nil {
			return nil, err
		}
		all = append(all, seen{c, f})
	}
	return all, nil
}

// bestOf is the candidate with the highest fit among those that have a band; the first of equals.
func bestOf(all []seen) (seen, bool) {
	var best seen
	found := false
	for _, c := range all {
		if c.Band != nil && (!found || c.Low > best.Low) {
			best, found = c, true
		}
	}
	return best, found
}

func (p Pack) findOut(all []seen) Suggestion {
	said := Suggestion{Text: "Find out what is not known yet, then look again"}
	for _, c := range all {
		if !c.Blocked() && len(c.Unknown) > 0 {
			said.Inputs = append(said.Inputs, c.Name+": "+p.named(c.Unknown))
		}
	}
	return said
}

// changeSomething is for when nothing fits well: it speaks of the pair that is weakest, or that holds what blocks.
func (p Pack) changeSomething(all []seen, best seen, banded bool) Suggestion {
	if !banded {
		best = all[0]
	}
	weakest := p.weakestOf(best)
	said := Suggestion{Candidate: best.ID, Inputs: []string{p.said(best)}}
	switch weakest {
	case PO:
		said.Rule, said.Text = "R7a", "Look for something that means more, or change how hard it is"
	case PE:
		said.Rule, said.Text = "R7b", "Work on place and people: travel, a buddy, another venue, an online start"
	default:
		said.Rule, said.Text, said.Gap = "R7c", "Change the setting: ask the organiser, try another, or start something together. Note what is missing locally", true
	}
	return said
}

func (p Pack) weakestOf(c seen) Pair {
	if c.Blocked() {
		for _, pair := range pairs() {
			if p.blocks(c.Fit, pair) {
				return pair
			}
		}
	}
	if c.Weakest == "" {
		return PE
	}
	return c.Weakest
}

func (p Pack) said(c seen) string { return fmt.Sprintf("%s: %s", c.Name, p.Sentence(c.Fit)) }

// codes lists the flags that a rule is about.
func codes(flags []Flag, about func(Flag) bool) []string {
	var found []string
	for _, f := range flags {
		if about(f) {
			found = append(found, f.Code)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// Words is the suggestion with what it used, as it is kept with the answer to it.
func (s Suggestion) Words() string {
	if len(s.Inputs) == 0 {
		return s.Text
	}
	return s.Text + " (" + strings.Join(s.Inputs, "; ") + ")"
}
