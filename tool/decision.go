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
	ID       int64       `json:"id"`
	Code     string      `json:"code"`    // D1 to D4
	Outcome  string      `json:"outcome"` // code of the pack
	Known    YesNo       `json:"known"`   // the person is known to a clinician for it
	Worse    YesNo       `json:"worse"`   // it got worse in the past two weeks
	Agrees   YesNo       `json:"agrees"`  // the person agrees to us speaking to somebody
	Noticed  string      `json:"noticed"` // what was noticed
	Reason   string      `json:"reason"`  // why this decision
	Adviser  string      `json:"adviser"` // who advised
	Advised  string      `json:"advised"` // what they advised
	AdviceOn models.Date `json:"advice_on"`
	At       time.Time   `json:"at"`
	By       int64       `json:"by"`
}

// check says what in a decision needs mending.
func (d Decision) check(p Pack, today models.Date) error {
	var wrong models.Problems
	if !isListed(p.Decisions, d.Code) {
		wrong.Add("decision", "Choose what other support is needed")
	}
	if !isListed(p.DecisionOutcomes, d.Outcome) {
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
