package scheduling_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

func day(y int, m time.Month, d int) models.Date { return models.Date{Year: y, Month: m, Day: d} }

// sitting makes a part from London clock times like 930 and 1630.
func sitting(d models.Date, from, until int) scheduling.Part {
	return scheduling.Part{StartsAt: d.At(from/100, from%100), EndsAt: d.At(until/100, until%100)}
}

func session(parts ...scheduling.Part) scheduling.Session {
	return scheduling.Session{Format: scheduling.Online, Parts: parts}
}

func TestLengthAndTimes_InWords(t *testing.T) {
	tue, wed, thu := day(2027, 1, 26), day(2027, 1, 27), day(2027, 1, 28)
	for _, c := range []struct {
		parts         []scheduling.Part
		length, times string
	}{
		{nil, "", ""},
		{[]scheduling.Part{sitting(tue, 930, 1630)}, "one day", "9:30am to 4:30pm"},
		{[]scheduling.Part{sitting(tue, 930, 1300)}, "one morning", "9:30am to 1pm"},
		{[]scheduling.Part{sitting(tue, 930, 1300), sitting(wed, 930, 1300)}, "two mornings", "9:30am to 1pm on both days"},
		{[]scheduling.Part{sitting(tue, 1300, 1630), sitting(wed, 1300, 1630)}, "two afternoons", "1pm to 4:30pm on both days"},
		{[]scheduling.Part{sitting(tue, 1730, 2030), sitting(wed, 1730, 2030)}, "two evenings", "5:30pm to 8:30pm on both days"},
		{
			[]scheduling.Part{sitting(tue, 930, 1300), sitting(wed, 1300, 1630)}, "two half-days",
			"9:30am to 1pm on Tuesday 26 January, 1pm to 4:30pm on Wednesday 27 January",
		},
		{[]scheduling.Part{sitting(tue, 1100, 1430)}, "one half-day", "11am to 2:30pm"},
		{[]scheduling.Part{sitting(tue, 900, 1300)}, "one morning", "9am to 1pm"}, // four hours to the minute
		{[]scheduling.Part{sitting(tue, 900, 1301)}, "one day", "9am to 1:01pm"},
		{[]scheduling.Part{sitting(tue, 930, 1330)}, "one morning", "9:30am to 1:30pm"},
		{[]scheduling.Part{sitting(tue, 1200, 1600)}, "one afternoon", "12pm to 4pm"},
		{[]scheduling.Part{sitting(tue, 1659, 1900)}, "one afternoon", "4:59pm to 7pm"},
		{[]scheduling.Part{sitting(tue, 1700, 1900)}, "one evening", "5pm to 7pm"},
		{[]scheduling.Part{sitting(tue, 930, 1230), sitting(tue, 1330, 1630)}, "one day", "9:30am to 12:30pm and 1:30pm to 4:30pm"},
		{
			[]scheduling.Part{sitting(tue, 930, 1230), sitting(tue, 1330, 1630), sitting(wed, 930, 1230), sitting(wed, 1330, 1630)},
			"two days", "9:30am to 12:30pm and 1:30pm to 4:30pm on both days",
		},
		{
			[]scheduling.Part{sitting(tue, 930, 1200), sitting(wed, 930, 1200), sitting(thu, 930, 1200)},
			"three mornings", "9:30am to 12pm on all three days",
		},
		{
			[]scheduling.Part{sitting(tue, 930, 1630), sitting(wed, 930, 1300)}, "one day and one half-day",
			"9:30am to 4:30pm on Tuesday 26 January, 9:30am to 1pm on Wednesday 27 January",
		},
	} {
		s := session(c.parts...)
		if s.Length() != c.length {
			t.Errorf("%v: length %q, want %q", c.parts, s.Length(), c.length)
		}
		if s.TimesLine() != c.times {
			t.Errorf("%v: times %q, want %q", c.parts, s.TimesLine(), c.times)
		}
	}
}

// The clocks go forward on 28 March 2027, and back on 25 October 2026 and 31 October 2027.
// Numbers are words up to ten.
func TestLength_OfManyDays(t *testing.T) {
	for n, want := range map[int]string{10: "ten mornings", 11: "11 mornings", 12: "12 mornings"} {
		var parts []scheduling.Part
		for i := range n {
			parts = append(parts, sitting(day(2027, 1, 4).AddDays(i), 930, 1200))
		}
		if got := session(parts...).Length(); got != want {
			t.Errorf("%d days are %q, want %q", n, got, want)
		}
	}
}

func TestClockChangeNote_BetweenTheDaysOnly(t *testing.T) {
	for _, c := range []struct {
		parts []scheduling.Part
		want  string
	}{
		{
			[]scheduling.Part{sitting(day(2027, 3, 23), 930, 1300), sitting(day(2027, 3, 30), 930, 1300)},
			"Clocks change between the two days, on 28 March: both start at 9:30am UK time",
		},
		{
			[]scheduling.Part{sitting(day(2026, 10, 24), 930, 1300), sitting(day(2026, 10, 25), 930, 1300)},
			"Clocks change between the two days, on 25 October: both start at 9:30am UK time",
		},
		{
			[]scheduling.Part{sitting(day(2027, 10, 30), 930, 1300), sitting(day(2027, 11, 1), 1330, 1700)},
			"Clocks change between the two days, on 31 October: all times are UK time",
		},
		{
			[]scheduling.Part{sitting(day(2027, 10, 21), 930, 1300), sitting(day(2027, 10, 28), 930, 1300), sitting(day(2027, 11, 4), 930, 1300)},
			"Clocks change between the days, on 31 October: all start at 9:30am UK time",
		},
		{[]scheduling.Part{sitting(day(2027, 3, 28), 930, 1300), sitting(day(2027, 3, 29), 930, 1300)}, ""}, // changed before the first
		{[]scheduling.Part{sitting(day(2027, 3, 26), 930, 1300), sitting(day(2027, 3, 27), 930, 1300)}, ""},
		{[]scheduling.Part{sitting(day(2027, 3, 28), 930, 1630)}, ""},
		{nil, ""},
	} {
		if got := session(c.parts...).ClockChangeNote(); got != c.want {
			t.Errorf("%v: %q, want %q", c.parts, got, c.want)
		}
	}
}

func TestTwoParts_ShowTheSameClockTimeOverAnyChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := day(2026, 1, 1).AddDays(rapid.IntRange(0, 1200).Draw(t, "first"))
		second := first.AddDays(rapid.IntRange(1, 60).Draw(t, "gap"))
		hour := rapid.IntRange(6, 18).Draw(t, "hour")
		minute := rapid.IntRange(0, 59).Draw(t, "minute")
		from, until := hour*100+minute, (hour+3)*100+minute
		s := session(sitting(first, from, until), sitting(second, from, until))
		if want := s.Parts[0].Times() + " on both days"; s.TimesLine() != want {
			t.Errorf("%q, want %q", s.TimesLine(), want)
		}
		for _, p := range s.Parts {
			if l := p.StartsAt.In(models.London); l.Hour() != hour || l.Minute() != minute {
				t.Errorf("%v starts at %v", p.Day(), l)
			}
		}
		_, before := s.Parts[0].StartsAt.In(models.London).Zone()
		_, after := s.Parts[1].StartsAt.In(models.London).Zone()
		if (s.ClockChangeNote() != "") != (before != after) {
			t.Errorf("%v and %v: note %q", first, second, s.ClockChangeNote())
		}
	})
}

func TestLines_ForListsAndMails(t *testing.T) {
	s := session(sitting(day(2027, 1, 26), 930, 1300), sitting(day(2027, 1, 27), 930, 1300))
	s.Trainers = []scheduling.Trainer{{Name: "Rowan"}}
	for got, want := range map[string]string{
		s.Where(): "Online", s.Heading(): "Online, two mornings", s.WhenLine(): "9:30am to 1pm on both days, with Rowan",
		s.PlaceLine(): "By video call, link sent a week before", s.TrainerNames(): "Rowan",
		s.DaysLine(): "Tuesday 26 January 2027 and Wednesday 27 January 2027",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	s.Captions = true
	if got := s.PlaceLine(); got != "By video call with captions, link sent a week before" {
		t.Error(got)
	}
	f := session(sitting(day(2027, 1, 14), 930, 1630))
	f.Format, f.Trainers = scheduling.FaceToFace, []scheduling.Trainer{{Name: "Alan"}, {Name: "Rowan"}}
	f.Venue = &scheduling.Venue{Name: "Frederick Road campus", Town: "Salford", StepFree: true, HearingLoop: true}
	for got, want := range map[string]string{
		f.Where(): "Salford", f.Heading(): "Face to face, Salford", f.PlaceLine(): "Frederick Road campus, step-free, hearing loop",
		f.WhenLine(): "9:30am to 4:30pm, one day, with Alan and Rowan", f.DaysLine(): "Thursday 14 January 2027",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestDays_AreLondonDays(t *testing.T) {
	// 11:30pm on 30 June in London is 10:30pm UTC; half past midnight on 1 July is still 30 June in UTC.
	late := scheduling.Part{StartsAt: day(2027, 7, 1).At(0, 30), EndsAt: day(2027, 7, 1).At(2, 0)}
	s := session(sitting(day(2027, 6, 29), 930, 1230), sitting(day(2027, 6, 29), 1330, 1630), late)
	if got := s.Days(); len(got) != 2 || got[0] != day(2027, 6, 29) || got[1] != day(2027, 7, 1) {
		t.Errorf("%v", got)
	}
	if s.FirstDay() != day(2027, 6, 29) || s.LastDay() != day(2027, 7, 1) || !s.LastEnd().Equal(late.EndsAt) {
		t.Errorf("%v %v %v", s.FirstDay(), s.LastDay(), s.LastEnd())
	}
}

func TestBookableAt_SaysWhyNot(t *testing.T) {
	start := day(2027, 1, 14).At(9, 30)
	ready := session(sitting(day(2027, 1, 14), 930, 1630))
	ready.Status, ready.Route = scheduling.Published, scheduling.OpenAccess
	with := func(change func(*scheduling.Session)) scheduling.Session {
		s := ready
		change(&s)
		return s
	}
	for _, c := range []struct {
		name string
		s    scheduling.Session
		now  time.Time
		want models.Kind
	}{
		{"a microsecond before the start", ready, start.Add(-time.Microsecond), ""},
		{"at the start", ready, start, models.KindGone},
		{"draft", with(func(s *scheduling.Session) { s.Status = scheduling.Draft }), start.Add(-time.Hour), models.KindNotFound},
		{"cancelled", with(func(s *scheduling.Session) { s.Status = scheduling.Cancelled }), start.Add(-time.Hour), models.KindGone},
		{"own group", with(func(s *scheduling.Session) { s.Route = scheduling.Bespoke }), start.Add(-time.Hour), models.KindConflict},
	} {
		if got := models.KindOf(c.s.BookableAt(c.now)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
