package licensing

import (
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// State is how a licence stands at an instant. It is worked out, never stored.
type State string

// The states, and none for a person who has no licence.
const (
	StateNone        State = "none"
	StateRevoked     State = "revoked"
	StateTransferred State = "transferred"
	StateSuspended   State = "suspended"
	StateScheduled   State = "scheduled" // it begins on a later day
	StateExpired     State = "expired"   // and grace is over
	StateGrace       State = "grace"     // past its last day, and everything still works
	StateExpiring    State = "expiring"  // it ends soon
	StateActive      State = "active"
)

// Verdict is the state as programs read it.
type Verdict string

// The verdicts, one for each state.
const (
	VerdictNone        Verdict = "NO_LICENCE"
	VerdictRevoked     Verdict = "REVOKED"
	VerdictTransferred Verdict = "TRANSFERRED"
	VerdictSuspended   Verdict = "SUSPENDED"
	VerdictScheduled   Verdict = "NOT_STARTED"
	VerdictExpired     Verdict = "EXPIRED"
	VerdictGrace       Verdict = "GRACE"
	VerdictExpiring    Verdict = "EXPIRING"
	VerdictActive      Verdict = "ACTIVE"
)

// Decision is the answer to whether a licence allows the tool at an instant, with the reason.
type Decision struct {
	Allowed   bool // the whole of the tool; see Allows for what is left when it is not
	State     State
	Code      Verdict
	At        time.Time   // the instant it was asked for
	StartsOn  models.Date // the first day of the run of periods that counts; zero when there is none
	LastDay   models.Date // the last day of that run
	GraceEnds models.Date // the last day of its grace
	DaysLeft  int         // whole days from today to the last day; 0 on the last day and after
	EndsAt    time.Time   // when writing ends by itself, in UTC: the midnight after grace; zero when there is no period
	ChangesAt time.Time   // when the answer changes next by itself, in UTC; zero when it never does
	Since     time.Time   // when it was suspended, revoked or passed on
	Grounds   Grounds     // why, where a rule depends on it
	Sentence  string      // what happened and what it means, to the holder
	NextStep  string      // what the holder can do; empty when there is nothing to do
}

// Decide says whether the licence allows the tool at this instant. It is the one place that does: gate, pages, mails and programs
// ask it, and nothing but its arguments counts. What people decided comes before the dates; a day counts until London's midnight.
// The zero Licence is no licence.
func Decide(l Licence, now time.Time) Decision {
	d := Decision{At: now, Since: l.StandingSince, Grounds: l.Grounds}
	today := models.DateOf(now)
	if run, ok := l.runAt(today); ok {
		d.place(run, today)
	} else {
		d.State = StateNone
	}
	if decided := l.Standing.state(); decided != "" && (d.State != StateNone || decided != StateSuspended) {
		d.State = decided
	}
	d.Code = d.State.verdict()
	d.Allowed = d.State == StateActive || d.State == StateExpiring || d.State == StateGrace
	if d.State != StateScheduled && !d.Allowed {
		d.ChangesAt = time.Time{}
	}
	d.Sentence, d.NextStep = d.words()
	return d
}

// state is the state that a standing makes whatever the dates are; empty while they decide.
func (s Standing) state() State {
	switch s {
	case StandingRevoked:
		return StateRevoked
	case StandingTransferred:
		return StateTransferred
	case StandingSuspended:
		return StateSuspended
	case StandingLive:
	}
	return ""
}

// run is a row of periods without a gap between them.
type run struct {
	first, last models.Date
	graceEnds   models.Date
	noticeFrom  models.Date
}

// runAt is the run that counts on a day: the one the day is in, with its grace, else the next to begin, else the last that was.
func (l Licence) runAt(day models.Date) (run, bool) {
	var runs []run
	for _, p := range l.Periods {
		r := run{first: p.StartsOn, last: p.LastDay, graceEnds: p.GraceEnds(), noticeFrom: p.LastDay.AddDays(-p.Terms.NoticeDays)}
		if n := len(runs); n > 0 && runs[n-1].last.AddDays(1) == p.StartsOn {
			r.first = runs[n-1].first
			runs[n-1] = r
			continue
		}
		runs = append(runs, r)
	}
	for i, r := range runs {
		// The next run takes over on its first day, even in the grace of the one before.
		overtaken := i+1 < len(runs) && !day.Before(runs[i+1].first)
		if !r.graceEnds.Before(day) && !overtaken {
			return r, true
		}
	}
	if len(runs) == 0 {
		return run{}, false
	}
	return runs[len(runs)-1], true
}

// place fills in the dates and the state they make.
func (d *Decision) place(r run, today models.Date) {
	d.StartsOn, d.LastDay, d.GraceEnds, d.EndsAt = r.first, r.last, r.graceEnds, EndsAt(r.graceEnds)
	d.DaysLeft = max(today.DaysUntil(r.last), 0)
	switch {
	case today.Before(r.first):
		d.State, d.ChangesAt = StateScheduled, r.first.At(0, 0)
	case r.graceEnds.Before(today):
		d.State = StateExpired
	case r.last.Before(today):
		d.State, d.ChangesAt = StateGrace, d.EndsAt
	case !today.Before(r.noticeFrom):
		d.State, d.ChangesAt = StateExpiring, EndsAt(r.last)
	default:
		d.State, d.ChangesAt = StateActive, r.noticeFrom.At(0, 0)
	}
}

func (s State) verdict() Verdict {
	switch s {
	case StateRevoked:
		return VerdictRevoked
	case StateTransferred:
		return VerdictTransferred
	case StateSuspended:
		return VerdictSuspended
	case StateScheduled:
		return VerdictScheduled
	case StateExpired:
		return VerdictExpired
	case StateGrace:
		return VerdictGrace
	case StateExpiring:
		return VerdictExpiring
	case StateActive:
		return VerdictActive
	case StateNone:
	}
	return VerdictNone
}
