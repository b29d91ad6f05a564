package licensing

import (
	"context"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/models"
)

// Correction is the name as it should stand on a certificate, and why it was wrong.
type Correction struct {
	Name   string
	Reason string
}

// check brings a correction to the form in which it is kept. Errors: invalid with fields "name" and "reason".
func (n Correction) check(c Certificate) (Correction, error) {
	name, wrong := access.NormaliseName(n.Name)
	problems := models.ProblemsOf(wrong)
	switch {
	case wrong != nil:
	case name == "":
		problems.Add("name", "Enter the name as it should stand on the certificate")
	case name == c.Name:
		problems.Add("name", "This name stands on the certificate already")
	}
	reason, err := tidyWhy(n.Reason)
	problems = append(problems, models.ProblemsOf(err)...)
	return Correction{name, reason}, problems.Err()
}

// PreviewCorrection reads the certificate whose name CorrectName would correct, with its holder; the office may. Errors as for
// PreviewWithdraw; and conflict when the name was removed.
func PreviewCorrection(ctx context.Context, db models.DB, actor access.Actor, typed string) (Withdrawal, error) {
	w, err := PreviewWithdraw(ctx, db, actor, typed)
	if err != nil {
		return w, err
	}
	return w, w.hasName()
}

// CorrectName issues a certificate with another name, and withdraws the one whose place it takes; the office may. It says the same but
// for the name, its code and the day of issue. Of the old one, the public check says that it was replaced, and not by which. Its holder
// gets the new one by mail; licence and completion stay as they are. Errors as for PreviewCorrection; and invalid with fields "name" and
// "reason".
func (d Desk) CorrectName(ctx context.Context, tx models.DB, actor access.Actor, typed string, to Correction) (Certificate, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return Certificate{}, err
	}
	w, err := lockCertificate(ctx, tx, typed)
	if err != nil {
		return Certificate{}, err
	}
	if err := w.hasName(); err != nil {
		return Certificate{}, err
	}
	old := w.Certificate
	if to, err = to.check(old); err != nil {
		return Certificate{}, err
	}
	if err := insertWithdrawal(ctx, tx, actor, old.ID, to.Reason); err != nil {
		return Certificate{}, err
	}
	corrected := old
	corrected.ID, corrected.Code, corrected.ReplacesID, corrected.Name = 0, newCode(), &old.ID, to.Name
	corrected.IssuedOn, corrected.IssuedAt = tx.Today(), tx.Now()
	pdf, err := documents.CertificatePDF(corrected.Printed(d.BaseURL))
	if err != nil {
		return Certificate{}, err
	}
	if corrected, err = insertCertificate(ctx, tx, corrected, pdf); err != nil {
		return Certificate{}, err
	}
	err = access.Record(ctx, tx, actor, access.Entry{
		Action: "certificate-replaced", SubjectKind: "certificate", SubjectID: corrected.ID, OrganisationID: w.licence.Completion.OrganisationID,
		Detail: map[string]int64{"replaced": old.ID, "completion": old.CompletionID, "person": old.PersonID},
	})
	if err != nil {
		return Certificate{}, err
	}
	return corrected, d.tellCertified(ctx, tx, corrected.Name, w.Holder.Email, corrected, old.Code, pdf)
}

// hasName refuses a certificate whose name was removed: the one of a correction would bring it back.
func (w Withdrawal) hasName() error {
	if w.Certificate.Name == "" {
		return models.Fail(models.KindConflict, "The name on this certificate was removed. It can be withdrawn, and not corrected")
	}
	return nil
}
