package licensing

import (
	"context"
	"strings"
	"unicode/utf8"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/models"
)

// Withdrawal is what withdrawing one certificate would do, were it done now.
type Withdrawal struct {
	Certificate Certificate
	Holder      access.Person
	licence     Undone // were the licence that stands on it to go too
	changed     []Period
}

// Licence says what becomes of the licence when it goes too: "Licence L-00093 ends at once". It is empty when no licence stands on the
// certificate.
func (w Withdrawal) Licence() string { return w.licence.licenceLine() }

// WithdrawalRequest is why the office withdraws a certificate, and whether the licence that stands on it goes too.
type WithdrawalRequest struct {
	Reason  string
	Licence bool
}

// PreviewWithdraw says what WithdrawCertificate would do, and changes nothing; the office may. Errors: forbidden; not found; conflict
// when the certificate was withdrawn already.
func PreviewWithdraw(ctx context.Context, db models.DB, actor access.Actor, typed string) (Withdrawal, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return Withdrawal{}, err
	}
	return withdrawalOf(ctx, db, typed)
}

// WithdrawCertificate withdraws one certificate, with its reason; the office may. Its public check says so from the next request. The
// completion stays on record, and so does the licence, unless it is asked to go too: then the period that the training made is taken
// back, as when the training is undone. Its holder is told. Errors as for PreviewWithdraw; and invalid with field "reason".
func (d Desk) WithdrawCertificate(ctx context.Context, tx models.DB, actor access.Actor, typed string, req WithdrawalRequest) (Certificate, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return Certificate{}, err
	}
	reason, err := tidyWhy(req.Reason)
	if err != nil {
		return Certificate{}, err
	}
	w, err := lockCertificate(ctx, tx, typed)
	if err != nil {
		return Certificate{}, err
	}
	if err := insertWithdrawal(ctx, tx, actor, w.Certificate.ID, reason); err != nil {
		return Certificate{}, err
	}
	if !req.Licence {
		w.licence.After, w.changed = w.licence.Before, nil
	}
	if err := replacePeriods(ctx, tx, actor, w.licence, w.changed, reason); err != nil {
		return Certificate{}, err
	}
	if err := recordUndo(ctx, tx, actor, w.licence); err != nil {
		return Certificate{}, err
	}
	left, err := ForPerson(ctx, tx, w.Certificate.PersonID)
	if err != nil {
		return Certificate{}, err
	}
	return w.Certificate, d.tellDecided(ctx, tx, w, left)
}

// lockCertificate takes the lock of the licence that a certificate belongs to, under which its certificates are withdrawn and replaced.
func lockCertificate(ctx context.Context, tx models.DB, typed string) (Withdrawal, error) {
	if err := tx.MustBeTx(); err != nil {
		return Withdrawal{}, err
	}
	before, err := FindCertificate(ctx, tx, access.System().Scope(), typed)
	if err != nil {
		return Withdrawal{}, err
	}
	id, err := licenceOfCause(ctx, tx, CauseCompletion, before.CompletionID)
	if err != nil {
		return Withdrawal{}, err
	}
	if _, err := lockLicence(ctx, tx, id); err != nil {
		return Withdrawal{}, err
	}
	return withdrawalOf(ctx, tx, typed)
}

func withdrawalOf(ctx context.Context, db models.DB, typed string) (Withdrawal, error) {
	system := access.System().Scope()
	certificate, err := FindCertificate(ctx, db, system, typed)
	if err != nil {
		return Withdrawal{}, err
	}
	if !certificate.Valid() {
		return Withdrawal{}, models.Fail(models.KindConflict, "%s", certificate.Sentence())
	}
	w := Withdrawal{Certificate: certificate}
	if w.Holder, err = access.FindPerson(ctx, db, certificate.PersonID); err != nil {
		return w, err
	}
	completion, err := delivery.CompletionByID(ctx, db, system, certificate.CompletionID)
	if err != nil {
		return w, err
	}
	id, err := licenceOfCause(ctx, db, CauseCompletion, completion.ID)
	if err != nil {
		return w, err
	}
	licence, err := licenceByID(ctx, db, system, id)
	if err != nil {
		return w, err
	}
	w.licence, w.changed, err = plan(ctx, db, licence, completion)
	return w, err
}

// tidyWhy brings a reason to the form in which it is kept; an empty or too long one is invalid with field "reason".
func tidyWhy(typed string) (string, error) {
	reason := strings.Join(strings.Fields(typed), " ")
	switch {
	case reason == "":
		return "", models.Invalid("reason", "Say why")
	case utf8.RuneCountInString(reason) > longestReason || !utf8.ValidString(reason):
		return "", models.Invalid("reason", "Use %d characters or fewer", longestReason)
	}
	return reason, nil
}
