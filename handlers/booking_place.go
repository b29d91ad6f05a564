package handlers

import (
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// placeForm names one person.
type placeForm struct {
	Name  string
	Email string
}

func placeFrom(typed url.Values) placeForm {
	return placeForm{Name: line(typed, "name"), Email: line(typed, "email")}
}

func placeURL(b booking.Booking, p booking.Place) string {
	return stepURL(b, "places/"+strconv.Itoa(p.Ordinal))
}

// placeOf finds the place that the address names.
func placeOf(c echo.Context, b booking.Booking) (booking.Place, error) {
	n, err := number(c, "place")
	if err != nil {
		return booking.Place{}, err
	}
	for _, p := range b.Places {
		if int64(p.Ordinal) == n {
			return p, nil
		}
	}
	return booking.Place{}, models.NotFound("This booking has no such place")
}

// placePage asks who takes a place.
func (s *Site) placePage(c echo.Context, b booking.Booking) error {
	p, err := placeOf(c, b)
	if err != nil {
		return err
	}
	return s.placeFormPage(c, b, p, placeForm{}, nil)
}

// placeSend names the person, or gives the place to another.
func (s *Site) placeSend(c echo.Context, b booking.Booking) error {
	p, err := placeOf(c, b)
	if err != nil {
		return err
	}
	typed, err := posted(c)
	if err != nil {
		return err
	}
	form, ctx := placeFrom(typed), c.Request().Context()
	var after booking.Booking
	err = s.db.InTx(ctx, func(tx models.DB) (err error) {
		after, err = s.desk.NamePlace(ctx, tx, actorOf(c), b.ID, p.Ordinal, booking.PersonNamed{Name: form.Name, Email: form.Email})
		return err
	})
	problems, err := refused(err)
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return s.placeFormPage(c, b, p, form, problems)
	}
	return s.done(c, bookingURL(b), namedWords(p, after.Places[p.Ordinal-1]))
}

func namedWords(before, after booking.Place) string {
	switch {
	case before.Email == after.Email:
		return "The name on the place is now " + after.Name + "."
	case before.Named():
		return after.Name + " has " + before.Name + "’s place now. We have told both of them."
	}
	return after.Name + " has the place now. We have sent them a calendar invitation."
}

func (s *Site) placeFormPage(c echo.Context, b booking.Booking, p booking.Place, form placeForm, problems models.Problems) error {
	if b.Status != booking.Confirmed || p.Status != booking.PlaceConfirmed {
		return s.redirect(c, bookingURL(b))
	}
	sale, err := s.saleOf(c.Request().Context(), b)
	if err != nil {
		return err
	}
	if sale.session.HasStarted(s.db.Now()) {
		return models.Fail(models.KindGone, "The session has started, so the name can no longer change")
	}
	view := sale.sum.Session
	page := templates.PlacePage{
		Page: s.bookingFrame(c, "Who is coming?"), Session: view, N: p.Ordinal, Of: len(b.Places), Named: p.Name, Name: form.Name, Email: form.Email,
		BackURL: bookingURL(b), Deadline: "You can change the name free until the session starts, on " + view.FirstDay().Long() + " at " +
			models.ClockTime(sale.session.FirstStart()) + ".",
	}
	page.Problems = problems
	return s.render(c, statusFor(problems), "place", page)
}
