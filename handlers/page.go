package handlers

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/templates"
)

// page is the frame of a page: title, the current item of the header, who is signed in, form token, flash, footer.
func (s *Site) page(c echo.Context, title, section string) templates.Page {
	p := templates.Page{
		Title: title, Section: section, Area: areaOf(c.Request().URL.Path),
		CSRF: tokenOf(c), DemoNotice: s.demonstration(), Accreditation: s.accreditation(c),
	}
	actor := actorOf(c)
	if actor.SignedIn() {
		p.Who = who(actor)
	}
	if hasSession(c) {
		p.Flash = s.sessions.PopString(c.Request().Context(), sessionFlash)
	}
	return p
}

// areaOf is the part of the house an address belongs to.
func areaOf(path string) templates.Area {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	switch area := templates.Area(first); area {
	case templates.AreaAccount, templates.AreaOrganisation, templates.AreaTrainer, templates.AreaOffice:
		return area
	}
	return templates.AreaPublic
}

// who names the person in the header, with the part they are known by.
func who(a access.Actor) *templates.Who {
	w := &templates.Who{ID: a.PersonID, Name: a.Name, URL: home(a)}
	if w.Name == "" {
		w.Name = a.Email
	}
	switch {
	case a.Is(access.RoleOffice):
		w.Line = "Hub office"
	case a.Is(access.RoleTrainer):
		w.Line = "Trainer"
	case len(a.Organisations) > 0:
		w.Line = a.Organisations[0].Name
	}
	return w
}

// home is where a person begins: the page of the part they are known by.
func home(a access.Actor) string {
	switch {
	case a.Is(access.RoleOffice):
		return "/office"
	case a.Is(access.RoleTrainer):
		return "/trainer"
	case len(a.Organisations) > 0:
		return "/organisation"
	}
	return "/account"
}

// render draws a page and answers with it. Nothing is sent until the whole page is drawn and the session is saved.
func (s *Site) render(c echo.Context, status int, name string, data any) error {
	var body bytes.Buffer
	if err := s.pages.Render(&body, name, data); err != nil {
		return err
	}
	if err := s.saveSession(c); err != nil {
		return err
	}
	return c.HTMLBlob(status, body.Bytes())
}

// redirect answers with 303: the browser asks for path next, whatever it sent before.
func (s *Site) redirect(c echo.Context, path string) error {
	if err := s.saveSession(c); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, path)
}

// done is the end of a form that worked: a sentence for the next page, unless it is empty, and 303 to path.
func (s *Site) done(c echo.Context, path, flash string) error {
	if flash != "" {
		s.sessions.Put(c.Request().Context(), sessionFlash, flash)
	}
	return s.redirect(c, path)
}
