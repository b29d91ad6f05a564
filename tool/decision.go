package tool

import (
	"strings"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// YesNo is an answer that may not be known.
type YesNo string

// The answers.
const (
	Yes     YesNo = "yes"
	No      YesNo = "no"
	NotSaid YesNo = "not-said"
)

func (y YesNo) valid() bool { return y == Yes || y == No || y == NotSaid }

// Decision says what other support is needed beside the practitioner's. A person makes it and says why; it is never changed, a
// later one stands beside it.
type Decision struct {
	ID       int64
	Code     string // D1 to D4
	Outcome  string // code of the pack
	Known    YesNo  // the person is known to a clinician for it
	Worse    YesNo  // it got worse in the past two weeks
	Agrees   YesNo  // the person agrees to us speaking to somebody
	Noticed  string // what was noticed
	Reason   string // why this decision
	Adviser  string // who advised
	Advised  string // what they advised
	AdviceOn models.Date
	At       time.Time
	By       int64
}

// check says what in a decision needs mending.
func (d Decision) check(p Pack, today models.Date) error {
	var wrong models.Problems
	if _, ok := label(p.Decisions, d.Code); !ok {
		wrong.Add("decision", "Choose what other support is needed")
	}
	if _, ok := label(p.DecisionOutcomes, d.Outcome); !ok {
		wrong.Add("outcome", "Choose what came of it")
	}
	for _, field := range []struct {
		name  string
		value YesNo
	}{{"known", d.Known}, {"worse", d.Worse}, {"agrees", d.Agrees}} {
		if !field.value.valid() {
			wrong.Add(field.name, "Choose yes, no or not said")
		}
	}
	if strings.TrimSpace(d.Reason) == "" {
		wrong.Add("reason", "Write why, so that others understand it later")
	}
	if today.Before(d.AdviceOn) {
		wrong.Add("advice_on", "This day has not come yet. Enter the day the advice was given")
	}
	return wrong.Err()
}
