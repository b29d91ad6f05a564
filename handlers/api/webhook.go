// Package api is what other programs call: Stripe's webhooks now, our own API later. It has no browser sessions and no form tokens; each
// caller proves itself by a signature.
package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
)

// Webhook receives Stripe's events.
type Webhook struct {
	Secrets []string // the signing secret and, while it is being changed, the old one
	Live    bool     // events of real payments are expected, and only these
	Clock   models.Clock
	Receive func(ctx context.Context, e billing.Event) error // records and settles; may be called again with the same event
	Log     *slog.Logger
}

// mostBytes is the longest event that is read. Stripe's are a few thousand bytes.
const mostBytes = 1 << 20

// Stripe answers 200 when the event is recorded, 400 when it was not signed by Stripe for us, 413 when it is too long to be read, and 500 when it could not be dealt
// with, so that Stripe sends it again. The event is only a hint: Receive asks Stripe for the object itself.
func (w Webhook) Stripe(c echo.Context) error {
	payload, err := io.ReadAll(http.MaxBytesReader(c.Response(), c.Request().Body, mostBytes)) // as it came: the signature is over the bytes
	var tooLong *http.MaxBytesError
	switch {
	case errors.As(err, &tooLong):
		return echo.NewHTTPError(http.StatusRequestEntityTooLarge).SetInternal(err)
	case err != nil:
		return err
	}
	event, err := billing.VerifyWebhook(payload, c.Request().Header.Get("Stripe-Signature"), w.Secrets, w.Clock.Now(), w.Live)
	switch {
	case errors.Is(err, billing.ErrForgedWebhook), errors.Is(err, billing.ErrWrongMode):
		return echo.NewHTTPError(http.StatusBadRequest).SetInternal(err)
	case err != nil: // a fault of ours: Stripe sends it again, once it is mended
		return err
	}
	if event.OtherVersion() {
		w.Log.Warn("webhook of another API version", slog.String("event", event.ID), slog.String("version", event.APIVersion))
	}
	if err := w.Receive(c.Request().Context(), event); err != nil {
		return fmt.Errorf("webhook %s (%s): %w", event.ID, event.Type, err)
	}
	return c.String(http.StatusOK, "received\n")
}
