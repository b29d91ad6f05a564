package tool

import (
	"fmt"
	"slices"
)

// contradiction says what in the pack does not fit together, which no schema can see; empty when all does.
func (p Pack) contradiction() string {
	for _, check := range []func(Pack) string{Pack.twice, Pack.promptsInform, Pack.itemsPerPair, Pack.factorsPerDomain, Pack.bandsFall, Pack.flagsCall, Pack.statesKnown} {
		if said := check(p); said != "" {
			return said
		}
	}
	return ""
}

// twice finds a code that two things of one kind have.
func (p Pack) twice() string {
	lists := map[string][]string{}
	add := func(kind, code string) { lists[kind] = append(lists[kind], code) }
	for _, s := range p.Sections {
		add("section", s.Code)
		for _, st := range s.Statements {
			add("prompt", st.Code)
		}
		for _, pr := range s.Prompts {
			add("prompt", pr.Code)
		}
	}
	for _, f := range p.Factors {
		add("factor", f.Code)
	}
	for _, i := range p.FitItems {
		add("question", i.Code)
		for _, a := range i.Adjustments {
			add("adjustment", a.Code)
		}
	}
	for _, f := range p.Flags {
		add("flag", f.Code)
	}
	for _, c := range p.Crisis {
		add("contact", c.Code)
	}
	for _, kind := range []string{"section", "prompt", "factor", "question", "adjustment", "flag", "contact"} {
		slices.Sort(lists[kind])
		for n, code := range lists[kind] {
			if n > 0 && lists[kind][n-1] == code {
				return fmt.Sprintf("%s %s is there twice", kind, code)
			}
		}
	}
	return ""
}

func (p Pack) promptsInform() string {
	consent := 0
	for _, s := range p.Sections {
		for _, st := range s.Statements {
			if st.Consent {
				consent++
			}
		}
		for _, pr := range s.Prompts {
			for _, code := range pr.Informs {
				if _, ok := p.Factor(code); !ok {
					return fmt.Sprintf("prompt %s tells about factor %s, which is not there", pr.Code, code)
				}
			}
			for _, code := range pr.Flags {
				if _, ok := p.Flag(code); !ok {
					return fmt.Sprintf("prompt %s reminds of flag %s, which is not there", pr.Code, code)
				}
			}
		}
	}
	if consent != 1 {
		return fmt.Sprintf("one statement records consent, and %d do", consent)
	}
	return ""
}

func (p Pack) itemsPerPair() string {
	for _, pair := range pairs() {
		if n := len(p.itemsOf(pair)); n != itemsInPair {
			return fmt.Sprintf("%s has %d questions and needs %d", pair.Label(), n, itemsInPair)
		}
	}
	return ""
}

func (p Pack) factorsPerDomain() string {
	for _, domain := range domains() {
		n := 0
		for _, f := range p.Factors {
			if f.Domain == domain {
				n++
			}
		}
		if n != factorsInDomain {
			return fmt.Sprintf("%s has %d factors and needs %d", domain, n, factorsInDomain)
		}
	}
	return ""
}

func (p Pack) bandsFall() string {
	for n, b := range p.Bands {
		if n > 0 && b.From >= p.Bands[n-1].From {
			return fmt.Sprintf("band %s does not begin lower than the one before it", b.Code)
		}
	}
	if p.Bands[len(p.Bands)-1].From != 0 {
		return "the last band does not begin at 0"
	}
	return ""
}

// flagsCall checks that cards name contacts that are there, and that a red flag locks the matching.
func (p Pack) flagsCall() string {
	if !slices.ContainsFunc(p.Crisis, func(c Contact) bool { return c.Print != nil }) {
		return "no crisis contact stands on a print"
	}
	for _, c := range p.Crisis {
		if c.Print != nil && (c.Number == "") != (c.Print.Number == "") {
			return fmt.Sprintf("contact %s has a number on the page or on a print, and not on both", c.Code)
		}
	}
	for _, f := range p.Flags {
		for _, code := range f.Card.Contacts {
			if _, ok := p.Contact(code); !ok {
				return fmt.Sprintf("flag %s names contact %s, which is not there", f.Code, code)
			}
		}
		if (f.Level == Red) != (f.Locks == LocksMatching) {
			return fmt.Sprintf("flag %s: red flags, and only they, lock finding a fit", f.Code)
		}
	}
	return ""
}

// statesKnown checks that every state is there once and that an arrow with a decision leaves the state in which one is made.
func (p Pack) statesKnown() string {
	seen := map[State]bool{}
	for _, s := range p.States {
		seen[s.Code] = true
	}
	for _, s := range States() {
		if !seen[s] {
			return fmt.Sprintf("state %s is missing", s)
		}
	}
	for _, t := range p.Transitions {
		if (t.Decision != "") != (t.From == Deciding) {
			return fmt.Sprintf("the arrow from %s to %s: decisions belong to the arrows from %s", t.From, t.To, Deciding)
		}
		if t.To == Safety {
			return "safety is reached from everywhere and needs no arrow"
		}
	}
	return ""
}
