package documents

import "strings"

// say draws sentences: run together as paragraphs, or in easy read each on a line of its own.
func (s planSheet) say(st style, lines []string) {
	if !s.look.easy {
		for _, line := range lines {
			s.prose(st, plain(line))
		}
		return
	}
	for _, line := range lines {
		for _, sentence := range splitSentences(line) {
			s.prose(st, plain(sentence))
		}
	}
}

// splitSentences cuts a text after every full stop, question mark and exclamation mark that a new word follows.
func splitSentences(text string) []string {
	var all []string
	from := 0
	words := strings.Fields(text)
	for i, w := range words {
		if i == len(words)-1 || strings.HasSuffix(w, ".") || strings.HasSuffix(w, "?") || strings.HasSuffix(w, "!") {
			all = append(all, strings.Join(words[from:i+1], " "))
			from = i + 1
		}
	}
	return all
}

// matters is the panel with the person's own words.
func (s planSheet) matters() {
	w := s.words.Matters
	if len(w.Lines) == 0 {
		return
	}
	label := s.look.heading
	label.colour = personText
	s.panel(personSoft, 14, func() {
		s.heading(roleHeading2, label, false, w.Title)
		s.gap(1)
		s.say(s.look.quote, w.Lines)
	})
	s.gap(12)
}

// part is a rule, a heading and what stands under it.
func (s planSheet) part(heading string, f func()) {
	const above = 6
	head := above + s.look.heading.lead
	if !s.dry {
		s.need(head + min(s.measure(f), 3*s.look.text.lead)) // a heading does not stand alone at the foot
	}
	s.openSection(heavy)
	s.gap(5)
	s.heading(roleHeading2, s.look.heading, false, heading)
	s.gap(1)
	f()
}

// blocks draws parts side by side, or in easy read below each other.
func (s planSheet) blocks(parts []func()) {
	if len(parts) == 0 {
		return
	}
	if s.look.easy {
		for _, part := range parts {
			part()
			s.gap(12)
		}
		return
	}
	s.beside(20, parts)
	s.gap(10)
}

// with adds a part of plain lines to a row of parts, unless it says nothing.
func (s planSheet) with(parts []func(), p PlanPart) []func() {
	if len(p.Lines) == 0 {
		return parts
	}
	return append(parts, func() { s.part(p.Title, func() { s.say(s.look.text, p.Lines) }) })
}

// person is about me, what I build on and what to bear in mind.
func (s planSheet) person() {
	s.blocks(s.with(nil, s.words.About))
	building, mind := s.words.BuildingOn, s.words.BearInMind
	if !s.look.easy {
		building.Lines, mind.Lines = together(building.Lines), together(mind.Lines)
	}
	s.blocks(s.with(s.with(nil, building), mind))
}

// together is one paragraph of many short sentences.
func together(lines []string) []string {
	if len(lines) == 0 {
		return nil
	}
	return []string{strings.Join(lines, " ")}
}

func (s planSheet) goals() {
	if len(s.words.Goals) == 0 {
		return
	}
	s.part(s.words.GoalsTitle, func() {
		for i, g := range s.words.Goals {
			if i > 0 {
				s.gap(7)
			}
			s.say(s.look.hope, []string{g.Hope})
			s.say(s.look.text, []string{g.Why})
			s.say(s.look.note, []string{g.Ratings})
		}
	})
	s.gap(12)
}
