package licensing

import (
	"cmp"
	"context"
	"slices"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// Outcome is what completing a session gave its people.
type Outcome struct {
	Session scheduling.Session
	Granted []Granted // by name
}

// Granted is what one completion gave one person.
type Granted struct {
	Completion  delivery.Completion
	Certificate Certificate
	Licence     Licence // as it stands now
	Period      Period  // that the completion made
}

// CompleteSession completes a session and gives everybody who attended every part a certificate and a licence, or a longer one,
// with the mails that say so: all in the transaction it is given, and once, however often and by however many at once it is asked.
// An invoice that is not paid changes nothing. Errors as for delivery.Complete.
func (d Desk) CompleteSession(ctx context.Context, tx models.DB, actor access.Actor, sessionID int64) (Outcome, error) {
	completions, err := delivery.Complete(ctx, tx, actor, sessionID)
	if err != nil {
		return Outcome{}, err
	}
	session, err := scheduling.FindAny(ctx, tx, sessionID)
	if err != nil {
		return Outcome{}, err
	}
	attended, err := delivery.SessionsAttended(ctx, tx, completions)
	if err != nil {
		return Outcome{}, err
	}
	// Licences are locked in the order of their people, so that two sessions with the same people never wait for each other.
	slices.SortFunc(completions, func(a, b delivery.Completion) int { return cmp.Compare(a.PersonID, b.PersonID) })
	for _, c := range completions {
		if err := d.grant(ctx, tx, actor, attended[c.ID], c); err != nil {
			return Outcome{}, err
		}
	}
	return outcomeOf(ctx, tx, session, completions)
}

// OutcomeOf reads what completing a session gave, withdrawn completions left out, for its own trainers and the office. It is empty
// while the session is not completed. Errors: not found; forbidden.
func OutcomeOf(ctx context.Context, db models.DB, actor access.Actor, sessionID int64) (Outcome, error) {
	all, err := delivery.OfSession(ctx, db, actor, sessionID)
	if err != nil {
		return Outcome{}, err
	}
	session, err := scheduling.FindAny(ctx, db, sessionID)
	if err != nil {
		return Outcome{}, err
	}
	return outcomeOf(ctx, db, session, slices.DeleteFunc(all, func(c delivery.Completion) bool { return !c.Live() || c.ClosedBy != sessionID }))
}

// grant makes what one completion gives, unless it was made before. s is the session as its person attended it.
func (d Desk) grant(ctx context.Context, tx models.DB, actor access.Actor, s scheduling.Session, c delivery.Completion) error {
	// The session's lock, which delivery holds, keeps others away from this completion: so it is looked up before the licence is
	// locked, or a licence that was revoked since would be followed by an empty one.
	if there, err := periodExists(ctx, tx, CauseCompletion, c.ID); err != nil || there {
		return err
	}
	licence, err := claimLicence(ctx, tx, c.PersonID, c.Demonstration)
	if err != nil {
		return err
	}
	certificate, pdf, err := d.issue(ctx, tx, s, c)
	if err != nil {
		return err
	}
	period, err := nextPeriod(ctx, tx, licence, c)
	if err != nil {
		return err
	}
	period.Cause.Certificate, period.Cause.Facts = certificate.Code, certificate.Facts
	if period, err = insertPeriod(ctx, tx, actor, licence, period, nil); err != nil {
		return err
	}
	made := len(licence.Periods) == 0
	licence.Periods = append(licence.Periods, period)
	if err := recordGrant(ctx, tx, actor, c, certificate, licence, period, made); err != nil {
		return err
	}
	if err := d.tellCertified(ctx, tx, c.PersonName, c.Email, certificate, "", pdf); err != nil {
		return err
	}
	if err := d.tellLicensed(ctx, tx, c, licence, period); err != nil {
		return err
	}
	return d.askOrganisation(ctx, tx, c, s)
}

// issue writes the certificate of a completion with its file. What it says of accreditation is what was in force on the last day
// that was attended.
func (d Desk) issue(ctx context.Context, tx models.DB, s scheduling.Session, c delivery.Completion) (Certificate, []byte, error) {
	supplier, err := billing.CurrentSupplier(ctx, tx)
	if err != nil {
		return Certificate{}, nil, err
	}
	certificate := Certificate{
		Code: newCode(), CompletionID: c.ID, PersonID: c.PersonID, Name: c.PersonName, Facts: factsOf(s), Issuer: supplier.LegalName,
		IssuedOn: tx.Today(), IssuedAt: tx.Now(), Demonstration: c.Demonstration,
	}
	accredited, found, err := scheduling.Accreditation(ctx, tx, s.CourseID, c.LastAttended)
	if err != nil {
		return Certificate{}, nil, err
	}
	if found {
		certificate.Accreditation = accreditationOf(accredited)
	}
	pdf, err := documents.CertificatePDF(certificate.Printed(d.BaseURL))
	if err != nil {
		return Certificate{}, nil, err
	}
	certificate, err = insertCertificate(ctx, tx, certificate, pdf)
	return certificate, pdf, err
}

// nextPeriod is the period that a completion adds to a licence, with the lengths in force.
func nextPeriod(ctx context.Context, tx models.DB, l Licence, c delivery.Completion) (Period, error) {
	book, err := loadTerms(ctx, tx)
	if err != nil {
		return Period{}, err
	}
	terms, err := book.on(c.LastAttended)
	if err != nil {
		return Period{}, err
	}
	p := l.Next(c.LastAttended, terms)
	p.OrganisationID, p.Cause = c.OrganisationID, Cause{Kind: CauseCompletion, ID: c.ID, On: c.LastAttended}
	p.Terms, err = book.on(p.LastDay)
	return p, err
}

func recordGrant(ctx context.Context, tx models.DB, actor access.Actor, c delivery.Completion, cert Certificate, l Licence, p Period, made bool) error {
	err := access.Record(ctx, tx, actor, access.Entry{
		Action: "certificate-issued", SubjectKind: "certificate", SubjectID: cert.ID, OrganisationID: c.OrganisationID,
		Detail: map[string]int64{"completion": c.ID, "person": c.PersonID},
	})
	if err != nil {
		return err
	}
	action := "licence-extended"
	if made {
		action = "licence-made"
	}
	return access.Record(ctx, tx, actor, access.Entry{
		Action: action, SubjectKind: "licence", SubjectID: l.ID, OrganisationID: c.OrganisationID,
		Detail: map[string]any{"completion": c.ID, "person": c.PersonID, "period": p.ID, "starts_on": p.StartsOn.ISO(), "last_day": p.LastDay.ISO()},
	})
}

// outcomeOf reads what completions gave, by name.
func outcomeOf(ctx context.Context, db models.DB, s scheduling.Session, completions []delivery.Completion) (Outcome, error) {
	out := Outcome{Session: s}
	ids := make([]int64, len(completions))
	for i, c := range completions {
		ids[i] = c.ID
	}
	certificates, err := certificatesOfCompletions(ctx, db, ids)
	if err != nil {
		return out, err
	}
	licences, err := licencesOfCompletions(ctx, db, ids)
	if err != nil {
		return out, err
	}
	for _, c := range completions {
		g := Granted{Completion: c, Certificate: certificates[c.ID]}
		for _, l := range licences {
			for _, p := range l.Periods {
				if p.Cause.Kind == CauseCompletion && p.Cause.ID == c.ID {
					g.Licence, g.Period = l, p
				}
			}
		}
		out.Granted = append(out.Granted, g)
	}
	slices.SortStableFunc(out.Granted, func(a, b Granted) int { return cmp.Compare(a.Completion.PersonName, b.Completion.PersonName) })
	return out, nil
}
