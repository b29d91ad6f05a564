package tool

import (
	"slices"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// arrows is the flowchart as the Hub's notes draw it, without safety, which is reached from everywhere.
func arrows() map[State][]State {
	return map[State][]State{
		Received:   {Contacting, Closed},
		Contacting: {Contacting, Conversing, Closed},
		Conversing: {Conversing, Analysing},
		Safety:     {Conversing, Joint, Closed},
		Analysing:  {Deciding},
		Deciding:   {Advising, Joint, ReferredOn, Matching},
		Advising:   {Deciding},
		Joint:      {Matching},
		ReferredOn: {Paused, Closed},
		Matching:   {Analysing, Matching, Planning},
		Planning:   {Introduced},
		Introduced: {Started, Reviewing},
		Started:    {Reviewing},
		Reviewing:  {Analysing, Matching, Planning, Started, Paused, Closed},
		Paused:     {Conversing},
		Closed:     {Conversing},
	}
}

func at(hour int) time.Time { return time.Date(2026, 11, 24, hour, 0, 0, 0, time.UTC) }

// willing is a move with everything any state asks for.
func willing(to State) Move {
	rating := 7
	return Move{To: to, Reason: "because", Agreed: true, Closing: Closing{Outcome: "goals_met", Message: MessageNone, WhatNext: "goes on alone", Rating: &rating}}
}

// standing is a case in a state, with everything the rules ask for and nothing that locks.
func standing(from, to State) Facts {
	f := Facts{State: from, Consent: true, Now: at(12), Events: []Event{{To: Received, At: at(1)}, {From: Received, To: from, At: at(2)}}}
	if from == Deciding {
		decision := map[State]string{Matching: "D1", Advising: "D2", Joint: "D3", ReferredOn: "D4"}[to]
		f.Decisions = []Decision{{Code: decision, At: at(3)}}
	}
	return f
}

func TestMayMove_TheWholeMatrix(t *testing.T) {
	p := starter(t)
	for _, from := range States() {
		for _, to := range States() {
			want := slices.Contains(arrows()[from], to) || to == Safety && from != Safety
			f := standing(from, to)
			if from == Safety {
				f.Events[1].From = Conversing // safety goes back to where it came from, which is an arrow anyway
			}
			err := p.MayMove(f, willing(to))
			if (err == nil) != want {
				t.Errorf("%s to %s: %v, want allowed %v", from, to, err, want)
			}
			shown := slices.ContainsFunc(p.Ways(f), func(w Way) bool { return w.To == to && w.Locked == "" && w.Label != "" })
			if shown != want {
				t.Errorf("%s to %s is shown %v, want %v", from, to, shown, want)
			}
		}
	}
}

func TestMayMove_SafetyGoesBackToWhereItCameFrom(t *testing.T) {
	p := starter(t)
	for _, from := range States() {
		if from == Safety {
			continue
		}
		f := Facts{State: Safety, Now: at(12), Events: []Event{{To: Received, At: at(1)}, {From: from, To: Safety, At: at(2)}}}
		red := Flag{Code: "R-MH", Level: Red, NoticedAt: at(2)}
		f.Flags = []Flag{red}
		if err := p.MayMove(f, willing(from)); models.KindOf(err) != models.KindConflict {
			t.Errorf("back to %s with nothing recorded: %v", from, err)
		}
		f.Flags[0].Actions = []FlagAction{{Done: "Called 111, option 2"}}
		if err := p.MayMove(f, willing(from)); err != nil {
			t.Errorf("back to %s: %v", from, err)
		}
		if step := p.Step(Safety, f.Events); from != Paused && step != p.State(from).Step {
			t.Errorf("from %s the strip shows step %d", from, step)
		}
	}
}

func TestMayMove_WhatLocks(t *testing.T) {
	p := starter(t)
	red := Flag{Code: "R-SUI", Level: Red, NoticedAt: at(3)}
	amber := Flag{Code: "A-MOOD", Level: Amber, NoticedAt: at(3)}
	doubt := Flag{Code: "A-CAP", Level: Amber, NoticedAt: at(3)}
	with := func(f Facts, change func(*Facts)) Facts {
		change(&f)
		return f
	}
	for name, c := range map[string]struct {
		f    Facts
		to   State
		says string
	}{
		"red flag, from the review": {with(standing(Reviewing, Matching), func(f *Facts) { f.Flags = []Flag{red} }), Matching, "red flag"},
		"red flag, to the plan":     {with(standing(Matching, Planning), func(f *Facts) { f.Flags = []Flag{red} }), Planning, "red flag"},
		"amber, not decided":        {with(standing(Planning, Introduced), func(f *Facts) { f.Flags = []Flag{amber} }), Introduced, "amber flag"},
		"doubt, before the plan":    {with(standing(Matching, Planning), func(f *Facts) { f.Flags = []Flag{doubt} }), Planning, "doubt"},
		"no consent":                {with(standing(Contacting, Conversing), func(f *Facts) { f.Consent = false }), Conversing, "agreed to talk"},
		"no decision":               {with(standing(Deciding, Matching), func(f *Facts) { f.Decisions = nil }), Matching, "decision that leads there"},
		"another decision":          {with(standing(Deciding, Matching), func(f *Facts) { f.Decisions[0].Code = "D4" }), Matching, "decision that leads there"},
		"an old decision":           {with(standing(Deciding, Matching), func(f *Facts) { f.Decisions[0].At = at(1) }), Matching, "decision that leads there"},
		"closed over a year ago":    {with(standing(Closed, Conversing), func(f *Facts) { f.Now = time.Date(2027, 11, 25, 9, 0, 0, 0, time.UTC) }), Conversing, "too long ago"},
		"tried three times again": {with(standing(Contacting, Contacting), func(f *Facts) {
			for range 3 {
				f.Events = append(f.Events, Event{From: Contacting, To: Contacting, At: at(4)})
			}
		}), Contacting, "often enough"},
	} {
		err := p.MayMove(c.f, willing(c.to))
		if models.KindOf(err) != models.KindConflict || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want a conflict about %q", name, err, c.says)
		}
		locked := slices.ContainsFunc(p.Ways(c.f), func(w Way) bool { return w.To == c.to && strings.Contains(w.Locked, c.says) })
		if !locked {
			t.Errorf("%s: the page does not say why", name)
		}
	}
	last := standing(Closed, Conversing)
	last.Now = time.Date(2027, 11, 24, 23, 0, 0, 0, time.UTC)
	if err := p.MayMove(last, willing(Conversing)); err != nil {
		t.Errorf("on the last day of the year: %v", err)
	}
	closed := standing(Matching, Planning)
	closed.Flags = []Flag{doubt}
	closed.Flags[0].Actions = []FlagAction{{Done: "Assessed: they can decide", Closes: true}}
	if err := p.MayMove(closed, willing(Planning)); err != nil {
		t.Errorf("the doubt was settled: %v", err)
	}
	interrupted := standing(Contacting, Contacting)
	for range 3 { // made safe three times: that is no trying again
		interrupted.Events = append(interrupted.Events, Event{From: Contacting, To: Safety, At: at(4)}, Event{From: Safety, To: Contacting, At: at(5)})
	}
	if err := p.MayMove(interrupted, willing(Contacting)); err != nil {
		t.Errorf("the first try again: %v", err)
	}
	decided := standing(Planning, Introduced)
	decided.Flags, decided.Decisions = []Flag{amber}, []Decision{{Code: "D2", At: at(4)}}
	if err := p.MayMove(decided, willing(Introduced)); err != nil {
		t.Errorf("amber, decided: %v", err)
	}
}

func TestMayMove_WhatIsAskedFor(t *testing.T) {
	p := starter(t)
	without := willing(Planning)
	without.Agreed = false
	if err := p.MayMove(standing(Matching, Planning), without); models.ProblemsOf(err).For("agreed") == "" {
		t.Errorf("a plan nobody agreed to: %v", err)
	}
	without.AgreedOther = "Best interests, with an advocate"
	if err := p.MayMove(standing(Matching, Planning), without); err != nil {
		t.Errorf("with a reason: %v", err)
	}
	if err := p.MayMove(standing(Introduced, Reviewing), Move{To: Reviewing}); models.ProblemsOf(err).For("reason") == "" {
		t.Errorf("not taken up, and no reason: %v", err)
	}
	problems := models.ProblemsOf(p.MayMove(standing(Reviewing, Closed), Move{To: Closed}))
	for _, field := range []string{"outcome", "message", "what_next", "rating"} {
		if problems.For(field) == "" {
			t.Errorf("closing without %s went through", field)
		}
	}
	eleven := willing(Closed)
	*eleven.Closing.Rating = 11
	if err := p.MayMove(standing(Reviewing, Closed), eleven); models.ProblemsOf(err).For("rating") == "" {
		t.Errorf("eleven out of ten: %v", err)
	}
	reason := willing(Closed)
	reason.Closing.Rating, reason.Closing.NoMeasures = nil, "moved before we met"
	if err := p.MayMove(standing(Reviewing, Closed), reason); err != nil {
		t.Errorf("a reason for no measure: %v", err)
	}
}

// Tuesday 24 November 2026: two working days end on Thursday; a Friday's end on Tuesday.
func TestDue_CountsWorkingDays(t *testing.T) {
	p := starter(t)
	friday := time.Date(2026, 11, 27, 16, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		state State
		since time.Time
		want  string
	}{
		{Received, at(9), "2026-11-26"},
		{Received, friday, "2026-12-01"},
		{Contacting, at(9), "2026-12-08"},
		{Introduced, at(9), "2026-12-08"},
		{Paused, at(9), "2026-12-22"},
		{Conversing, at(9), "0000-00-00"},
	} {
		if got := p.DueOn(c.state, c.since).ISO(); got != c.want {
			t.Errorf("%s since %s: %s, want %s", c.state, c.since, got, c.want)
		}
	}
	if got := DueTwoDays.At(friday); !got.Equal(time.Date(2026, 12, 1, 17, 0, 0, 0, time.UTC)) {
		t.Errorf("two working days from Friday: %s", got)
	}
	if got := DueSameDay.At(at(9)); !got.Equal(at(17)) {
		t.Errorf("the same day: %s", got)
	}
	if got := DueSameDay.At(at(18)); !got.Equal(at(19)) {
		t.Errorf("the same evening: %s", got)
	}
	if !DueBeforePlan.At(at(9)).IsZero() {
		t.Error("before the plan has a time")
	}
}

func TestStrip_SaysStepAndNext(t *testing.T) {
	p := starter(t)
	if said := p.AlternativeText(p.Step(Matching, nil)); said != "Step 5 of 8: Finding a fit. Next: Plan." {
		t.Error(said)
	}
	// Paused out of safety: neither has a place on the strip, and the conversation before them has.
	past := []Event{{To: Received}, {From: Received, To: Conversing}, {From: Conversing, To: Safety}, {From: Safety, To: Paused}}
	if step := p.Step(Paused, past); step != p.State(Conversing).Step {
		t.Errorf("paused out of safety, the strip shows step %d", step)
	}
}

// A flag is overdue once its time has passed, not at that moment, and only while nothing was done; one without a time never is.
func TestFlag_OverdueOnlyAfterItsTime(t *testing.T) {
	due := Flag{Code: "R-SUI", Level: Red, NoticedAt: at(9), DueAt: at(10)}
	acted := due
	acted.Actions = []FlagAction{{Done: "Called 111", At: at(9)}}
	for _, c := range []struct {
		flag Flag
		now  time.Time
		want bool
	}{
		{due, at(9), false}, {due, at(10), false}, {due, at(10).Add(time.Second), true}, {acted, at(11), false}, {Flag{Code: "B-HOME", NoticedAt: at(9)}, at(20), false},
	} {
		if got := c.flag.Overdue(c.now); got != c.want {
			t.Errorf("%+v at %s: %v", c.flag, c.now, got)
		}
	}
}
