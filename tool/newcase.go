package tool

import (
	"context"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
)

// NewCase is what somebody tells to begin the work with a person.
type NewCase struct {
	Reference     string // their own; see NormaliseReference
	Name          string // what the person likes to be called; may be empty
	Demonstration bool   // an invented person
}

// NewCase begins a case for the organisation the person works for, or for themselves. Errors: forbidden from the gate; invalid with
// fields "reference" and "name".
func (d Desk) NewCase(ctx context.Context, tx models.DB, actor access.Actor, n NewCase) (int64, error) {
	v, err := d.enter(ctx, tx, actor, licensing.UseNewCase)
	if err != nil {
		return 0, err
	}
	if err := n.check(); err != nil {
		return 0, err
	}
	if err := keepPack(ctx, tx, d.Pack); err != nil {
		return 0, err
	}
	row := caseRow{
		OrganisationID: v.organisation, Reference: n.Reference, ReferenceKey: referenceKey(n.Reference), OpenedBy: actor.PersonID,
		State: Received, PackDigest: d.Pack.Digest, Demonstration: n.Demonstration, CreatedAt: tx.Now(), ChangedAt: tx.Now(),
	}
	if v.organisation == nil {
		row.OwnerID = &actor.PersonID
	}
	if row, err = insertCase(ctx, tx, row); err != nil {
		return 0, err
	}
	w := work{visit: v, sealer: d.Sealer, row: row, pack: d.Pack}
	if err := w.putText(ctx, tx, namePlace, n.Name); err != nil {
		return 0, err
	}
	event := eventRow{CaseID: row.ID, ToState: Received, PackDigest: row.PackDigest, MovedBy: actor.PersonID, MovedAt: tx.Now()}
	if _, err := insertEvent(ctx, tx, event); err != nil {
		return 0, err
	}
	return row.ID, w.record(ctx, tx, "case begun", map[string]string{"pack": d.Pack.Digest})
}

func (n *NewCase) check() error {
	var wrong models.Problems
	var err error
	if n.Reference, err = NormaliseReference(n.Reference); err != nil {
		wrong = append(wrong, models.ProblemsOf(err)...)
	}
	if n.Name, err = tidyName("name", n.Name, longestName); err != nil {
		wrong = append(wrong, models.ProblemsOf(err)...)
	}
	return wrong.Err()
}

// Rename says what the person likes to be called. Errors: as SaveNote, with field "name".
func (d Desk) Rename(ctx context.Context, tx models.DB, actor access.Actor, caseID int64, name string) error {
	w, err := d.write(ctx, tx, actor, caseID)
	if err != nil {
		return err
	}
	if name, err = tidyName("name", name, longestName); err != nil {
		return err
	}
	if err := w.putText(ctx, tx, namePlace, name); err != nil {
		return err
	}
	return w.record(ctx, tx, "name saved", nil)
}
