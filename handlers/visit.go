package handlers

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// The keys under which this package keeps values in a request.
const (
	keyActor  = "ssph.actor"
	keyCommit = "ssph.commit"
)

// mostClaims is how many bookings one browser session holds on to; the oldest go first.
const mostClaims = 20

// whoAsks finds out who is behind the request: the person signed in, or a visitor, with the bookings their browser began. Roles are
// read afresh each time, so that taking one away counts at once.
func (s *Site) whoAsks(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx, actor := c.Request().Context(), access.Visitor()
		if id := s.sessions.GetInt64(ctx, sessionPerson); id != 0 {
			found, err := access.ActorFor(ctx, s.db, id)
			switch {
			case err == nil:
				actor = found
			case models.KindOf(err) == models.KindNotFound:
				s.sessions.Remove(ctx, sessionPerson)
			default:
				return err
			}
		}
		actor = actor.WithClaims(s.claimHashes(c)...)
		c.Set(keyActor, actor)
		if actor.SignedIn() || len(actor.Claims) > 0 {
			c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
		} else {
			c.Response().Header().Set(echo.HeaderCacheControl, "private, no-cache")
		}
		return next(c)
	}
}

// actorOf is who asks; a visitor on routes without a browser session.
func actorOf(c echo.Context) access.Actor {
	actor, _ := c.Get(keyActor).(access.Actor)
	return actor
}

// remember lets this browser come back to a booking until its session ends. The secret is the one the booking was made with.
func (s *Site) remember(c echo.Context, bookingID int64, secret string) error {
	claims := s.claims(c)
	claims[bookingID] = secret
	for len(claims) > mostClaims {
		delete(claims, slices.Min(slices.Collect(maps.Keys(claims))))
	}
	text, err := json.Marshal(claims)
	if err != nil {
		return errors.Join(errors.New("keep the booking in the session"), err)
	}
	s.sessions.Put(c.Request().Context(), sessionClaims, string(text))
	return nil
}

// claims are the secrets of the bookings begun in this browser. What cannot be read is forgotten.
func (s *Site) claims(c echo.Context) map[int64]string {
	claims := map[int64]string{}
	if text := s.sessions.GetString(c.Request().Context(), sessionClaims); text != "" {
		if err := json.Unmarshal([]byte(text), &claims); err != nil {
			return map[int64]string{}
		}
	}
	return claims
}

func (s *Site) claimHashes(c echo.Context) []string {
	var hashes []string
	for _, secret := range s.claims(c) {
		hashes = append(hashes, s.keys.Claim(secret))
	}
	slices.Sort(hashes)
	return hashes
}

// number reads an id from the address. Anything that is no positive whole number is "not found", as if it had never been.
func number(c echo.Context, name string) (int64, error) {
	text := c.Param(name)
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 1 || strconv.FormatInt(n, 10) != text {
		return 0, echo.ErrNotFound
	}
	return n, nil
}
