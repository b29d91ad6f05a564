package tool

import (
	"context"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// Answer keeps what is known of one of the eighteen factors. Errors: as SaveNote; invalid with field "starred" for more stars than
// the pack allows.
func (d Desk) Answer(ctx context.Context, tx models.DB, actor access.Actor, caseID int64, code string, a FactorAnswer) error {
	w, err := d.write(ctx, tx, actor, caseID)
	if err != nil {
		return err
	}
	c, err := w.load(ctx, tx)
	if err != nil {
		return err
	}
	if err := w.pack.checkFactor(code, a, c.Factors); err != nil {
		return err
	}
	if a.Evidence, err = tidyLine("evidence", a.Evidence, longestLine); err != nil {
		return err
	}
	if c.Factors.of(code) == a {
		return nil
	}
	if err := w.putFactor(ctx, tx, code, a); err != nil {
		return err
	}
	if err := w.putText(ctx, tx, factorPlace+code, a.Evidence); err != nil {
		return err
	}
	return w.record(ctx, tx, "factor answered", map[string]any{"code": code, "person": a.Person, "practitioner": a.Practitioner, "starred": a.Starred})
}
