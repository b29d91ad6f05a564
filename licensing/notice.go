package licensing

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// Fact is one line of the list a mail shows.
type Fact struct{ Name, Value string }

// Button is the one thing a mail asks its reader to press.
type Button struct{ Label, URL string }

// certificateMail comes with the certificate.
type certificateMail struct {
	Name     string
	Course   string
	Replaces string // the code of the certificate whose place it takes; empty for most
	Facts    []Fact
	Button   Button
}

func (d Desk) checkURL(c Code) string { return d.BaseURL + "/check/" + c.String() }

// tellCertified sends a person their certificate. replaces is the code of the one whose place it takes, or nothing.
func (d Desk) tellCertified(ctx context.Context, tx models.DB, name, email string, cert Certificate, replaces Code, pdf []byte) error {
	m := mail.Message{
		Cause: fmt.Sprintf("certificate/%d", cert.ID), Kind: "certificate", ToName: name, ToEmail: email, AboutKind: "certificate", AboutID: cert.ID,
		Parts: []mail.Part{{Filename: cert.fileName(), ContentType: "application/pdf", Content: pdf}},
	}
	data := certificateMail{
		Name: name, Course: cert.Facts.Course,
		Facts: []Fact{
			{"Certificate", cert.Code.String()}, {"Attended", cert.Facts.Attended()}, {"Length", cert.Facts.Hours()}, {"Issued", cert.IssuedOn.String()},
		},
		Button: Button{"See your certificate", d.checkURL(cert.Code)},
	}
	if replaces != "" {
		data.Replaces = replaces.String()
	}
	return d.post(ctx, tx, m, data)
}

// licenceMail says what a licence now is.
type licenceMail struct {
	Name     string
	Extended bool
	Allowed  bool // the tool opens today
	Sentence string
	LastDay  models.Date
	Grace    int // days
	Facts    []Fact
	Button   Button
}

// tellLicensed says that the tool is open, or open for longer, and why.
func (d Desk) tellLicensed(ctx context.Context, tx models.DB, c delivery.Completion, l Licence, p Period) error {
	decision := Decide(l, tx.Now())
	m := mail.Message{
		Cause: fmt.Sprintf("licence/%d", p.ID), Kind: "licence", ToName: c.PersonName, ToEmail: c.Email, AboutKind: "licence", AboutID: l.ID,
	}
	return d.post(ctx, tx, m, licenceMail{
		Name: c.PersonName, Extended: p.goesOn(), Allowed: decision.Allowed, Sentence: decision.Sentence, LastDay: decision.LastDay, Grace: p.Terms.GraceDays,
		Facts: []Fact{
			{"Licence", l.Reference()}, {"From", p.StartsOn.String()}, {"Up to the end of", p.LastDay.Long()}, {"Why", p.Cause.Why()},
		},
		Button: Button{"Open the tool", d.BaseURL + "/tool"},
	})
}

// doorMail asks a manager whether they know who was put on one of their places at the door.
type doorMail struct {
	Name         string // of the manager
	Person       string
	Email        string
	Organisation string
	Facts        []Fact
	Button       Button
}

// askOrganisation asks the managers of the organisation that bought a place about the person who was put on it at the door. Until one
// of them says that they know them, the licence opens none of the organisation's cases.
func (d Desk) askOrganisation(ctx context.Context, tx models.DB, c delivery.Completion, s scheduling.Session) error {
	_, asked, err := booking.DoorOf(ctx, tx, c.PlaceID)
	if err != nil || !asked || c.OrganisationID == nil {
		return err
	}
	org, err := access.FindOrganisation(ctx, tx, access.System().Scope(), *c.OrganisationID)
	if err != nil {
		return err
	}
	managers, err := access.Managers(ctx, tx, org.ID)
	for _, manager := range managers {
		m := mail.Message{
			Cause: fmt.Sprintf("works-with-you/%d/%d", c.ID, manager.ID), Kind: "works-with-you", ToName: manager.Name, ToEmail: manager.Email,
			AboutKind: "place", AboutID: c.PlaceID,
		}
		err := d.post(ctx, tx, m, doorMail{
			Name: manager.Called(), Person: c.PersonName, Email: c.Email, Organisation: org.Name,
			Facts:  []Fact{{"Name", c.PersonName}, {"Email", c.Email}, {"Session", s.FirstDay().Long()}},
			Button: Button{"Say whether they work with you", fmt.Sprintf("%s/organisation/%d#door", d.BaseURL, org.ID)},
		})
		if err != nil {
			return err
		}
	}
	return err
}

// withdrawnMail says that a certificate was withdrawn, and what is left.
type withdrawnMail struct {
	Name     string
	Decided  bool // by the office; else its completion was undone
	Course   string
	Allowed  bool
	Sentence string
	Facts    []Fact
}

// tellWithdrawn says that a certificate was withdrawn because the record of the day is being corrected.
func (d Desk) tellWithdrawn(ctx context.Context, tx models.DB, u Undone) error {
	decision := Decide(u.After, tx.Now())
	m := mail.Message{
		Cause: fmt.Sprintf("completion-undone/%d", u.Completion.ID), Kind: "certificate-withdrawn", ToName: u.Completion.PersonName,
		ToEmail: u.Completion.Email, AboutKind: "certificate", AboutID: u.Certificate.ID,
	}
	return d.post(ctx, tx, m, withdrawnMail{
		Name: u.Completion.PersonName, Course: u.Certificate.Facts.Course, Allowed: decision.Allowed, Sentence: decision.Sentence,
		Facts: []Fact{{"Certificate", u.Certificate.Code.String()}, {"Withdrawn on", tx.Today().String()}},
	})
}

// tellDecided says that the office withdrew a certificate, and how the licence stands.
func (d Desk) tellDecided(ctx context.Context, tx models.DB, w Withdrawal, l Licence) error {
	decision := Decide(l, tx.Now())
	m := mail.Message{
		Cause: fmt.Sprintf("certificate-withdrawn/%d", w.Certificate.ID), Kind: "certificate-withdrawn", ToName: w.Holder.Name, ToEmail: w.Holder.Email,
		AboutKind: "certificate", AboutID: w.Certificate.ID,
	}
	return d.post(ctx, tx, m, withdrawnMail{
		Name: w.Holder.Called(), Decided: true, Course: w.Certificate.Facts.Course, Allowed: decision.Allowed, Sentence: decision.Sentence,
		Facts: []Fact{{"Certificate", w.Certificate.Code.String()}, {"Withdrawn on", tx.Today().String()}},
	})
}

// standingMail says that the office suspended, reinstated or revoked a licence.
type standingMail struct {
	Name      string
	Reference string
	Tag       string
	Sentence  string
	NextStep  string
	Facts     []Fact
}

// tellStanding tells the holder what the office decided.
func (d Desk) tellStanding(ctx context.Context, tx models.DB, l Licence, eventID int64, holder access.Person) error {
	decision := Decide(l, tx.Now())
	m := mail.Message{
		Cause: fmt.Sprintf("licence-changed/%d", eventID), Kind: "licence-changed", ToName: holder.Name, ToEmail: holder.Email, AboutKind: "licence", AboutID: l.ID,
	}
	return d.post(ctx, tx, m, standingMail{
		Name: holder.Called(), Reference: l.Reference(), Tag: decision.State.Tag(), Sentence: decision.Sentence, NextStep: decision.NextStep,
		Facts: []Fact{{"Licence", l.Reference()}},
	})
}

// post draws a mail of its kind and puts it in the outbox.
func (d Desk) post(ctx context.Context, tx models.DB, m mail.Message, data any) error {
	supplier, err := billing.CurrentSupplier(ctx, tx)
	if err != nil {
		return err
	}
	m.ReplyTo = supplier.Email
	if m, err = m.Draw(m.Kind, data); err != nil {
		return err
	}
	return mail.Queue(ctx, tx, m)
}
