package handlers_test

import (
	"errors"
	"fmt"
	"net/http"
	"testing"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/handlers"
	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// Every error page says what happened in its heading, what it means and what to do in one line, and two ways on; only our own faults
// have a reference. A sentence of a use case stands in the place of the line, with one full stop.
func TestErrors_EachSaysWhatItMeansAndWhatToDo(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		const again = "Go back, reload the page and try again."
		for n, c := range []struct {
			err           error
			status        int
			heading, line string
		}{
			{echo.ErrBadRequest, 400, "We could not read that", "Nothing was changed. " + again},
			{echo.ErrForbidden, 403, "You cannot do that here", "Nothing was changed."},
			{echo.ErrNotFound, 404, "We cannot find that page", "The address may be incomplete, or the page may be for somebody else. Check the address, or sign in first."},
			{echo.ErrMethodNotAllowed, 405, "That page does not work that way", again},
			{echo.NewHTTPError(409), 409, "That cannot be done now", "Something changed while you were looking at the page. Go back and load it again."},
			{echo.NewHTTPError(410), 410, "That has ended", "Nothing was changed."},
			{echo.ErrStatusRequestEntityTooLarge, 413, "That is more than we can take", "Nothing was saved. Go back and send less."},
			{echo.ErrTooManyRequests, 429, "That was often enough for now", "Try again in an hour."},
			{errors.New("a fault"), 500, "Something went wrong on our side", "We cannot say yet whether what you did was finished. Look before you try again. If it goes wrong again, tell the Hub the reference."},
			{models.Fail(models.KindInternal, "a fault"), 500, "Something went wrong on our side", "We cannot say yet whether what you did was finished. Look before you try again. If it goes wrong again, tell the Hub the reference."},
			{echo.ErrServiceUnavailable, 503, "That took too long", "We do not know whether it was finished. Look before you try again."},
			{models.Fail(models.KindConflict, "Somebody was first"), 409, "That cannot be done now", "Somebody was first."},
			{models.Fail(models.KindGone, "It has ended."), 410, "That has ended", "It has ended."},
			{echo.NewHTTPError(429).SetInternal(models.Fail(models.KindConflict, "Wait a little")), 429, "That was often enough for now", "Wait a little."},
		} {
			path := fmt.Sprintf("/test/%d", n)
			w.Site.Add(handlers.Route{Method: http.MethodGet, Path: path, Rule: handlers.Public, Handle: func(echo.Context) error { return c.err }})
			page := w.Browser().Get(path).Must(c.status)
			if heading, lines := page.Text("main h1"), page.Doc.Find("main p:not(.ssph-second)"); heading != c.heading || lines.Length() != 1 || lines.Text() != c.line {
				t.Errorf("%v: %q and %q, want %q and %q", c.err, heading, lines.Text(), c.heading, c.line)
			}
			if ways := page.Text("main li:nth-child(1)") + ", " + page.Text("main li:nth-child(2)"); ways != "Go to the home page, Contact the Hub" {
				t.Errorf("%v: the ways on are %q", c.err, ways)
			}
			if has := page.Has("main p.ssph-second strong"); has != (c.status >= 500) {
				t.Errorf("%v: a reference: %v", c.err, has)
			}
		}
	})
}
