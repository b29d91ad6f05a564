package handlers

import (
	"context"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

// placesForm asks for places on a session.
type placesForm struct {
	Places  string
	Request string
}

func placesFrom(typed url.Values) placesForm {
	return placesForm{Places: line(typed, "places"), Request: typed.Get("request")}
}

// bookPlaces is the first step: how many places. A session that cannot be booked says so on its own page.
func (s *Site) bookPlaces(c echo.Context) error {
	id, err := number(c, "session")
	if err != nil {
		return err
	}
	form := placesFrom(c.QueryParams())
	if form.Places == "" {
		form.Places = "1"
	}
	form.Request = access.NewSecret()
	return s.bookPlacesPage(c, http.StatusOK, id, form, nil)
}

// bookPlacesSend holds the places. Sent twice, it is one hold; sent again with another number, that hold is resized.
func (s *Site) bookPlacesSend(c echo.Context) error {
	ctx := c.Request().Context()
	id, err := number(c, "session")
	if err != nil {
		return err
	}
	typed, err := posted(c)
	if err != nil {
		return err
	}
	form := placesFrom(typed)
	session, err := scheduling.Find(ctx, s.db, id)
	if err != nil {
		return err
	}
	tariff, err := billing.LoadTariff(ctx, s.db)
	if err != nil {
		return err
	}
	var problems models.Problems
	places := checkPlaces(&problems, "places", form.Places, tariff, session.Format, s.db.Today())
	if len(problems) == 0 {
		b, err := s.hold(c, booking.HoldRequest{SessionID: id, Places: places}, form.Request)
		if problems, err = refused(err); err != nil {
			return err
		}
		if len(problems) == 0 {
			return s.redirect(c, stepURL(b, "people"))
		}
	}
	return s.bookPlacesPage(c, http.StatusUnprocessableEntity, id, form, problems)
}

// bookPlacesPage draws the first step, or sends to the session's own page when nobody can book it.
func (s *Site) bookPlacesPage(c echo.Context, status int, session int64, form placesForm, problems models.Problems) error {
	ctx := c.Request().Context()
	found, err := scheduling.Find(ctx, s.db, session)
	if err != nil {
		return err
	}
	view, err := s.shownOne(ctx, found)
	if err != nil {
		return err
	}
	most, err := s.mostPlaces(ctx, actorOf(c), view, session)
	if err != nil {
		return err
	}
	if problems == nil && most == 0 || found.BookableAt(s.db.Now()) != nil {
		return s.redirect(c, sessionURL(session))
	}
	page := templates.BookPlacesPage{
		Page: s.bookingFrame(c, "How many places?"), Steps: templates.BookingSteps(templates.StepPlaces), Session: view,
		Places: form.Places, Max: most, Request: form.Request,
	}
	page.Background, page.Problems = templates.Mist, problems
	return s.render(c, status, "book-places", page)
}

// mostPlaces is how many places can be chosen now: those that this browser holds come free when it holds others.
func (s *Site) mostPlaces(ctx context.Context, actor access.Actor, view templates.Session, session int64) (int, error) {
	tariff, err := billing.LoadTariff(ctx, s.db)
	if err != nil {
		return 0, err
	}
	left := view.PlacesLeft
	if len(actor.Claims) > 0 {
		scope := access.Scope{Claims: actor.Claims}
		own, _, err := booking.List(ctx, s.db, scope, booking.Filter{SessionID: session, Status: booking.Held})
		if err != nil {
			return 0, err
		}
		for _, b := range own {
			if b.Live(s.db.Now()) {
				left += len(b.Places)
			}
		}
	}
	return min(left, tariff.Limits.OpenAccessMax), nil
}
