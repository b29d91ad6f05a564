package licensing

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hub.salford.ac.uk/ssph/models"
)

func days(t testing.TB, isos ...string) []models.Date {
	t.Helper()
	var all []models.Date
	for _, iso := range isos {
		all = append(all, day(t, iso))
	}
	return all
}

func TestFacts_InTheWordsOfTheCertificate(t *testing.T) {
	for _, c := range []struct {
		facts                Facts
		attended, hours, why string
	}{
		{
			Facts{Format: models.Online, Days: days(t, "2025-12-04", "2025-12-11"), Parts: 2, Minutes: 420, Length: "two half-days"},
			"4 and 11 December 2025, both parts, online", "7 hours, as two half-days", "You attended both parts of the online session, 4 and 11 December 2025",
		},
		{
			Facts{Format: models.FaceToFace, Days: days(t, "2027-01-14"), Parts: 1, Minutes: 390, Length: "one day", Where: "Salford"},
			"14 January 2027, face to face, Salford", "6 hours 30 minutes, in one day", "You attended the face-to-face session on 14 January 2027",
		},
		{
			Facts{Format: models.Online, Days: days(t, "2026-12-30", "2027-01-06", "2027-02-03"), Parts: 3, Minutes: 61, Length: "three evenings"},
			"30 December 2026, 6 January and 3 February 2027, all three parts, online", "1 hour 1 minute, as three evenings",
			"You attended all three parts of the online session, 30 December 2026, 6 January and 3 February 2027",
		},
		{
			Facts{Format: models.Online, Days: days(t, "2027-03-28"), Parts: 2, Minutes: 45, Length: "one day"},
			"28 March 2027, both parts, online", "45 minutes, in one day", "You attended both parts of the online session, 28 March 2027",
		},
	} {
		if c.facts.Attended() != c.attended || c.facts.Hours() != c.hours || c.facts.Why("You") != c.why {
			t.Errorf("%q, %q, %q; want %q, %q, %q", c.facts.Attended(), c.facts.Hours(), c.facts.Why("You"), c.attended, c.hours, c.why)
		}
		text, err := c.facts.text()
		if err != nil {
			t.Fatal(err)
		}
		back, err := parseFacts(c.facts.Course, text)
		if err != nil || back.Attended() != c.attended || back.Hours() != c.hours {
			t.Errorf("kept as %s and read as %+v: %v", text, back, err)
		}
	}
}

func TestStory_TellsEveryDateWithItsCause(t *testing.T) {
	l := licenceFrom(t, "2025-12-11", 0)
	l.Periods[0].Cause = Cause{
		Kind: CauseCompletion, On: day(t, "2025-12-11"), Certificate: "7K3MQ9TX2HVB4WN8",
		Facts: Facts{Format: models.Online, Days: days(t, "2025-12-04", "2025-12-11"), Parts: 2},
	}
	tell := func(l Licence) string {
		var lines []string
		for _, m := range l.Story(day(t, "2026-11-23")) {
			line := m.On.ISO() + " " + m.What + ": " + m.Why
			if m.Past {
				line += " (past)"
			}
			lines = append(lines, line)
		}
		return strings.Join(lines, "\n")
	}
	const first = "2025-12-11 Licence L-00093 began: You attended both parts of the online session, 4 and 11 December 2025 (past)\n"
	if got, want := tell(l), first+"2026-12-11 Last day: The same date, one year on\n"+
		"2026-12-25 Grace ends. The tool becomes read-only: 14 days after the last day"; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	again := l.Next(day(t, "2026-11-20"), usual)
	again.Cause = Cause{On: day(t, "2026-11-20"), Facts: Facts{Format: models.FaceToFace, Days: days(t, "2026-11-20"), Parts: 1}}
	l.Periods = append(l.Periods, again)
	if got, want := tell(l), first+
		"2026-11-20 Extended up to the end of 11 December 2027: You attended the face-to-face session on 20 November 2026 (past)\n"+
		"2027-12-11 Last day: The same date, 2 years on\n2027-12-25 Grace ends. The tool becomes read-only: 14 days after the last day"; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// Whichever completion is undone, the licence is as if it had never been.
func TestWithout_IsTheChainThatWouldHaveBeen(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(rt, "trainings")
		undone := rapid.IntRange(0, n-1).Draw(rt, "undone")
		var l, want Licence
		finished := anyDay(rt, "first")
		for i := range n {
			p := l.Next(finished, Terms{Years: rapid.IntRange(1, 2).Draw(rt, "years"), GraceDays: 14})
			length := p.Terms
			p.ID, p.Cause = int64(i+1), Cause{Kind: CauseCompletion, ID: int64(i + 1), On: finished}
			l.Periods = append(l.Periods, p)
			if i != undone {
				want.Periods = append(want.Periods, want.Next(finished, length))
			}
			finished = finished.AddDays(rapid.IntRange(0, 800).Draw(rt, "gap"))
		}
		left, changed := l.without(int64(undone + 1))
		if len(left) != len(want.Periods) {
			rt.Fatalf("%d periods are left, want %d", len(left), len(want.Periods))
		}
		voided := map[int64]bool{}
		for _, p := range changed {
			voided[p.ID] = true
		}
		for i, p := range left {
			if w := want.Periods[i]; p.StartsOn != w.StartsOn || p.LastDay != w.LastDay || p.No != w.No || p.Years != w.Years {
				rt.Fatalf("period %d is %+v, want %+v", i, p, w)
			}
			if voided[p.ID] {
				rt.Fatalf("period %d is taken back and kept", p.ID)
			}
		}
		if !voided[int64(undone+1)] {
			rt.Fatal("the undone period is kept")
		}
		if faults := (Licence{Periods: left}).faults(); len(faults) > 0 {
			rt.Fatal(faults)
		}
	})
}
