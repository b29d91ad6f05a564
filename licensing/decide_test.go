package licensing

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"hub.salford.ac.uk/ssph/models"
)

var usual = Terms{Years: 1, GraceDays: 14, NoticeDays: 30}

// licenceFrom is a live licence that began on a day and was extended so many times, without a gap.
func licenceFrom(t testing.TB, start string, extended int) Licence {
	t.Helper()
	l := Licence{ID: 93, PersonID: 7, Standing: StandingLive}
	finished := day(t, start)
	for range extended + 1 {
		l.Periods = append(l.Periods, l.Next(finished, usual))
	}
	return l
}

func TestDecide_ByTheClockToTheSecond(t *testing.T) {
	for _, c := range []struct {
		start, at string
		extended  int
		want      State
		left      int
	}{
		{"2026-11-22", "2026-11-21T23:59:59Z", 0, StateScheduled, 366},
		{"2026-11-22", "2026-11-22T00:00:00Z", 0, StateActive, 365},
		{"2026-11-22", "2027-10-22T22:59:59Z", 0, StateActive, 31},
		{"2026-11-22", "2027-10-22T23:00:00Z", 0, StateExpiring, 30}, // 23 October begins in London
		{"2026-11-22", "2027-11-22T23:59:59Z", 0, StateExpiring, 0},
		{"2026-11-22", "2027-11-23T00:00:00Z", 0, StateGrace, 0},
		{"2026-11-22", "2027-12-06T23:59:59Z", 0, StateGrace, 0}, // the 14th day
		{"2026-11-22", "2027-12-07T00:00:00Z", 0, StateExpired, 0},
		{"2027-06-30", "2028-06-30T22:59:59Z", 0, StateExpiring, 0}, // summer time: midnight is an hour earlier
		{"2027-06-30", "2028-06-30T23:00:00Z", 0, StateGrace, 0},
		{"2028-02-29", "2029-02-28T23:59:59Z", 0, StateExpiring, 0},
		{"2028-02-29", "2029-03-01T00:00:00Z", 0, StateGrace, 0},
		{"2026-11-22", "2027-11-22T23:59:59Z", 1, StateActive, 366}, // extended in time: not ending soon any more
		{"2026-11-22", "2027-11-23T00:00:00Z", 1, StateActive, 365},
		{"2026-11-22", "2028-11-23T00:00:00Z", 1, StateGrace, 0},
	} {
		l := licenceFrom(t, c.start, c.extended)
		d := Decide(l, instant(t, c.at))
		if d.State != c.want || d.DaysLeft != c.left {
			t.Errorf("from %s, at %s: %s with %d days, want %s with %d", c.start, c.at, d.State, d.DaysLeft, c.want, c.left)
		}
	}
}

func TestDecide_WhatPeopleDecidedComesBeforeTheDates(t *testing.T) {
	expired, running := instant(t, "2030-01-01T12:00:00Z"), instant(t, "2027-01-01T12:00:00Z")
	for standing, want := range map[Standing]State{
		StandingRevoked: StateRevoked, StandingTransferred: StateTransferred, StandingSuspended: StateSuspended,
	} {
		l := licenceFrom(t, "2026-11-22", 0)
		l.Standing, l.StandingSince = standing, instant(t, "2026-12-01T09:00:00Z")
		for _, at := range []time.Time{expired, running, instant(t, "2026-01-01T12:00:00Z")} {
			if d := Decide(l, at); d.State != want || d.Allowed {
				t.Errorf("%s at %s: %s, allowed %v", standing, at, d.State, d.Allowed)
			}
		}
	}
	if d := Decide(Licence{}, running); d.State != StateNone || d.Allowed || d.Code != VerdictNone {
		t.Errorf("no licence at all: %+v", d)
	}
	if d := Decide(Licence{Standing: StandingLive}, running); d.State != StateNone {
		t.Errorf("a licence whose periods were all taken back: %+v", d)
	}
	if d := Decide(Licence{Standing: StandingSuspended}, running); d.State != StateNone {
		t.Errorf("with no period left there is nothing to suspend: %+v", d)
	}
	if d := Decide(Licence{Standing: StandingRevoked}, running); d.State != StateRevoked {
		t.Errorf("revoked, and no period left: %+v", d)
	}
}

// After a gap the new periods count; the old grace does not hide them.
func TestDecide_AfterAGapTheNewPeriodsCount(t *testing.T) {
	l := licenceFrom(t, "2026-11-22", 0)
	l.Periods = append(l.Periods, l.Next(day(t, "2028-03-01"), usual))
	for at, want := range map[string]State{
		"2027-12-01T12:00:00Z": StateGrace, "2028-01-01T12:00:00Z": StateScheduled, "2028-03-01T00:00:00Z": StateActive, "2029-03-16T00:00:00Z": StateExpired,
	} {
		if d := Decide(l, instant(t, at)); d.State != want {
			t.Errorf("%s: %s, want %s", at, d.State, want)
		}
	}
}

// Even in the grace of the old run, the new one takes over on its first day and not before. (Grace was made longer meanwhile.)
func TestDecide_ANewRunTakesOverOnItsFirstDay(t *testing.T) {
	l := licenceFrom(t, "2026-11-22", 0)
	l.Periods = append(l.Periods, Period{
		No: 2, AnchorOn: day(t, "2027-12-01"), Years: 1, StartsOn: day(t, "2027-12-01"), LastDay: day(t, "2028-12-01"), Terms: usual,
	})
	for at, want := range map[string]struct {
		state State
		last  string
	}{
		"2027-11-30T23:59:59Z": {StateGrace, "2027-11-22"}, "2027-12-01T00:00:00Z": {StateActive, "2028-12-01"}, "2027-12-02T00:00:00Z": {StateActive, "2028-12-01"},
	} {
		if d := Decide(l, instant(t, at)); d.State != want.state || d.LastDay != day(t, want.last) {
			t.Errorf("%s: %s up to %s, want %s up to %s", at, d.State, d.LastDay.ISO(), want.state, want.last)
		}
	}
}

func TestDecide_SaysWhatHappenedAndWhatItMeans(t *testing.T) {
	l := licenceFrom(t, "2025-12-11", 0)
	for at, want := range map[string][2]string{
		"2026-06-01T12:00:00Z": {"193 days left", "Your licence works up to the end of Friday 11 December 2026"},
		"2026-11-23T12:00:00Z": {"18 days left", "Your licence works up to the end of Friday 11 December 2026"},
		"2026-12-10T12:00:00Z": {"1 day left", "Your licence works up to the end of Friday 11 December 2026"},
		"2026-12-11T12:00:00Z": {"Last day today", "Your licence works up to the end of Friday 11 December 2026"},
		"2026-12-12T12:00:00Z": {"In grace up to the end of 25 December 2026", "Your licence ended on 11 December 2026. You can go on using the tool up to the end of 25 December 2026"},
		"2026-12-26T12:00:00Z": {"Your licence ended on 11 December 2026", "Your licence ended on 11 December 2026. Your cases are safe. You can read, print and export them"},
		"2025-12-10T12:00:00Z": {"Starts on 11 December 2025", "Your licence starts on 11 December 2025"},
	} {
		d := Decide(l, instant(t, at))
		if d.Heading() != want[0] || d.Sentence != want[1] {
			t.Errorf("%s: %q, %q; want %q", at, d.Heading(), d.Sentence, want)
		}
	}
	l.Standing, l.StandingSince = StandingRevoked, instant(t, "2026-03-03T09:00:00Z")
	if d := Decide(l, instant(t, "2026-06-01T12:00:00Z")); d.Sentence != "Your licence was withdrawn on 3 March 2026. "+casesSafe {
		t.Errorf("revoked: %q", d.Sentence)
	}
}

// Between two instants at which the answer changes by itself it is the same, and ChangesAt names the next of them.
func TestDecide_ChangesExactlyWhenItSays(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		l := Licence{Standing: rapid.SampledFrom([]Standing{StandingLive, StandingSuspended, StandingRevoked}).Draw(rt, "standing")}
		finished := anyDay(rt, "start")
		for range rapid.IntRange(1, 3).Draw(rt, "periods") {
			l.Periods = append(l.Periods, l.Next(finished, usual))
			finished = finished.AddDays(rapid.IntRange(0, 600).Draw(rt, "gap"))
		}
		at := models.Date{Year: 2023, Month: time.June, Day: 1}.At(0, 0).Add(time.Duration(rapid.Int64Range(0, 20*365*86400).Draw(rt, "at")) * time.Second)
		d := Decide(l, at)
		if d.ChangesAt.IsZero() {
			if later := Decide(l, at.AddDate(30, 0, 0)); later.State != d.State {
				rt.Fatalf("%s for ever, but %s later", d.State, later.State)
			}
			return
		}
		if !d.ChangesAt.After(at) {
			rt.Fatalf("at %s it says that it changes at %s", at, d.ChangesAt)
		}
		if before := Decide(l, d.ChangesAt.Add(-time.Second)); before.State != d.State {
			rt.Fatalf("%s at %s, but %s just before %s", d.State, at, before.State, d.ChangesAt)
		}
		if after := Decide(l, d.ChangesAt); after.State == d.State {
			rt.Fatalf("still %s at %s", after.State, d.ChangesAt)
		}
	})
}

func TestStanding_OnlyTheseMoves(t *testing.T) {
	all := []Standing{StandingLive, StandingSuspended, StandingRevoked, StandingTransferred}
	allowed := map[[2]Standing]bool{
		{StandingLive, StandingSuspended}: true, {StandingLive, StandingRevoked}: true, {StandingLive, StandingTransferred}: true,
		{StandingSuspended, StandingLive}: true, {StandingSuspended, StandingRevoked}: true, {StandingSuspended, StandingTransferred}: true,
	}
	for _, from := range all {
		for _, to := range all {
			if from.CanBecome(to) != allowed[[2]Standing{from, to}] {
				t.Errorf("%s to %s: %v", from, to, from.CanBecome(to))
			}
		}
	}
}

func TestParseReference_TakesOnlyOurOwnForm(t *testing.T) {
	for text, want := range map[string]int64{"L-00093": 93, "l-00093": 93, "L-1234567": 1234567} {
		if got, err := ParseReference(" " + text + "\n"); err != nil || got != want {
			t.Errorf("%q: %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "L-", "L-93", "93", "00093", "L-+0093", "L--0093", "L-00000", "BK-00093", "L-99999999999999999999"} {
		if got, err := ParseReference(text); models.KindOf(err) != models.KindNotFound {
			t.Errorf("%q was taken for %d: %v", text, got, err)
		}
	}
}

func FuzzParseReference(f *testing.F) {
	f.Add("L-00093")
	f.Fuzz(func(t *testing.T, text string) {
		if id, err := ParseReference(text); err == nil {
			if again, err := ParseReference(Licence{ID: id}.Reference()); err != nil || again != id {
				t.Errorf("%q became %d, then %d: %v", text, id, again, err)
			}
		}
	})
}
