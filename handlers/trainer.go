package handlers

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

// trainerRoutes are the pages of the day: the diary, sessions, registers, completing. A session's pages are for its own trainers and
// the office; to everybody else the session is not found.
func (s *Site) trainerRoutes() []Route {
	var all []Route
	add := func(rule Rule, method, path string, handle echo.HandlerFunc) {
		all = append(all, Route{Method: method, Path: "/trainer" + path, Rule: rule, Handle: handle})
	}
	get := func(path string, handle echo.HandlerFunc) {
		add(Teaching, http.MethodGet, "/sessions/:session"+path, handle)
	}
	post := func(path string, handle echo.HandlerFunc) {
		add(Teaching, http.MethodPost, "/sessions/:session"+path, handle)
	}
	add(Trainer, http.MethodGet, "", s.trainer)
	add(Trainer, http.MethodGet, "/sessions/new", s.trainerOpen)
	add(Trainer, http.MethodPost, "/sessions/new", s.trainerOpenSend)
	get("", s.trainerSession)
	get("/move", s.trainerMove)
	post("/move", s.trainerMoveSend)
	get("/register/:part", s.trainerRegister)
	post("/register/:part", s.trainerRegisterSave)
	get("/register/:part/rest", s.trainerRest)
	post("/register/:part/rest", s.trainerRestSend)
	get("/register/:part/walk-in", s.trainerWalkIn)
	post("/register/:part/walk-in", s.trainerWalkInSend)
	get("/register/:part/places/:place", s.trainerName)
	post("/register/:part/places/:place", s.trainerNameSend)
	get("/register/:part/catch-up", s.trainerCatchUp)
	post("/register/:part/catch-up", s.trainerCatchUpSend)
	get("/complete", s.trainerComplete)
	post("/complete", s.trainerCompleteSend)
	get("/undo", s.trainerUndo)
	post("/undo", s.trainerUndoSend)
	return all
}

// taught reads the session in the address for one of its own trainers or the office. To anybody else there is none.
func (s *Site) taught(c echo.Context) (scheduling.Session, error) {
	id, err := number(c, "session")
	if err != nil {
		return scheduling.Session{}, err
	}
	found, err := scheduling.FindAny(c.Request().Context(), s.db, id)
	if err == nil && !found.TaughtBy(actorOf(c)) {
		err = echo.ErrNotFound
	}
	return found, err
}

// trainerPage is the frame of a session's page here. The office comes to it from its own part of the house, and stays there.
func (s *Site) trainerPage(c echo.Context, title string) templates.Page {
	p := s.page(c, title, "sessions")
	if p.Background = templates.Mist; !actorOf(c).Is(access.RoleTrainer) {
		p.Area = templates.AreaOffice
	}
	return p
}

// trainerBack leads from a session back to where the person comes from.
func trainerBack(actor access.Actor, id int64) templates.Action {
	if !actor.Is(access.RoleTrainer) {
		return templates.Action{Label: "The session in the office", URL: officeSessionURL(id)}
	}
	return templates.Action{Label: "Your sessions", URL: "/trainer"}
}

func trainerSessionURL(id int64) string { return "/trainer/sessions/" + strconv.FormatInt(id, 10) }

func registerURL(id int64, part int) string {
	return trainerSessionURL(id) + "/register/" + strconv.Itoa(part)
}

// registerBehind is the way back to the register, or the session, from a page of its address; nil anywhere else.
func registerBehind(c echo.Context) *templates.Action {
	if !strings.HasPrefix(c.Path(), "/trainer/sessions/:session") {
		return nil
	}
	id, err := number(c, "session")
	if err != nil {
		return nil
	}
	if part, err := number(c, "part"); err == nil {
		return &templates.Action{Label: "Go back to the register", URL: registerURL(id, int(part))}
	}
	return &templates.Action{Label: "Go back to the session", URL: trainerSessionURL(id)}
}

// toTrainerSession leads back to the session.
func toTrainerSession(id int64) templates.Action {
	return templates.Action{Label: "The session", URL: trainerSessionURL(id)}
}
