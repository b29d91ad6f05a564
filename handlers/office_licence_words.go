package handlers

import (
	"context"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// licenceDecision is one of the decisions the office takes about a licence.
type licenceDecision struct {
	to      licensing.Standing
	verb    string // in the address
	title   string // "Suspend"
	done    string // "is suspended"
	happens func(licensing.Change) []string
	take    func(ctx context.Context, tx models.DB, desk licensing.Desk, actor access.Actor, id int64, f decisionForm) (licensing.Licence, error)
}

// licenceDecisions are all there are, the mildest first.
func licenceDecisions() []licenceDecision {
	return []licenceDecision{
		{
			to: licensing.StandingSuspended, verb: "suspend", title: "Suspend", done: "is suspended", happens: suspendHappens,
			take: func(ctx context.Context, tx models.DB, desk licensing.Desk, actor access.Actor, id int64, f decisionForm) (licensing.Licence, error) {
				return desk.Suspend(ctx, tx, actor, id, licensing.Grounds(f.Grounds), f.Reason)
			},
		},
		{
			to: licensing.StandingLive, verb: "reinstate", title: "Reinstate", done: "is reinstated", happens: reinstateHappens,
			take: func(ctx context.Context, tx models.DB, desk licensing.Desk, actor access.Actor, id int64, f decisionForm) (licensing.Licence, error) {
				return desk.Reinstate(ctx, tx, actor, id, f.Reason)
			},
		},
		{
			to: licensing.StandingRevoked, verb: "revoke", title: "Withdraw", done: "is withdrawn", happens: revokeHappens,
			take: func(ctx context.Context, tx models.DB, desk licensing.Desk, actor access.Actor, id int64, f decisionForm) (licensing.Licence, error) {
				return desk.Revoke(ctx, tx, actor, id, licensing.Grounds(f.Grounds), f.Reason)
			},
		},
	}
}

// toldByEmail closes what happens, whatever was decided.
const toldByEmail = "They are told by email now. The reason you type is kept with the record and is not in the email."

func suspendHappens(ahead licensing.Change) []string {
	return []string{
		"From the next page they open, nothing can be written in the tool. They can still read, print and export their cases.",
		"The days run on: the last day stays " + ahead.Now.LastDay.String() + ".",
		"You can reinstate it on any day.",
		toldByEmail,
	}
}

func reinstateHappens(ahead licensing.Change) []string {
	first := "From the next page they open, the tool works again, up to the end of " + ahead.Then.LastDay.String() + "."
	if ahead.Then.State == licensing.StateGrace {
		first = "From the next page they open, the tool works again, up to the end of grace on " + ahead.Then.GraceEnds.String() + "."
	} else if !ahead.Then.Allowed {
		first = "The suspension is lifted, but the tool stays closed, because of the licence’s dates."
	}
	return []string{first, "No day is added: the days ran on while it was suspended.", toldByEmail}
}

func revokeHappens(licensing.Change) []string {
	return []string{
		"From the next page they open, the licence has ended for good. It cannot be reinstated: another training begins a new licence.",
		"Their certificate stays valid, and nothing is deleted. They can still read, print and export their cases.",
		"On grounds of misuse they cannot: only the office exports their cases then.",
		toldByEmail,
	}
}

// changeRows are who and what a decision is about, and from when it holds.
func changeRows(ahead licensing.Change) []templates.SummaryRow {
	l, now := ahead.Licence, ahead.Now
	licence := templates.SummaryRow{Key: "Licence", Lines: []string{l.Reference() + ", " + lowerFirst(now.State.Tag())}}
	if note := lastDayNote(now); note != "" {
		licence.Notes = []string{note}
	}
	return []templates.SummaryRow{
		{Key: "Holder", Lines: []string{ahead.Holder.Called()}, Notes: []string{ahead.Holder.Email}},
		licence,
		{Key: "From when", Lines: []string{"At once, " + models.DateOf(now.At).Long()}},
	}
}
