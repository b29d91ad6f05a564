package templates

import (
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// IncomeChart draws what one way of selling earned: face to face solid, online striped, each chart to its own scale.
func IncomeChart(w IncomeWay) BarChart {
	c := BarChart{Axis: "Net of VAT", Keys: []ChartKey{{SeriesFirst, "Face to face"}, {SeriesStriped, "Online"}}}
	var highest, lowest models.Pence
	best := 0
	for i, r := range w.Rows {
		if r.Sum() > w.Rows[best].Sum() {
			best = i
		}
		highest, lowest = max(highest, r.Face, r.Online, r.Sum()), min(lowest, r.Face, r.Online, r.Sum())
		bar := Bar{Label: r.Short}
		for _, part := range []BarPart{{int64(r.Face), SeriesFirst}, {int64(r.Online), SeriesStriped}} {
			if part.Value != 0 {
				bar.Parts = append(bar.Parts, part)
			}
		}
		if len(bar.Parts) > 0 {
			bar.Value = r.Sum().Short()
		}
		c.Bars = append(c.Bars, bar)
	}
	c.Ticks = poundTicksBetween(lowest, highest)
	c.Finding = fmt.Sprintf("%s: %s net in %s", w.Title, w.Sum(), plural(len(w.Rows), "month", "months"))
	if len(w.Rows) > 0 && w.Rows[best].Sum() > 0 {
		c.Finding += fmt.Sprintf(", most in %s: %s", w.Rows[best].Month, w.Rows[best].Sum())
	}
	c.Finding += "."
	return c
}

// poundTicksBetween are round hairlines from at most lowest, which is nothing or less, to at least highest.
func poundTicksBetween(lowest, highest models.Pence) []Tick {
	step := poundTicks(max(highest, -lowest))[1].Value
	var ticks []Tick
	from := -(int64(-lowest) + step - 1) / step * step
	for v := from; v < int64(highest) || v <= 0; v += step {
		ticks = append(ticks, Tick{v, models.Pence(v).Short()})
	}
	last := ticks[len(ticks)-1].Value + step
	return append(ticks, Tick{last, models.Pence(last).Short()})
}
