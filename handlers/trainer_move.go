package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

// trainerMove shows when and where a session is, to be changed.
func (s *Site) trainerMove(c echo.Context) error {
	found, err := s.taught(c)
	if err != nil {
		return err
	}
	if why := unmovable(s.db, found); why != "" {
		return s.done(c, trainerSessionURL(found.ID), why)
	}
	return s.movePage(c, http.StatusOK, found, standsNow(found), nil)
}

// unmovable says why a session can no longer be moved; scheduling.MoveSession refuses it in any case.
func unmovable(db models.DB, f scheduling.Session) string {
	switch {
	case f.Status == scheduling.Cancelled:
		return "This session has been cancelled. It cannot be moved."
	case f.HasStarted(db.Now()):
		return "This session has already started. It cannot be moved."
	}
	return ""
}

// standsNow fills the form with what stands.
func standsNow(f scheduling.Session) newSessionForm {
	form := newSessionForm{Format: string(f.Format), JoinLink: f.JoinLink}
	if f.Venue != nil {
		form.Venue = strconv.FormatInt(f.Venue.ID, 10)
	}
	for _, p := range f.Parts {
		form.Parts = append(form.Parts, templates.PartFields{
			N: p.Ordinal, Day: p.Day().String(), Start: models.ClockTime(p.StartsAt), Until: models.ClockTime(p.EndsAt),
		})
	}
	return form
}

func (s *Site) movePage(c echo.Context, status int, f scheduling.Session, form newSessionForm, problems models.Problems) error {
	ctx := c.Request().Context()
	page := templates.MovePage{
		Page: s.trainerPage(c, "Move this session"), URL: trainerSessionURL(f.ID) + "/move", Back: toTrainerSession(f.ID),
		Session: officeSessionRow(f, 0, s.db.Now()), Online: f.Format == scheduling.Online, Trainer: f.TrainerNames(),
		Form: templates.NewSessionFields(form),
	}
	page.Problems = problems
	var err error
	if page.Venues, err = s.venueChoices(ctx); err != nil {
		return err
	}
	registers, err := s.registersOf(ctx, actorOf(c), f)
	if err != nil {
		return err
	}
	page.Told = named(registers)
	return s.render(c, status, "trainer-move", page)
}

// trainerMoveSend moves the session and tells everybody, in one transaction.
func (s *Site) trainerMoveSend(c echo.Context) error {
	found, err := s.taught(c)
	if err != nil {
		return err
	}
	typed, err := posted(c)
	if err != nil {
		return err
	}
	form := newSessionForm{
		Format: string(found.Format), Venue: line(typed, "venue"), JoinLink: line(typed, "join-link"), Parts: partsTyped(typed, len(found.Parts)),
	}
	wanted, unread := form.session(found.CourseID)
	ctx, actor := c.Request().Context(), actorOf(c)
	var moved scheduling.Moved
	problems, err := refused(s.db.InTx(ctx, func(tx models.DB) error {
		var err error
		move := scheduling.Move{Parts: wanted.Parts, VenueID: wanted.VenueID, JoinLink: wanted.JoinLink}
		if moved, err = s.desk.MoveSession(ctx, tx, actor, found.ID, move); err != nil {
			return err
		}
		return unread.Err() // what could not be read undoes the rest
	}))
	if err != nil {
		return err
	}
	if all := merged(unread, problems); all != nil {
		return s.movePage(c, http.StatusUnprocessableEntity, found, form, all)
	}
	if !moved.Changed() {
		return s.done(c, trainerSessionURL(found.ID), "Nothing was different, so nothing has changed and nobody was told.")
	}
	return s.done(c, trainerSessionURL(found.ID), "The session is moved. Everybody on it gets an updated invitation.")
}
