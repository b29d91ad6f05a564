package handlers

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// officeSessionOpen opens a session as a draft or published, or shows the form with a part more or less.
func (s *Site) officeSessionOpen(c echo.Context) error { return s.openTyped(c, s.officeOpens()) }

// openTyped opens the session that was typed, for whoever opens it.
func (s *Site) openTyped(c echo.Context, by opening) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	form, do := newSessionFrom(typed), typed.Get("do")
	if by.trainer != nil {
		form.Trainers = []string{strconv.FormatInt(by.trainer.ID, 10)}
	}
	switch do {
	case "add":
		form.show(len(form.Parts) + 1)
		return s.newSessionPage(c, http.StatusOK, by, form, nil)
	case "fewer":
		form.show(len(form.Parts) - 1)
		return s.newSessionPage(c, http.StatusOK, by, form, nil)
	}
	opened, problems, err := s.openSession(c.Request().Context(), actorOf(c), form, do == "publish")
	if err != nil {
		return err
	}
	if problems != nil {
		return s.newSessionPage(c, http.StatusUnprocessableEntity, by, form, problems)
	}
	flash := "The session is kept as a draft."
	if opened.Status == scheduling.Published {
		flash = "The session is open: it can be booked now."
	}
	return s.done(c, by.opened(opened.ID), flash)
}

// openSession opens what the form says. Problems are what the person can mend, all that are known at once; nothing is written then.
func (s *Site) openSession(ctx context.Context, actor access.Actor, form newSessionForm, publish bool) (opened scheduling.Session, problems models.Problems, err error) {
	course, err := scheduling.TheCourse(ctx, s.db)
	if err != nil {
		return opened, nil, err
	}
	wanted, unread := form.session(course.ID)
	wanted.Publish, wanted.Demonstration = publish, s.demonstration()
	problems, err = refused(s.db.InTx(ctx, func(tx models.DB) error {
		var err error
		if opened, err = scheduling.OpenSession(ctx, tx, actor, wanted); err != nil {
			return err
		}
		return unread.Err() // what could not be read undoes the rest
	}))
	if err != nil {
		return opened, nil, err
	}
	return opened, merged(unread, problems), nil
}

// merged joins two lists of problems in the order of the page; about one field the first sentence stands.
func merged(first, second models.Problems) models.Problems {
	for _, p := range second {
		first.Add(p.Field, "%s", p.Msg)
	}
	slices.SortStableFunc(first, func(a, b *models.Error) int { return placeOnPage(a.Field) - placeOnPage(b.Field) })
	return first
}

// placeOnPage is where a field stands on the page; the parts are first and in their own order.
func placeOnPage(field string) int {
	if strings.HasPrefix(field, "part") {
		return 0
	}
	below := []string{scheduling.FieldFormat, scheduling.FieldVenue, scheduling.FieldJoinLink, scheduling.FieldTrainers, scheduling.FieldCapacity}
	if at := slices.Index(below, field); at >= 0 {
		return at + 1
	}
	return len(below) + 1
}
