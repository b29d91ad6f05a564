package handlers

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// sessionLife is how long a browser stays signed in: a working day.
const sessionLife = 12 * time.Hour

// What a browser session holds.
const (
	sessionPerson = "person" // int64: who has signed in
	sessionFlash  = "flash"  // string: what was just done
	sessionClaims = "claims" // JSON: the bookings begun in this browser
	sessionEmail  = "email"  // string: where a sign-in link was sent
)

func newSessions(db models.DB, secure bool) *scs.SessionManager {
	m := scs.New()
	m.Store = access.NewSessionStore(db)
	m.Lifetime = sessionLife
	m.Cookie.Name = "ssph_session"
	m.Cookie.Secure = secure
	// Lax, because Strict would sign people out on the way back from the payment page.
	m.Cookie.SameSite = http.SameSiteLaxMode
	return m
}

// session loads the browser session and saves it before the answer goes out. A visitor who does nothing gets none.
func (s *Site) session(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Add(echo.HeaderVary, "Cookie")
		token := ""
		if cookie, err := c.Cookie(s.sessions.Cookie.Name); err == nil {
			token = cookie.Value
		}
		ctx, err := s.sessions.Load(c.Request().Context(), token)
		if err != nil {
			return err
		}
		c.SetRequest(c.Request().WithContext(ctx))
		c.Set(keyCommit, &commit{})
		// The handlers of this package save before they answer, so that a failure is an error page; this is for whatever else writes.
		c.Response().Before(func() {
			if err := s.saveSession(c); err != nil {
				s.log.Error("session not saved", slog.String("request_id", reference(c)), slog.String("error", err.Error()))
			}
		})
		return next(c)
	}
}

// commit remembers that the session of this request was saved.
type commit struct{ done bool }

// saveSession writes a changed session and its cookie, once per request.
func (s *Site) saveSession(c echo.Context) error {
	state, ok := c.Get(keyCommit).(*commit)
	if !ok || state.done {
		return nil
	}
	// A person who has left still keeps what they did.
	ctx := context.WithoutCancel(c.Request().Context())
	switch s.sessions.Status(ctx) {
	case scs.Modified:
		token, expiry, err := s.sessions.Commit(ctx)
		if err != nil {
			state.done = true // the error page must not try again
			return errors.Join(errors.New("save the browser session"), err)
		}
		s.sessions.WriteSessionCookie(ctx, c.Response(), token, expiry)
	case scs.Destroyed:
		s.sessions.WriteSessionCookie(ctx, c.Response(), "", time.Time{})
	}
	state.done = true
	return nil
}

// hasSession says whether this request went through the session middleware.
func hasSession(c echo.Context) bool { return c.Get(keyCommit) != nil }
