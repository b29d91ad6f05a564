package licensing

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// Standing is what people have decided about a licence. Everything else about it follows from its dates.
type Standing string

// The four standings.
const (
	StandingLive        Standing = "live"
	StandingSuspended   Standing = "suspended"   // by the office, and it can be lifted; the dates run on
	StandingRevoked     Standing = "revoked"     // for good
	StandingTransferred Standing = "transferred" // passed on to somebody else in the organisation, for good
)

// CanBecome says whether a licence may go from one standing to the next.
func (s Standing) CanBecome(next Standing) bool {
	switch s {
	case StandingLive:
		return next == StandingSuspended || next == StandingRevoked || next == StandingTransferred
	case StandingSuspended:
		return next == StandingLive || next == StandingRevoked || next == StandingTransferred
	case StandingRevoked, StandingTransferred:
	}
	return false
}

// Grounds say why a licence was suspended or revoked, where a rule depends on it.
type Grounds string

// The grounds; empty for a licence that is live.
const (
	GroundsMisuse  Grounds = "misuse"  // the cases are then exported by the office only
	GroundsRequest Grounds = "request" // the holder or the organisation asked
	GroundsOther   Grounds = "other"
)

// Licence lets one named, trained person use the tool.
type Licence struct {
	ID            int64
	PersonID      int64
	Standing      Standing
	StandingSince time.Time
	Grounds       Grounds
	Periods       []Period // that count, in order; periods taken back are left out
	Demonstration bool
}

// CauseKind is what sort of thing made a period.
type CauseKind string

// A training is what makes a period.
const CauseCompletion CauseKind = "completion"

// Cause is what made a period: each licence shows why it exists.
type Cause struct {
	Kind        CauseKind
	ID          int64       // of the completion
	On          models.Date // the last day that was attended
	Certificate Code        // that was issued with it
	Facts       Facts
}

// causeKey tells one cause from another.
type causeKey struct {
	kind CauseKind
	id   int64
}

func (c Cause) key() causeKey { return causeKey{c.Kind, c.ID} }

// Why says to the holder why the period exists: "You attended the online session on 14 January 2027".
func (c Cause) Why() string { return c.Facts.Why("You") }

// Terms are the lengths that count for a period, from the settings in force on its last day.
type Terms struct {
	Years      int // how long a training makes a licence last
	GraceDays  int // whole days after the last day on which everything still works
	NoticeDays int // from so many days before the last day the licence is shown to end soon
}

// Period is one stretch of a licence, both days inclusive, in London days.
type Period struct {
	ID             int64
	No             int // from 1
	AnchorOn       models.Date
	Years          int // from the anchor to the last day
	StartsOn       models.Date
	LastDay        models.Date
	OrganisationID *int64 // whose money bought it; nil for an individual
	Unknown        bool   // the place was theirs by what was said at the door, and the organisation has not said that it knows them
	Cause          Cause
	Terms          Terms
}

// GraceEnds is the last day of grace; the period's last day itself when there is none.
func (p Period) GraceEnds() models.Date { return p.LastDay.AddDays(p.Terms.GraceDays) }

// goesOn says that the period follows on the one before it, and does not begin anew.
func (p Period) goesOn() bool { return p.StartsOn != p.AnchorOn }

// Next is the period that a training finished on that day adds to the licence. While the licence runs, and in grace, it goes on
// from the old end, counted from the same anchor; after that, and on a new licence, it begins on the day itself.
func (l Licence) Next(finished models.Date, t Terms) Period {
	p := Period{No: 1, AnchorOn: finished, StartsOn: finished, Years: t.Years, Terms: t}
	if n := len(l.Periods); n > 0 {
		last := l.Periods[n-1]
		p.No = last.No + 1
		if !last.GraceEnds().Before(finished) {
			p.AnchorOn, p.StartsOn, p.Years = last.AnchorOn, last.LastDay.AddDays(1), last.Years+t.Years
		}
	}
	p.LastDay = LastDay(p.AnchorOn, p.Years)
	return p
}

// OrganisationAt is the organisation that bought the period of that day, or, outside every period, of the last one before it.
// It is nil for an individual.
func (l Licence) OrganisationAt(day models.Date) *int64 { return l.periodAt(day).OrganisationID }

// WorksForAt is the organisation whose cases the licence opens on that day: the one that bought the period, unless it has not said
// that it knows the holder. Until then they work for themselves.
func (l Licence) WorksForAt(day models.Date) *int64 {
	if p := l.periodAt(day); !p.Unknown {
		return p.OrganisationID
	}
	return nil
}

// periodAt is the period of that day, or, outside every period, the last one before it; the zero Period when there is none.
func (l Licence) periodAt(day models.Date) Period {
	for i := len(l.Periods) - 1; i >= 0; i-- {
		if p := l.Periods[i]; !day.Before(p.StartsOn) || i == 0 {
			return p
		}
	}
	return Period{}
}

// Reference is the licence's number for people: L-00093.
func (l Licence) Reference() string { return fmt.Sprintf("L-%05d", l.ID) }

// ParseReference reads a licence's number as it stands in addresses. Anything else is not found, as a stranger's is.
func ParseReference(s string) (int64, error) {
	digits, ok := strings.CutPrefix(strings.ToUpper(strings.TrimSpace(s)), "L-")
	id, err := strconv.ParseInt(digits, 10, 64)
	if !ok || err != nil || id < 1 || digits[0] == '+' || len(digits) < 5 {
		return 0, noSuchLicence()
	}
	return id, nil
}

func noSuchLicence() *models.Error {
	return models.NotFound("We have no licence with that number that you can see")
}
