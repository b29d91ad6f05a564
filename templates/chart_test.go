package templates

import (
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"pgregory.net/rapid"
)

// Bars stand on the baseline, keep the order of their values and never leave the picture.
func TestPlot_BarsAreInScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var points []PricePoint
		for n := 1; n <= rapid.IntRange(1, 15).Draw(t, "bars"); n++ {
			points = append(points, PricePoint{People: n, Net: models.Pence(rapid.Int64Range(0, 99_999_999).Draw(t, "net")), Own: n >= 10})
		}
		c := PriceChart(points, 22800, 244000, 3)
		if last := c.Ticks[len(c.Ticks)-1].Value; len(c.Ticks) > 6 || c.Ticks[0].Value != 0 {
			t.Fatalf("ticks %v up to %d", c.Ticks, last)
		}
		for _, p := range []Plot{c.Wide(), c.Narrow()} {
			checkPlot(t, p, points)
		}
	})
}

func checkPlot(t *rapid.T, p Plot, points []PricePoint) {
	base := float64(p.Height) - plotBottom
	for i, r := range p.Rects {
		if r.X < p.Left || r.X+r.W > p.Right+0.01 || r.Y < plotTop-0.01 || r.Y+r.H > base+0.01 || r.Y+r.H < base-0.01 {
			t.Fatalf("bar %d leaves the picture: %+v", i, r)
		}
		for j := range i {
			if (points[i].Net > points[j].Net) != (r.H > p.Rects[j].H+1e-9) && points[i].Net != points[j].Net && abs(r.H-p.Rects[j].H) > 1e-6 {
				t.Fatalf("bars %d and %d are out of order", j, i)
			}
		}
	}
}

func abs(v float64) float64 { return max(v, -v) }

func TestPlot_StacksTwoSeries(t *testing.T) {
	c := BarChart{Ticks: []Tick{{0, "0"}, {60, "60"}}, Bars: []Bar{{Label: "Jun", Parts: []BarPart{{21, SeriesFirst}, {12, SeriesSecond}}, Value: "33"}}}
	p := c.Wide()
	if len(p.Rects) != 2 {
		t.Fatalf("%d parts", len(p.Rects))
	}
	first, second := p.Rects[0], p.Rects[1]
	if abs(second.Y+second.H-first.Y) > 1e-9 {
		t.Errorf("the second part does not stand on the first: %+v %+v", first, second)
	}
	if abs(first.H/second.H-21.0/12.0) > 1e-9 {
		t.Errorf("heights %v and %v are not as 21 to 12", first.H, second.H)
	}
}

func TestPoundTicks_AreRoundAndReachTheHighest(t *testing.T) {
	ticks := poundTicks(244000)
	var labels []string
	for _, tick := range ticks {
		labels = append(labels, tick.Label)
	}
	want := []string{"£0", "£1,000", "£2,000", "£3,000"}
	if len(labels) != len(want) {
		t.Fatalf("ticks %v, want %v", labels, want)
	}
	for i := range want {
		if labels[i] != want[i] {
			t.Errorf("tick %d is %s, want %s", i, labels[i], want[i])
		}
	}
}
