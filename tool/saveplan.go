package tool

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// PlanSave is one save of the plan, as a page sends it.
type PlanSave struct {
	No, Version int // of the plan the page began from; 0 when there was none
	ReviewOn    models.Date
	PlanText
}

// SavePlan keeps the plan as a draft and returns it; over an agreed plan it begins the next. The fit of each activity is kept as it
// is now. Errors: as SaveNote; conflict when somebody else saved meanwhile; invalid with the fields of the plan.
func (d Desk) SavePlan(ctx context.Context, tx models.DB, actor access.Actor, caseID int64, s PlanSave) (Plan, error) {
	w, err := d.write(ctx, tx, actor, caseID)
	if err != nil {
		return Plan{}, err
	}
	c, err := w.load(ctx, tx)
	if err != nil {
		return Plan{}, err
	}
	if err := s.check(w.pack, c); err != nil {
		return Plan{}, err
	}
	if err := s.addFits(w.pack, c); err != nil {
		return Plan{}, err
	}
	row, err := lastPlan(ctx, tx, caseID)
	if err != nil {
		return Plan{}, err
	}
	if row.PlanNo != s.No || row.Version != s.Version {
		return Plan{}, planChanged()
	}
	if row, err = w.putPlan(ctx, tx, row, s); err != nil {
		return Plan{}, err
	}
	saved := Plan{No: row.PlanNo, Version: row.Version, Status: row.Status, ReviewOn: row.ReviewOn, WrittenBy: row.WrittenBy, WrittenAt: row.WrittenAt, PlanText: s.PlanText}
	return saved, w.record(ctx, tx, "plan saved", map[string]any{"plan": row.PlanNo, "version": row.Version})
}

// putPlan writes the draft, or begins one.
func (w work) putPlan(ctx context.Context, tx models.DB, row planRow, s PlanSave) (planRow, error) {
	text, err := json.Marshal(s.PlanText)
	if err != nil {
		return planRow{}, fmt.Errorf("tool: plan: %w", err)
	}
	if row.Status == PlanDraft {
		err = changePlan(ctx, tx, row, map[string]any{"review_on": s.ReviewOn, "written_by": w.actor.PersonID, "written_at": tx.Now()})
		row.Version++
	} else {
		row = planRow{CaseID: w.row.ID, PlanNo: row.PlanNo + 1, Status: PlanDraft, Version: 1, WrittenBy: w.actor.PersonID, WrittenAt: tx.Now()}
		row.ReviewOn = s.ReviewOn
		err = insertPlan(ctx, tx, row)
	}
	if err != nil {
		return planRow{}, err
	}
	row.ReviewOn, row.WrittenBy, row.WrittenAt = s.ReviewOn, w.actor.PersonID, tx.Now()
	return row, w.putText(ctx, tx, row.place(), string(text))
}

// addFits keeps with each action the fit of its activity.
func (t *PlanText) addFits(p Pack, c Case) error {
	for n := range t.Actions {
		a := &t.Actions[n]
		if a.Fit = nil; a.Candidate == 0 {
			continue
		}
		candidate, _ := c.Candidate(a.Candidate)
		fit, err := p.Fit(candidate.Ratings)
		if err != nil {
			return err
		}
		a.Fit = &FitSnapshot{Ratings: candidate.Ratings, Said: p.Sentence(fit), Low: fit.Low, High: fit.High, Digest: p.Digest}
	}
	return nil
}

// Agreement is how a plan was agreed.
type Agreement struct {
	No, Version int // of the plan the page shows
	With        AgreedWith
	Basis       string // asked for when somebody agrees for the person
	Copy        CopyGiven
}

// Agree makes the plan stand as agreed: it is never changed after. It needs a goal, an action and a day to look at it again. Errors:
// as SavePlan; invalid with fields "with", "agreed_basis", "copy", "goals", "actions" and "review_on".
func (d Desk) Agree(ctx context.Context, tx models.DB, actor access.Actor, caseID int64, a Agreement) error {
	w, err := d.write(ctx, tx, actor, caseID)
	if err != nil {
		return err
	}
	c, err := w.load(ctx, tx)
	if err != nil {
		return err
	}
	if c.Plan == nil || c.Plan.No != a.No || c.Plan.Version != a.Version || c.Plan.Status != PlanDraft {
		return planChanged()
	}
	if a.Basis, err = tidyLine("agreed_basis", a.Basis, longestLine); err != nil {
		return err
	}
	if err := a.check(*c.Plan, tx.Today()); err != nil {
		return err
	}
	text := c.Plan.PlanText
	text.AgreedBasis = a.Basis
	body, err := json.Marshal(text)
	if err != nil {
		return fmt.Errorf("tool: plan: %w", err)
	}
	row := planRow{CaseID: caseID, PlanNo: a.No, Version: a.Version}
	if err := w.putText(ctx, tx, row.place(), string(body)); err != nil {
		return err
	}
	err = changePlan(ctx, tx, row, map[string]any{"status": PlanAgreed, "agreed_with": a.With, "copy_given": a.Copy, "agreed_at": tx.Now()})
	if err != nil {
		return err
	}
	return w.record(ctx, tx, "plan agreed", map[string]any{"plan": a.No, "with": a.With, "copy": a.Copy})
}

func (a Agreement) check(p Plan, today models.Date) error {
	var wrong models.Problems
	if a.With != WithPerson && a.With != WithRepresentative {
		wrong.Add("with", "Choose who agreed")
	}
	if a.With == WithRepresentative && a.Basis == "" {
		wrong.Add("agreed_basis", "Write on what basis somebody agrees for the person")
	}
	if !slices.Contains([]CopyGiven{CopyPaper, CopyEmail, CopyLink, CopyDeclined}, a.Copy) {
		wrong.Add("copy", "Choose how the person gets a copy")
	}
	if len(p.Goals) == 0 {
		wrong.Add("goals", "Write one goal first")
	}
	if len(p.Actions) == 0 {
		wrong.Add("actions", "Write one action first")
	}
	switch {
	case p.ReviewOn.IsZero():
		wrong.Add("review_on", "Choose the day to look at the plan again")
	case p.ReviewOn.Before(today):
		wrong.Add("review_on", "Choose a day from today on to look at the plan again")
	}
	return wrong.Err()
}
