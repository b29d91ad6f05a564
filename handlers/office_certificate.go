package handlers

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// certificateForm is what was typed about a certificate.
type certificateForm templates.CertificateFields

func certificateFrom(typed url.Values) certificateForm {
	return certificateForm{Name: line(typed, "name"), Licence: line(typed, "licence"), Reason: lines(typed, "reason")}
}

// withdrawal is what the form asks for. The licence goes only when that was chosen.
func (f certificateForm) withdrawal() (licensing.WithdrawalRequest, error) {
	req := licensing.WithdrawalRequest{Reason: f.Reason, Licence: f.Licence == licenceGoes}
	if !req.Licence && f.Licence != "" && f.Licence != licenceStays {
		return req, models.Invalid("licence", "Choose whether the licence stays or goes too")
	}
	return req, nil
}

// The answers to whether the licence that stands on a certificate goes too.
const (
	licenceStays = "stays"
	licenceGoes  = "goes"
)

func officeCertificateURL(c licensing.Certificate, verb string) string {
	return "/office/certificates/" + c.Code.String() + "/" + verb
}

// certificateActions are what the office can do with a certificate now.
func certificateActions(c licensing.Certificate) []templates.Action {
	if !c.Valid() {
		return nil
	}
	actions := []templates.Action{{Label: "Withdraw", URL: officeCertificateURL(c, "withdraw")}}
	if c.Name != "" {
		actions = append(actions, templates.Action{Label: "Correct the name", URL: officeCertificateURL(c, "name")})
	}
	return actions
}

// officeCertificate asks before a certificate is withdrawn: it says what will happen first.
func (s *Site) officeCertificate(c echo.Context) error {
	return s.withdrawPage(c, http.StatusOK, certificateForm{Licence: licenceStays}, nil)
}

func (s *Site) withdrawPage(c echo.Context, status int, form certificateForm, problems models.Problems) error {
	ahead, err := licensing.PreviewWithdraw(c.Request().Context(), s.db, actorOf(c), c.Param("code"))
	if err != nil {
		return s.certificateDone(c, err)
	}
	page := s.certificatePage(c, ahead, "withdraw", "Withdraw certificate ", form, problems)
	page.Licence, page.Button = ahead.Licence(), "Withdraw this certificate"
	page.Happens = []string{
		"From now on, whoever checks it reads that it was withdrawn today. Everything that stands on it stays readable there, and nothing is deleted.",
		"That they attended stays on record.", toldByEmail,
	}
	return s.render(c, status, "office-certificate", page)
}

// officeCertificateWithdraw withdraws it. A second press of the button changes nothing.
func (s *Site) officeCertificateWithdraw(c echo.Context) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	ctx, form := c.Request().Context(), certificateFrom(typed)
	var gone licensing.Certificate
	problems, err := refused(s.db.InTx(ctx, func(tx models.DB) error {
		req, err := form.withdrawal()
		if err != nil {
			return err
		}
		gone, err = s.licences().WithdrawCertificate(ctx, tx, actorOf(c), c.Param("code"), req)
		return err
	}))
	if err != nil {
		return s.certificateDone(c, err)
	}
	if problems != nil {
		return s.withdrawPage(c, http.StatusUnprocessableEntity, form, problems)
	}
	return s.done(c, officePersonURL(gone.PersonID), "Certificate "+gone.Code.String()+" is withdrawn. Its holder is told by email.")
}

// officeCertificateName asks for the name as it should stand on a certificate.
func (s *Site) officeCertificateName(c echo.Context) error {
	return s.correctPage(c, http.StatusOK, nil, nil)
}

// correctPage shows what was typed; nothing typed shows the name that stands on the certificate.
func (s *Site) correctPage(c echo.Context, status int, form *certificateForm, problems models.Problems) error {
	ahead, err := licensing.PreviewCorrection(c.Request().Context(), s.db, actorOf(c), c.Param("code"))
	if err != nil {
		return s.certificateDone(c, err)
	}
	if form == nil {
		form = &certificateForm{Name: ahead.Certificate.Name}
	}
	page := s.certificatePage(c, ahead, "name", "Correct the name on certificate ", *form, problems)
	page.AskName, page.Button = true, "Issue it with this name"
	page.Happens = []string{
		"Another certificate with this name and a code of its own takes the place of this one. It says the same of the training.",
		"Whoever checks this one reads from now on that it was withdrawn and replaced. They do not read by which.",
		"The licence stays as it is. Their name in our list of people and on the booking does too.",
		"They get the new certificate by email now. The reason you type is kept with the record and is not in the email.",
	}
	return s.render(c, status, "office-certificate", page)
}

// officeCertificateCorrect issues the certificate with the name corrected. A second press of the button changes nothing.
func (s *Site) officeCertificateCorrect(c echo.Context) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	ctx, form := c.Request().Context(), certificateFrom(typed)
	var made licensing.Certificate
	problems, err := refused(s.db.InTx(ctx, func(tx models.DB) (err error) {
		made, err = s.licences().CorrectName(ctx, tx, actorOf(c), c.Param("code"), licensing.Correction{Name: form.Name, Reason: form.Reason})
		return err
	}))
	if err != nil {
		return s.certificateDone(c, err)
	}
	if problems != nil {
		return s.correctPage(c, http.StatusUnprocessableEntity, &form, problems)
	}
	return s.done(c, officePersonURL(made.PersonID), "Certificate "+made.Code.String()+" is issued with the name "+made.Name+". Its holder has it by email.")
}

func (s *Site) certificatePage(c echo.Context, w licensing.Withdrawal, verb, title string, form certificateForm, problems models.Problems) templates.OfficeCertificatePage {
	title += w.Certificate.Code.String()
	page := templates.OfficeCertificatePage{
		Page: s.officePage(c, title, "people"), Back: toOfficePerson(w.Holder.ID, w.Holder.Called()), URL: officeCertificateURL(w.Certificate, verb),
		Heading: title + "?", Form: templates.CertificateFields(form),
		Rows: []templates.SummaryRow{
			{Key: "Name on it", Lines: []string{w.Certificate.PrintedName()}},
			{Key: "Training", Lines: []string{w.Certificate.Facts.Course}, Notes: []string{w.Certificate.Facts.Attended()}},
			{Key: "Issued", Lines: []string{w.Certificate.IssuedOn.Long()}},
			{Key: "Holder", Lines: []string{w.Holder.Called()}, Notes: []string{w.Holder.Email}},
		},
	}
	page.Background, page.Problems = templates.White, problems
	return page
}

// certificateDone leads back to the holder when the certificate cannot be changed as asked, because it has been already: the page says
// how it stands. Every other error is returned.
func (s *Site) certificateDone(c echo.Context, err error) error {
	var e *models.Error
	if !errors.As(err, &e) || e.Kind != models.KindConflict {
		return err
	}
	found, lost := licensing.FindCertificate(c.Request().Context(), s.db, actorOf(c).Scope(), c.Param("code"))
	if lost != nil {
		return lost
	}
	return s.done(c, officePersonURL(found.PersonID), e.Msg+".")
}
