package documents

import "strings"

// Run is a stretch of a sentence in one weight.
type Run struct {
	Text   string
	Strong bool
}

// plain is a sentence in one weight.
func plain(text string) []Run { return []Run{{Text: text}} }

// word is the smallest piece of a line. A word that is joined stands against the one before it.
type word struct {
	text         string
	bold, joined bool
	width        float64
}

// pick sets the font for measuring or drawing.
func (s *sheet) pick(st style, bold bool) {
	weight := ""
	if bold || st.bold {
		weight = "B"
	}
	s.pdf.SetFont(fontFamily, weight, st.size)
}

// width is the length of drawable text in points.
func (s *sheet) width(st style, bold bool, text string) float64 {
	s.pick(st, bold)
	return s.pdf.GetStringWidth(text) + st.tracking*float64(len([]rune(text)))
}

// words cuts runs at their spaces; a word longer than limit is cut again, so that nothing can run off the paper.
func (s *sheet) words(st style, limit float64, runs []Run) []word {
	var all []word
	space := true // whether the next word follows a space
	for _, r := range runs {
		if r.Text != strings.TrimLeft(r.Text, " \n\t") {
			space = true
		}
		for i, text := range strings.Fields(s.letters.drawable(r.Text)) {
			for j, part := range s.cut(st, r.Strong, limit, text) {
				joined := j == 0 && i == 0 && !space
				all = append(all, word{part, r.Strong, joined, s.width(st, r.Strong, part)})
			}
		}
		space = r.Text != strings.TrimRight(r.Text, " \n\t")
	}
	return all
}

// cut breaks a word into parts no wider than limit.
func (s *sheet) cut(st style, bold bool, limit float64, text string) []string {
	if s.width(st, bold, text) <= limit {
		return []string{text}
	}
	var parts []string
	from, letters := 0, []rune(text)
	for to := 1; to <= len(letters); to++ {
		if to-from > 1 && s.width(st, bold, string(letters[from:to])) > limit {
			parts = append(parts, string(letters[from:to-1]))
			from = to - 1
		}
	}
	return append(parts, string(letters[from:]))
}

// wrap breaks runs into lines no wider than limit.
func (s *sheet) wrap(st style, limit float64, runs []Run) [][]word {
	gap := s.width(st, false, " ")
	var lines [][]word
	var line []word
	filled := 0.0
	for _, w := range s.words(st, limit, runs) {
		need := w.width
		if len(line) > 0 && !w.joined {
			need += gap
		}
		if len(line) > 0 && filled+need > limit+0.01 {
			lines, line, filled, need = append(lines, line), nil, 0, w.width
		}
		line, filled = append(line, w), filled+need
	}
	if len(line) > 0 {
		lines = append(lines, line)
	}
	return lines
}

// lineWidth is the length of a line with its spaces.
func (s *sheet) lineWidth(st style, line []word) float64 {
	gap, sum := s.width(st, false, " "), 0.0
	for i, w := range line {
		sum += w.width
		if i > 0 && !w.joined {
			sum += gap
		}
	}
	return sum
}

// drawLine writes a line with its baseline at y; call it inside content. Words of one weight go out as one string, and all
// but the last line end in a space, so that copied and spoken text keeps its words apart.
func (s *sheet) drawLine(x, y float64, st style, line []word, last bool) {
	for from := 0; from < len(line); {
		to := from + 1
		for to < len(line) && line[to].bold == line[from].bold {
			to++
		}
		text := joined(line[from:to])
		if to < len(line) && !line[to].joined || to == len(line) && !last {
			text += " "
		}
		s.glyphs(x, y, st, line[from].bold, text)
		x += s.width(st, line[from].bold, text)
		from = to
	}
}

// joined is the text of words that stand beside each other.
func joined(words []word) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 && !w.joined {
			b.WriteByte(' ')
		}
		b.WriteString(w.text)
	}
	return b.String()
}

// glyphs is the only place where text reaches the file.
func (s *sheet) glyphs(x, y float64, st style, bold bool, text string) {
	s.pick(st, bold)
	s.pdf.SetTextColor(st.colour.r, st.colour.g, st.colour.b)
	if st.tracking != 0 {
		s.pdf.RawWriteStr(decimal(st.tracking) + " Tc\n")
	}
	s.pdf.Text(x, y, text)
	if st.tracking != 0 {
		s.pdf.RawWriteStr("0 Tc\n")
	}
}

// put writes one line that is known to fit, such as a fixed word of ours; what does not fit is left out.
func (s *sheet) put(x, y float64, st style, text string) {
	lines := s.wrap(st, bodyWidth, plain(text))
	if len(lines) > 0 {
		s.drawLine(x, y, st, lines[0], !strings.HasSuffix(text, " "))
	}
}

// putRight is put with the text ending at the right edge.
func (s *sheet) putRight(x, y, w float64, st style, text string) {
	if lines := s.wrap(st, w, plain(text)); len(lines) > 0 {
		s.drawLine(x+w-s.lineWidth(st, lines[0]), y, st, lines[0], true)
	}
}
