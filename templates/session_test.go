package templates

import (
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

func TestSession_SaysTheSameWordsAsTheDesign(t *testing.T) {
	face, mornings, day := sampleFace(14, time.January, 6), sampleMornings(time.January, 3, 26, 27), sampleOnline(24, time.February, 12)
	clocks := sampleMornings(time.March, 14, 23, 30)
	for _, c := range []struct{ what, got, want string }{
		{"name", face.What(), "Face to face, Salford"},
		{"times", face.Times(), "9:30am to 4:30pm, one day, with Alan"},
		{"where", face.Where(), "Frederick Road campus, step-free"},
		{"place", face.Place(), "Frederick Road campus, Salford"},
		{"dates", face.Dates(), "Thursday 14 January 2027"},
		{"block", face.Block().Under, "Thu"},
		{"month block", face.MonthBlock().Under, "Thu Jan"},
		{"short", face.Short(), "14 January"},
		{"online name", mornings.What(), "Online, two mornings"},
		{"online times", mornings.Times(), "9:30am to 1pm on both days, with Rowan"},
		{"online where", mornings.Where(), "By video call, link sent a week before"},
		{"online block", mornings.Block().Days, "26, 27"},
		{"online weekdays", mornings.Block().Under, "Tue,\u00a0Wed"},
		{"online short", mornings.Short(), "26 and 27 January"},
		{"one day online", day.What(), "Online, one day"},
		{"one day online times", day.Times(), "9:30am to 4:30pm, with Rowan"},
		{"clock change", clocks.Where(), "By video call, link sent a week before. Clocks change between the two days, on 28 March: both start at 9:30am UK time"},
		{"across the change", clocks.Times(), "9:30am to 1pm on both days, with Rowan"},
		{"no clock change", mornings.ClockNote(), ""},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.what, c.got, c.want)
		}
	}
}

func TestSession_WithPartsOfItsOwnHoursGivesEachDay(t *testing.T) {
	s := sampleMornings(time.March, 5, 23, 30)
	s.Parts[1] = Part{at(30, 13, 0, time.March), at(30, 16, 30, time.March)}
	if got, want := s.Hours(), "Tuesday 23 March 2027, 9:30am to 1pm; Tuesday 30 March 2027, 1pm to 4:30pm"; got != want {
		t.Errorf("hours %q, want %q", got, want)
	}
	if got, want := s.ClockNote(), "Clocks change between the two days, on 28 March: all times are UK time"; got != want {
		t.Errorf("note %q, want %q", got, want)
	}
	if got, want := s.What(), "Online, two parts"; got != want {
		t.Errorf("name %q, want %q", got, want)
	}
}

func TestSession_OverTwoMonthsNamesBoth(t *testing.T) {
	s := sampleMornings(time.February, 5, 25)
	s.Parts = append(s.Parts, Part{at(4, 9, 30, time.March), at(4, 13, 0, time.March)})
	if got, want := s.Short(), "25 February and 4 March"; got != want {
		t.Errorf("short %q, want %q", got, want)
	}
	if got, want := s.MonthBlock().Under, "Thu,\u00a0Thu Feb, Mar"; got != want {
		t.Errorf("block %q, want %q", got, want)
	}
}

func TestPlacesTag_IsFewFromFiveDownAndFullAtNone(t *testing.T) {
	for left, want := range map[int]Tag{15: {TagOK, "15 places left"}, 6: {TagOK, "6 places left"}, 5: {TagWait, "5 places left"}, 1: {TagWait, "1 place left"}, 0: {TagStop, "Full"}, -2: {TagStop, "Full"}} {
		if got := PlacesTag(left); got != want {
			t.Errorf("%d left: %v, want %v", left, got, want)
		}
	}
}

func TestSession_IsBookableOnlyOpenWithRoomAndAWayIn(t *testing.T) {
	open := sampleFace(14, time.January, 1)
	if !open.Bookable() {
		t.Error("an open session with a place left cannot be booked")
	}
	noWay := open
	noWay.BookURL = ""
	past := open
	past.State = SessionPast
	cancelled := open
	cancelled.State = SessionCancelled
	for name, s := range map[string]Session{"full": sampleFace(14, time.January, 0), "without a way in": noWay, "past": past, "cancelled": cancelled} {
		if s.Bookable() {
			t.Errorf("a session that is %s can be booked", name)
		}
	}
}

func TestSession_BeforeItsPartsAreKnownBreaksNothing(t *testing.T) {
	var s Session
	if s.Hours() != "" || s.Dates() != "" || s.Short() != "" || !s.FirstDay().IsZero() || s.With() != "" {
		t.Errorf("an empty session says something: %+v", s)
	}
}

func TestSessionFilter_SaysInOneLineWhatIsSet(t *testing.T) {
	months := []Choice{{"2027-01", "January 2027"}}
	for want, f := range map[string]SessionFilter{
		"face to face or online":                 {},
		"3 places, face to face or online":       {People: "3", Formats: []string{"online", "face-to-face"}},
		"1 place, online, January 2027, Salford": {People: "1", Formats: []string{"online"}, Month: "2027-01", Months: months, Town: "Salford"},
		"face to face or online, Salford":        {People: "many", Town: "Salford"},
		"face to face":                           {Formats: []string{"face-to-face"}},
	} {
		if got := f.Line(); got != want {
			t.Errorf("%+v: %q, want %q", f, got, want)
		}
	}
	if (SessionFilter{}).Narrowed() || !(SessionFilter{Town: "Salford"}).Narrowed() {
		t.Error("Narrowed is wrong about an empty filter or a town")
	}
}

func TestCostSummary_LinesAreNetBeforeDiscount(t *testing.T) {
	s := CostSummary{Net: 61560, Discount: 6840}
	if got := s.Lines(); got != models.Pence(68400) {
		t.Errorf("lines %v, want £684.00", got)
	}
}
