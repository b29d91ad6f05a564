package tool

import (
	"context"
	"strings"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// Notice keeps something that was seen or said and gives its card's time. A red flag puts the case into safety at once, also a
// closed one. Errors: forbidden from the gate; not found; invalid with field "seen".
func (d Desk) Notice(ctx context.Context, tx models.DB, actor access.Actor, caseID int64, code, seen string) (int64, error) {
	w, err := d.writeEvenClosed(ctx, tx, actor, caseID)
	if err != nil {
		return 0, err
	}
	kind, ok := w.pack.Flag(code)
	if !ok {
		return 0, models.NotFound("This flag is not in the pack of this case")
	}
	if seen, err = tidy("seen", strings.TrimSpace(seen), longestNote); err != nil {
		return 0, err
	}
	if seen == "" {
		return 0, models.Invalid("seen", "Write what was seen or said")
	}
	row := flagRow{CaseID: w.row.ID, Code: code, Level: kind.Level, NoticedBy: actor.PersonID, NoticedAt: tx.Now()}
	if due := kind.Card.By.At(tx.Now()); !due.IsZero() {
		row.DueAt = &due
	}
	if err := insertRow(ctx, tx, &row); err != nil {
		return 0, err
	}
	if err := w.putText(ctx, tx, numbered(flagPlace, row.ID), seen); err != nil {
		return 0, err
	}
	if err := w.record(ctx, tx, "flag noticed", map[string]any{"flag": row.ID, "code": code, "level": kind.Level}); err != nil {
		return 0, err
	}
	if kind.Level != Red || w.row.State == Safety {
		return row.ID, nil
	}
	_, err = w.goTo(ctx, tx, Safety, "Red flag noticed: "+kind.Noticed)
	return row.ID, err
}

// RecordAction keeps what was done about a flag. Errors: forbidden from the gate; not found; invalid with field "done".
func (d Desk) RecordAction(ctx context.Context, tx models.DB, actor access.Actor, caseID, flagID int64, a FlagAction) error {
	w, err := d.writeEvenClosed(ctx, tx, actor, caseID)
	if err != nil {
		return err
	}
	c, err := w.load(ctx, tx)
	if err != nil {
		return err
	}
	if _, ok := find(c.Flags, func(f Flag) bool { return f.ID == flagID }); !ok {
		return models.NotFound("This flag is not in the case")
	}
	if err := a.check(); err != nil {
		return err
	}
	row := flagActionRow{
		FlagID: flagID, CaseID: c.ID, ToldPerson: a.ToldPerson, PersonConsent: a.PersonConsent, Closes: a.Closes,
		DoneBy: actor.PersonID, DoneAt: tx.Now(),
	}
	if err := insertRow(ctx, tx, &row); err != nil {
		return err
	}
	texts := map[string]string{"done": a.Done, "spoke": a.Spoke, "reference": a.Reference, "outcome": a.Outcome}
	if err := w.putTexts(ctx, tx, numbered(actionPlace, row.ID), texts); err != nil {
		return err
	}
	return w.record(ctx, tx, "flag action recorded", map[string]any{"flag": flagID, "action": row.ID, "closes": a.Closes})
}

func (a *FlagAction) check() error {
	var wrong models.Problems
	tidyAll(&wrong, map[string]*string{"done": &a.Done, "spoke": &a.Spoke, "reference": &a.Reference, "outcome": &a.Outcome})
	if a.Done == "" {
		wrong.Add("done", "Write what was done")
	}
	return wrong.Err()
}

// Decide keeps what other support is needed, and why. Where the process waits for it, the case goes on at once. Errors: as SaveNote;
// invalid with the fields of the decision.
func (d Desk) Decide(ctx context.Context, tx models.DB, actor access.Actor, caseID int64, made Decision) error {
	w, err := d.write(ctx, tx, actor, caseID)
	if err != nil {
		return err
	}
	if err := made.check(w.pack, tx.Today()); err != nil {
		return err
	}
	var wrong models.Problems
	tidyAll(&wrong, map[string]*string{"noticed": &made.Noticed, "reason": &made.Reason, "adviser": &made.Adviser, "advised": &made.Advised})
	if err := wrong.Err(); err != nil {
		return err
	}
	row := decisionRow{
		CaseID: w.row.ID, Code: made.Code, Outcome: made.Outcome, Known: made.Known, Worse: made.Worse, Agrees: made.Agrees,
		AdviceOn: made.AdviceOn, MadeBy: actor.PersonID, MadeAt: tx.Now(),
	}
	if err := insertRow(ctx, tx, &row); err != nil {
		return err
	}
	texts := map[string]string{"noticed": made.Noticed, "reason": made.Reason, "adviser": made.Adviser, "advised": made.Advised}
	if err := w.putTexts(ctx, tx, numbered(decisionPlace, row.ID), texts); err != nil {
		return err
	}
	if err := w.record(ctx, tx, "decision made", map[string]any{"decision": row.ID, "code": made.Code, "outcome": made.Outcome}); err != nil {
		return err
	}
	return w.goOn(ctx, tx, made)
}

// goOn follows the arrow of a decision, when the case waits for one and nothing locks it.
func (w work) goOn(ctx context.Context, tx models.DB, made Decision) error {
	arrow, ok := find(w.pack.Transitions, func(t Transition) bool { return t.From == w.row.State && t.Decision == made.Code })
	if !ok {
		return nil
	}
	c, err := w.load(ctx, tx)
	if err != nil || w.pack.locks(c.Facts(tx.Now()), arrow) != nil {
		return err
	}
	_, err = w.goTo(ctx, tx, arrow.To, made.Reason)
	return err
}
