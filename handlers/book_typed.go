package handlers

import (
	"fmt"
	"net/url"
	"path"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/booking"
)

// mostTyped bounds what is kept of one form, in bytes.
const mostTyped = 16 << 10

// typedKey is where the browser session keeps what was typed into a step of a booking on a session.
func typedKey(b booking.Booking, step string) string {
	return fmt.Sprintf("typed-%s-%d", step, b.SessionID)
}

// keepTyped keeps the form that was just sent when it could not be saved because the hold had ended, until the places are held
// again: its step is the last part of its address.
func (s *Site) keepTyped(c echo.Context, b booking.Booking) {
	typed, err := posted(c)
	if err != nil || len(typed) == 0 {
		return
	}
	if text := typed.Encode(); len(text) <= mostTyped {
		s.sessions.Put(c.Request().Context(), typedKey(b, path.Base(c.Path())), text)
	}
}

// typedBefore is what keepTyped kept for a step, once; nil when there is nothing.
func (s *Site) typedBefore(c echo.Context, b booking.Booking, step string) url.Values {
	ctx, key := c.Request().Context(), typedKey(b, step)
	if !s.sessions.Exists(ctx, key) {
		return nil
	}
	typed, err := url.ParseQuery(s.sessions.PopString(ctx, key))
	if err != nil {
		return nil
	}
	return typed
}
