package handlers

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// statusOf is the one table from a kind of failure to an HTTP status.
func statusOf(kind models.Kind) int {
	switch kind {
	case models.KindInvalid:
		return http.StatusUnprocessableEntity
	case models.KindNotFound:
		return http.StatusNotFound
	case models.KindConflict, models.KindFull:
		return http.StatusConflict
	case models.KindForbidden:
		return http.StatusForbidden
	case models.KindGone:
		return http.StatusGone
	}
	return http.StatusInternalServerError
}

// failure is what a person is told: a status, and the sentence of a use case when there is one.
type failure struct {
	status   int
	sentence string
}

// failureOf sorts an error. An error that nobody wrote for people is our fault, and none of its words are shown.
func failureOf(err error) failure {
	f := failure{status: http.StatusInternalServerError}
	var he *echo.HTTPError
	if errors.As(err, &he) {
		f.status = he.Code
		if he.Internal != nil {
			err = he.Internal
		}
	}
	var e *models.Error
	if errors.As(err, &e) && e.Kind != models.KindInternal {
		f.sentence = e.Msg
		if he == nil {
			f.status = statusOf(e.Kind)
		}
	}
	return f
}

// statusLeft stands in the log for a person who left before the answer; there is no official number.
const statusLeft = 499

const errorPageTime = 5 * time.Second

// answerError is Echo's error handler: every error of every route ends here, once.
func (s *Site) answerError(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	if errors.Is(err, context.Canceled) {
		_ = c.NoContent(statusLeft) // the person has left; nobody reads the answer
		return
	}
	// The request's own time is over by now; drawing the error page gets a little of its own.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Request().Context()), errorPageTime)
	defer cancel()
	c.SetRequest(c.Request().WithContext(ctx))
	f := failureOf(err)
	if err := s.answer(c, f); err != nil && !c.Response().Committed {
		s.log.Error("error page", slog.String("request_id", reference(c)), slog.String("error", err.Error()))
		_ = c.HTMLBlob(http.StatusInternalServerError, s.lastWord) // to a connection that is gone; nothing is left to do
	}
}

func (s *Site) answer(c echo.Context, f failure) error {
	switch path := c.Request().URL.Path; {
	case c.Request().Method == http.MethodHead:
		return c.NoContent(f.status)
	case strings.HasPrefix(path, "/static/"), strings.HasPrefix(path, "/webhooks/"), path == "/healthz", path == "/readyz":
		return c.String(f.status, strings.ToLower(http.StatusText(f.status))+"\n")
	}
	page := errorWords(f)
	page.Page = s.page(c, page.Heading, "")
	if strings.HasPrefix(c.Request().URL.Path, "/tool/") {
		page.Crisis, page.Typed = crisisPanel(s.panel(c).Contacts), s.typedTexts(c)
	}
	if back := registerBehind(c); back != nil && f.status == http.StatusConflict {
		page.Actions = append([]templates.Action{*back}, page.Actions...)
	}
	if f.status >= http.StatusInternalServerError {
		page.Reference = reference(c)
	}
	return s.render(c, f.status, "error", page)
}

// errorWords says what happened, what it means and what to do, in that order.
func errorWords(f failure) templates.ErrorPage {
	home := templates.Action{Label: "Go to the home page", URL: "/"}
	contact := templates.Action{Label: "Contact the Hub", URL: "/contact"}
	p := templates.ErrorPage{Actions: []templates.Action{home, contact}}
	switch f.status {
	case http.StatusNotFound:
		p.Heading = "We cannot find that page"
		p.Lines = said(f, "The address may be incomplete, or the page may be for somebody else. Check the address, or sign in first.")
	case http.StatusForbidden:
		p.Heading = "You cannot do that here"
		p.Lines = said(f, "Nothing was changed.")
	case http.StatusGone:
		p.Heading = "That has ended"
		p.Lines = said(f, "Nothing was changed.")
	case http.StatusConflict:
		p.Heading = "That cannot be done now"
		p.Lines = said(f, "Something changed while you were looking at the page. Go back and load it again.")
	case http.StatusMethodNotAllowed:
		p.Heading = "That page does not work that way"
		p.Lines = said(f, "Go back, reload the page and try again.")
	case http.StatusRequestEntityTooLarge:
		p.Heading = "That is more than we can take"
		p.Lines = said(f, "Nothing was saved. Go back and send less.")
	case http.StatusTooManyRequests:
		p.Heading = "That was often enough for now"
		p.Lines = said(f, "Try again in an hour.")
	case http.StatusServiceUnavailable:
		p.Heading = "That took too long"
		p.Lines = said(f, "We do not know whether it was finished. Look before you try again.")
	default:
		p.Heading = "Something went wrong on our side"
		p.Lines = said(f, "We cannot say yet whether what you did was finished. Look before you try again. If it goes wrong again, tell the Hub the reference.")
		if f.status < http.StatusInternalServerError {
			p.Heading = "We could not read that"
			p.Lines = said(f, "Nothing was changed. Go back, reload the page and try again.")
		}
	}
	return p
}

// said is the sentence of the use case, or what is true of every failure of this status.
func said(f failure, otherwise string) []string {
	if f.sentence != "" {
		return []string{strings.TrimSuffix(f.sentence, ".") + "."}
	}
	return []string{otherwise}
}

// drawLastWord draws the error page once, at start, for when it cannot be drawn later.
func (s *Site) drawLastWord() ([]byte, error) {
	page := errorWords(failure{status: http.StatusInternalServerError})
	page.Page = templates.Page{Title: page.Heading}
	var body bytes.Buffer
	err := s.pages.Render(&body, "error", page)
	return body.Bytes(), err
}
