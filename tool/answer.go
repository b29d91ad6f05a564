package tool

import (
	"context"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// Answer keeps what is known of one of the eighteen factors. Errors: as SaveNote; invalid with field "starred" for more stars than
// the pack allows.
func (d Desk) Answer(ctx context.Context, tx models.DB, actor access.Actor, caseID int64, code string, a FactorAnswer) error {
	w, c, changed, err := d.answering(ctx, tx, actor, caseID, FactorAnswers{code: a})
	if err != nil || len(changed) == 0 {
		return err
	}
	if err := w.answer(ctx, tx, &c, code, changed[code]); err != nil {
		return err
	}
	return w.countFactors(ctx, tx)
}

// AnswerFrom keeps what a page says of several factors, all of it or nothing; the page began from that version of them. Stars that are
// taken off come first, so that others can be put on. Errors: as Answer, each field with its factor before it, "P-a-starred"; conflict
// when somebody else saved meanwhile.
func (d Desk) AnswerFrom(ctx context.Context, tx models.DB, actor access.Actor, caseID int64, version int, answers FactorAnswers) error {
	w, c, changed, err := d.answering(ctx, tx, actor, caseID, answers)
	if err != nil || len(changed) == 0 {
		return err
	}
	if version != c.FactorsVersion {
		return models.Fail(models.KindConflict, "Somebody else saved answers meanwhile. What you typed is kept on this page. Look at theirs beside it, then save again")
	}
	for _, starred := range []bool{false, true} {
		for _, code := range sortedKeys(changed) {
			if changed[code].Starred != starred {
				continue
			}
			if err := w.answer(ctx, tx, &c, code, changed[code]); err != nil {
				return onFactor(code, err)
			}
		}
	}
	return w.countFactors(ctx, tx)
}

// answering begins both: the case, and which of the answers are not those that stand.
func (d Desk) answering(ctx context.Context, tx models.DB, actor access.Actor, caseID int64, answers FactorAnswers) (work, Case, FactorAnswers, error) {
	w, err := d.write(ctx, tx, actor, caseID)
	if err != nil {
		return w, Case{}, nil, err
	}
	c, err := w.load(ctx, tx)
	if err != nil {
		return w, c, nil, err
	}
	changed := FactorAnswers{}
	for code, a := range answers {
		if a.Evidence, err = tidyLine("evidence", a.Evidence, longestLine); err != nil {
			return w, c, nil, onFactor(code, err)
		}
		if c.Factors.of(code) != a {
			changed[code] = a
		}
	}
	return w, c, changed, nil
}

// answer writes one factor. The audit row says which of its parts changed; how a person is stands in the case alone.
func (w work) answer(ctx context.Context, tx models.DB, c *Case, code string, a FactorAnswer) error {
	if err := w.pack.checkFactor(code, a, c.Factors); err != nil {
		return err
	}
	if err := w.putFactor(ctx, tx, code, a); err != nil {
		return err
	}
	if err := w.putText(ctx, tx, factorPlace+code, a.Evidence); err != nil {
		return err
	}
	parts := c.Factors.of(code).changes(a)
	c.Factors[code] = a
	return w.record(ctx, tx, "factor answered", map[string]any{"code": code, "changed": parts})
}

// changes names the parts in which two answers differ.
func (a FactorAnswer) changes(b FactorAnswer) []string {
	var parts []string
	for _, part := range []struct {
		name    string
		changed bool
	}{
		{"person", a.Person != b.Person}, {"practitioner", a.Practitioner != b.Practitioner}, {"starred", a.Starred != b.Starred},
		{"evidence", a.Evidence != b.Evidence},
	} {
		if part.changed {
			parts = append(parts, part.name)
		}
	}
	return parts
}

// onFactor puts the factor before the fields of what is wrong with it.
func onFactor(code string, err error) error {
	problems := models.ProblemsOf(err)
	if len(problems) == 0 {
		return err
	}
	var moved models.Problems
	for _, p := range problems {
		moved.Add(code+"-"+p.Field, "%s", p.Msg)
	}
	return moved.Err()
}
