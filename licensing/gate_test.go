package licensing

import (
	"testing"
	"time"
)

// The whole table: what each state leaves a person.
func TestGate_WhatEachStateAllows(t *testing.T) {
	all := map[Use]bool{UseNewCase: true, UseWrite: true, UseRead: true, UsePrint: true, UseExport: true, UseCrisis: true}
	readOnly := map[Use]bool{UseRead: true, UsePrint: true, UseExport: true, UseCrisis: true}
	crisisOnly := map[Use]bool{UseCrisis: true}
	at := func(text string, change func(*Licence)) Decision {
		l := licenceFrom(t, "2026-11-22", 0)
		if change != nil {
			change(&l)
		}
		return Decide(l, instant(t, text))
	}
	const running = "2027-01-01T12:00:00Z"
	for name, c := range map[string]struct {
		d    Decision
		want map[Use]bool
	}{
		"active":    {at(running, nil), all},
		"expiring":  {at("2027-11-22T12:00:00Z", nil), all},
		"grace":     {at("2027-12-01T12:00:00Z", nil), all},
		"expired":   {at("2028-01-01T12:00:00Z", nil), readOnly},
		"scheduled": {at("2026-01-01T12:00:00Z", nil), readOnly},
		"none":      {Decide(Licence{}, instant(t, running)), readOnly},
		"suspended": {at(running, func(l *Licence) { l.Standing = StandingSuspended }), readOnly},
		"revoked":   {at(running, func(l *Licence) { l.Standing = StandingRevoked }), readOnly},
		"misused":   {at(running, func(l *Licence) { l.Standing, l.Grounds = StandingRevoked, GroundsMisuse }), crisisOnly},
		"suspended for misuse": {
			at(running, func(l *Licence) { l.Standing, l.Grounds = StandingSuspended, GroundsMisuse }), readOnly,
		},
		"transferred": {at(running, func(l *Licence) { l.Standing = StandingTransferred }), crisisOnly},
	} {
		for _, use := range Uses() {
			if got := c.d.Allows(use); got != c.want[use] {
				t.Errorf("%s: %s is %v, want %v", name, use, got, c.want[use])
			}
		}
		if c.d.Allows("anything else") {
			t.Errorf("%s allows a use that nobody knows", name)
		}
	}
}

// The licence ran to 22 November 2027 and grace to the end of 6 December.
func TestGate_ACaseOpenAtTheEndMayBeFinishedFor24Hours(t *testing.T) {
	l := licenceFrom(t, "2026-11-22", 0)
	end := instant(t, "2027-12-07T00:00:00Z")
	before, after := end.Add(-time.Second), end
	for _, c := range []struct {
		at     time.Time
		opened time.Time
		want   bool
	}{
		{end.Add(-time.Hour), before.Add(-time.Hour), true},
		{end, before, true},
		{end.Add(24*time.Hour - time.Second), before, true},
		{end.Add(24 * time.Hour), before, false},
		{end.Add(24*time.Hour + time.Second), before, false},
		{end.Add(time.Hour), after, false},
	} {
		if got := Decide(l, c.at).AllowsWriting(c.opened); got != c.want {
			t.Errorf("at %s, opened at %s: %v, want %v", c.at, c.opened, got, c.want)
		}
	}
	l.Standing = StandingSuspended
	if Decide(l, end.Add(time.Hour)).AllowsWriting(before) {
		t.Error("a suspended licence lets a case be finished")
	}
	if d := Decide(l, end.Add(time.Hour)); d.Allows(UseNewCase) {
		t.Error("a new case after the end")
	}
}
