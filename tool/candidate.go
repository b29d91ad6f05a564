package tool

import (
	"context"
	"slices"
	"strings"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// physicalMost is the hardest an activity can be for the body.
const physicalMost Answer = 3

// matching begins a use case about activities: none goes on while a red flag waits.
func (d Desk) matching(ctx context.Context, tx models.DB, actor access.Actor, caseID int64) (work, Case, error) {
	w, err := d.write(ctx, tx, actor, caseID)
	if err != nil {
		return work{}, Case{}, err
	}
	c, err := w.load(ctx, tx)
	if err == nil && c.MatchingLocked() {
		err = models.Fail(models.KindConflict, "First record what was done about the red flag. Finding a fit is locked until then")
	}
	return w, c, err
}

// AddCandidate writes down an activity to look at together. Errors: as SaveNote; conflict while a red flag waits; full beyond the
// pack's five; invalid with fields "name" and "kind".
func (d Desk) AddCandidate(ctx context.Context, tx models.DB, actor access.Actor, caseID int64, n Candidate) (int64, error) {
	w, c, err := d.matching(ctx, tx, actor, caseID)
	if err != nil {
		return 0, err
	}
	if err := n.check(); err != nil {
		return 0, err
	}
	if len(c.Candidates) >= w.pack.Limits.Candidates {
		return 0, tooMany(w.pack.Limits.Candidates)
	}
	id, err := w.insertCandidate(ctx, tx, n)
	if err != nil {
		return 0, err
	}
	if err := w.putText(ctx, tx, numbered(candidatePlace, id), n.Name); err != nil {
		return 0, err
	}
	return id, w.record(ctx, tx, "candidate added", map[string]any{"candidate": id, "kind": n.Kind})
}

func tooMany(most int) *models.Error {
	return models.Fail(models.KindFull, "You can compare %d ideas. Set one aside first", most)
}

func (c *Candidate) check() error {
	var wrong models.Problems
	name, err := tidyName("name", c.Name, longestLine)
	wrong = append(wrong, models.ProblemsOf(err)...)
	if c.Name = name; err == nil && name == "" {
		wrong.Add("name", "Write down what the idea is")
	}
	if !c.Kind.valid() {
		wrong.Add("kind", "Choose where the idea comes from")
	}
	if c.Physical < DontKnow || c.Physical > physicalMost {
		wrong.Add("physical", "Choose how much it asks of the body")
	}
	return wrong.Err()
}

// SetAside takes an idea off the comparison, or puts it back; its answers are kept. Errors: as AddCandidate.
func (d Desk) SetAside(ctx context.Context, tx models.DB, actor access.Actor, caseID, candidateID int64, aside bool) error {
	w, c, err := d.matching(ctx, tx, actor, caseID)
	if err != nil {
		return err
	}
	compared := slices.ContainsFunc(c.Candidates, func(one Candidate) bool { return one.ID == candidateID })
	if compared == !aside {
		return nil
	}
	if !aside && len(c.Candidates) >= w.pack.Limits.Candidates {
		return tooMany(w.pack.Limits.Candidates)
	}
	if err := w.changeCandidate(ctx, tx, candidateID, map[string]any{"set_aside": aside}); err != nil {
		return err
	}
	return w.record(ctx, tx, "candidate set aside", map[string]any{"candidate": candidateID, "aside": aside})
}

// Rate keeps answers about an activity; questions left out stay as they are. Errors: as AddCandidate; invalid, with the question's
// code as field, for an answer that is none or a planned one that is not better.
func (d Desk) Rate(ctx context.Context, tx models.DB, actor access.Actor, caseID, candidateID int64, r Ratings) error {
	return d.rate(ctx, tx, actor, caseID, candidateID, nil, r)
}

// RateFrom is Rate for a page that began from a version of the answers. Error: conflict when somebody else saved others meanwhile.
func (d Desk) RateFrom(ctx context.Context, tx models.DB, actor access.Actor, caseID, candidateID int64, version int, r Ratings) error {
	return d.rate(ctx, tx, actor, caseID, candidateID, &version, r)
}

func (d Desk) rate(ctx context.Context, tx models.DB, actor access.Actor, caseID, candidateID int64, from *int, r Ratings) error {
	w, c, err := d.matching(ctx, tx, actor, caseID)
	if err != nil {
		return err
	}
	stands, ok := c.Candidate(candidateID)
	if !ok {
		return noSuchCandidate()
	}
	if err := w.pack.checkTyped(r); err != nil {
		return err
	}
	if r = stands.Ratings.changes(r); len(r) == 0 {
		return nil
	}
	if from != nil && *from != stands.Version {
		return models.Fail(models.KindConflict, "Somebody else saved answers meanwhile. What you chose is kept on this page. Look at theirs beside it, then save again")
	}
	if err := w.putRatings(ctx, tx, candidateID, r); err != nil {
		return err
	}
	if err := w.changeCandidate(ctx, tx, candidateID, map[string]any{"ratings_version": stands.Version + 1}); err != nil {
		return err
	}
	return w.record(ctx, tx, "candidate rated", map[string]any{"candidate": candidateID, "questions": sortedKeys(r)})
}

// changes are the answers that differ from those that stand; one that was never given stands as "don't know".
func (r Ratings) changes(to Ratings) Ratings {
	changed := Ratings{}
	for code, one := range to {
		if stands, known := r[code]; !known && one != (Rating{Answer: DontKnow, Planned: DontKnow}) || known && stands != one {
			changed[code] = one
		}
	}
	return changed
}

// checkTyped says which answers need mending.
func (p Pack) checkTyped(r Ratings) error {
	var wrong models.Problems
	for _, code := range sortedKeys(r) {
		item, ok := p.Item(code)
		one := r[code]
		switch {
		case !ok || one.Answer < DontKnow || one.Answer > bestAnswer || one.Planned > bestAnswer || one.Planned < DontKnow:
			wrong.Add(code, "Choose one of the answers")
		case one.Planned != DontKnow && one.Answer == DontKnow:
			wrong.Add(code, "First find out how it is now, then plan a change")
		case one.Planned != DontKnow && one.Planned <= one.Answer:
			wrong.Add(code, "A planned change makes the answer better")
		case one.Adjustment != "" && (one.Planned == DontKnow || !hasAdjustment(item, one.Adjustment)):
			wrong.Add(code, "Choose one of the changes, and what it makes of the answer")
		}
	}
	return wrong.Err()
}

func hasAdjustment(item FitItem, code string) bool {
	return slices.ContainsFunc(item.Adjustments, func(a Adjustment) bool { return a.Code == code })
}

// Choice is what was made of a suggestion: accepted, or something else with a reason.
type Choice struct {
	ID          int64     `json:"id"`
	CandidateID *int64    `json:"candidate_id"` // the activity chosen; nil for none
	Rule        string    `json:"rule"`         // of the suggestion
	Suggested   string    `json:"suggested"`    // its words, with what the rule used
	Accepted    bool      `json:"accepted"`
	Reason      string    `json:"reason"`
	Low         Score     `json:"low"`  // the fit of the chosen activity then; -1 when none was chosen
	High        Score     `json:"high"` // the fit of the chosen activity then; -1 when none was chosen
	At          time.Time `json:"at"`
	By          int64     `json:"by"`
}

// Choosing is the answer to a suggestion.
type Choosing struct {
	CandidateID int64 // 0 for none
	Accept      bool
	Reason      string // asked for when the suggestion is changed
}

// Choose keeps what the person and the practitioner made of the suggestion that stands now. Errors: as AddCandidate; invalid with
// field "reason"; conflict for an activity that asks much of the body while a flag about falls or symptoms waits for a decision.
func (d Desk) Choose(ctx context.Context, tx models.DB, actor access.Actor, caseID int64, ch Choosing) error {
	w, c, err := d.matching(ctx, tx, actor, caseID)
	if err != nil {
		return err
	}
	reason, err := tidy("reason", strings.TrimSpace(ch.Reason), longestNote)
	if err != nil {
		return err
	}
	if !ch.Accept && reason == "" {
		return models.Invalid("reason", "Write why you choose differently")
	}
	said, err := w.pack.Suggest(c.Standing())
	if err != nil {
		return err
	}
	row := choiceRow{CaseID: c.ID, Rule: said.Rule, Accepted: ch.Accept, Low: -1, High: -1, MadeBy: actor.PersonID, MadeAt: tx.Now()}
	if ch.CandidateID != 0 {
		if err := w.chosen(c, ch.CandidateID, &row); err != nil {
			return err
		}
	}
	if err := insertRow(ctx, tx, &row); err != nil {
		return err
	}
	texts := map[string]string{"suggested": said.Words(), "reason": reason}
	if err := w.putTexts(ctx, tx, numbered(choicePlace, row.ID), texts); err != nil {
		return err
	}
	return w.record(ctx, tx, "suggestion answered", map[string]any{"choice": row.ID, "rule": said.Rule, "accepted": ch.Accept})
}

// chosen notes the activity and its fit.
func (w work) chosen(c Case, id int64, row *choiceRow) error {
	candidate, ok := find(c.Candidates, func(one Candidate) bool { return one.ID == id })
	if !ok {
		return noSuchCandidate()
	}
	if candidate.Physical >= physicalMuch && w.pack.locked(LocksPhysical, c.Flags, c.Decisions) {
		return models.Fail(models.KindConflict, "This asks much of the body, and a flag about falls or symptoms is open. First record a decision")
	}
	fit, err := w.pack.Fit(candidate.Ratings)
	row.CandidateID, row.Low, row.High = &candidate.ID, fit.Low, fit.High
	return err
}
