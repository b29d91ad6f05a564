package tool

import (
	"context"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
)

// CasesPerPage is how many cases one page of the list holds.
const CasesPerPage = 20

// CaseFilter narrows the list of cases.
type CaseFilter struct {
	Search string // part of a reference
	Closed bool   // closed cases instead of open ones
	Mine   bool   // only those the person has
	Page   int    // from 1; less counts as 1
}

// CaseLine is a case in the list. It shows nothing of what was written.
type CaseLine struct {
	ID            int64
	Reference     string
	State         State
	Label         string // the state in words
	Step          int
	HeldBy        int64 // who has it
	HeldByName    string
	ChangedAt     time.Time
	DueOn         models.Date // when the state becomes a task; no day for none
	RedWaits      int         // red flags without a recorded action
	Overdue       int         // flags whose time has passed without one
	Demonstration bool
}

// Cases lists the cases that the person may see, the one changed last first, a page at a time, and how many there are in all. The
// list leaves an audit row like every read. Error: forbidden from the gate.
func (d Desk) Cases(ctx context.Context, tx models.DB, actor access.Actor, filter CaseFilter) ([]CaseLine, int64, error) {
	v, err := d.enter(ctx, tx, actor, licensing.UseRead)
	if err != nil {
		return nil, 0, err
	}
	rows, total, err := searchCases(ctx, tx, v, filter)
	if err != nil || len(rows) == 0 {
		return nil, total, err
	}
	lines, err := d.lines(ctx, tx, rows)
	if err != nil {
		return nil, 0, err
	}
	entry := access.Entry{
		Action: "cases listed", SubjectKind: "person", SubjectID: actor.PersonID, OrganisationID: v.organisation,
		Detail: map[string]int{"cases": len(lines)},
	}
	return lines, total, access.Record(ctx, tx, actor, entry)
}

func (d Desk) lines(ctx context.Context, tx models.DB, rows []listedRow) ([]CaseLine, error) {
	ids := make([]int64, len(rows))
	for n, row := range rows {
		ids[n] = row.Row.ID
	}
	events, err := eventsOf(ctx, tx, ids...)
	if err != nil {
		return nil, err
	}
	history := map[int64][]Event{}
	for _, e := range events {
		history[e.CaseID] = append(history[e.CaseID], e.event(""))
	}
	lines := make([]CaseLine, len(rows))
	for n, listed := range rows {
		row := listed.Row
		pack, err := d.packFor(ctx, tx, row.PackDigest)
		if err != nil {
			return nil, err
		}
		past := history[row.ID]
		lines[n] = CaseLine{
			ID: row.ID, Reference: row.Reference, State: row.State, Label: pack.State(row.State).Label, Step: pack.Step(row.State, past),
			HeldBy: row.holder(), HeldByName: listed.HeldByName, ChangedAt: row.ChangedAt, DueOn: pack.DueOn(row.State, enteredAt(past)),
			RedWaits: listed.RedWaits, Overdue: listed.Overdue, Demonstration: row.Demonstration,
		}
	}
	return lines, nil
}
