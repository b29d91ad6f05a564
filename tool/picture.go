package tool

import (
	"fmt"
	"math"
	"strings"
)

// lensAtBest is the part of a circle that two circles share when each edge passes through the other's centre.
const lensAtBest = 0.391

// halvings is how often the distance is halved in on: enough for every digit that is drawn.
const halvings = 60

// Point is a place in the picture, in its own units, y downwards.
type Point struct{ X, Y float64 }

// Circle is one of the three.
type Circle struct {
	Domain Domain
	Centre Point
}

// Lens is where two circles overlap.
type Lens struct {
	Pair    Pair
	Percent int
	Low     bool   // an answer is not known: this is the low end
	Unsaid  bool   // not enough known yet: the circles only touch, in grey
	Weakest bool   // dashed outline
	Centre  Point  // for the figure, or the end of a leader line
	Top     Point  // where the two edges cross, one side
	Bottom  Point  // and the other
	Path    string // outline as SVG path data; empty when the circles only touch
}

// Picture is the three circles of one fit. All circles have the radius R; the box holds them all.
type Picture struct {
	R             float64
	Circles       [3]Circle // person, environment, occupation
	Lenses        [3]Lens   // PE, PO, EO
	Min, Max      Point     // corners of the box
	Uncertain     bool      // some answer is not known: circle lines are dashed
	Alternative   string    // says all the picture shows
	WeakestDashed bool      // there is one weakest pair
}

// FitPicture draws a fit with circles of radius r: the more two circles overlap, the better that pair fits. It draws the low end;
// a pair of which not enough is known, and one that something blocks, is drawn with circles that only touch.
func (p Pack) FitPicture(f Fit, r float64) Picture {
	apart := map[Pair]float64{}
	pic := Picture{R: r, Uncertain: !f.Known(), WeakestDashed: f.Weakest != ""}
	for n, one := range f.Pairs {
		score := one.Low
		if one.NotEnough || p.blocks(f, one.Pair) {
			score = 0
		}
		apart[one.Pair] = r * apartFor(score.Exact())
		pic.Lenses[n] = Lens{
			Pair: one.Pair, Percent: score.Percent(), Low: one.Low != one.High, Unsaid: one.NotEnough, Weakest: one.Pair == f.Weakest,
		}
	}
	pic.place(apart)
	pic.Alternative = p.pictureInWords(f)
	return pic
}

// blocks says that a question of the pair is answered 0 with nothing planned.
func (p Pack) blocks(f Fit, pair Pair) bool {
	for _, code := range f.BlockedBy {
		if item, _ := p.Item(code); item.Pair == pair {
			return true
		}
	}
	return false
}

// apartFor is how far apart two centres are, in radii, for a score of 0 to 100: from 2, where the circles touch, to 1. The shared
// area is lensAtBest × score / 100 of one circle.
func apartFor(score float64) float64 {
	wanted := lensAtBest * score / 100
	near, far := 1.0, 2.0
	if sharedArea(near) <= wanted {
		return near
	}
	for range halvings {
		middle := (near + far) / 2
		if sharedArea(middle) > wanted {
			near = middle
		} else {
			far = middle
		}
	}
	return far
}

// sharedArea is the part of one circle that it shares with another, d radii apart.
func sharedArea(d float64) float64 {
	x := d / 2
	return 2 / math.Pi * (math.Acos(x) - x*math.Sqrt(1-x*x))
}

// place puts person at the left, environment at the right and occupation below, and finds the lenses. Every distance lies between
// one radius and two, so that three circles can always be placed.
func (pic *Picture) place(apart map[Pair]float64) {
	x := (square(apart[PO]) - square(apart[EO]) + square(apart[PE])) / (2 * apart[PE])
	y := math.Sqrt(max(0, square(apart[PO])-x*x))
	person, environment, occupation := Point{}, Point{X: apart[PE]}, Point{X: x, Y: y}
	pic.Circles = [3]Circle{{Person, person}, {Environment, environment}, {Occupation, occupation}}
	pic.Lenses[0].between(person, environment, pic.R)
	pic.Lenses[1].between(person, occupation, pic.R)
	pic.Lenses[2].between(environment, occupation, pic.R)
	pic.Min = Point{X: min(person.X, occupation.X) - pic.R, Y: -pic.R}
	pic.Max = Point{X: max(environment.X, occupation.X) + pic.R, Y: max(environment.Y, occupation.Y) + pic.R}
}

func square(v float64) float64 { return v * v }

// between finds where the edges of two circles cross and draws the lens's outline.
func (l *Lens) between(a, b Point, r float64) {
	l.Centre = Point{(a.X + b.X) / 2, (a.Y + b.Y) / 2}
	d := math.Hypot(b.X-a.X, b.Y-a.Y)
	half := math.Sqrt(max(0, r*r-d*d/4))
	across := Point{(b.Y - a.Y) / d * half, -(b.X - a.X) / d * half}
	l.Top, l.Bottom = Point{l.Centre.X + across.X, l.Centre.Y + across.Y}, Point{l.Centre.X - across.X, l.Centre.Y - across.Y}
	if l.Percent == 0 {
		return
	}
	l.Path = fmt.Sprintf("M%.2f %.2fA%.2f %.2f 0 0 1 %.2f %.2fA%.2f %.2f 0 0 1 %.2f %.2fZ",
		l.Top.X, l.Top.Y, r, r, l.Bottom.X, l.Bottom.Y, r, r, l.Top.X, l.Top.Y)
}

// pictureInWords says all three scores and the weakest, for those who do not see the picture.
func (p Pack) pictureInWords(f Fit) string {
	said := []string{p.Sentence(f)}
	for _, one := range f.Pairs {
		switch {
		case p.blocks(f, one.Pair):
			said = append(said, one.Pair.Label()+": blocked")
		case one.NotEnough:
			said = append(said, one.Pair.Label()+": not enough known yet")
		case one.Low != one.High:
			said = append(said, fmt.Sprintf("%s: between %d and %d", one.Pair.Label(), one.Low.Percent(), one.High.Percent()))
		default:
			said = append(said, fmt.Sprintf("%s: %d", one.Pair.Label(), one.Low.Percent()))
		}
	}
	return strings.Join(said, ". ") + "."
}
