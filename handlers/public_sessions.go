package handlers

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

// datesPerPage is how many dates one page of the list holds.
const datesPerPage = 20

// sessionList is the list of open dates, narrowed by what was asked in the address.
func (s *Site) sessionList(c echo.Context) error {
	ctx := c.Request().Context()
	tariff, err := billing.LoadTariff(ctx, s.db)
	if err != nil {
		return err
	}
	form := filterFrom(c.QueryParams())
	filter, problems := form.check(tariff, s.db.Today())
	page := templates.SessionsPage{Page: s.page(c, "Training dates", "dates"), Filter: templates.SessionFilter(form)}
	page.Problems = problems
	if err := s.filterChoices(ctx, &page.Filter); err != nil {
		return err
	}
	if problems.For("people") == "" {
		page.Room = page.Filter.Places()
	}
	room, err := s.datesWithRoom(ctx, filter, page.Room)
	if err != nil {
		return err
	}
	group, err := tariff.Prices.Net(billing.Bespoke, billing.Online, s.db.Today())
	if err != nil {
		return err
	}
	page.Count, page.GroupFrom = len(room), group.Net
	var part []templates.Session
	part, page.Pages = onePage(room, c.QueryParams())
	page.Months = byMonth(part)
	return s.render(c, statusFor(problems), "sessions", page)
}

// datesWithRoom are the dates the filter leaves, and of them those with room for so many; with 0 full ones too.
func (s *Site) datesWithRoom(ctx context.Context, f scheduling.Filter, places int) ([]templates.Session, error) {
	found, err := scheduling.Upcoming(ctx, s.db, f)
	if err != nil {
		return nil, err
	}
	all, err := s.shown(ctx, found)
	if err != nil {
		return nil, err
	}
	var room []templates.Session
	for _, one := range all {
		if one.PlacesLeft >= places {
			room = append(room, one)
		}
	}
	return room, nil
}

// filterChoices fills in what can be asked for: the months and towns of dates there are.
func (s *Site) filterChoices(ctx context.Context, f *templates.SessionFilter) error {
	months, err := scheduling.Months(ctx, s.db)
	if err != nil {
		return err
	}
	for _, m := range months {
		f.Months = append(f.Months, templates.Choice{Value: scheduling.MonthCode(m), Label: scheduling.MonthName(m)})
	}
	if f.Towns, err = scheduling.Towns(ctx, s.db); err != nil {
		return err
	}
	addAsked(f)
	return nil
}

// addAsked offers what was asked for although there is nothing there, so that the form shows what the list was narrowed by.
func addAsked(f *templates.SessionFilter) {
	if f.Town != "" && !slices.Contains(f.Towns, f.Town) {
		f.Towns = append(f.Towns, f.Town)
	}
	month, err := scheduling.ParseMonth(f.Month)
	if err == nil && !slices.ContainsFunc(f.Months, func(c templates.Choice) bool { return c.Value == f.Month }) {
		f.Months = append(f.Months, templates.Choice{Value: f.Month, Label: scheduling.MonthName(month)})
	}
}

// onePage cuts a page out of a list that is read whole, and says where the neighbours are.
func onePage(all []templates.Session, asked url.Values) ([]templates.Session, templates.Pages) {
	return pageOf(all, datesPerPage, "/sessions", asked)
}

func byMonth(sessions []templates.Session) []templates.SessionMonth {
	var months []templates.SessionMonth
	for _, one := range sessions {
		name := scheduling.MonthName(one.FirstDay())
		if len(months) == 0 || months[len(months)-1].Name != name {
			months = append(months, templates.SessionMonth{Name: name})
		}
		last := &months[len(months)-1]
		last.Sessions = append(last.Sessions, one)
	}
	return months
}

// sessionPage is one session. One that cannot be booked says why and shows other dates.
func (s *Site) sessionPage(c echo.Context) error {
	ctx := c.Request().Context()
	id, err := number(c, "session")
	if err != nil {
		return err
	}
	found, err := scheduling.Find(ctx, s.db, id)
	if err != nil {
		return err
	}
	view, err := s.shownOne(ctx, found)
	if err != nil {
		return err
	}
	tariff, err := billing.LoadTariff(ctx, s.db)
	if err != nil {
		return err
	}
	page := templates.SessionPage{Page: s.page(c, view.What()+", "+view.Short(), "dates"), Session: view, Most: tariff.Limits.OpenAccessMax}
	if found.Venue != nil {
		page.Address = addressOf(*found.Venue)
	}
	if view.Bookable() {
		page.Ladder = ladderRows(tariff.Ladder, found.FirstDay(), view.Gross, s.db.Today())
	} else if page.Others, err = s.otherDates(ctx, id, 1); err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "session", page)
}

// otherDates are a few coming dates with room, without the one that is being looked at.
func (s *Site) otherDates(ctx context.Context, but int64, places int) ([]templates.Session, error) {
	room, err := s.datesWithRoom(ctx, scheduling.Filter{}, places)
	if err != nil {
		return nil, err
	}
	var others []templates.Session
	for _, one := range room {
		if one.URL != sessionURL(but) && len(others) < nextDates {
			others = append(others, one)
		}
	}
	return others, nil
}

// addressOf is a venue's address without its name: the town and the postcode share the last line.
func addressOf(v scheduling.Venue) []string {
	lines := v.Lines()[1:]
	n := len(lines) - 2
	return append(lines[:n:n], lines[n]+" "+lines[n+1])
}

// ladderRows writes cancellation terms with their dates for a session and the price of one place with VAT, from today on: a step whose
// last day is over can be had no more.
func ladderRows(ladder billing.Ladder, first models.Date, gross models.Pence, today models.Date) []templates.LadderRow {
	var rows []templates.LadderRow
	for _, r := range ladder.Rows(first, gross) {
		if !r.To.IsZero() && r.To.Before(today) {
			continue
		}
		rows = append(rows, templates.LadderRow{When: r.When, Pay: r.Pay, Back: r.Back})
	}
	return rows
}
