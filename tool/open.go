package tool

import (
	"context"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
)

// Open reads a case with all that is in it, and leaves an audit row. Errors: forbidden from the gate; not found, for a stranger's
// case as for none.
func (d Desk) Open(ctx context.Context, tx models.DB, actor access.Actor, caseID int64) (Case, error) {
	return d.openFor(ctx, tx, actor, caseID, licensing.UseRead, "case read")
}

// Print reads a case to print it, and leaves an audit row that says so.
func (d Desk) Print(ctx context.Context, tx models.DB, actor access.Actor, caseID int64) (Case, error) {
	return d.openFor(ctx, tx, actor, caseID, licensing.UsePrint, "case printed")
}

func (d Desk) openFor(ctx context.Context, tx models.DB, actor access.Actor, caseID int64, use licensing.Use, action string) (Case, error) {
	w, err := d.reach(ctx, tx, actor, caseID, use)
	if err != nil {
		return Case{}, err
	}
	c, err := w.load(ctx, tx)
	if err != nil {
		return Case{}, err
	}
	return c, w.record(ctx, tx, action, nil)
}

// load reads a case with all that is in it. Within a transaction that changes the case, the change itself leaves the audit row.
func (w work) load(ctx context.Context, tx models.DB) (Case, error) {
	parts, err := w.readParts(ctx, tx)
	if err != nil {
		return Case{}, err
	}
	said, notes, err := w.openTexts(parts.texts)
	if err != nil {
		return Case{}, err
	}
	row := w.row
	c := Case{
		ID: row.ID, Reference: row.Reference, Name: said[namePlace], OrganisationID: row.OrganisationID, OpenedBy: row.OpenedBy, HeldBy: row.holder(),
		State: row.State, CreatedAt: row.CreatedAt, ChangedAt: row.ChangedAt, Demonstration: row.Demonstration,
		MayWrite: w.pass.AllowsWriting(row.CreatedAt), FactorsVersion: row.FactorsVersion, Pack: w.pack,
		Notes: under(notes, notePlace), Held: under(notes, heldPlace),
		Ticks: parts.tickTimes(), Factors: parts.factorAnswers(said),
		Choices: parts.choicesMade(said), Flags: parts.flagsNoticed(said), Decisions: parts.decisionsMade(said),
		Plans: parts.plan.PlanNo,
	}
	for _, e := range parts.events {
		c.Events = append(c.Events, e.event(said[eventTexts(e.Ordinal)+"/reason"]))
	}
	for _, h := range parts.handovers {
		c.Handovers = append(c.Handovers, h.handover(said[handoverText(h.Ordinal)]))
	}
	c.Candidates, c.SetAside = parts.candidatesKept(said)
	c.Step, c.DueOn = w.pack.Step(row.State, c.Events), w.pack.DueOn(row.State, enteredAt(c.Events))
	if parts.closed {
		c.Closing = parts.closing.closing(said)
	}
	if parts.plan.PlanNo > 0 {
		if c.Plan, err = parts.plan.plan(said); err != nil {
			return Case{}, err
		}
	}
	if c.Names, err = parts.namesOf(ctx, tx, row); err != nil {
		return Case{}, err
	}
	c.Crisis, err = w.panel(ctx, tx)
	return c, err
}
