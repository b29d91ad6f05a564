package handlers

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

// trainer shows what the signed-in trainer has to do, and their sessions: those to come as a diary, or those that are over.
func (s *Site) trainer(c echo.Context) error {
	ctx, asked := c.Request().Context(), c.QueryParams()
	page := templates.TrainerPage{Page: s.trainerPage(c, "Your sessions"), Heading: "Your sessions", Past: asked.Get("show") == "past"}
	self, err := scheduling.TrainerOf(ctx, s.db, actorOf(c).PersonID)
	switch models.KindOf(err) {
	case "":
		page.Tied = true
	case models.KindNotFound:
		return s.render(c, http.StatusOK, "trainer", page)
	default:
		return err
	}
	page.Tabs = []templates.OfficeTab{tab("To come", "/trainer", "", !page.Past), tab("Past", "/trainer", "show=past", page.Past)}
	if page.ToDo, err = s.trainerToDo(ctx, actorOf(c)); err != nil {
		return err
	}
	if page.Past {
		err = s.trainerPast(c, self, &page)
	} else {
		page.Months, err = s.diary(ctx, actorOf(c).PersonID)
	}
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "trainer", page)
}

// trainerPast fills the sessions that are over, the latest first.
func (s *Site) trainerPast(c echo.Context, self scheduling.Trainer, page *templates.TrainerPage) error {
	ctx, asked := c.Request().Context(), c.QueryParams()
	filter := scheduling.OfficeFilter{TrainerID: self.ID, Past: true}
	found, total, err := scheduling.All(ctx, s.db, filter, scheduling.Page{Number: pageAsked(asked), Size: sessionsPerPage})
	if err != nil {
		return err
	}
	page.Pages = listPages("/trainer", asked, int64(total), sessionsPerPage)
	if page.Rows, err = s.officeSessionRows(ctx, found); err != nil {
		return err
	}
	ids := make([]int64, len(found))
	for i, f := range found {
		ids[i] = f.ID
	}
	completed, err := delivery.CompletedAt(ctx, s.db, ids)
	for i, f := range found {
		page.Rows[i].URL = trainerSessionURL(f.ID)
		if _, done := completed[f.ID]; done {
			page.Rows[i].State = completeTag()
		}
	}
	return err
}

func completeTag() templates.Tag { return templates.Tag{Look: templates.TagOK, Word: "Complete"} }

// diary is every month with a session of this person's that is not over, each session on the days of its parts.
func (s *Site) diary(ctx context.Context, personID int64) ([]templates.DiaryMonth, error) {
	found, err := scheduling.Mine(ctx, s.db, personID)
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(found))
	for i, f := range found {
		ids[i] = f.ID
	}
	taken, err := booking.Taken(ctx, s.db, ids)
	if err != nil {
		return nil, err
	}
	today, events := s.db.Today(), map[models.Date][]templates.DiaryEvent{}
	for _, f := range found {
		title, err := s.eventTitle(ctx, f)
		if err != nil {
			return nil, err
		}
		for _, part := range f.Parts {
			if day := part.Day(); !day.Before(today) {
				events[day] = append(events[day], eventOf(f, part, title, taken[f.ID]))
			}
		}
	}
	return diaryMonths(events, today), nil
}

// eventTitle names a session in the diary: its town, "Online", or the organisation whose own group it is.
func (s *Site) eventTitle(ctx context.Context, f scheduling.Session) (string, error) {
	switch {
	case f.OrganisationID != nil:
		org, err := access.FindOrganisation(ctx, s.db, access.System().Scope(), *f.OrganisationID)
		return org.Name + ", own group", err
	case f.Format == scheduling.Online:
		return "Online", nil
	}
	return f.Where() + ", face to face", nil
}

func eventOf(f scheduling.Session, part scheduling.Part, title string, taken int) templates.DiaryEvent {
	if n := len(f.Parts); n > 1 {
		title += ", part " + strconv.Itoa(part.Ordinal) + " of " + strconv.Itoa(n)
	}
	e := templates.DiaryEvent{URL: trainerSessionURL(f.ID), Title: title, Line: part.Times(), Taken: taken, Of: f.Capacity, Look: templates.EventFace}
	switch {
	case f.Status == scheduling.Draft:
		e.Look, e.Title = templates.EventDraft, title+" (draft)"
	case f.Route == scheduling.Bespoke:
		e.Look = templates.EventOwnGroup
	case f.Format == scheduling.Online:
		e.Look = templates.EventOnline
	}
	return e
}

// diaryMonths lays the days out month by month; a month without an event is left out.
func diaryMonths(events map[models.Date][]templates.DiaryEvent, today models.Date) []templates.DiaryMonth {
	var firsts []models.Date
	for day := range events {
		if first := scheduling.MonthOf(day); !slices.Contains(firsts, first) {
			firsts = append(firsts, first)
		}
	}
	slices.SortFunc(firsts, func(a, b models.Date) int { return b.DaysUntil(a) })
	months := make([]templates.DiaryMonth, len(firsts))
	for i, first := range firsts {
		months[i] = templates.DiaryMonth{Name: scheduling.MonthName(first), First: weekdayFromMonday(first)}
		for day := first; day.Month == first.Month; day = day.AddDays(1) {
			months[i].Days = append(months[i].Days, templates.DiaryDay{
				Date: day, Today: day == today, Weekend: weekdayFromMonday(day) > int(time.Friday), Events: events[day],
			})
		}
	}
	return months
}

// weekdayFromMonday is 1 for Monday and 7 for Sunday.
func weekdayFromMonday(d models.Date) int { return (int(d.Weekday())+6)%7 + 1 }
