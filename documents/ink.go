package documents

// rgb is a colour of the design, in red, green and blue.
type rgb struct{ r, g, b int }

// The colours used on paper, by their names in the design.
var (
	ink         = rgb{0x17, 0x21, 0x1E}
	ink2        = rgb{0x4B, 0x5A, 0x55}
	brand       = rgb{0x12, 0x49, 0x3D}
	brandSoft   = rgb{0xE6, 0xF0, 0xEC}
	hairline    = rgb{0xC6, 0xD1, 0xCC}
	person      = rgb{0x8C, 0x2F, 0x60}
	environment = rgb{0x1F, 0x6B, 0x53}
	occupation  = rgb{0xE0, 0x9B, 0x26}
)

// style is how text looks: size and distance between lines in points, and tracking, the extra room after each letter.
type style struct {
	size, lead float64
	bold       bool
	colour     rgb
	tracking   float64
}

// The styles of paper. None is smaller than 10 points.
var (
	body    = style{size: 11, lead: 15.75, colour: ink}
	second  = style{size: 11, lead: 15.75, colour: ink2}
	small   = style{size: 10, lead: 15, colour: ink2}
	name    = style{size: 13, lead: 18, bold: true, colour: ink}
	section = style{size: 13, lead: 19, bold: true, colour: ink}
	title   = style{size: 24, lead: 28, bold: true, colour: ink, tracking: -0.4}
	figure  = style{size: 21, lead: 26, bold: true, colour: ink, tracking: -0.3}
	column  = style{size: 10, lead: 14, bold: true, colour: ink2}
)

func (st style) strong() style {
	st.bold = true
	if st.colour == ink2 {
		st.colour = ink
	}
	return st
}

// stroke is the width and colour of a rule.
type stroke struct {
	width  float64
	colour rgb
}

var (
	hair  = stroke{0.75, hairline}
	heavy = stroke{1.5, brand} // 2 pixels: opens a section
)

// rule draws a horizontal line; call it inside unread.
func (s *sheet) rule(x, y, w float64, st stroke) {
	s.pdf.SetLineWidth(st.width)
	s.pdf.SetDrawColor(st.colour.r, st.colour.g, st.colour.b)
	s.pdf.Line(x, y, x+w, y)
}

// wordmark draws the three circles and the Hub's name with the top left corner at x, y. It is 31 points high.
func (s *sheet) wordmark(x, y float64) {
	s.unread("Layout", func() {
		const r = 9.6
		for _, c := range []struct {
			x, y   float64
			colour rgb
		}{{r, r, person}, {2.25 * r, r, environment}, {1.62 * r, 2.15 * r, occupation}} {
			s.pdf.SetAlpha(0.82, "Normal")
			s.pdf.SetFillColor(c.colour.r, c.colour.g, c.colour.b)
			s.pdf.Circle(x+c.x, y+c.y, r, "F")
		}
		s.pdf.SetAlpha(1, "Normal")
	})
	s.tag(roleParagraph, func() {
		s.content(func() {
			small := style{size: 11, colour: ink2}
			large := style{size: 15, bold: true, colour: brand, tracking: -0.2}
			s.put(x+40, y+10.5, small, "Salford ")
			s.put(x+40, y+26.5, large, "Social Prescribing Hub")
		})
	})
}
