package licensing

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
)

// Fact is one line of the list a mail shows.
type Fact struct{ Name, Value string }

// Button is the one thing a mail asks its reader to press.
type Button struct{ Label, URL string }

// certificateMail comes with the certificate.
type certificateMail struct {
	Name   string
	Course string
	Facts  []Fact
	Button Button
}

func (d Desk) checkURL(c Code) string { return d.BaseURL + "/check/" + c.String() }

// tellCertified sends a person their certificate.
func (d Desk) tellCertified(ctx context.Context, tx models.DB, c delivery.Completion, cert Certificate, pdf []byte) error {
	m := mail.Message{
		Cause: fmt.Sprintf("certificate/%d", cert.ID), Kind: "certificate", ToName: c.PersonName, ToEmail: c.Email, AboutKind: "certificate", AboutID: cert.ID,
		Parts: []mail.Part{{Filename: cert.fileName(), ContentType: "application/pdf", Content: pdf}},
	}
	return d.post(ctx, tx, m, certificateMail{
		Name: c.PersonName, Course: cert.Facts.Course,
		Facts: []Fact{
			{"Certificate", cert.Code.String()}, {"Attended", cert.Facts.Attended()}, {"Length", cert.Facts.Hours()}, {"Issued", cert.IssuedOn.String()},
		},
		Button: Button{"See your certificate", d.checkURL(cert.Code)},
	})
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

// withdrawnMail says that a completion was undone, and what is left.
type withdrawnMail struct {
	Name     string
	Course   string
	Allowed  bool
	Sentence string
	Facts    []Fact
}

// tellWithdrawn says that a certificate was withdrawn because the record of the day is being corrected.
func (d Desk) tellWithdrawn(ctx context.Context, tx models.DB, u Undone) error {
	decision := Decide(u.After, tx.Now())
	m := mail.Message{
		Cause: fmt.Sprintf("certificate-withdrawn/%d", u.Certificate.ID), Kind: "certificate-withdrawn", ToName: u.Completion.PersonName,
		ToEmail: u.Completion.Email, AboutKind: "certificate", AboutID: u.Certificate.ID,
	}
	return d.post(ctx, tx, m, withdrawnMail{
		Name: u.Completion.PersonName, Course: u.Certificate.Facts.Course, Allowed: decision.Allowed, Sentence: decision.Sentence,
		Facts: []Fact{{"Certificate", u.Certificate.Code.String()}, {"Withdrawn on", tx.Today().String()}},
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
