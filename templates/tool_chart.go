package templates

import (
	"fmt"
	"math"
	"strings"
)

// FlowChart is the process drawn: boxes and the arrows between them.
type FlowChart struct {
	Width, Height int
	Finding       string // what it shows, in a sentence
	Boxes         []FlowBox
	Arrows        []FlowArrow
}

// FlowBox is one state.
type FlowBox struct {
	X, Y, W, H int
	MidX, MidY int
	Lines      []FlowWord
	Look       string // now, been, or empty
}

// FlowWord is one line of a box's label.
type FlowWord struct {
	Text string
	Y    int
}

// FlowArrow is one way between two states.
type FlowArrow struct {
	Path string
	Head string // the arrow's head, as SVG path data
	Open bool   // it can be taken now
}

// FlowPlace is where a state stands: column and row, from 0.
type FlowPlace struct {
	Key, Label  string
	Column, Row int
	Look        string
}

// FlowLine is an arrow between two places.
type FlowLine struct {
	From, To string
	Open     bool
}

// Sizes of the flowchart, in its own units.
const (
	boxWidth   = 206
	boxHeight  = 56
	columnGap  = 112
	rowGap     = 26
	flowMargin = 24
	headSize   = 7.0
	wordHeight = 22
	longWord   = 20 // characters from which a label takes two lines
)

// NewFlowChart places the boxes and draws the arrows. A line to a place that is not there is left out.
func NewFlowChart(places []FlowPlace, lines []FlowLine, finding string) FlowChart {
	c := FlowChart{Finding: finding}
	at := map[string]FlowBox{}
	for _, p := range places {
		b := FlowBox{X: flowMargin + p.Column*(boxWidth+columnGap), Y: 8 + p.Row*(boxHeight+rowGap), W: boxWidth, H: boxHeight, Look: p.Look}
		b.MidX, b.MidY = b.X+b.W/2, b.Y+b.H/2
		b.Lines = flowWords(p.Label, b.MidY)
		at[p.Key] = b
		c.Boxes = append(c.Boxes, b)
		c.Width, c.Height = max(c.Width, b.X+b.W+flowMargin), max(c.Height, b.Y+b.H+8)
	}
	for _, l := range lines {
		from, here := at[l.From]
		to, there := at[l.To]
		if here && there && l.From != l.To {
			arrow := drawArrow(from, to)
			arrow.Open = l.Open
			c.Arrows = append(c.Arrows, arrow)
		}
	}
	return c
}

// flowWords centres a label in its box, in two lines when it is long.
func flowWords(label string, mid int) []FlowWord {
	space := strings.LastIndex(label[:min(len(label), longWord)], " ")
	if len(label) < longWord || space < 0 {
		return []FlowWord{{label, mid + 6}}
	}
	return []FlowWord{{label[:space], mid + 6 - wordHeight/2}, {label[space+1:], mid + 6 + wordHeight/2}}
}

// drawArrow goes straight down to the next row, sideways to another column, and in a bow past what lies between.
func drawArrow(a, b FlowBox) FlowArrow {
	step := boxHeight + rowGap
	switch {
	case a.X == b.X && b.Y-a.Y == step:
		return straight(a.MidX, a.Y+a.H, b.MidX, b.Y)
	case a.X == b.X:
		side := 1
		if b.Y > a.Y && a.X > flowMargin { // beyond the first column there is no room at the left
			side = -1
		}
		out := side * (18 + 7*min(max(b.Y-a.Y, a.Y-b.Y)/step, 7))
		edgeA, edgeB := a.MidX+side*a.W/2, b.MidX+side*b.W/2
		return bow(edgeA, a.MidY+side*6, edgeB, b.MidY-side*6, out)
	case a.X < b.X:
		return straight(a.X+a.W, a.MidY+lean(a, b), b.X, b.MidY-lean(a, b))
	}
	return straight(a.X, a.MidY+lean(a, b), b.X+b.W, b.MidY-lean(a, b))
}

// lean keeps two arrows between the same boxes apart.
func lean(a, b FlowBox) int {
	if a.X < b.X {
		return -7
	}
	return 7
}

func straight(x1, y1, x2, y2 int) FlowArrow {
	return FlowArrow{
		Path: fmt.Sprintf("M%d %dL%d %d", x1, y1, x2, y2),
		Head: head(float64(x2), float64(y2), math.Atan2(float64(y2-y1), float64(x2-x1))),
	}
}

func bow(x1, y1, x2, y2, out int) FlowArrow {
	angle := math.Pi
	if out < 0 {
		angle = 0
	}
	return FlowArrow{
		Path: fmt.Sprintf("M%d %dC%d %d %d %d %d %d", x1, y1, x1+2*out, y1, x2+2*out, y2, x2, y2),
		Head: head(float64(x2), float64(y2), angle),
	}
}

// head is a small triangle that points along the angle and ends at the point.
func head(x, y, angle float64) string {
	corner := func(turn float64) (float64, float64) {
		return x - headSize*math.Cos(angle+turn), y - headSize*math.Sin(angle+turn)
	}
	ax, ay := corner(0.45)
	bx, by := corner(-0.45)
	return fmt.Sprintf("M%.1f %.1fL%.1f %.1fL%.1f %.1fZ", x, y, ax, ay, bx, by)
}
