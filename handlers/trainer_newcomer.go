package handlers

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// newcomerForm is what was typed about somebody who came.
type newcomerForm struct{ Name, Email, Organisation, Request string }

func newcomerFrom(typed url.Values) newcomerForm {
	f := newcomerForm{
		Name: line(typed, "name"), Email: line(typed, "email"), Organisation: line(typed, "organisation"), Request: typed.Get("request"),
	}
	if len(f.Request) != secretLength {
		f.Request = access.NewSecret() // not a form of ours
	}
	return f
}

func (f newcomerForm) person() booking.PersonNamed {
	return booking.PersonNamed{Name: f.Name, Email: f.Email}
}

// newcomerPage is the page of either form; place is 0 for somebody who came without one.
func (s *Site) newcomerPage(c echo.Context, status int, sheet delivery.Register, place int64, form newcomerForm, problems models.Problems) error {
	register := registerURL(sheet.Session.ID, sheet.Part.Ordinal)
	page := templates.NewcomerPage{
		Back: templates.Action{Label: "The register", URL: register}, URL: register + "/walk-in", Heading: "Who came without a place?",
		Lead: "A place that their organisation has bought and not named is used first. Otherwise they get a free place, and the Hub office sends the invoice.",
		Name: form.Name, Email: form.Email, Organisation: form.Organisation, Request: form.Request,
	}
	if place != 0 {
		page.URL, page.Named, page.Request = register+"/places/"+strconv.FormatInt(place, 10), true, ""
		page.Heading, page.Lead = "Who came on this place?", "The place is bought already. Name the person who came, then mark them."
	}
	page.Page = s.trainerPage(c, page.Heading)
	page.Background, page.Problems = templates.White, problems
	return s.render(c, status, "trainer-newcomer", page)
}

// trainerWalkIn asks who came without a place.
func (s *Site) trainerWalkIn(c echo.Context) error {
	sheet, _, err := s.sheetAsked(c)
	if err != nil {
		return err
	}
	return s.newcomerPage(c, http.StatusOK, sheet, 0, newcomerForm{Request: access.NewSecret()}, nil)
}

// trainerWalkInSend adds them to the register. Sent twice, it adds one person.
func (s *Site) trainerWalkInSend(c echo.Context) error {
	return s.addNewcomer(c, 0, func(ctx context.Context, tx models.DB, session int64, form newcomerForm) (string, error) {
		came := booking.Came{Person: form.person(), Organisation: form.Organisation, RequestKey: form.Request}
		added, err := delivery.AddWalkIn(ctx, tx, actorOf(c), session, came)
		if added.Joined {
			return " has a place that their organisation had bought. Mark them now. The organisation is asked whether they work there.", err
		}
		return " is on the register. Mark them now. The Hub office sends the invoice.", err
	})
}

// unnamedPlace reads the register and the place in the address, which nobody is named for.
func (s *Site) unnamedPlace(c echo.Context) (sheet delivery.Register, place int64, named string, err error) {
	if sheet, _, err = s.sheetAsked(c); err != nil {
		return sheet, 0, "", err
	}
	if place, err = number(c, "place"); err != nil {
		return sheet, 0, "", err
	}
	for _, row := range sheet.Rows {
		if row.PlaceID == place {
			return sheet, place, row.Name, nil
		}
	}
	return sheet, 0, "", echo.ErrNotFound
}

// trainerName asks who came on a place that nobody is named for.
func (s *Site) trainerName(c echo.Context) error {
	sheet, place, named, err := s.unnamedPlace(c)
	if err != nil {
		return err
	}
	if named != "" {
		return s.done(c, registerURL(sheet.Session.ID, sheet.Part.Ordinal), "This place has been named for "+named+" already.")
	}
	return s.newcomerPage(c, http.StatusOK, sheet, place, newcomerForm{}, nil)
}

// trainerNameSend names them.
func (s *Site) trainerNameSend(c echo.Context) error {
	_, place, _, err := s.unnamedPlace(c)
	if err != nil {
		return err
	}
	return s.addNewcomer(c, place, func(ctx context.Context, tx models.DB, session int64, form newcomerForm) (string, error) {
		return " is on the register. Mark them now.", delivery.NameOnTheDay(ctx, tx, actorOf(c), session, place, form.person())
	})
}

// addNewcomer runs one of the two use cases with what was typed and goes back to the register. What it refuses stands on the form,
// with everything that was typed.
func (s *Site) addNewcomer(c echo.Context, place int64, add func(ctx context.Context, tx models.DB, session int64, form newcomerForm) (string, error)) error {
	sheet, _, err := s.sheetAsked(c)
	if err != nil {
		return err
	}
	typed, err := posted(c)
	if err != nil {
		return err
	}
	form, ctx, added := newcomerFrom(typed), c.Request().Context(), ""
	err = s.db.InTx(ctx, func(tx models.DB) (err error) {
		added, err = add(ctx, tx, sheet.Session.ID, form)
		return err
	})
	var full *models.Error
	if errors.As(err, &full) && full.Kind == models.KindFull {
		return s.newcomerPage(c, http.StatusConflict, sheet, place, form, models.Problems{full})
	}
	problems, err := refused(err)
	switch {
	case err != nil:
		return err
	case problems != nil:
		return s.newcomerPage(c, http.StatusUnprocessableEntity, sheet, place, form, problems)
	}
	return s.done(c, registerURL(sheet.Session.ID, sheet.Part.Ordinal), form.Name+added)
}
