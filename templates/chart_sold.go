package templates

import (
	"fmt"
	"strconv"
)

// SoldChart draws the places sold in each month. The last month is not over yet.
func SoldChart(rows []SoldRow) BarChart {
	c := BarChart{}
	total, best := 0, 0
	for i, r := range rows {
		total += r.Places
		if r.Places > rows[best].Places {
			best = i
		}
		bar := Bar{Label: r.Short, Parts: []BarPart{{int64(r.Places), SeriesFirst}}}
		if r.Places > 0 {
			bar.Value = strconv.Itoa(r.Places)
		}
		c.Bars = append(c.Bars, bar)
	}
	if total == 0 {
		c.Finding = fmt.Sprintf("No places were sold in the last %d months.", len(rows))
		c.Ticks = countTicks(0)
		return c
	}
	c.Finding = fmt.Sprintf("%s sold in %d months, most in %s: %d.", plural(total, "place was", "places were"), len(rows), rows[best].Short, rows[best].Places)
	c.Ticks = countTicks(rows[best].Places)
	return c
}

// countTicks are a few round hairlines from nothing to at least highest.
func countTicks(highest int) []Tick {
	step := 1
	for _, wider := range []int{2, 5, 10, 20, 50, 100, 200, 500, 1000} {
		if step*4 >= highest {
			break
		}
		step = wider
	}
	ticks := []Tick{{0, "0"}}
	for v := step; ; v += step {
		ticks = append(ticks, Tick{int64(v), strconv.Itoa(v)})
		if v >= highest {
			return ticks
		}
	}
}
