package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// bookRoutes are the steps of booking, each with an address of its own, and what leads out of them.
func (s *Site) bookRoutes() []Route {
	get := func(path string, answer stepHandler) Route {
		return Route{Method: http.MethodGet, Path: path, Rule: Holder, Handle: s.onStep(answer)}
	}
	post := func(path string, answer stepHandler) Route {
		return Route{Method: http.MethodPost, Path: path, Rule: Holder, Handle: s.onStep(answer)}
	}
	pays := func(r Route) Route { r.Pays = true; return r }
	return []Route{
		{Method: http.MethodGet, Path: "/sessions/:session/book", Rule: Public, Handle: s.bookPlaces},
		{Method: http.MethodPost, Path: "/sessions/:session/book", Rule: Public, Handle: s.bookPlacesSend},
		get("/bookings/:ref/people", s.bookPeople),
		post("/bookings/:ref/people", s.bookPeopleSend),
		get("/bookings/:ref/billing", s.bookBilling),
		post("/bookings/:ref/billing", s.bookBillingSend),
		pays(get("/bookings/:ref/check", s.bookCheck)),
		pays(get("/bookings/:ref/pay", s.bookPayBack)),
		pays(post("/bookings/:ref/pay", s.bookPay)),
		get("/bookings/:ref/sent", s.bookSent),
		post("/bookings/:ref/give-up", s.bookGiveUp),
		{Method: http.MethodGet, Path: "/bookings/:ref/return", Rule: Holder, Handle: s.onBooking(s.bookReturn)},
		{Method: http.MethodPost, Path: "/bookings/:ref/again", Rule: Holder, Handle: s.onBooking(s.bookAgain)},
	}
}

// stepHandler answers a route for the booking its address names.
type stepHandler func(c echo.Context, b booking.Booking) error

// onBooking finds the booking that the address names. For whoever may not see it, it is not there.
func (s *Site) onBooking(answer stepHandler) echo.HandlerFunc {
	return func(c echo.Context) error {
		id, err := booking.ParseReference(c.Param("ref"))
		if err != nil {
			return s.notTheirs(c, err)
		}
		b, err := booking.Find(c.Request().Context(), s.db, actorOf(c).Scope(), id)
		if models.KindOf(err) == models.KindNotFound {
			return s.notTheirs(c, err)
		}
		if err != nil {
			return err
		}
		return answer(c, b)
	}
}

// onStep is onBooking for a step of a booking that is not finished: a finished one leads to its own page, and one whose hold has
// ended, before or while the step was answered, to the way back.
func (s *Site) onStep(answer stepHandler) echo.HandlerFunc {
	return s.onBooking(func(c echo.Context, b booking.Booking) error {
		switch {
		case b.Status == booking.Confirmed || b.Status == booking.Cancelled:
			return s.redirect(c, bookingURL(b))
		case !b.Live(s.db.Now()):
			s.keepTyped(c, b)
			return s.holdEnded(c, b)
		}
		err := answer(c, b)
		switch kind := models.KindOf(err); {
		case c.Response().Committed, kind != models.KindGone && kind != models.KindFull:
			return err
		}
		s.keepTyped(c, b)
		return s.holdEndedBecause(c, b, err)
	})
}

// notTheirs is the same page for a booking that does not exist and one that is somebody else's, with the way to sign in.
func (s *Site) notTheirs(c echo.Context, err error) error {
	if actorOf(c).SignedIn() {
		return err
	}
	page := templates.ErrorPage{
		Page: s.page(c, "Sign in to see this booking", ""), Heading: "Sign in to see this booking",
		Lines: []string{
			"We have no booking with that number that you can see in this browser.",
			"If you booked it, sign in with the email address you gave.",
		},
		Actions: []templates.Action{
			{Label: "Sign in", URL: signInURL(c.Request())}, {Label: "See training dates", URL: "/sessions"},
		},
	}
	return s.render(c, http.StatusNotFound, "error", page)
}
