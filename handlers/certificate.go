package handlers

import (
	"mime"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

func (s *Site) certificateRoutes() []Route {
	return []Route{
		{Method: http.MethodGet, Path: "/certificates/:code", Rule: Holder, Handle: s.certificate},
		{Method: http.MethodGet, Path: "/account/certificates", Rule: SignedIn, Handle: s.myCertificates},
	}
}

func certificateURL(code licensing.Code) string { return "/certificates/" + code.String() }

func certificatePDF(code licensing.Code) string { return certificateURL(code) + ".pdf" }

// certificate shows a certificate to whoever may see it, or hands out its file when the address ends in .pdf.
func (s *Site) certificate(c echo.Context) error {
	code, file := strings.CutSuffix(c.Param("code"), ".pdf")
	if file {
		return s.certificateFile(c, code)
	}
	ctx, actor := c.Request().Context(), actorOf(c)
	found, err := licensing.FindCertificate(ctx, s.db, actor.Scope(), code)
	if err != nil {
		return certificateLost(c, err)
	}
	page := templates.CertificatePage{
		Page: s.certificateFrame(c, found), State: certificateTag(found), CheckURL: "/check/" + found.Code.String(), Back: certificateBack(actor, found),
	}
	if !found.Valid() {
		page.Note = found.Sentence()
	}
	if found.Name != "" {
		page.PDFURL = certificatePDF(found.Code)
	}
	if page.Certificate, err = s.certificateWords(found); err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "certificate", page)
}

// certificateFile hands out the file as it was made at issue.
func (s *Site) certificateFile(c echo.Context, code string) error {
	f, err := licensing.FileOf(c.Request().Context(), s.db, actorOf(c).Scope(), code)
	if err != nil {
		return certificateLost(c, err)
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, mime.FormatMediaType("inline", map[string]string{"filename": f.Name}))
	return c.Blob(http.StatusOK, f.ContentType, f.Content)
}

// certificateLost tells a visitor that the certificate may be theirs once they have signed in. There or not, the answer is the same.
func certificateLost(c echo.Context, err error) error {
	if models.KindOf(err) != models.KindNotFound {
		return err
	}
	if !actorOf(c).SignedIn() {
		return models.NotFound("We have no certificate with that code that you can open. If it is yours, sign in first. Anybody can check one").Because(err)
	}
	return models.NotFound("We have no certificate with that code that you can open. Anybody can check one").Because(err)
}

// certificateFrame is the frame in which the reader knows the certificate: their own, their organisation's, the office's.
func (s *Site) certificateFrame(c echo.Context, found licensing.Certificate) templates.Page {
	p := s.page(c, "Certificate "+found.Code.String(), "certificates")
	p.Background = templates.Mist
	switch actor := actorOf(c); {
	case found.PersonID == actor.PersonID:
		p.Area = templates.AreaAccount
	case actor.Is(access.RoleOffice):
		p.Area, p.Section = templates.AreaOffice, "people"
	default:
		p.Area, p.Section = templates.AreaOrganisation, "bookings"
	}
	return p
}

func certificateBack(actor access.Actor, found licensing.Certificate) templates.Action {
	switch {
	case found.PersonID == actor.PersonID:
		return templates.Action{Label: "Your account", URL: "/account"}
	case actor.Is(access.RoleOffice):
		return templates.Action{Label: "The person", URL: officePersonURL(found.PersonID)}
	}
	return templates.Action{Label: "Your organisation", URL: "/organisation"}
}

// myCertificates leads to a person's one certificate, or lists them when there is not just one.
func (s *Site) myCertificates(c echo.Context) error {
	actor := actorOf(c)
	all, err := licensing.CertificatesOf(c.Request().Context(), s.db, access.Scope{PersonID: actor.PersonID}, actor.PersonID)
	if err != nil {
		return err
	}
	if len(all) == 1 {
		return s.redirect(c, certificateURL(all[0].Code))
	}
	page := templates.CertificatesPage{Page: s.page(c, "Your certificates", "certificates"), Rows: certificateRows(all)}
	page.Background = templates.Mist
	return s.render(c, http.StatusOK, "certificates", page)
}
