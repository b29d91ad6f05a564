package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// alive says that the program runs.
func (s *Site) alive(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }

// ready says that the program can serve people: the database answers.
func (s *Site) ready(c echo.Context) error {
	if err := s.db.Ping(c.Request().Context()); err != nil {
		return echo.NewHTTPError(http.StatusServiceUnavailable).SetInternal(err)
	}
	return c.String(http.StatusOK, "ready\n")
}
