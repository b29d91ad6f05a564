package tool

import (
	"context"
	"strings"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// Noticing is something that was seen or said.
type Noticing struct {
	Code       string // of the pack's flag
	Seen       string // in words
	RequestKey string // one for each form shown: the same words sent twice with it are one flag; may be empty
}

// Notice keeps something that was seen or said and gives its card's time. A red flag puts the case into safety at once, also a
// closed one. Errors: forbidden from the gate; not found; invalid with field "seen".
func (d Desk) Notice(ctx context.Context, tx models.DB, actor access.Actor, caseID int64, n Noticing) (int64, error) {
	w, err := d.writeEvenClosed(ctx, tx, actor, caseID)
	if err != nil {
		return 0, err
	}
	kind, ok := w.pack.Flag(n.Code)
	if !ok {
		return 0, models.NotFound("This flag is not in the pack of this case")
	}
	if n.Seen, err = tidy("seen", strings.TrimSpace(n.Seen), longestNote); err != nil {
		return 0, err
	}
	if n.Seen == "" {
		return 0, models.Invalid("seen", "Write what was seen or said")
	}
	before, known, err := w.noticedWith(ctx, tx, n)
	if err != nil || known && before.same {
		return before.id, err
	}
	if known { // a page that was gone back to, with other words
		n.RequestKey = ""
	}
	row := flagRow{CaseID: w.row.ID, Code: n.Code, RequestKey: n.RequestKey, Level: kind.Level, NoticedBy: actor.PersonID, NoticedAt: tx.Now()}
	if due := kind.Card.By.At(tx.Now()); !due.IsZero() {
		row.DueAt = &due
	}
	if err := insertRow(ctx, tx, &row); err != nil {
		return 0, err
	}
	if err := w.putText(ctx, tx, numbered(flagPlace, row.ID), n.Seen); err != nil {
		return 0, err
	}
	if err := w.record(ctx, tx, "flag noticed", map[string]any{"flag": row.ID, "code": n.Code, "level": kind.Level}); err != nil {
		return 0, err
	}
	if kind.Level != Red || w.row.State == Safety {
		return row.ID, nil
	}
	_, err = w.goTo(ctx, tx, Safety, "Red flag noticed: "+kind.Noticed)
	return row.ID, err
}

// noticedBefore is a flag that the same form made.
type noticedBefore struct {
	id   int64
	same bool // with the same words
}

// noticedWith looks for it.
func (w work) noticedWith(ctx context.Context, tx models.DB, n Noticing) (noticedBefore, bool, error) {
	id, err := w.flagOfRequest(ctx, tx, n.RequestKey, n.Code)
	if err != nil || id == 0 {
		return noticedBefore{}, false, err
	}
	said, err := w.copiesOf(ctx, tx, numbered(flagPlace, id))
	if err != nil || len(said) == 0 {
		return noticedBefore{id: id}, true, err
	}
	text, err := w.sealer.open(said[0].Sealed, said[0].place())
	return noticedBefore{id: id, same: text == n.Seen}, true, err
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
