package handlers

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

// How much a request may send and how long it may take.
const (
	mostBody = "1MiB"
	mostText = "8MiB" // in the tool: more than any note may have, so that what is too long is refused on its own page, with all of it
	mostTime = 20 * time.Second
)

// useMiddleware sets what surrounds every request, outermost first. The order matters: a panic travels as an error through the
// logger, and the error page already has its headers.
func (s *Site) useMiddleware() {
	s.echo.Use(
		requestID,
		s.requestLog(),
		middleware.RecoverWithConfig(middleware.RecoverConfig{DisableErrorHandler: true, LogErrorFunc: s.logPanic}),
		s.securityHeaders,
		middleware.BodyLimitWithConfig(middleware.BodyLimitConfig{Limit: mostBody, Skipper: writesCases}),
		middleware.BodyLimitWithConfig(middleware.BodyLimitConfig{Limit: mostText, Skipper: func(c echo.Context) bool { return !writesCases(c) }}),
		middleware.ContextTimeout(mostTime),
	)
}

// writesCases says that a request may hold the texts of a case.
func writesCases(c echo.Context) bool { return strings.HasPrefix(c.Request().URL.Path, toolCases+"/") }

// pageMiddleware surrounds a page: browser session, who asks, form token, rule.
func (s *Site) pageMiddleware(r Route) []echo.MiddlewareFunc {
	around := []echo.MiddlewareFunc{s.session, s.whoAsks, s.formToken(), s.guard(r.Rule)}
	if r.Rule == Licensed {
		around = append(around, s.licensed)
	}
	if r.Pays {
		around = append([]echo.MiddlewareFunc{s.paysOnward}, around...)
	}
	return around
}

func (s *Site) machineMiddleware(r Route) []echo.MiddlewareFunc {
	if strings.HasPrefix(r.Path, "/static/") {
		return []echo.MiddlewareFunc{middleware.Gzip()}
	}
	return nil
}

// requestID gives each request the reference that stands in the log and, after a fault, on the page. One sent by the client is not
// taken over.
func requestID(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		raw := make([]byte, 5)
		_, _ = rand.Read(raw) // never fails: crypto/rand ends the program instead
		c.Response().Header().Set(echo.HeaderXRequestID, base32.StdEncoding.EncodeToString(raw))
		return next(c)
	}
}

func reference(c echo.Context) string { return c.Response().Header().Get(echo.HeaderXRequestID) }

// requestLog writes one line per request. It names the route, not the address: addresses may hold sign-in tokens.
func (s *Site) requestLog() echo.MiddlewareFunc {
	return middleware.RequestLoggerWithConfig(middleware.RequestLoggerConfig{
		LogMethod: true, LogRoutePath: true, LogStatus: true, LogLatency: true, LogError: true, HandleError: true,
		LogValuesFunc: func(c echo.Context, v middleware.RequestLoggerValues) error {
			level, attrs := levelOf(v), []slog.Attr{
				slog.String("method", v.Method), slog.String("route", v.RoutePath), slog.Int("status", v.Status),
				slog.Duration("took", v.Latency), slog.String("request_id", reference(c)),
			}
			if v.Error != nil {
				attrs = append(attrs, slog.String("error", v.Error.Error()))
			}
			s.log.LogAttrs(context.WithoutCancel(c.Request().Context()), level, "request", attrs...)
			return nil
		},
	})
}

// levelOf keeps the log readable: our faults are errors, people who left are not.
func levelOf(v middleware.RequestLoggerValues) slog.Level {
	switch {
	case errors.Is(v.Error, context.Canceled):
		return slog.LevelDebug
	case v.Status >= http.StatusInternalServerError:
		return slog.LevelError
	case strings.HasPrefix(v.RoutePath, "/static/"), v.RoutePath == "/healthz", v.RoutePath == "/readyz":
		return slog.LevelDebug
	}
	return slog.LevelInfo
}

func (s *Site) logPanic(c echo.Context, err error, stack []byte) error {
	s.log.Error("panic", slog.String("request_id", reference(c)), slog.String("error", err.Error()), slog.String("stack", string(stack)))
	return err
}
