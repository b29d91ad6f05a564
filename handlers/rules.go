package handlers

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// Rule says who may call a route. Whose things they may see there is the use case's question, answered by the actor's Scope.
type Rule string

// The rules. An id in the address of any but a Public or Office route belongs to somebody, and to others it is "not found".
const (
	Public   Rule = "public"    // anybody
	Holder   Rule = "holder"    // anybody, but the thing in the address must be theirs: signed in, or begun in this browser
	SignedIn Rule = "signed in" // any person we know
	Licensed Rule = "licensed"  // the tool: a licence, or cases that can still be read; the gate answers everybody else who signed in
	Manager  Rule = "manager"   // managers of organisations
	Trainer  Rule = "trainer"   // the Hub's trainers
	Teaching Rule = "teaching"  // the Hub's trainers and office: a session in the address is one of their own, or any for the office
	Office   Rule = "office"    // the Hub's office
)

// admits says whether the actor may call a route under this rule.
func (r Rule) admits(a access.Actor) bool {
	switch r {
	case Public, Holder:
		return true
	case SignedIn, Licensed: // the gate asks about the licence, on every request
		return a.SignedIn()
	case Manager:
		return a.SignedIn() && len(a.Organisations) > 0
	case Trainer:
		return a.SignedIn() && a.Is(access.RoleTrainer)
	case Teaching:
		return a.SignedIn() && (a.Is(access.RoleTrainer) || a.Is(access.RoleOffice))
	case Office:
		return a.SignedIn() && a.Is(access.RoleOffice)
	}
	return false
}

// refusal is the sentence for a person who is signed in but not admitted.
func (r Rule) refusal() error {
	words := map[Rule]string{
		Manager: "This page is for people who manage an organisation’s bookings",
		Trainer: "This page is for the Hub’s trainers", Teaching: "This page is for the Hub’s trainers and office",
		Office: "This page is for the Hub’s office",
	}
	return models.Fail(models.KindForbidden, "%s", words[r])
}

// guard lets a request through to a route only under its rule. A visitor is asked to sign in first and then comes back.
func (s *Site) guard(rule Rule) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			actor := actorOf(c)
			switch {
			case rule.admits(actor):
				return next(c)
			case actor.SignedIn():
				return rule.refusal()
			}
			signIn := "/sign-in?next=" + url.QueryEscape(wayBack(c.Request()))
			switch typed := s.typedTexts(c); {
			case strings.HasPrefix(c.Request().Header.Get(echo.HeaderContentType), echo.MIMEApplicationJSON): // a page that saves by itself
				return c.JSON(http.StatusUnauthorized, autosaved{Error: "You are signed out. Sign in again in another tab. What you typed stays on this page"})
			case typed != nil:
				return s.signedOut(c, signIn, typed)
			}
			return s.redirect(c, signIn)
		}
	}
}

// wayBack is where to go after signing in: the page that was asked for, or the page a form was on.
func wayBack(r *http.Request) string {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return access.LocalPath(r.URL.RequestURI())
	}
	if from, err := url.Parse(r.Referer()); err == nil && from.Host == r.Host {
		return access.LocalPath(from.RequestURI())
	}
	return ""
}
