package handlers

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

// nextDates is how many coming dates the first page and the course page show.
const nextDates = 3

// homePage is the first page: what it is, what it costs, the next dates.
func (s *Site) homePage(c echo.Context) error {
	ctx := c.Request().Context()
	page := templates.HomePage{Page: s.page(c, "", "")}
	if err := s.homePrices(ctx, &page); err != nil {
		return err
	}
	programme, err := s.programme(ctx)
	if err != nil {
		return err
	}
	if programme != nil {
		page.Statement = programme.Statement
	}
	if page.Next, page.DatesCount, err = s.nextDates(ctx); err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "home", page)
}

func (s *Site) homePrices(ctx context.Context, page *templates.HomePage) error {
	tariff, err := billing.LoadTariff(ctx, s.db)
	if err != nil {
		return err
	}
	for _, one := range []struct {
		to     *models.Pence
		route  billing.Route
		format billing.Format
	}{
		{&page.OpenFace, billing.OpenAccess, billing.FaceToFace},
		{&page.OpenOnline, billing.OpenAccess, billing.Online},
		{&page.OwnFace, billing.Bespoke, billing.FaceToFace},
		{&page.OwnOnline, billing.Bespoke, billing.Online},
	} {
		price, err := tariff.Prices.Net(one.route, one.format, s.db.Today())
		if err != nil {
			return err
		}
		*one.to = price.Net
	}
	rate, err := tariff.VAT.At(s.db.Today())
	page.VATRate = rate.Rate
	return err
}

// nextDates are the next few open dates, and how many there are in all.
func (s *Site) nextDates(ctx context.Context) ([]templates.Session, int, error) {
	found, err := scheduling.Upcoming(ctx, s.db, scheduling.Filter{})
	if err != nil {
		return nil, 0, err
	}
	next, err := s.shown(ctx, found[:min(len(found), nextDates)])
	return next, len(found), err
}

// programme is the accreditation in force today, or nil outside its dates.
func (s *Site) programme(ctx context.Context) (*templates.Accreditation, error) {
	course, err := scheduling.TheCourse(ctx, s.db)
	if err != nil {
		return nil, err
	}
	record, found, err := scheduling.Accreditation(ctx, s.db, course.ID, s.db.Today())
	if err != nil || !found {
		return nil, err
	}
	return &templates.Accreditation{
		Statement: record.Statement(), Reference: record.Reference, From: record.ValidFrom, To: record.ValidTo,
		Components: record.Components, Demonstration: record.Demonstration,
	}, nil
}

// course tells what the day covers.
func (s *Site) course(c echo.Context) error {
	ctx := c.Request().Context()
	tariff, err := billing.LoadTariff(ctx, s.db)
	if err != nil {
		return err
	}
	face, err := tariff.Prices.Net(billing.OpenAccess, billing.FaceToFace, s.db.Today())
	if err != nil {
		return err
	}
	online, err := tariff.Prices.Net(billing.OpenAccess, billing.Online, s.db.Today())
	if err != nil {
		return err
	}
	page := templates.CoursePage{Page: s.page(c, "Social Prescribing Tool training", "training"), OpenFace: face.Net, OpenOnline: online.Net}
	if page.Programme, err = s.programme(ctx); err != nil {
		return err
	}
	if page.Next, _, err = s.nextDates(ctx); err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "course", page)
}
