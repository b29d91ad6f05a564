package templates

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// BarChart is a bar chart drawn on the server. Zero baseline, what is below nothing hangs from it; at most two series, at most fifteen bars; the same numbers stand in a table beside it.
type BarChart struct {
	Finding string // one sentence that states what the picture shows: its text alternative
	Axis    string // the words under the bars: "Number of people"
	Bars    []Bar
	Ticks   []Tick // values of the hairlines, the highest last
	Notes   []ChartNote
	Keys    []ChartKey
}

// Bar is one bar: its first part stands on the baseline, the second on the first; parts below nothing hang from it likewise.
type Bar struct {
	Label string
	Parts []BarPart
	Value string // written above the bar where that has room; empty for none
	Own   bool   // the reader's own bar: solid, and its label bold
}

// BarPart is the share of one series in a bar.
type BarPart struct {
	Value  int64
	Series BarSeries
}

// BarSeries is how a bar is coloured.
type BarSeries string

// The series: solid green and soft ochre for counts, the ochre striped where both stand in one bar; soft green and soft ochre with
// an edge for prices.
const (
	SeriesFirst   BarSeries = "first"
	SeriesSecond  BarSeries = "second"
	SeriesSoft    BarSeries = "soft"
	SeriesStriped BarSeries = "striped"
)

// Tick is a hairline with its words.
type Tick struct {
	Value int64
	Label string
}

// ChartNote is a word or two inside the plot, above a bar: the series is named where it stands.
type ChartNote struct {
	Bar    int // index of the bar it begins at
	Value  int64
	Strong string
	Text   string
	Series BarSeries
}

// ChartKey names a series above the plot.
type ChartKey struct {
	Series BarSeries
	Label  string
}

// Wide is the drawing for a screen, Narrow the one for a phone: the words keep their size in both.
func (c BarChart) Wide() Plot { return c.plot(690, 310) }

// Narrow draws for 358 pixels. It leaves the notes out; the table below says the same.
func (c BarChart) Narrow() Plot {
	c.Notes = nil
	return c.plot(358, 260)
}

// Plot is a chart with its places worked out, in pixels.
type Plot struct {
	Width, Height int
	Finding       string
	Axis          string
	AxisX, AxisY  float64
	Left, Right   float64
	Lines         []PlotLine
	Rects         []PlotRect
	Stripes       []string // paths
	Labels        []PlotText
	Notes         []PlotNote
}

// PlotLine is a hairline and its label.
type PlotLine struct {
	Y     float64
	Label string
	Base  bool
}

// PlotRect is one drawn bar part.
type PlotRect struct {
	X, Y, W, H float64
	Class      string
}

// stripes are slanting lines over the rectangle, as a path.
func (r PlotRect) stripes() string {
	const apart = 8.0
	var path strings.Builder
	for k := r.X + r.Y + apart; k < r.X+r.W+r.Y+r.H; k += apart { // on each line x+y is k
		right, left := min(r.X+r.W, k-r.Y), max(r.X, k-r.Y-r.H)
		fmt.Fprintf(&path, "M%.1f %.1fL%.1f %.1f", left, k-left, right, k-right)
	}
	return path.String()
}

// PlotText is a word in the drawing.
type PlotText struct {
	X, Y  float64
	Text  string
	Class string
}

// PlotNote is a note with a strong first word; its lines begin at X.
type PlotNote struct {
	X, Y   float64
	Strong string
	Text   string
	Class  string
}

const (
	plotTop      = 52.0
	plotBottom   = 50.0
	barShare     = 0.70
	minLabelStep = 20.0 // pixels a short label needs
	labelLetter  = 8.0  // pixels a letter needs
	valueLetter  = 8.8  // pixels a letter of a bar’s value needs
	valueSmaller = 0.83 // of that, where it is written smaller
)

func (c BarChart) plot(width, height int) Plot {
	p := Plot{Width: width, Height: height, Finding: c.Finding, Axis: c.Axis, Left: c.left(), Right: float64(width)}
	p.AxisX, p.AxisY = p.Right, float64(height)-8
	base := float64(height) - plotBottom
	low, top := int64(0), int64(1)
	for _, t := range c.Ticks {
		low, top = min(low, t.Value), max(top, t.Value)
	}
	y := func(v int64) float64 { return base - (base-plotTop)*float64(v-low)/float64(top-low) }
	for _, t := range c.Ticks {
		p.Lines = append(p.Lines, PlotLine{Y: y(t.Value), Label: t.Label, Base: t.Value == 0})
	}
	if len(c.Bars) == 0 {
		return p
	}
	step := (p.Right - p.Left) / float64(len(c.Bars))
	for i, b := range c.Bars {
		x := p.Left + step*(float64(i)+(1-barShare)/2)
		p.drawBar(b, x, step*barShare, y)
		if b.Value != "" {
			if class := b.valueClass(c.room(i, step)); class != "" {
				middle := min(x+step*barShare/2, p.Right-b.valueWidth()/2) // none is cut off at the edge
				p.Labels = append(p.Labels, PlotText{X: middle, Y: y(b.height()) - 9, Text: b.Value, Class: class})
			}
		}
		if step >= b.labelStep() || b.Own || i%2 == 0 {
			p.Labels = append(p.Labels, b.label(x+step*barShare/2, base+20))
		}
	}
	for _, n := range c.Notes {
		x := p.Left + step*(float64(n.Bar)+(1-barShare)/2)
		p.Notes = append(p.Notes, PlotNote{X: x, Y: y(n.Value), Strong: n.Strong, Text: n.Text, Class: "ssph-chart__note--" + string(n.Series)})
	}
	return p
}

// left is the room that the longest words of the hairlines need.
func (c BarChart) left() float64 {
	room := 60.0
	for _, t := range c.Ticks {
		room = max(room, labelLetter*float64(utf8.RuneCountInString(t.Label))+12)
	}
	return room
}

// labelStep is how far from the next bar a bar must stand for both to have their labels.
func (b Bar) labelStep() float64 {
	return max(minLabelStep, labelLetter*float64(utf8.RuneCountInString(b.Label))+4)
}

func (b Bar) label(x, y float64) PlotText {
	class := "ssph-chart__label"
	if b.Own {
		class += " ssph-chart__label--own"
	}
	return PlotText{X: x, Y: y, Text: b.Label, Class: class}
}

func (p *Plot) drawBar(b Bar, x, w float64, y func(int64) float64) {
	var up, down int64
	for _, part := range b.Parts {
		from := &up
		if part.Value < 0 {
			from = &down
		}
		high, low := max(*from, *from+part.Value), min(*from, *from+part.Value)
		*from += part.Value
		rect := PlotRect{X: x, Y: y(high), W: w, H: y(low) - y(high), Class: "ssph-chart__bar--" + string(part.Series)}
		if b.Own {
			rect.Class = "ssph-chart__bar--own"
		}
		p.Rects = append(p.Rects, rect)
		if part.Series == SeriesStriped {
			p.Stripes = append(p.Stripes, rect.stripes())
		}
	}
}

// room is how wide the value above a bar may be: it may reach over bars beside it that have none.
func (c BarChart) room(i int, step float64) float64 {
	if (i == 0 || c.Bars[i-1].Value == "") && (i == len(c.Bars)-1 || c.Bars[i+1].Value == "") {
		return 2 * step
	}
	return step
}

// valueClass is how a bar's value is written: smaller where bars stand close; empty where it would run into the next, for the table beside
// says it too.
func (b Bar) valueClass(room float64) string {
	switch needs := b.valueWidth(); {
	case needs <= room || b.Own:
		return "ssph-chart__value"
	case needs*valueSmaller <= room:
		return "ssph-chart__value ssph-chart__value--small"
	}
	return ""
}

// valueWidth is about how wide the value is in pixels.
func (b Bar) valueWidth() float64 { return valueLetter * float64(utf8.RuneCountInString(b.Value)) }

// height is what stands above the baseline.
func (b Bar) height() int64 {
	var up int64
	for _, part := range b.Parts {
		up += max(part.Value, 0)
	}
	return up
}

// Px writes a coordinate with one decimal.
func (Plot) Px(v float64) string { return fmt.Sprintf("%.1f", v) }
