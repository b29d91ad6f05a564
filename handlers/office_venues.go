package handlers

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

func venueFrom(typed url.Values) templates.VenueFields {
	return templates.VenueFields{
		Name: line(typed, "name"), Address: lines(typed, "address"), Town: line(typed, "town"), Postcode: line(typed, "postcode"),
		StepFree: ticked(typed, "step-free"), HearingLoop: ticked(typed, "hearing-loop"),
	}
}

// officeVenues lists the places where face-to-face sessions happen.
func (s *Site) officeVenues(c echo.Context) error {
	return s.venuesPage(c, http.StatusOK, templates.VenueFields{}, nil)
}

func (s *Site) venuesPage(c echo.Context, status int, form templates.VenueFields, problems models.Problems) error {
	venues, err := scheduling.Venues(c.Request().Context(), s.db)
	if err != nil {
		return err
	}
	page := templates.VenuesPage{Page: s.officePage(c, "Venues", "venues"), Form: form}
	page.Problems = problems
	for _, v := range venues {
		row := templates.VenueRow{Name: v.Name, Address: strings.Join(v.Lines()[1:], ", "), Notes: []string{"Nothing known"}}
		if words := sentenceCase(accessWords(v)); words != "" {
			row.Notes = []string{words}
		}
		page.Rows = append(page.Rows, row)
	}
	return s.render(c, status, "office-venues", page)
}

// officeVenueAdd adds a venue.
func (s *Site) officeVenueAdd(c echo.Context) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	form, ctx := venueFrom(typed), c.Request().Context()
	problems, err := refused(s.db.InTx(ctx, func(tx models.DB) error {
		_, err := scheduling.AddVenue(ctx, tx, actorOf(c), scheduling.Venue{
			Name: form.Name, Address: form.Address, Town: form.Town, Postcode: form.Postcode,
			StepFree: form.StepFree, HearingLoop: form.HearingLoop, Demonstration: s.demonstration(),
		})
		return err
	}))
	if err != nil {
		return err
	}
	if problems != nil {
		return s.venuesPage(c, http.StatusUnprocessableEntity, form, problems)
	}
	return s.done(c, "/office/venues", form.Name+" is added.")
}
