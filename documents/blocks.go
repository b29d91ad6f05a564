package documents

import "strconv"

// decimal writes a number of points for a content stream.
func decimal(v float64) string { return strconv.FormatFloat(v, 'f', 3, 64) }

// ascent is how far below the top of its line the baseline of a text stands.
func (st style) ascent() float64 { return (st.lead-st.size)/2 + 0.85*st.size }

// measure is the height that f would take.
func (s *sheet) measure(f func()) float64 {
	dry, y := s.dry, s.y
	s.dry = true
	f()
	height := s.y - y
	s.dry, s.y = dry, y
	return height
}

// keep draws f on one page: on this one if there is room, else on the next.
func (s *sheet) keep(f func()) {
	if s.dry {
		f()
		return
	}
	if s.y+s.measure(f) > bodyBottom && s.y > bodyTop {
		s.newPage()
	}
	f()
}

// room is how many points are left on this page.
func (s *sheet) room() float64 { return bodyBottom - s.y }

// gap leaves points of white.
func (s *sheet) gap(points float64) { s.y += points }

// at draws f in a column of its own, from the present height, and returns how far down it came.
func (s *sheet) at(x, w float64, f func()) float64 {
	wasX, wasW, y := s.x, s.w, s.y
	s.x, s.w = x, w
	f()
	bottom := s.y
	s.x, s.w, s.y = wasX, wasW, y
	return bottom
}

// lines draws runs as one piece of content of the open element, in the present column.
func (s *sheet) lines(st style, right bool, runs []Run) {
	lines := s.wrap(st, s.w, runs)
	s.content(func() {
		for i, line := range lines {
			x := s.x
			if right {
				x += s.w - s.lineWidth(st, line)
			}
			s.drawLine(x, s.y+st.ascent()+float64(i)*st.lead, st, line, i == len(lines)-1)
		}
	})
	s.y += float64(len(lines)) * st.lead
}

// heading draws a heading of level 1 or 2.
func (s *sheet) heading(level role, st style, right bool, text string) {
	s.tag(level, func() { s.lines(st, right, plain(text)) })
}

// paragraph draws one paragraph; nothing at all when the text is empty.
func (s *sheet) paragraph(st style, text string) { s.sentence(st, plain(text)) }

// sentence is paragraph with words in bold.
func (s *sheet) sentence(st style, runs []Run) {
	if len(s.wrap(st, s.w, runs)) > 0 {
		s.tag(roleParagraph, func() { s.lines(st, false, runs) })
	}
}

// openSection draws the rule that opens a section, across the column.
func (s *sheet) openSection(st stroke) {
	y := s.y
	s.unread("Layout", func() { s.rule(s.x, y, s.w, st) })
}

// Fact is a label with its value.
type Fact struct {
	Label, Value string
	Strong       bool // the value is bold
	Key          bool // label and value are bold: the one to act on
}

// facts draws labels at the left and values at the right, as a list.
func (s *sheet) facts(lead float64, list []Fact) {
	s.tag(roleList, func() {
		for _, f := range list {
			s.tag(roleItem, func() { s.fact(lead, f) })
		}
	})
}

func (s *sheet) fact(lead float64, f Fact) {
	label, value := second, body
	if f.Strong || f.Key {
		value = body.strong()
	}
	if f.Key {
		label = body.strong()
	}
	labelWidth := s.width(label, false, s.letters.drawable(f.Label)) + 1
	var left, right float64
	s.tag(roleLabel, func() { left = s.at(s.x, labelWidth, func() { s.lines(label, false, plain(f.Label)) }) })
	s.tag(roleBody, func() {
		const apart = 10
		right = s.at(s.x+labelWidth+apart, s.w-labelWidth-apart, func() { s.lines(value, true, plain(f.Value)) })
	})
	s.y = max(left, right) + lead - body.lead
}

// box draws f inside a panel with soft green ground and room around it.
func (s *sheet) box(f func()) {
	const inside = 18
	s.keep(func() {
		inner := func() {
			s.gap(inside - 3)
			s.y = s.at(s.x+inside, s.w-2*inside, f)
			s.gap(inside - 3)
		}
		y, height := s.y, s.measure(inner)
		s.unread("Layout", func() {
			s.pdf.SetFillColor(brandSoft.r, brandSoft.g, brandSoft.b)
			s.pdf.RoundedRect(s.x, y, s.w, height, 6, "1234", "F")
		})
		inner()
	})
}
