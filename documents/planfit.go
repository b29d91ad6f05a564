package documents

import "math"

// support is what to do when it gets hard, when we look again, who to ask, and why we think it fits.
func (s planSheet) support(fit *Fit) {
	var parts []func()
	if len(s.words.Hard) > 0 {
		parts = append(parts, func() {
			s.part(s.words.HardTitle, func() {
				for _, sentence := range s.words.Hard {
					s.prose(s.look.text, sentence)
				}
			})
		})
	}
	parts = s.with(s.with(parts, s.words.Review), s.words.Contacts)
	if fit != nil {
		parts = append(parts, func() { s.part(s.words.FitTitle, func() { s.fit(*fit) }) })
	}
	if len(parts) > 3 {
		s.blocks(parts[:2])
		parts = parts[2:]
	}
	s.blocks(parts)
	if s.look.easy {
		s.say(s.look.text, []string{s.words.Written})
	}
}

// fit is the picture at the left and what it says beside it.
func (s planSheet) fit(f Fit) {
	const picture, beside = 66.0, 8.0
	c := f.circles()
	height := picture*c.height/c.width + 4
	s.need(height)
	y, page := s.y, len(s.marks)
	s.figure(s.words.FitPicture, func() { c.draw(s.paper, s.x, y+4, picture, f.Weakest) })
	s.y = s.at(s.x+picture+beside, s.w-picture-beside, s.fits)
	if len(s.marks) == page {
		s.y = max(s.y, y+height)
	}
}

func (s planSheet) fits() {
	if !s.look.easy {
		s.prose(s.look.text, []Run{{Text: s.words.FitBand + " ", Strong: true}, {Text: s.words.FitWhy}})
		return
	}
	s.say(s.look.strong, []string{s.words.FitBand})
	s.say(s.look.text, []string{s.words.FitWhy})
}

// circles are the three circles of one radius, with the left upper corner of the picture at 0, 0.
type circles struct {
	middle        [3][2]float64 // person, environment, occupation
	width, height float64
}

// circles places the picture with a radius of 1: person left, environment right, occupation below.
func (f Fit) circles() circles {
	pe, po, eo := f.Apart[0], f.Apart[1], f.Apart[2]
	x := (po*po - eo*eo + pe*pe) / (2 * pe)
	y := math.Sqrt(max(0, po*po-x*x))
	left, right := min(0, x), max(pe, x)
	return circles{
		middle: [3][2]float64{{1 - left, 1}, {pe + 1 - left, 1}, {x + 1 - left, y + 1}},
		width:  right - left + 2, height: y + 2,
	}
}

// draw sets the picture width points wide with its corner at x, y; a dashed line is around what the weakest pair shares.
func (c circles) draw(p *paper, x, y, width float64, weakest Pair) {
	r := width / c.width
	at := func(i int) (float64, float64) { return x + r*c.middle[i][0], y + r*c.middle[i][1] }
	p.pdf.SetLineWidth(0.9)
	for i, colour := range []rgb{person, environment, occupation} {
		mx, my := at(i)
		p.pdf.SetFillColor(colour.r, colour.g, colour.b)
		p.pdf.SetDrawColor(colour.r, colour.g, colour.b)
		p.pdf.SetAlpha(0.24, "Normal")
		p.pdf.Circle(mx, my, r, "F")
		p.pdf.SetAlpha(1, "Normal")
		p.pdf.Circle(mx, my, r, "D")
	}
	if weakest == NoPair {
		return
	}
	of := [][2]int{{0, 1}, {0, 2}, {1, 2}}[weakest-PersonEnvironment]
	ax, ay := at(of[0])
	bx, by := at(of[1])
	p.pdf.SetDrawColor(ink.r, ink.g, ink.b)
	p.pdf.SetDashPattern([]float64{1.6, 1.4}, 0)
	lens(p, ax, ay, bx, by, r)
	lens(p, bx, by, ax, ay, r)
	p.pdf.SetDashPattern(nil, 0)
}

// lens draws the arc of the circle around ax, ay that lies inside the circle around bx, by.
func lens(p *paper, ax, ay, bx, by, r float64) {
	const degrees = 180 / math.Pi
	half := math.Acos(min(1, math.Hypot(bx-ax, by-ay)/(2*r))) * degrees
	towards := math.Atan2(ay-by, bx-ax) * degrees // the page counts downwards, the angle upwards
	if half > 0.5 {
		p.pdf.Arc(ax, ay, r, r, 0, towards-half, towards+half, "D")
	}
}
