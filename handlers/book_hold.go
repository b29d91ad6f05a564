package handlers

import (
	"context"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
)

// secretLength is the length of what access.NewSecret makes.
const secretLength = 43

// hold holds places under the secret of the form it was asked with, and lets this browser come back to them. The secret makes the
// same form sent twice one booking, and, as it never leaves this browser, proves later whose it is.
func (s *Site) hold(c echo.Context, req booking.HoldRequest, secret string) (booking.Booking, error) {
	return s.holdWith(c, secret, req.Places, func(ctx context.Context, tx models.DB, actor access.Actor, by booking.HoldRequest) (booking.Booking, error) {
		by.SessionID, by.Places = req.SessionID, req.Places
		return booking.Hold(ctx, tx, actor, by)
	})
}

// begin makes a held booking under the request key, the claim and the network of a request.
type begin func(ctx context.Context, tx models.DB, actor access.Actor, by booking.HoldRequest) (booking.Booking, error)

func (s *Site) holdWith(c echo.Context, secret string, places int, begin begin) (booking.Booking, error) {
	if len(secret) != secretLength {
		secret = access.NewSecret() // not a form of ours
	}
	b, err := s.holdOnce(c, secret, places, begin)
	if err == nil && b.Status != booking.Confirmed && !b.Live(s.db.Now()) {
		// The form had been used, and what it held has ended since: the person went back to it, and begins anew.
		secret = access.NewSecret()
		b, err = s.holdOnce(c, secret, places, begin)
	}
	if err != nil {
		return b, err
	}
	s.limits.holds.add(caller(c), b.ID, s.db.Now())
	return b, s.remember(c, b.ID, secret)
}

func (s *Site) holdOnce(c echo.Context, secret string, places int, begin begin) (b booking.Booking, err error) {
	ctx, actor, claim := c.Request().Context(), actorOf(c), s.keys.Claim(secret)
	by := booking.HoldRequest{RequestKey: "form/" + s.keys.Claim("form "+secret), ClaimHash: claim, Beside: s.limits.holds.by(caller(c), s.db.Now())}
	err = s.db.InTx(ctx, func(tx models.DB) error {
		if b, err = begin(ctx, tx, actor, by); err != nil {
			return err
		}
		if b.Status != booking.Held || !b.Live(tx.Now()) || len(b.Places) == places {
			return nil
		}
		b, err = booking.Resize(ctx, tx, actor.WithClaims(append(actor.Claims, claim)...), b.ID, places)
		return err
	})
	return b, err
}
