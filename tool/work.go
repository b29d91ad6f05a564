package tool

import (
	"context"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
)

// work is one case in the hands of one person, inside a transaction.
type work struct {
	visit
	sealer Sealer
	row    caseRow
	pack   Pack
}

// reach finds a case that the person may see. Error: not found for a stranger's, as for one that is not there.
func (d Desk) reach(ctx context.Context, tx models.DB, actor access.Actor, caseID int64, use licensing.Use) (work, error) {
	v, err := d.enter(ctx, tx, actor, use)
	if err != nil {
		return work{}, err
	}
	row, err := caseByID(ctx, tx, v, caseID)
	if err != nil {
		return work{}, err
	}
	pack, err := d.packFor(ctx, tx, row.PackDigest)
	return work{visit: v, sealer: d.Sealer, row: row, pack: pack}, err
}

// write takes a case's lock, so that its changes come one after another, for somebody who may change it. Errors: forbidden from the
// gate; conflict for a closed case; not found.
func (d Desk) write(ctx context.Context, tx models.DB, actor access.Actor, caseID int64) (work, error) {
	w, err := d.writeEvenClosed(ctx, tx, actor, caseID)
	if err == nil && w.row.State == Closed {
		err = models.Fail(models.KindConflict, "This case is closed. Open it again to write in it")
	}
	return w, err
}

// writeEvenClosed is write for what a closed case still takes: safety, and being opened again.
func (d Desk) writeEvenClosed(ctx context.Context, tx models.DB, actor access.Actor, caseID int64) (work, error) {
	if err := tx.MustBeTx(); err != nil {
		return work{}, err
	}
	// The lock comes first: what is read after it stays as it is until the end.
	if err := lockCase(ctx, tx, caseID); err != nil {
		return work{}, err
	}
	w, err := d.reach(ctx, tx, actor, caseID, licensing.UseRead)
	if err == nil && !w.pass.AllowsWriting(w.row.CreatedAt) {
		err = refused(w.pass)
	}
	return w, err
}

// packFor is the pack a case was made with.
func (d Desk) packFor(ctx context.Context, db models.DB, digest string) (Pack, error) {
	if digest == d.Pack.Digest {
		return d.Pack, nil
	}
	return packOf(ctx, db, digest)
}

// record writes the audit row of a change or a read. It carries codes and figures, never what was written.
func (w work) record(ctx context.Context, tx models.DB, action string, detail any) error {
	return access.Record(ctx, tx, w.actor, access.Entry{
		Action: action, SubjectKind: "case", SubjectID: w.row.ID, OrganisationID: w.row.OrganisationID, Detail: detail,
	})
}
