package templates

import "fmt"

// FitPicture is the three circles of a fit, drawn twice: wide with the names of the pairs outside, and narrow with the scores inside.
type FitPicture struct {
	Alternative string // says all that the picture shows
	R           string
	Circles     []FitCircle
	Lenses      []FitLens
	Wide        string // the viewBox of each drawing
	Narrow      string
	Dashed      bool // some answer is not known
}

// FitCircle is one of the three.
type FitCircle struct {
	Key, Label string
	X, Y       string
	NameX      string // where the name stands, wide and narrow
	NameY      string
}

// FitLens is a pair: where its circles overlap.
type FitLens struct {
	Score   string // 56; or words that stand for it
	Lines   []string
	Path    string // empty when the circles only touch
	Weakest bool
	Grey    bool
	MidX    string // of the score inside
	MidY    string
	DotX    string
	DotY    string
	LineX   string // the end of the leader
	LineY   string
	TextX   string
	TextY   string
	Anchor  string // start, middle or end
}

// CircleAt is a circle's middle as it is placed, y downwards.
type CircleAt struct {
	Key, Label string
	X, Y       float64
}

// LensAt is a pair as it is placed: its score, and where the edges of its circles cross.
type LensAt struct {
	Score            string
	Lines            []string
	Path             string
	Weakest, Grey    bool
	MidX, MidY       float64
	TopX, TopY       float64
	BottomX, BottomY float64
}

// Room around the circles for the names of the pairs, in the picture's units.
const (
	roomAbove  = 74.0
	roomBeside = 112.0
	roomEdge   = 6.0
)

// NewFitPicture draws circles of radius r in the order person, environment, occupation, and pairs in the order person and
// environment, person and occupation, environment and occupation.
func NewFitPicture(r float64, circles [3]CircleAt, lenses [3]LensAt, alternative string, dashed bool) FitPicture {
	p := FitPicture{Alternative: alternative, R: px(r), Dashed: dashed}
	left, right, bottom := circles[0].X-r, circles[1].X+r, circles[0].Y+r
	for _, c := range circles {
		left, right, bottom = min(left, c.X-r), max(right, c.X+r), max(bottom, c.Y+r)
	}
	middleX := (circles[0].X + circles[1].X + circles[2].X) / 3
	for n, c := range circles {
		nameX, nameY := c.X+(c.X-middleX)*0.36, c.Y-0.12*r
		if n == 2 {
			nameX, nameY = c.X, c.Y+0.5*r
		}
		p.Circles = append(p.Circles, FitCircle{Key: c.Key, Label: c.Label, X: px(c.X), Y: px(c.Y), NameX: px(nameX), NameY: px(nameY)})
	}
	for n, l := range lenses {
		p.Lenses = append(p.Lenses, l.draw(n, r, circles))
	}
	wideLeft, wideRight := min(left, circles[2].X-r-roomBeside), max(right, circles[2].X+r+roomBeside)
	p.Wide = box(wideLeft-roomEdge, circles[0].Y-r-roomAbove, wideRight+roomEdge, bottom+roomEdge)
	p.Narrow = box(left-roomEdge, circles[0].Y-r-roomEdge, right+roomEdge, bottom+roomEdge)
	return p
}

// draw places the score inside, the dot at the lens's outer end, and the words outside with a line between.
func (l LensAt) draw(n int, r float64, circles [3]CircleAt) FitLens {
	out := FitLens{Score: l.Score, Lines: l.Lines, Path: l.Path, Weakest: l.Weakest, Grey: l.Grey}
	third := circles[[3]int{2, 1, 0}[n]]
	outer, inner := [2]float64{l.TopX, l.TopY}, [2]float64{l.BottomX, l.BottomY}
	if far(outer, third) < far(inner, third) {
		outer, inner = inner, outer
	}
	toward := func(share float64) [2]float64 {
		return [2]float64{outer[0] + share*(inner[0]-outer[0]), outer[1] + share*(inner[1]-outer[1])}
	}
	dot, score := toward(0.2), toward(0.34)
	out.MidX, out.MidY = px(score[0]), px(score[1])
	out.DotX, out.DotY = px(dot[0]), px(dot[1])
	below := circles[2]
	switch n {
	case 0:
		out.Anchor, out.TextX, out.TextY = "middle", px(dot[0]), px(circles[0].Y-r-46)
		out.LineX, out.LineY = px(dot[0]), px(circles[0].Y-r-18)
	case 1:
		x, y := below.X-r-8, below.Y+0.3*r
		out.Anchor, out.TextX, out.TextY, out.LineX, out.LineY = "end", px(x), px(y), px(x-6), px(y-22)
	default:
		x, y := below.X+r+8, below.Y+0.3*r
		out.Anchor, out.TextX, out.TextY, out.LineX, out.LineY = "start", px(x), px(y), px(x+6), px(y-22)
	}
	return out
}

func far(p [2]float64, c CircleAt) float64 {
	return (p[0]-c.X)*(p[0]-c.X) + (p[1]-c.Y)*(p[1]-c.Y)
}

func px(v float64) string { return fmt.Sprintf("%.1f", v) }

func box(left, top, right, bottom float64) string {
	return fmt.Sprintf("%.1f %.1f %.1f %.1f", left, top, right-left, bottom-top)
}
