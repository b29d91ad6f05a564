package handlers

import (
	"context"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

func (s *Site) accountRoutes() []Route {
	return []Route{{Method: http.MethodGet, Path: "/account", Rule: SignedIn, Handle: s.account}}
}

// readAtOnce is how many rows of a list that is shown whole are read at a time.
const readAtOnce = 100

// allBookings reads every booking that the scope sees and the filter leaves, newest first.
func (s *Site) allBookings(ctx context.Context, scope access.Scope, f booking.Filter) ([]booking.Booking, error) {
	var all []booking.Booking
	f.PerPage = readAtOnce
	for f.Page = 1; ; f.Page++ {
		part, _, err := booking.List(ctx, s.db, scope, f)
		if err != nil {
			return nil, err
		}
		if all = append(all, part...); len(part) < readAtOnce {
			return all, nil
		}
	}
}

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
	if err := s.addLicence(ctx, actor, &page); err != nil {
		return err
	}
	for _, m := range actor.Organisations {
		page.Organisations = append(page.Organisations, templates.Action{Label: m.Name, URL: organisationURL(m.OrganisationID)})
	}
	return s.render(c, http.StatusOK, "account", page)
}

// addLicence puts the person's licence and certificates on their page, once training is in sight.
func (s *Site) addLicence(ctx context.Context, actor access.Actor, page *templates.AccountPage) error {
	certificates, err := licensing.CertificatesOf(ctx, s.db, access.Scope{PersonID: actor.PersonID}, actor.PersonID)
	if err != nil {
		return err
	}
	page.Certificates = certificateRows(certificates)
	l, d, err := licensing.DecideFor(ctx, s.db, actor.PersonID)
	if err != nil {
		return err
	}
	if l.ID != 0 || len(page.Certificates) > 0 || len(page.Places) > 0 {
		card := licenceCard(l, d)
		page.Licence = &card
	}
	return nil
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
	completed, err := delivery.Completions(ctx, s.db, access.Scope{PersonID: actor.PersonID}, delivery.Filter{PersonID: actor.PersonID, Live: true})
	if err != nil {
		return nil, err
	}
	trained := map[int64]bool{}
	for _, c := range completed {
		trained[c.SessionID] = true
	}
	var rows []templates.MyPlace
	for _, p := range places {
		session, view := sessions[p.SessionID], views[p.SessionID]
		row := templates.MyPlace{Session: view, State: myPlaceTag(session, view)}
		if trained[p.SessionID] {
			row.State = templates.Tag{Look: templates.TagOK, Word: "Trained"}
		}
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
	held, err := s.allBookings(ctx, own, booking.Filter{Status: booking.Held})
	if err != nil {
		return nil, err
	}
	bought, err := s.allBookings(ctx, own, booking.Filter{Bought: true})
	if err != nil {
		return nil, err
	}
	kept := append(slices.DeleteFunc(held, func(b booking.Booking) bool { return !b.Live(s.db.Now()) }), bought...)
	_, views, err := s.sessionsByID(ctx, sessionIDs(kept))
	if err != nil {
		return nil, err
	}
	rows := make([]templates.BookingRow, len(kept))
	for i, b := range kept {
		rows[i] = bookingRow(b, views[b.SessionID])
	}
	return rows, nil
}

func sessionIDs(bookings []booking.Booking) []int64 {
	ids := make([]int64, len(bookings))
	for i, b := range bookings {
		ids[i] = b.SessionID
	}
	return ids
}

// bookingRow is one booking in its booker's list.
func bookingRow(b booking.Booking, view templates.Session) templates.BookingRow {
	row := templates.BookingRow{
		Reference: b.Reference(), URL: bookingURL(b), Session: view, Places: len(b.Standing()), State: bookingTag(b.Status),
	}
	switch n := b.Unnamed(); {
	case b.Status == booking.Held:
		row.Note = "Held until " + models.ClockTime(b.HoldUntil)
	case b.Status == booking.Confirmed && n > 0 && view.State != templates.SessionPast:
		row.Note = countPeople(n) + " to name"
	}
	return row
}
