package handlers

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

func (s *Site) accountRoutes() []Route {
	return []Route{{Method: http.MethodGet, Path: "/account", Rule: SignedIn, Handle: s.account}}
}

// mostListed bounds the lists of a person's or an organisation's own bookings.
const mostListed = 100

// account is a person's own page: their places, what they booked, the organisations they manage.
func (s *Site) account(c echo.Context) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	page := templates.AccountPage{Page: s.page(c, "Your account", "bookings"), Name: actor.Name, Email: actor.Email}
	page.Area, page.Background = templates.AreaAccount, templates.Mist
	var err error
	if page.Places, err = s.myPlaces(ctx, actor); err != nil {
		return err
	}
	if page.Bookings, err = s.myBookings(ctx, actor); err != nil {
		return err
	}
	for _, m := range actor.Organisations {
		page.Organisations = append(page.Organisations, templates.Action{Label: m.Name, URL: organisationURL(m.OrganisationID)})
	}
	return s.render(c, http.StatusOK, "account", page)
}

// myPlaces are the sessions on which the person has a place. Only here, to whoever has a place, is the link of a video call shown.
func (s *Site) myPlaces(ctx context.Context, actor access.Actor) ([]templates.MyPlace, error) {
	places, err := booking.PlacesOf(ctx, s.db, actor.PersonID)
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(places))
	for i, p := range places {
		ids[i] = p.SessionID
	}
	sessions, views, err := s.sessionsByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	var rows []templates.MyPlace
	for _, p := range places {
		session, view := sessions[p.SessionID], views[p.SessionID]
		row := templates.MyPlace{Session: view, State: myPlaceTag(session, view)}
		if !session.IsOver(s.db.Now()) {
			row.JoinURL = session.JoinLink
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func myPlaceTag(session scheduling.Session, view templates.Session) templates.Tag {
	if session.Status == scheduling.Cancelled || view.State == templates.SessionPast {
		return view.Tag()
	}
	return templates.Tag{Look: templates.TagInfo, Word: "Booked"}
}

// sessionsByID reads sessions by their ids, plain and as pages show them.
func (s *Site) sessionsByID(ctx context.Context, ids []int64) (map[int64]scheduling.Session, map[int64]templates.Session, error) {
	sessions, err := scheduling.FindMany(ctx, s.db, ids)
	if err != nil {
		return nil, nil, err
	}
	var list []scheduling.Session
	for _, one := range sessions {
		list = append(list, one)
	}
	shown, err := s.shown(ctx, list)
	if err != nil {
		return nil, nil, err
	}
	views := map[int64]templates.Session{}
	for i, one := range list {
		views[one.ID] = shown[i]
	}
	return sessions, views, nil
}

// myBookings are what the person booked, and what was begun in this browser and can still be finished.
func (s *Site) myBookings(ctx context.Context, actor access.Actor) ([]templates.BookingRow, error) {
	own := access.Scope{PersonID: actor.PersonID, Claims: actor.Claims}
	all, _, err := booking.List(ctx, s.db, own, booking.Filter{PerPage: mostListed})
	if err != nil {
		return nil, err
	}
	var kept []booking.Booking
	var ids []int64
	for _, b := range all {
		if b.Live(s.db.Now()) || b.Status == booking.Cancelled {
			kept, ids = append(kept, b), append(ids, b.SessionID)
		}
	}
	_, views, err := s.sessionsByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	rows := make([]templates.BookingRow, len(kept))
	for i, b := range kept {
		rows[i] = bookingRow(b, views[b.SessionID])
	}
	return rows, nil
}

// bookingRow is one booking in its booker's list.
func bookingRow(b booking.Booking, view templates.Session) templates.BookingRow {
	row := templates.BookingRow{
		Reference: b.Reference(), URL: bookingURL(b), Session: view, Places: len(b.Places), State: bookingTag(b.Status),
	}
	switch n := b.Unnamed(); {
	case b.Status == booking.Held:
		row.Note = "Held until " + models.ClockTime(b.HoldUntil)
	case b.Status == booking.Confirmed && n > 0 && view.State != templates.SessionPast:
		row.Note = countPeople(n) + " to name"
	}
	return row
}
