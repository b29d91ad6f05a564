package handlers

import (
	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

// trainerOpen shows the empty form for a session of the signed-in trainer's own.
func (s *Site) trainerOpen(c echo.Context) error {
	by, err := s.trainerOpens(c)
	if err != nil {
		return err
	}
	return s.emptySession(c, by)
}

// trainerOpenSend opens it, with the form and the use case of the office.
func (s *Site) trainerOpenSend(c echo.Context) error {
	by, err := s.trainerOpens(c)
	if err != nil {
		return err
	}
	return s.openTyped(c, by)
}

// trainerOpens is the signed-in trainer opening a session for themselves. A person who is no trainer of the diary is not found.
func (s *Site) trainerOpens(c echo.Context) (opening, error) {
	self, err := scheduling.TrainerOf(c.Request().Context(), s.db, actorOf(c).PersonID)
	return opening{
		trainer: &self, url: "/trainer/sessions/new", back: templates.Action{Label: "Your sessions", URL: "/trainer"},
		frame: s.officePage, opened: trainerSessionURL,
	}, err
}
