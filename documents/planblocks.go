package documents

// whole draws f on one page, on this one if there is room, and says true; what is taller than a page it leaves alone.
func (p *paper) whole(f func()) bool {
	height := p.measure(f)
	if height > p.bottom-bodyTop {
		return false
	}
	p.need(height)
	f()
	return true
}

// panel draws f on a soft ground with round corners and room around it. What is taller than a page stands there without one.
func (p *paper) panel(ground rgb, inside float64, f func()) {
	inner := func() {
		p.gap(inside - 3)
		p.y = p.at(p.x+inside, p.w-2*inside, f)
		p.gap(inside - 3)
	}
	if !p.whole(func() { p.ground(ground, p.measure(inner)); inner() }) {
		f()
	}
}

// ground fills the present column with a colour, height points down.
func (p *paper) ground(colour rgb, height float64) {
	y := p.y
	p.unread("Layout", func() {
		p.pdf.SetFillColor(colour.r, colour.g, colour.b)
		p.pdf.RoundedRect(p.x, y, p.w, height, 6, "1234", "F")
	})
}

// beside draws blocks in equal columns on one page; when they are taller than a page, one below the other. A single block goes on
// over pages as it is.
func (p *paper) beside(between float64, blocks []func()) {
	n := float64(len(blocks))
	width := (p.w - (n-1)*between) / n
	if n > 1 && p.whole(func() {
		y, bottom := p.y, p.y
		for i, block := range blocks {
			p.y = y
			bottom = max(bottom, p.at(p.x+float64(i)*(width+between), width, block))
		}
		p.y = bottom
	}) {
		return
	}
	for i, block := range blocks {
		if i > 0 {
			p.gap(between / 2)
		}
		block()
	}
}
