package templates

import (
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// LicenceBar is a licence drawn as one bar: the days it works, the last of them outlined, the days of grace, and today.
type LicenceBar struct {
	Starts     models.Date
	NoticeFrom models.Date // from here to the last day it is shown to end soon
	LastDay    models.Date
	GraceEnds  models.Date // the last day itself when there is no grace
	Today      models.Date
	Word       string // inside the bar: Active
	Begin      string // under its beginning: "Trained, 11 December 2025"
	Off        bool   // it does not work, whatever its dates
}

// BarPlot is the bar with its places worked out, in pixels.
type BarPlot struct {
	Width, Height int
	Finding       string
	Rects         []PlotRect
	Labels        []PlotText
	TodayX        float64
	LineY, LineTo float64
	DotX, DotY    float64
}

// Px writes a coordinate with one decimal.
func (BarPlot) Px(v float64) string { return fmt.Sprintf("%.1f", v) }

// barRoom is where a bar and its words stand.
type barRoom struct {
	width, height int
	left, right   float64 // the bar's own reach
	narrow        bool
}

const (
	barTop    = 40.0
	barHeight = 28.0
	barSmall  = 4.0  // a stretch of the bar is never thinner
	barApart  = 14.0 // how far today stands from a bar it is not on
)

// Wide is the drawing for a screen, Narrow the one for a phone: the words keep their size in both.
func (b LicenceBar) Wide() BarPlot {
	return b.plot(barRoom{width: 940, height: 126, left: 40, right: 790})
}

// Narrow draws for 326 pixels.
func (b LicenceBar) Narrow() BarPlot {
	return b.plot(barRoom{width: 326, height: 172, left: 16, right: 310, narrow: true})
}

func (b LicenceBar) plot(room barRoom) BarPlot {
	p := BarPlot{Width: room.width, Height: room.height, Finding: b.finding(), LineY: barTop - 12, LineTo: barTop + barHeight + 8}
	after := b.GraceEnds.AddDays(1)
	at := func(d models.Date) float64 {
		share := float64(b.Starts.DaysUntil(d)) / float64(max(b.Starts.DaysUntil(after), 1))
		return room.left + (room.right-room.left)*min(max(share, 0), 1)
	}
	start, end := room.left, room.right
	last := end
	if b.LastDay.Before(b.GraceEnds) {
		last = min(at(b.LastDay.AddDays(1)), end-barSmall)
	}
	notice := min(at(b.NoticeFrom), last-barSmall)
	class := "ssph-year__active"
	if b.Off {
		class = "ssph-year__off"
	}
	p.Rects = append(p.Rects, PlotRect{start, barTop, notice - start, barHeight, class}, PlotRect{notice, barTop, last - notice, barHeight, "ssph-year__notice"})
	if last < end {
		p.Rects = append(p.Rects, PlotRect{last, barTop, end - last, barHeight, "ssph-year__grace"})
	}
	p.DotX, p.DotY = start, barTop+barHeight+15
	p.TodayX = b.todayAt(at, start, end)
	p.words(b, room, last)
	return p
}

// todayAt is today on the bar, in the middle of its day; beside the bar when it is before or after all its days.
func (b LicenceBar) todayAt(at func(models.Date) float64, start, end float64) float64 {
	switch {
	case b.Today.Before(b.Starts):
		return start - barApart
	case b.GraceEnds.Before(b.Today):
		return end + barApart
	}
	return (at(b.Today) + at(b.Today.AddDays(1))) / 2
}

// words places the labels. On a phone each has a line of its own.
func (p *BarPlot) words(b LicenceBar, room barRoom, last float64) {
	const inset, baseline, line = 12.0, 19.0, 24.0
	under := barTop + barHeight + 42
	add := func(x, y float64, text, class string) { p.Labels = append(p.Labels, PlotText{x, y, text, class}) }
	add(room.left+inset, barTop+baseline, b.Word, "ssph-year__word")
	side := "ssph-year__strong"
	if p.TodayX > (room.left+room.right)/2 {
		side += " ssph-year__ends"
	}
	today := dayMonth(b.Today)
	if b.Today.Before(b.Starts) || b.GraceEnds.Before(b.Today) {
		today = b.Today.String()
	}
	add(p.TodayX, barTop-18, "Today, "+today, side)
	add(room.left, under, b.Begin, "ssph-year__label")
	ends := "Last day, " + dayMonth(b.LastDay)
	if !room.narrow {
		add(last, under, ends, "ssph-year__label ssph-year__middle")
	} else {
		add(room.right, under+line, "Last day, "+b.LastDay.String(), "ssph-year__label ssph-year__ends")
	}
	days := b.LastDay.DaysUntil(b.GraceEnds)
	if days < 1 {
		return
	}
	grace := plural(days, "day’s grace", "days’ grace")
	if room.narrow {
		add(room.right, under+2*line, grace, "ssph-year__gracewords ssph-year__ends")
		return
	}
	x := room.right + inset
	if b.GraceEnds.Before(b.Today) {
		x = p.TodayX + inset
	}
	add(x, barTop+baseline, grace, "ssph-year__gracewords")
}

// finding says the picture in a sentence.
func (b LicenceBar) finding() string {
	words := "The licence runs from " + b.Starts.String() + " to the end of " + b.LastDay.String()
	if days := b.LastDay.DaysUntil(b.GraceEnds); days > 0 {
		words += ", with " + plural(days, "day", "days") + " of grace up to " + b.GraceEnds.String()
	}
	return words + ". Today is " + b.Today.String() + "."
}
