package licensing

import (
	"context"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// ForPerson is the licence that counts for a person: the live one, else the last one that was revoked or passed on, else the zero
// Licence, which allows nothing.
func ForPerson(ctx context.Context, db models.DB, personID int64) (Licence, error) {
	all, err := licencesOfPerson(ctx, db, access.System().Scope(), personID)
	if err != nil || len(all) == 0 {
		return Licence{}, err
	}
	for _, l := range all {
		if l.Standing == StandingLive || l.Standing == StandingSuspended {
			return l, nil
		}
	}
	return all[len(all)-1], nil
}

// DecideFor is what the gate asks on every request: the person's licence, read afresh, and the decision at the database's now.
func DecideFor(ctx context.Context, db models.DB, personID int64) (Licence, Decision, error) {
	l, err := ForPerson(ctx, db, personID)
	if err != nil {
		return Licence{}, Decision{}, err
	}
	return l, Decide(l, db.Now()), nil
}

// Find reads a licence that the scope may see: one's own, and those with a period that one's organisation bought. Any other is not
// found.
func Find(ctx context.Context, db models.DB, scope access.Scope, id int64) (Licence, error) {
	return licenceByID(ctx, db, scope, id)
}

// OfPerson lists every licence of a person that the scope may see, the first made first.
func OfPerson(ctx context.Context, db models.DB, scope access.Scope, personID int64) ([]Licence, error) {
	return licencesOfPerson(ctx, db, scope, personID)
}

// CertificatesOf lists the certificates of a person that the scope may see, newest first, withdrawn ones too.
func CertificatesOf(ctx context.Context, db models.DB, scope access.Scope, personID int64) ([]Certificate, error) {
	return certificatesOfPerson(ctx, db, scope, personID)
}

// FindCertificate reads a certificate that the scope may see, by its code: for its holder, the organisation that sent them, and the
// office. Any other is not found. Anybody may Check one.
func FindCertificate(ctx context.Context, db models.DB, scope access.Scope, typed string) (Certificate, error) {
	code, err := ParseCode(typed)
	if err != nil {
		return Certificate{}, err
	}
	return certificateByCode(ctx, db, scope, code)
}

// FileOf is the PDF of a certificate that the scope may see, as it was rendered at issue. Once the name was removed there is none:
// gone.
func FileOf(ctx context.Context, db models.DB, scope access.Scope, typed string) (File, error) {
	c, err := FindCertificate(ctx, db, scope, typed)
	if err != nil {
		return File{}, err
	}
	row, err := fileByCertificate(ctx, db, c.ID)
	if err != nil {
		return File{}, err
	}
	if row.ErasedAt != nil {
		return File{}, models.Fail(models.KindGone, "The name on this certificate was removed, and the file with it")
	}
	return File{Name: c.fileName(), ContentType: row.ContentType, Content: row.Content}, nil
}

// neverIssued has the form of a code; newCode makes it once in 2^80.
const neverIssued = Code("0000000000000000")

// Check is the public check of a certificate by the code somebody typed: everything that is printed on it, and whether it still
// stands. A mistyped code is looked up like any other, so that it takes as long and gets the same answer as an unknown one: not
// found.
func Check(ctx context.Context, db models.DB, typed string) (Certificate, error) {
	code, err := ParseCode(typed)
	if err != nil {
		code = neverIssued
	}
	return certificateByCode(ctx, db, access.System().Scope(), code)
}

// Holder is a person whose licence an organisation bought.
type Holder struct {
	PersonID int64
	Name     string
	Email    string
	Licence  Licence
	Decision Decision
}

// OfOrganisation lists the people with a licence that the organisation bought, by name, with how it stands now: licences with
// last days, each with its cause. Nobody but its managers and the office sees any. Error: not found.
func OfOrganisation(ctx context.Context, db models.DB, scope access.Scope, organisationID int64) ([]Holder, error) {
	if _, err := access.FindOrganisation(ctx, db, scope, organisationID); err != nil {
		return nil, err
	}
	licences, err := licencesBoughtBy(ctx, db, organisationID)
	if err != nil {
		return nil, err
	}
	return holdersOf(ctx, db, licences)
}

// EraseName removes a person's name from their certificates, and the files that show it. The certificates stay and can be checked.
// The office may. It returns how many were changed; doing it again changes none.
func EraseName(ctx context.Context, tx models.DB, actor access.Actor, personID int64) (int, error) {
	if err := tx.MustBeTx(); err != nil {
		return 0, err
	}
	if err := actor.Require(access.RoleOffice); err != nil {
		return 0, err
	}
	n, err := blankNames(ctx, tx, personID)
	if err != nil || n == 0 {
		return 0, err
	}
	return n, access.Record(ctx, tx, actor, access.Entry{
		Action: "certificate-names-erased", SubjectKind: "person", SubjectID: personID, Detail: map[string]int{"certificates": n},
	})
}
