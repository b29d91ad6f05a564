package templates

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hub.salford.ac.uk/ssph/models"
)

// £684.00 face to face and £215.00 online stand on each other; £114.00 taken off hangs from the baseline, in the same scale.
func TestIncomeChart_StandAndHangFromOneBaseline(t *testing.T) {
	c := IncomeChart(IncomeWay{Title: "Open access", Rows: []IncomeRow{{"January 2027", "Jan", 68400, 21500}, {"March 2027", "Mar", -11400, 0}}})
	p := c.Wide()
	if len(p.Rects) != 3 || len(p.Stripes) != 1 {
		t.Fatalf("%d bars, %d striped", len(p.Rects), len(p.Stripes))
	}
	face, online, off := p.Rects[0], p.Rects[1], p.Rects[2]
	var base float64
	for _, l := range p.Lines {
		if l.Base {
			base = l.Y
		}
	}
	if abs(face.Y+face.H-base) > 1e-9 || abs(online.Y+online.H-face.Y) > 1e-9 || abs(off.Y-base) > 1e-9 {
		t.Errorf("baseline %v: %+v, %+v, %+v", base, face, online, off)
	}
	if abs(face.H/off.H-684.0/114.0) > 1e-9 || abs(face.H/online.H-684.0/215.0) > 1e-9 {
		t.Errorf("not in scale: %v, %v, %v", face.H, online.H, off.H)
	}
	if want := "Open access: £785.00 net in 2 months, most in January 2027: £899.00."; c.Finding != want {
		t.Errorf("%q, want %q", c.Finding, want)
	}
}

// textsOf are the words of one class in a drawing, each behind what its class says further.
func textsOf(p Plot, class string) []string {
	var said []string
	for _, l := range p.Labels {
		if rest, ok := strings.CutPrefix(l.Class, class); ok {
			said = append(said, rest+l.Text)
		}
	}
	return said
}

// Each month says above its bar what it came to; one with nothing says nothing. Twelve of them write smaller, and on a phone leave it to
// the table.
func TestIncomeChart_SaysWhatEachMonthCameTo(t *testing.T) {
	w := IncomeWay{Title: "Open access", Rows: []IncomeRow{{"January 2027", "Jan", 68400, 21550}, {"February 2027", "Feb", 0, 0}, {"March 2027", "Mar", -11400, 0}}}
	values := func(p Plot) string { return strings.Join(textsOf(p, "ssph-chart__value"), " ") }
	if got := values(IncomeChart(w).Narrow()); got != "£899.50 −£114" {
		t.Errorf("three months: %q", got)
	}
	w.Rows = nil
	for range 12 {
		w.Rows = append(w.Rows, IncomeRow{"January 2027", "Jan", 244000, 0})
	}
	year := IncomeChart(w)
	if wide, narrow := values(year.Wide()), values(year.Narrow()); strings.Count(wide, " ssph-chart__value--small£2,440") != 12 || narrow != "" {
		t.Errorf("twelve months: %q and %q", wide, narrow)
	}
	for i := range w.Rows {
		w.Rows[i].Face = 0
	}
	w.Rows[11].Face = 1084700
	if wide := values(IncomeChart(w).Wide()); wide != "£10,847" {
		t.Errorf("one month among twelve: %q", wide)
	}
}

func TestIncomeChart_NeverLeaveThePicture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sum := rapid.Int64Range(-99_999_999, 99_999_999)
		w := IncomeWay{Title: "Open access"}
		for range rapid.IntRange(1, 12).Draw(t, "months") {
			w.Rows = append(w.Rows, IncomeRow{"January 2027", "Jan", models.Pence(sum.Draw(t, "face")), models.Pence(sum.Draw(t, "online"))})
		}
		c := IncomeChart(w)
		zero := 0
		for i, tick := range c.Ticks {
			if tick.Value == 0 {
				zero++
			}
			if i > 0 && tick.Value <= c.Ticks[i-1].Value {
				t.Fatalf("ticks %v", c.Ticks)
			}
		}
		if zero != 1 || len(c.Ticks) > 11 {
			t.Fatalf("ticks %v", c.Ticks)
		}
		for _, p := range []Plot{c.Wide(), c.Narrow()} {
			bottom := float64(p.Height) - plotBottom
			for _, r := range p.Rects {
				if r.X < p.Left || r.X+r.W > p.Right+0.01 || r.Y < plotTop-0.01 || r.H < 0 || r.Y+r.H > bottom+0.01 {
					t.Fatalf("a bar leaves the picture: %+v", r)
				}
			}
		}
	})
}

func TestPlotRect_StripesStayWithin(t *testing.T) {
	path := PlotRect{X: 10, Y: 20, W: 16, H: 8}.stripes()
	// x+y = 38 and 46, from (10,28) and (18,28) up to (18,20) and (26,20)
	if want := "M10.0 28.0L18.0 20.0M18.0 28.0L26.0 20.0"; path != want {
		t.Errorf("%q, want %q", path, want)
	}
	if flat := (PlotRect{W: 4, H: 1}).stripes(); strings.Contains(flat, "NaN") || flat != "" {
		t.Errorf("a bar too small for a stripe has %q", flat)
	}
}

// Twelve months do not fit under a phone's bars: every second has its name; the words of the hairlines have room.
func TestPlot_LabelsHaveRoom(t *testing.T) {
	w := IncomeWay{Title: "Own group"}
	for range 12 {
		w.Rows = append(w.Rows, IncomeRow{"January 2027", "Jan", 1_000_000, -500_000})
	}
	c := IncomeChart(w)
	if wide, narrow := len(textsOf(c.Wide(), "ssph-chart__label")), len(textsOf(c.Narrow(), "ssph-chart__label")); wide != 12 || narrow != 6 {
		t.Errorf("%d and %d labels, want 12 and 6", wide, narrow)
	}
	if got := c.Wide().Left; got <= 60 {
		t.Errorf("the hairlines’ words have %v pixels", got)
	}
}
