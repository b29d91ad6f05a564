package handlers

import (
	"context"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

func (s *Site) trainerRoutes() []Route {
	return []Route{{Method: http.MethodGet, Path: "/trainer", Rule: Trainer, Handle: s.trainer}}
}

// trainer shows the signed-in trainer's coming sessions, with the people who come.
func (s *Site) trainer(c echo.Context) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	page := templates.TrainerPage{Page: s.page(c, "Your sessions", "sessions"), Heading: "Your sessions"}
	page.Background = templates.Mist
	found, err := scheduling.Mine(ctx, s.db, actor.PersonID)
	if err != nil {
		return err
	}
	if page.Tied, err = s.tied(ctx, actor.PersonID); err != nil {
		return err
	}
	ids := make([]int64, len(found))
	for i, f := range found {
		ids[i] = f.ID
	}
	taken, err := booking.Taken(ctx, s.db, ids)
	if err != nil {
		return err
	}
	for _, f := range found {
		row, err := s.trainerSession(ctx, f, taken[f.ID])
		if err != nil {
			return err
		}
		page.Sessions = append(page.Sessions, row)
	}
	return s.render(c, http.StatusOK, "trainer", page)
}

// tied says that the person signs in as one of the trainers in the diary.
func (s *Site) tied(ctx context.Context, personID int64) (bool, error) {
	trainers, err := scheduling.Trainers(ctx, s.db)
	return slices.ContainsFunc(trainers, func(t scheduling.Trainer) bool { return t.PersonID != nil && *t.PersonID == personID }), err
}

func (s *Site) trainerSession(ctx context.Context, f scheduling.Session, taken int) (templates.TrainerSession, error) {
	out := templates.TrainerSession{
		Row: officeSessionRow(f, taken, s.db.Now()), Block: templates.NewDateBlock(f.Days(), true), Online: f.Format == scheduling.Online,
		JoinLink: f.JoinLink, Note: f.ClockChangeNote(), Draft: f.Status == scheduling.Draft,
	}
	if f.Venue != nil {
		out.Where, out.Access = f.Venue.Lines(), sentenceCase(accessWords(*f.Venue))
	}
	people, err := booking.Delegates(ctx, s.db, f.ID)
	for _, d := range people {
		if d.Name == "" {
			out.Unnamed++
			continue
		}
		out.People = append(out.People, templates.DelegateRow{Name: d.Name, Organisation: d.Organisation})
	}
	return out, err
}
