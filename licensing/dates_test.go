package licensing

import (
	"os"
	"os/exec"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hub.salford.ac.uk/ssph/models"
)

func day(t testing.TB, iso string) models.Date {
	t.Helper()
	d, err := models.ParseDate(iso)
	if err != nil {
		t.Fatalf("%s: %v", iso, err)
	}
	return d
}

func instant(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at.UTC()
}

func TestLastDay_TheSameDayOneYearOnAndItsLondonMidnight(t *testing.T) {
	for start, want := range map[string][2]string{
		"2026-11-22": {"2027-11-22", "2027-11-23T00:00:00Z"},
		"2027-03-27": {"2028-03-27", "2028-03-27T23:00:00Z"}, // summer time
		"2027-06-30": {"2028-06-30", "2028-06-30T23:00:00Z"}, // summer time
		"2027-10-31": {"2028-10-31", "2028-11-01T00:00:00Z"}, // the day on which the clocks go back
		"2027-03-28": {"2028-03-28", "2028-03-28T23:00:00Z"}, // the day on which they go forward
		"2028-02-28": {"2029-02-28", "2029-03-01T00:00:00Z"},
		"2028-02-29": {"2029-02-28", "2029-03-01T00:00:00Z"},
		"2027-02-28": {"2028-02-28", "2028-02-29T00:00:00Z"},
		"2026-12-31": {"2027-12-31", "2028-01-01T00:00:00Z"},
	} {
		last := LastDay(day(t, start), 1)
		if last != day(t, want[0]) || EndsAt(last) != instant(t, want[1]) {
			t.Errorf("%s: last day %s, ends %s; want %s, %s", start, last.ISO(), EndsAt(last).Format(time.RFC3339), want[0], want[1])
		}
	}
}

// Chained year by year, 29 February would be lost after the first year and never come back.
func TestChain_IsCountedFromTheAnchor(t *testing.T) {
	want := [][2]string{
		{"2028-02-29", "2029-02-28"}, {"2029-03-01", "2030-02-28"}, {"2030-03-01", "2031-02-28"}, {"2031-03-01", "2032-02-29"}, {"2032-03-01", "2033-02-28"},
	}
	periods := Chain(day(t, "2028-02-29"), 4)
	if len(periods) != len(want) {
		t.Fatalf("%d periods, want %d", len(periods), len(want))
	}
	for i, p := range periods {
		if p.No != i+1 || p.StartsOn != day(t, want[i][0]) || p.LastDay != day(t, want[i][1]) {
			t.Errorf("period %d: number %d, %s to %s, want %v", i+1, p.No, p.StartsOn.ISO(), p.LastDay.ISO(), want[i])
		}
	}
}

// processZone names, in a test process started again, the zone it runs in.
const processZone = "SSPH_TEST_PROCESS_ZONE"

// Every day from 2024 to 2036, in processes that believe themselves to be in three parts of the world.
func TestDates_HoldForEveryStartInEveryProcessZone(t *testing.T) {
	if os.Getenv(processZone) != "" {
		checkEveryStart(t)
		return
	}
	for _, zone := range []string{"Europe/London", "America/New_York", "Pacific/Auckland"} {
		t.Run(zone, func(t *testing.T) {
			t.Parallel()
			again := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestDates_HoldForEveryStartInEveryProcessZone$", "-test.count=1")
			again.Env = append(os.Environ(), "TZ="+zone, processZone+"="+zone)
			if out, err := again.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}

func checkEveryStart(t *testing.T) {
	t.Helper()
	zone, err := time.LoadLocation(os.Getenv(processZone))
	if err != nil {
		t.Fatal(err)
	}
	summer := time.Date(2027, time.July, 1, 12, 0, 0, 0, time.UTC)
	if _, here := summer.Local().Zone(); here != offset(summer.In(zone)) {
		t.Fatalf("the process is not in %s", zone)
	}
	leastHeld := 366 * 24 * time.Hour
	for start := day(t, "2024-01-01"); start.Before(day(t, "2037-01-01")); start = start.AddDays(1) {
		checkStart(t, start)
		// The shortest a licence can last is from the last second of its first day.
		leastHeld = min(leastHeld, EndsAt(LastDay(start, 1)).Sub(EndsAt(start).Add(-time.Second)))
	}
	// Hours go missing only from starts in winter time to ends in summer time: the notes give the least over these years.
	if want := 364*24*time.Hour + 23*time.Hour + time.Second; leastHeld != want {
		t.Errorf("the shortest licence lasts %s, want %s", leastHeld, want)
	}
}

func offset(at time.Time) int {
	_, seconds := at.Zone()
	return seconds
}

func checkStart(t *testing.T, start models.Date) {
	t.Helper()
	last := LastDay(start, 1)
	if last.AddDays(0) != last {
		t.Fatalf("from %s to %v, which is no day", start.ISO(), last)
	}
	if n := start.DaysUntil(last); n < 365 {
		t.Errorf("from %s to %s are only %d days", start.ISO(), last.ISO(), n)
	}
	if at := EndsAt(last).In(models.London); at.Hour() != 0 || at.Minute() != 0 || models.DateOf(at) != last.AddDays(1) {
		t.Errorf("%s ends at %s in London", last.ISO(), at)
	}
	if got := models.DateOf(EndsAt(last).Add(-time.Microsecond)); got != last {
		t.Errorf("the instant before the end of %s is on %s", last.ISO(), got.ISO())
	}
	for i, p := range Chain(start, 8) {
		if p.LastDay != LastDay(start, i+1) {
			t.Errorf("from %s after %d renewals: %s, want %s", start.ISO(), i, p.LastDay.ISO(), LastDay(start, i+1).ISO())
		}
	}
}

func anyDay(t *rapid.T, label string) models.Date {
	return models.Date{Year: 2024, Month: time.January, Day: 1}.AddDays(rapid.IntRange(0, 13*365).Draw(t, label))
}

func TestNext_PeriodsNeverOverlapAndEveryTrainingGivesAWholeYear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var l Licence
		finished := anyDay(t, "first")
		for range rapid.IntRange(1, 8).Draw(t, "trainings") {
			before := l.Periods
			terms := Terms{Years: rapid.IntRange(1, 3).Draw(t, "years"), GraceDays: rapid.IntRange(0, 30).Draw(t, "grace")}
			p := l.Next(finished, terms)
			l.Periods = append(l.Periods, p)
			if p.StartsOn.DaysUntil(p.LastDay) < 364*terms.Years {
				t.Fatalf("%d years from %s to %s", terms.Years, p.StartsOn.ISO(), p.LastDay.ISO())
			}
			if p.LastDay != LastDay(p.AnchorOn, p.Years) {
				t.Fatalf("%s is not %d years after %s", p.LastDay.ISO(), p.Years, p.AnchorOn.ISO())
			}
			if n := len(before); n > 0 {
				last := before[n-1]
				inTime := !last.GraceEnds().Before(finished)
				switch {
				case inTime && (p.StartsOn != last.LastDay.AddDays(1) || p.AnchorOn != last.AnchorOn):
					t.Fatalf("in time on %s, but %+v after %+v", finished.ISO(), p, last)
				case !inTime && (p.StartsOn != finished || p.AnchorOn != finished):
					t.Fatalf("too late on %s, but %+v after %+v", finished.ISO(), p, last)
				}
			}
			finished = finished.AddDays(rapid.IntRange(0, 900).Draw(t, "gap"))
		}
	})
}

// Each period is of the organisation that bought it, from its first day until the next begins; before them all, of the first.
func TestOrganisationAt_IsTheOneThatBoughtThePeriodOfTheDay(t *testing.T) {
	irwell, quays := int64(4), int64(9)
	l := Licence{Periods: []Period{
		{StartsOn: day(t, "2026-11-22"), LastDay: day(t, "2027-11-22"), OrganisationID: &irwell},
		{StartsOn: day(t, "2027-11-23"), LastDay: day(t, "2028-11-22"), OrganisationID: &quays, Unknown: true},
		{StartsOn: day(t, "2029-03-01"), LastDay: day(t, "2030-03-01")}, // they paid for themselves
	}}
	for on, want := range map[string][2]*int64{ // who bought, and whose cases it opens
		"2026-11-01": {&irwell, &irwell}, "2026-11-22": {&irwell, &irwell}, "2027-11-22": {&irwell, &irwell},
		"2027-11-23": {&quays, nil}, "2029-02-28": {&quays, nil},
		"2029-03-01": {nil, nil}, "2035-01-01": {nil, nil},
	} {
		if bought, opens := l.OrganisationAt(day(t, on)), l.WorksForAt(day(t, on)); bought != want[0] || opens != want[1] {
			t.Errorf("%s: bought by %v, opens the cases of %v; want %v", on, bought, opens, want)
		}
	}
	if none := (Licence{}).OrganisationAt(day(t, "2027-01-01")); none != nil {
		t.Errorf("a licence without periods was bought by %d", *none)
	}
}

func TestNext_OnTheLastDayOfGraceGoesOnAndTheDayAfterBeginsAnew(t *testing.T) {
	terms := Terms{Years: 1, GraceDays: 14}
	l := Licence{Periods: []Period{{No: 1, AnchorOn: day(t, "2026-11-22"), Years: 1, StartsOn: day(t, "2026-11-22"), LastDay: day(t, "2027-11-22"), Terms: terms}}}
	if p := l.Next(day(t, "2027-12-06"), terms); p.StartsOn != day(t, "2027-11-23") || p.LastDay != day(t, "2028-11-22") || p.No != 2 {
		t.Errorf("on the 14th day of grace: %+v", p)
	}
	if p := l.Next(day(t, "2027-12-07"), terms); p.StartsOn != day(t, "2027-12-07") || p.LastDay != day(t, "2028-12-07") || p.No != 2 {
		t.Errorf("the day after grace: %+v", p)
	}
}
