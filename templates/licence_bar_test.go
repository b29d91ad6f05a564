package templates

import (
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hub.salford.ac.uk/ssph/models"
)

// Whatever the dates, the stretches of the bar follow each other from its left end to its right, and today stands on its day.
func TestLicenceBar_StretchesFollowEachOtherAndTodayStandsOnItsDay(t *testing.T) {
	const hair = 1e-6 // of a pixel: sums of fractions
	rapid.Check(t, func(t *rapid.T) {
		start := models.Date{Year: 2026, Month: time.January, Day: 1}.AddDays(rapid.IntRange(0, 4000).Draw(t, "start"))
		last := start.AddDays(rapid.IntRange(1, 1500).Draw(t, "days"))
		b := LicenceBar{
			Starts: start, LastDay: last, NoticeFrom: last.AddDays(-min(30, start.DaysUntil(last))), GraceEnds: last.AddDays(rapid.IntRange(0, 60).Draw(t, "grace")),
			Today: start.AddDays(rapid.IntRange(-400, 3000).Draw(t, "today")), Word: "Active", Begin: "Trained, " + start.String(),
		}
		for name, p := range map[string]BarPlot{"wide": b.Wide(), "narrow": b.Narrow()} {
			end := p.Rects[0].X
			for _, r := range p.Rects {
				if math.Abs(r.X-end) > hair || r.W < 0 {
					t.Fatalf("%s: a stretch begins at %.1f and is %.1f wide, the one before ends at %.1f", name, r.X, r.W, end)
				}
				end = r.X + r.W
			}
			onBar := !b.Today.Before(b.Starts) && !b.GraceEnds.Before(b.Today)
			if inside := p.TodayX >= p.Rects[0].X-hair && p.TodayX <= end+hair; inside != onBar {
				t.Fatalf("%s: today at %.1f, bar from %.1f to %.1f, on a day of the bar: %v", name, p.TodayX, p.Rects[0].X, end, onBar)
			}
			if end > float64(p.Width)+hair || p.TodayX < 0 || p.TodayX > float64(p.Width) {
				t.Fatalf("%s: drawn outside %d", name, p.Width)
			}
		}
	})
}

func TestLicenceBar_SaysItsDatesAndWithoutGraceDrawsNone(t *testing.T) {
	last := models.Date{Year: 2026, Month: time.December, Day: 11}
	b := LicenceBar{
		Starts: models.Date{Year: 2025, Month: time.December, Day: 11}, NoticeFrom: last.AddDays(-30), LastDay: last, GraceEnds: last.AddDays(14),
		Today: models.Date{Year: 2026, Month: time.November, Day: 23},
	}
	const want = "The licence runs from 11 December 2025 to the end of 11 December 2026, with 14 days of grace up to 25 December 2026. Today is 23 November 2026."
	if got := b.Wide().Finding; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	b.GraceEnds = last
	if p := b.Narrow(); len(p.Rects) != 2 || strings.Contains(p.Finding, "grace") {
		t.Errorf("grace is drawn or told where there is none: %d stretches, %q", len(p.Rects), p.Finding)
	}
}
