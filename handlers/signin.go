package handlers

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// BookingLink is what booking does when somebody signs in, or uses a link that was mailed for a booking. cmd passes it in; what is
// nil is left out.
type BookingLink struct {
	// Adopt gives the person, whose address is now proven, what was booked with it before, in the transaction of signing in.
	Adopt func(ctx context.Context, tx models.DB, person access.Person) error
	// Describe gives the words of the button, "Confirm 3 places for £820.80", and the sum in it. It changes nothing.
	Describe func(ctx context.Context, db models.DB, bookingID int64) (button string, sum models.Pence, err error)
	// Prepare is called before the transaction, for what needs the network: closing a payment page that is still open.
	Prepare func(ctx context.Context, db models.DB, bookingID int64) error
	// Confirm does it, in the transaction in which the link is used, for the sum that was shown, and says which page comes next. An
	// error undoes both.
	Confirm func(ctx context.Context, tx models.DB, actor access.Actor, link access.Link, shown *models.Pence) (path string, err error)
}

func (s *Site) signInRoutes() []Route {
	return []Route{
		{Method: http.MethodGet, Path: "/sign-in", Rule: Public, Handle: s.signIn},
		{Method: http.MethodPost, Path: "/sign-in", Rule: Public, Handle: s.signInAsk},
		{Method: http.MethodGet, Path: "/sign-in/sent", Rule: Public, Handle: s.signInSent},
		{Method: http.MethodGet, Path: "/sign-in/link/:token", Rule: Public, Handle: s.signInLook},
		{Method: http.MethodPost, Path: "/sign-in/link/:token", Rule: Public, Handle: s.signInUse},
		{Method: http.MethodPost, Path: "/sign-out", Rule: Public, Handle: s.signOut},
	}
}

// signIn asks for the e-mail address. Somebody who is signed in goes on at once.
func (s *Site) signIn(c echo.Context) error {
	next := access.LocalPath(c.QueryParam("next"))
	if actor := actorOf(c); actor.SignedIn() {
		return s.redirect(c, either(next, home(actor)))
	}
	page := templates.SignInPage{Page: s.page(c, "Sign in", ""), Next: next}
	return s.render(c, http.StatusOK, "sign-in", page)
}

// signInAsk mails a link. What the screen says is the same for an address we know and one we do not.
func (s *Site) signInAsk(c echo.Context) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	email, next := line(typed, "email"), access.LocalPath(typed.Get("next"))
	ctx := c.Request().Context()
	if !s.limits.links.take(caller(c), s.db.Now()) {
		c.Response().Header().Set(echo.HeaderRetryAfter, "3600")
		return s.signInAgain(c, http.StatusTooManyRequests, email, next, tooManyLinks())
	}
	err = s.db.InTx(ctx, func(tx models.DB) error {
		return access.RequestLink(ctx, tx, access.LinkRequest{Email: email, Next: next}, SignInMail(s.baseURL))
	})
	problems, err := refused(err)
	if err != nil {
		return err
	}
	if problems != nil {
		return s.signInAgain(c, http.StatusUnprocessableEntity, email, next, problems)
	}
	s.sessions.Put(ctx, sessionEmail, email)
	return s.done(c, "/sign-in/sent", "")
}

// signInAgain is the page with what was typed, and why no mail went out.
func (s *Site) signInAgain(c echo.Context, status int, email, next string, problems models.Problems) error {
	page := templates.SignInPage{Page: s.page(c, "Sign in", ""), Email: email, Next: next}
	page.Problems = problems
	return s.render(c, status, "sign-in", page)
}

func tooManyLinks() models.Problems {
	return models.Problems{models.Invalid("email",
		"Many sign-in emails were asked for from your network in the last hour. Use the newest one you have, or try again in an hour")}
}

func (s *Site) signInSent(c echo.Context) error {
	email := s.sessions.GetString(c.Request().Context(), sessionEmail)
	if email == "" {
		return s.redirect(c, "/sign-in")
	}
	settings, err := access.LoadSettings(c.Request().Context(), s.db)
	if err != nil {
		return err
	}
	page := templates.SignInSentPage{
		Page: s.page(c, "Check your email", ""), Email: email, Minutes: settings.SignInLinkMinutes, Mailbox: s.demonstration(),
	}
	return s.render(c, http.StatusOK, "sign-in-sent", page)
}

// signInLook shows a button and changes nothing: mail scanners open every link.
func (s *Site) signInLook(c echo.Context) error { return s.signInLookPage(c, nil) }

func (s *Site) signInLookPage(c echo.Context, problems models.Problems) error {
	ctx := c.Request().Context()
	link, err := access.LookLink(ctx, s.db, c.Param("token"))
	if err != nil {
		return err
	}
	page := templates.SignInConfirmPage{Page: s.page(c, "Sign in", ""), Email: link.Email, Button: "Sign in", URL: c.Request().URL.Path}
	if link.BookingID != nil && s.link.Describe != nil {
		var sum models.Pence
		if page.Button, sum, err = s.link.Describe(ctx, s.db, *link.BookingID); err != nil {
			return err
		}
		page.Booking, page.Shown = true, penceField(sum)
	}
	page.Problems = problems
	return s.render(c, statusFor(problems), "sign-in-confirm", page)
}

// signInUse uses the link up, confirms the booking it was for, and starts a signed-in session under a new token. When the sum has changed
// since it was shown, nothing of that is done.
func (s *Site) signInUse(c echo.Context) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	actor, path, err := s.useLink(ctx, c.Param("token"), penceShown(typed))
	if errors.Is(err, booking.ErrSumChanged) {
		problems, _ := refused(err)
		return s.signInLookPage(c, problems)
	}
	if err != nil {
		return err
	}
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	s.sessions.Remove(ctx, sessionEmail)
	s.sessions.Put(ctx, sessionPerson, actor.PersonID)
	return s.done(c, either(path, home(actor)), "")
}

func (s *Site) useLink(ctx context.Context, token string, shown *models.Pence) (actor access.Actor, path string, err error) {
	if err := s.prepareLink(ctx, token); err != nil {
		return actor, "", err
	}
	err = s.db.InTx(ctx, func(tx models.DB) error {
		person, link, err := access.UseLink(ctx, tx, token)
		if err != nil {
			return err
		}
		if s.link.Adopt != nil {
			if err := s.link.Adopt(ctx, tx, person); err != nil {
				return err
			}
		}
		if actor, err = access.ActorFor(ctx, tx, person.ID); err != nil {
			return err
		}
		path = link.Next
		if link.BookingID == nil || s.link.Confirm == nil {
			return nil
		}
		path, err = s.link.Confirm(ctx, tx, actor, link, shown)
		return err
	})
	return actor, path, err
}

// prepareLink does what using the link needs outside the transaction. A link that no longer works is refused here already.
func (s *Site) prepareLink(ctx context.Context, token string) error {
	link, err := access.LookLink(ctx, s.db, token)
	if err != nil || link.BookingID == nil || s.link.Prepare == nil {
		return err
	}
	return s.link.Prepare(ctx, s.db, *link.BookingID)
}

// signOut ends the browser session and everything in it.
func (s *Site) signOut(c echo.Context) error {
	if err := s.sessions.Destroy(c.Request().Context()); err != nil {
		return err
	}
	return s.done(c, "/", "You have signed out.")
}

// SignInLink is the address of the page on which a mailed link is used.
func SignInLink(baseURL, token string) string {
	return baseURL + "/sign-in/link/" + url.PathEscape(token)
}

func either(first, second string) string {
	if first != "" {
		return first
	}
	return second
}
