package billing

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

func TestLadder_DaysDecide(t *testing.T) {
	l := Published().Ladder
	for days, want := range map[int]string{400: "0%", 28: "0%", 27: "50%", 14: "50%", 13: "100%", 1: "100%", 0: "100%", -1: "100%"} {
		if got := l.At(days).String(); got != want {
			t.Errorf("%d days before: %s, want %s", days, got, want)
		}
	}
	if (Ladder{}).At(0) != 0 {
		t.Error("no terms charged a fee")
	}
}

// The rows of the booking's check page, for a first part on 14 January 2027 and £273.60 a place.
func TestLadder_RowsSayUntilWhen(t *testing.T) {
	rows := Published().Ladder.Rows(models.Date{Year: 2027, Month: time.January, Day: 14}, 27360)
	var got []string
	for _, r := range rows {
		got = append(got, fmt.Sprintf("%s | %s | %s", r.When, r.Pay, r.Back))
	}
	want := []string{
		"Up to 17 December 2026 | Nothing | £273.60",
		"18 to 31 December 2026 | 50% | £136.80",
		"From 1 January 2027, or no-show | 100% | £0.00",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestLadder_EveryDayIsInTheRowThatCharges(t *testing.T) {
	first := models.Date{Year: 2027, Month: time.April, Day: 12} // the clocks change on 28 March
	l := Published().Ladder
	rows := l.Rows(first, 27360)
	for notice := first.AddDays(-60); !first.Before(notice); notice = notice.AddDays(1) {
		var in []LadderRow
		for _, r := range rows {
			if !notice.Before(r.From) && (r.To.IsZero() || !r.To.Before(notice)) {
				in = append(in, r)
			}
		}
		if len(in) != 1 || in[0].Fee != l.At(notice.DaysUntil(first)) {
			t.Errorf("%s is in %+v", notice, in)
		}
	}
}

func TestPeriod_MonthsAndYears(t *testing.T) {
	day := func(y int, m time.Month, d int) models.Date { return models.Date{Year: y, Month: m, Day: d} }
	for _, c := range []struct {
		from, to models.Date
		want     string
	}{
		{day(2026, 11, 25), day(2026, 12, 8), "25 November to 8 December 2026"},
		{day(2026, 12, 25), day(2027, 1, 7), "25 December 2026 to 7 January 2027"},
		{day(2026, 12, 25), day(2026, 12, 25), "25 December 2026"},
		{models.Date{}, models.Date{}, "Any day, or no-show"},
	} {
		if got := period(c.from, c.to); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestLadder_StoredAndReadBack(t *testing.T) {
	l := Published().Ladder
	v, err := l.Value()
	const want = `[{"days":28,"percent":"0"},{"days":14,"percent":"50"},{"days":0,"percent":"100"}]`
	if err != nil || v != want {
		t.Fatalf("%v %v", v, err)
	}
	for _, src := range []any{v, []byte(want)} {
		var back Ladder
		if err := back.Scan(src); err != nil || fmt.Sprint(back) != fmt.Sprint(l) {
			t.Errorf("%v %v", back, err)
		}
	}
	if err := new(Ladder).Scan(nil); err == nil {
		t.Error("a booking without terms was read as terms")
	}
}

// One fee may hold over several steps: it may not fall, and need not rise.
func TestParseLadder_TheSameFeeTwice(t *testing.T) {
	l, err := ParseLadder([]byte(`[{"days":28,"percent":"50"},{"days":14,"percent":"50"},{"days":0,"percent":"100"}]`))
	if err != nil || l.At(28) != 50000 || l.At(14) != 50000 || l.At(13) != models.HundredPercent {
		t.Errorf("%v, %v", l, err)
	}
}

func TestParseLadder_RefusesWhatCannotBeApplied(t *testing.T) {
	for _, text := range []string{
		`[]`, `null`, `{}`, ``, `[{"days":28,"percent":"0"}]`,
		`[{"days":14,"percent":"50"},{"days":28,"percent":"60"},{"days":0,"percent":"100"}]`,
		`[{"days":14,"percent":"50"},{"days":0,"percent":"20"}]`,
		`[{"days":0,"percent":"101"}]`, `[{"days":0,"percent":"-1"}]`, `[{"days":0,"percent":50}]`,
	} {
		if l, err := ParseLadder([]byte(text)); err == nil {
			t.Errorf("%s was read as %v", text, l)
		}
	}
	if _, err := (Ladder{{5, 0}}).Value(); err == nil {
		t.Error("half a ladder was stored")
	}
}

func FuzzParseLadder(f *testing.F) {
	f.Add([]byte(`[{"days":28,"percent":"0"},{"days":14,"percent":"12.5"},{"days":0,"percent":"100"}]`))
	f.Add([]byte(`[{"days":-1}]`))
	f.Fuzz(func(t *testing.T, text []byte) {
		l, err := ParseLadder(text)
		if err != nil {
			return
		}
		out, err := json.Marshal(l)
		if err != nil {
			t.Fatal(err)
		}
		back, err := ParseLadder(out)
		if err != nil || fmt.Sprint(back) != fmt.Sprint(l) {
			t.Fatalf("%v became %v, %v", l, back, err)
		}
		for days := -3; days < 40; days++ {
			if fee := l.At(days); fee < 0 || fee > models.HundredPercent {
				t.Fatalf("%d days: %v", days, fee)
			}
		}
	})
}
