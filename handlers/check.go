package handlers

import (
	"errors"
	"net/http"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

func (s *Site) checkRoutes() []Route {
	return []Route{
		{Method: http.MethodGet, Path: "/check", Rule: Public, Handle: s.check},
		{Method: http.MethodGet, Path: "/check/:code", Rule: Public, Handle: s.checkCode},
	}
}

// mostCode is the most letters of a code that the form gives back.
const mostCode = 64

// check asks for a code, or answers the one that was typed.
func (s *Site) check(c echo.Context) error {
	asked := c.QueryParams()
	if !asked.Has("code") {
		return s.checkForm(c, http.StatusOK, "", nil)
	}
	typed := line(asked, "code")
	if typed == "" {
		return s.checkForm(c, http.StatusUnprocessableEntity, "", models.Invalid("code", "Enter the code that stands on the certificate"))
	}
	return s.checkAnswer(c, typed)
}

// checkCode answers a code in the address: where the QR code and the mail lead.
func (s *Site) checkCode(c echo.Context) error { return s.checkAnswer(c, c.Param("code")) }

// checkAnswer shows what stands on the certificate of this code. A mistyped code costs the same work as an unknown one and gets the
// same answer.
func (s *Site) checkAnswer(c echo.Context, typed string) error {
	// People's names stand on these pages: they are for who has the code, not for search engines.
	c.Response().Header().Set("X-Robots-Tag", "noindex")
	if !s.limits.checks.take(caller(c), s.db.Now()) {
		c.Response().Header().Set(echo.HeaderRetryAfter, "60")
		return s.checkForm(c, http.StatusTooManyRequests, typed, models.Invalid("code", "That was often enough for now. Try again in a minute"))
	}
	found, err := licensing.Check(c.Request().Context(), s.db, typed)
	if models.KindOf(err) == models.KindNotFound {
		return s.checkForm(c, http.StatusNotFound, typed, err)
	}
	if err != nil {
		return err
	}
	page := templates.CheckAnswerPage{
		Page: s.page(c, found.Sentence(), "check"), Heading: found.Sentence(), Valid: found.Valid(), State: certificateTag(found),
	}
	page.OwnURL, err = s.ownCertificate(c, found)
	if err != nil {
		return err
	}
	if page.Certificate, err = s.certificateWords(found); err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "check-answer", page)
}

// checkForm is the page with the form, and what is wrong with what was typed.
func (s *Site) checkForm(c echo.Context, status int, typed string, problem error) error {
	page := templates.CheckPage{Page: s.page(c, "Check a certificate", "check")}
	var said *models.Error
	if errors.As(problem, &said) {
		page.Problems.Add("code", "%s", said.Msg)
	}
	if utf8.ValidString(typed) {
		letters := []rune(typed)
		page.Code = string(letters[:min(len(letters), mostCode)])
	}
	return s.render(c, status, "check", page)
}

// ownCertificate is the address of the certificate itself, for a reader who may have it.
func (s *Site) ownCertificate(c echo.Context, found licensing.Certificate) (string, error) {
	if !actorOf(c).SignedIn() {
		return "", nil
	}
	_, err := licensing.FindCertificate(c.Request().Context(), s.db, actorOf(c).Scope(), found.Code.String())
	if models.KindOf(err) == models.KindNotFound {
		return "", nil
	}
	return certificateURL(found.Code), err
}
