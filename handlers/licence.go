package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

func (s *Site) licenceRoutes() []Route {
	return []Route{{Method: http.MethodGet, Path: "/account/licence", Rule: SignedIn, Handle: s.licence}}
}

// licence shows a person their licence: how it stands, why it exists, every date with its cause.
func (s *Site) licence(c echo.Context) error {
	l, d, err := licensing.DecideFor(c.Request().Context(), s.db, actorOf(c).PersonID)
	if err != nil {
		return err
	}
	page := templates.LicencePage{
		Page: s.page(c, "Your licence", "licence"), Licence: licenceCard(l, d), Longer: licenceLonger(l, d), Bar: licenceBar(l, d),
		Story: licenceStory(l, models.DateOf(d.At)),
	}
	page.Background = templates.Mist
	return s.render(c, http.StatusOK, "licence", page)
}

// licenceBar is the picture of the run of periods that counts; nil while there is none.
func licenceBar(l licensing.Licence, d licensing.Decision) *templates.LicenceBar {
	if d.LastDay.IsZero() {
		return nil
	}
	bar := templates.LicenceBar{
		Starts: d.StartsOn, NoticeFrom: d.LastDay, LastDay: d.LastDay, GraceEnds: d.GraceEnds, Today: models.DateOf(d.At),
		Word: licensing.StateActive.Tag(), Begin: "Trained, " + d.StartsOn.String(),
	}
	switch d.State {
	case licensing.StateSuspended, licensing.StateRevoked, licensing.StateTransferred:
		bar.Off, bar.Word = true, d.State.Tag()
	default:
	}
	for _, p := range l.Periods {
		if p.LastDay == d.LastDay {
			bar.NoticeFrom = d.LastDay.AddDays(-p.Terms.NoticeDays)
		}
	}
	if bar.NoticeFrom.Before(bar.Starts) {
		bar.NoticeFrom = bar.Starts
	}
	return &bar
}

// licenceStory is every date of the licence with its cause.
func licenceStory(l licensing.Licence, today models.Date) []templates.LicenceMoment {
	var rows []templates.LicenceMoment
	for _, m := range l.Story(today) {
		row := templates.LicenceMoment{On: m.On, What: m.What, Why: m.Why, Past: m.Past}
		if m.Certificate != "" {
			row.Certificate = &templates.Action{Label: "certificate " + m.Certificate.String(), URL: certificateURL(m.Certificate)}
		}
		rows = append(rows, row)
	}
	return rows
}
