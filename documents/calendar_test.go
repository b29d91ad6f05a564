package documents_test

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"

	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/models"
)

// overTheClockChange is a session of two half-days, on the Thursday before and the Thursday after 28 March 2027, both from
// 9:30am to 1pm in London: 09:30 UTC on the first day and 08:30 UTC on the second.
func overTheClockChange() documents.Invitation {
	return documents.Invitation{
		Method: documents.CalendarRequest, Place: "PL-00412", Sequence: 0,
		Stamp:     time.Date(2026, 11, 23, 10, 42, 0, 0, time.UTC),
		Organiser: documents.Contact{Name: "Salford Social Prescribing Hub", Address: "hub@example.org"},
		Attendee:  documents.Contact{Name: "Zoë O'Brien-Łukasiewicz", Address: "zoe@irwell.example"},
		Title:     "Social Prescribing Tool training", Location: "Online",
		Description: "The link to join comes two days before.\nBring nothing; we have coffee, and time.",
		URL:         "https://hub.example.org/bookings/BK-01882",
		Parts: []documents.Sitting{
			{Part: "P1", Start: time.Date(2027, 3, 25, 9, 30, 0, 0, time.UTC), End: time.Date(2027, 3, 25, 13, 0, 0, 0, time.UTC)},
			{Part: "P2", Start: time.Date(2027, 4, 1, 8, 30, 0, 0, time.UTC), End: time.Date(2027, 4, 1, 12, 0, 0, 0, time.UTC)},
		},
	}
}

func calendar(t *testing.T, inv documents.Invitation) string {
	t.Helper()
	file, err := documents.Calendar(inv)
	if err != nil {
		t.Fatal(err)
	}
	return string(file)
}

// unfolded is the file with its long lines put together again.
func unfolded(file string) string { return strings.ReplaceAll(file, "\r\n ", "") }

func TestCalendar_TwoPartsOverTheClockChangeKeepTheirLondonTime(t *testing.T) {
	t.Parallel()
	file := calendar(t, overTheClockChange())
	golden(t, "request.ics", strings.ReplaceAll(file, "\r\n", "\n"))
	for _, want := range []string{
		"DTSTART;TZID=Europe/London:20270325T093000", "DTEND;TZID=Europe/London:20270325T130000",
		"DTSTART;TZID=Europe/London:20270401T093000", "DTEND;TZID=Europe/London:20270401T130000",
	} {
		if !strings.Contains(file, want+"\r\n") {
			t.Errorf("no %s", want)
		}
	}
}

func TestCalendar_CancelTakesOutTheSameEvents(t *testing.T) {
	t.Parallel()
	inv := overTheClockChange()
	inv.Method, inv.Sequence = documents.CalendarCancel, 2
	file := calendar(t, inv)
	golden(t, "cancel.ics", strings.ReplaceAll(file, "\r\n", "\n"))
	for _, want := range []string{"METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:2", "UID:PL-00412-P1@ssph.hub.salford.ac.uk"} {
		if !strings.Contains(file, want+"\r\n") {
			t.Errorf("no %s", want)
		}
	}
}

func TestCalendar_LinesEndInCRLFAndHoldAtMost75Octets(t *testing.T) {
	t.Parallel()
	inv := overTheClockChange()
	inv.Attendee.Name = strings.Repeat("Łódź ", 40)
	inv.Title = strings.Repeat("ż", 200)
	file := calendar(t, inv)
	if strings.Contains(strings.ReplaceAll(file, "\r\n", ""), "\n") || strings.Contains(strings.ReplaceAll(file, "\r\n", ""), "\r") {
		t.Error("a line does not end in CRLF")
	}
	for _, line := range strings.Split(file, "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) {
			t.Errorf("%d octets: %s", len(line), line)
		}
	}
	if !strings.Contains(unfolded(file), "SUMMARY:"+inv.Title) {
		t.Error("folding has changed the title")
	}
}

func TestCalendar_ReadsBackAsTheSameInstants(t *testing.T) {
	t.Parallel()
	inv := overTheClockChange()
	cal, err := ics.ParseCalendar(strings.NewReader(calendar(t, inv)))
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range cal.Events() {
		start, err := e.GetStartAt()
		if err != nil || !start.Equal(inv.Parts[i].Start) {
			t.Errorf("part %d starts at %v, want %v (%v)", i+1, start, inv.Parts[i].Start, err)
		}
		end, err := e.GetEndAt()
		if err != nil || !end.Equal(inv.Parts[i].End) {
			t.Errorf("part %d ends at %v, want %v (%v)", i+1, end, inv.Parts[i].End, err)
		}
	}
	if n := len(cal.Timezones()); n != 1 {
		t.Errorf("%d time zones", n)
	}
}

func TestCalendar_NamesOneAttendeeAndNoOtherAddress(t *testing.T) {
	t.Parallel()
	file := unfolded(calendar(t, overTheClockChange()))
	if n := strings.Count(file, "\r\nATTENDEE;"); n != 2 { // one in each of the two events
		t.Errorf("%d attendees in two events", n)
	}
	for _, line := range strings.Split(file, "\r\n") {
		at := strings.Count(line, "@")
		own := strings.HasPrefix(line, "UID:") || strings.HasSuffix(line, "mailto:zoe@irwell.example") || strings.HasSuffix(line, "mailto:hub@example.org")
		if at > 0 && !own {
			t.Errorf("an address in %q", line)
		}
	}
	if !strings.Contains(file, `ATTENDEE;CN="Zoë O'Brien-Łukasiewicz";CUTYPE=INDIVIDUAL`) {
		t.Error("the name is not whole")
	}
}

func TestCalendar_TextFromOutsideCannotAddLinesOrParameters(t *testing.T) {
	t.Parallel()
	evil := "Eve\r\nATTENDEE:mailto:spy@evil.example\nX:\";CN=\"Mallory\u2028;,\\ \x00"
	inv := overTheClockChange()
	inv.Attendee.Name, inv.Organiser.Name = evil, evil
	inv.Title, inv.Location, inv.Description = evil, evil, evil
	inv.Parts[0].Location, inv.Parts[0].Label = evil, evil
	file := unfolded(calendar(t, inv))
	allowed := map[string]bool{}
	for _, line := range strings.Split(unfolded(calendar(t, overTheClockChange())), "\r\n") {
		allowed[line[:strings.IndexAny(line+":", ":;")]] = true
	}
	for _, line := range strings.Split(file, "\r\n") {
		if !allowed[line[:strings.IndexAny(line+":", ":;")]] {
			t.Errorf("a line of its own: %q", line)
		}
	}
	if n := strings.Count(file, "\r\nATTENDEE"); n != 2 {
		t.Errorf("%d attendees in two events", n)
	}
	if !strings.Contains(file, `ATTENDEE;CN="Eve ATTENDEE:mailto:spy@evil.example X:';CN='Mallory ;,\";CUTYPE`) {
		t.Errorf("the name is not kept inside its quotation marks:\n%s", file)
	}
}

func TestCalendar_RefusesWhatCannotStandInACalendar(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*documents.Invitation){
		"address with a line break":  func(i *documents.Invitation) { i.Attendee.Address = "a@b.example\r\nX:y" },
		"address with a name":        func(i *documents.Invitation) { i.Attendee.Address = "Eve <a@b.example>" },
		"two addresses":              func(i *documents.Invitation) { i.Attendee.Address = "a@b.example,c@d.example" },
		"no attendee":                func(i *documents.Invitation) { i.Attendee.Address = "" },
		"no organiser":               func(i *documents.Invitation) { i.Organiser.Address = "" },
		"link with a line break":     func(i *documents.Invitation) { i.URL = "https://x.example/\r\nX:y" },
		"link that runs":             func(i *documents.Invitation) { i.URL = "javascript:alert(1)" },
		"place with a line break":    func(i *documents.Invitation) { i.Place = "PL\r\n1" },
		"no place":                   func(i *documents.Invitation) { i.Place = "" },
		"the same part twice":        func(i *documents.Invitation) { i.Parts[1].Part = "P1" },
		"a part that ends too early": func(i *documents.Invitation) { i.Parts[0].End = i.Parts[0].Start },
		"no parts":                   func(i *documents.Invitation) { i.Parts = nil },
		"no stamp":                   func(i *documents.Invitation) { i.Stamp = time.Time{} },
		"no title":                   func(i *documents.Invitation) { i.Title = "\x00" },
		"negative sequence":          func(i *documents.Invitation) { i.Sequence = -1 },
		"unknown method":             func(i *documents.Invitation) { i.Method = "PUBLISH" },
	} {
		inv := overTheClockChange()
		spoil(&inv)
		if _, err := documents.Calendar(inv); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestSplit_GivesEachPartItsOwnFileWithItsNumber(t *testing.T) {
	t.Parallel()
	inv := overTheClockChange()
	files := inv.Split()
	if len(files) != 2 || inv.Parts[0].Label != "" {
		t.Fatalf("%d files, %+v", len(files), inv.Parts)
	}
	for i, want := range []string{"part 1 of 2", "part 2 of 2"} {
		file := calendar(t, files[i])
		if strings.Count(file, "BEGIN:VEVENT") != 1 || !strings.Contains(unfolded(file), `SUMMARY:Social Prescribing Tool training\, `+want) {
			t.Errorf("part %d:\n%s", i+1, file)
		}
	}
}

func TestCalendar_SameInvitationSameBytes(t *testing.T) {
	t.Parallel()
	if !bytes.Equal([]byte(calendar(t, overTheClockChange())), []byte(calendar(t, overTheClockChange()))) {
		t.Error("the same invitation gave other bytes")
	}
}

// The time zone of the file must agree with Go's for every hour of the years that matter.
func TestCalendar_ZoneRuleAgreesWithLondon(t *testing.T) {
	t.Parallel()
	lastSunday := func(year int, month time.Month) time.Time {
		last := time.Date(year, month, 31, 1, 0, 0, 0, time.UTC)
		return last.AddDate(0, 0, -int(last.Weekday()))
	}
	for at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2032; at = at.Add(time.Hour) {
		want := "GMT"
		if !at.Before(lastSunday(at.Year(), time.March)) && at.Before(lastSunday(at.Year(), time.October)) {
			want = "BST"
		}
		if got, _ := at.In(models.London).Zone(); got != want {
			t.Fatalf("%v is %s in London and %s by the rule", at, got, want)
		}
	}
}
