package templates

import (
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// IncomeCharts draws each way of selling on its own, all to one scale: face to face solid, online striped.
func IncomeCharts(ways []IncomeWay) []BarChart {
	var highest, lowest models.Pence
	for _, w := range ways {
		for _, r := range w.Rows {
			highest = max(highest, r.Face, r.Online, r.Sum())
			lowest = min(lowest, r.Face, r.Online, r.Sum())
		}
	}
	charts, ticks := make([]BarChart, len(ways)), poundTicksBetween(lowest, highest)
	for i, w := range ways {
		charts[i] = incomeChart(w)
		charts[i].Ticks = ticks
	}
	return charts
}

func incomeChart(w IncomeWay) BarChart {
	c := BarChart{Axis: "Net of VAT", Keys: []ChartKey{{SeriesFirst, "Face to face"}, {SeriesStriped, "Online"}}}
	best := 0
	for i, r := range w.Rows {
		if r.Sum() > w.Rows[best].Sum() {
			best = i
		}
		bar := Bar{Label: r.Short}
		for _, part := range []BarPart{{int64(r.Face), SeriesFirst}, {int64(r.Online), SeriesStriped}} {
			if part.Value != 0 {
				bar.Parts = append(bar.Parts, part)
			}
		}
		c.Bars = append(c.Bars, bar)
	}
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
