package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/templates"
)

func (s *Site) publicRoutes() []Route {
	return []Route{
		{Method: http.MethodGet, Path: "/", Rule: Public, Handle: s.homePage},
		{Method: http.MethodGet, Path: "/course", Rule: Public, Handle: s.course},
		{Method: http.MethodGet, Path: "/tool", Rule: Public, Handle: s.tool},
		{Method: http.MethodGet, Path: "/prices", Rule: Public, Handle: s.prices},
		{Method: http.MethodGet, Path: "/sessions", Rule: Public, Handle: s.sessionList},
		{Method: http.MethodGet, Path: "/sessions/:session", Rule: Public, Handle: s.sessionPage},
	}
}

// tool tells what the assessment and planning tool is.
func (s *Site) tool(c echo.Context) error {
	return s.render(c, http.StatusOK, "tool", templates.ToolPage{Page: s.page(c, "The tool", "tool")})
}
