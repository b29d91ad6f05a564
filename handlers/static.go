package handlers

import (
	"io/fs"
	"net/http"
	"path"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/templates"
)

// static serves the built front end. An address with a version never changes its content, so browsers keep it for ever.
func static() echo.HandlerFunc {
	files := templates.StaticFS()
	serve := http.StripPrefix("/static/", http.FileServerFS(files))
	return func(c echo.Context) error {
		name := path.Clean(c.Param("*"))
		if info, err := fs.Stat(files, name); err != nil || info.IsDir() {
			return echo.ErrNotFound
		}
		keep := "no-cache"
		if c.QueryParam("v") != "" {
			keep = "public, max-age=31536000, immutable"
		}
		c.Response().Header().Set(echo.HeaderCacheControl, keep)
		serve.ServeHTTP(c.Response(), c.Request())
		return nil
	}
}
