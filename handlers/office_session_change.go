package handlers

import (
	"context"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

// officeSessionCapacity changes how many places there are, under the session's lock: never fewer than are taken.
func (s *Site) officeSessionCapacity(c echo.Context) error {
	return s.changeSession(c, "The number of places is changed.", func(ctx context.Context, tx models.DB, id int64, typed string) error {
		session, err := scheduling.Claim(ctx, tx, id)
		if err != nil {
			return err
		}
		capacity, err := strconv.Atoi(typed)
		if err != nil {
			return models.Invalid(scheduling.FieldCapacity, "Enter how many places as a number, like 15")
		}
		taken, err := booking.Taken(ctx, tx, []int64{id})
		if err != nil {
			return err
		}
		_, err = scheduling.SetCapacity(ctx, tx, actorOf(c), session, capacity, taken[id])
		return err
	}, scheduling.FieldCapacity)
}

// officeSessionLink changes the link of an online session's video call.
func (s *Site) officeSessionLink(c echo.Context) error {
	return s.changeSession(c, "The link is changed.", func(ctx context.Context, tx models.DB, id int64, typed string) error {
		session, err := scheduling.Claim(ctx, tx, id)
		if err != nil {
			return err
		}
		_, err = scheduling.SetJoinLink(ctx, tx, actorOf(c), session, typed)
		return err
	}, scheduling.FieldJoinLink)
}

// officeSessionPublish puts a draft on sale.
func (s *Site) officeSessionPublish(c echo.Context) error {
	return s.changeSession(c, "The session is published: it can be booked now.", func(ctx context.Context, tx models.DB, id int64, _ string) error {
		_, err := scheduling.Publish(ctx, tx, actorOf(c), id)
		return err
	}, "")
}

// change is one change to a session, in a transaction, with what was typed into its field.
type change func(ctx context.Context, tx models.DB, id int64, typed string) error

// changeSession runs a change and goes back to the session; what can be mended stands beside the field, with what was typed.
func (s *Site) changeSession(c echo.Context, flash string, do change, field string) error {
	id, err := number(c, "session")
	if err != nil {
		return err
	}
	values, err := posted(c)
	if err != nil {
		return err
	}
	ctx, value := c.Request().Context(), line(values, field)
	problems, err := refused(s.db.InTx(ctx, func(tx models.DB) error { return do(ctx, tx, id, value) }))
	if err != nil {
		return err
	}
	if problems == nil {
		return s.done(c, officeSessionURL(id), flash)
	}
	typed := sessionTyped{problems: problems}
	switch field {
	case scheduling.FieldCapacity:
		typed.capacity = &value
	case scheduling.FieldJoinLink:
		typed.joinLink = &value
	}
	return s.officeSessionPage(c, http.StatusUnprocessableEntity, typed)
}

// officeSessionGiveUp asks before a draft is given up.
func (s *Site) officeSessionGiveUp(c echo.Context) error {
	id, err := number(c, "session")
	if err != nil {
		return err
	}
	found, err := scheduling.FindAny(c.Request().Context(), s.db, id)
	if err != nil {
		return err
	}
	if found.Status != scheduling.Draft {
		return s.done(c, officeSessionURL(id), "This session is not a draft any more.")
	}
	row := officeSessionRow(found, 0, s.db.Now())
	page := templates.OfficeCancelPage{Page: s.officePage(c, "Give up a draft", "sessions"), Session: row, Back: row.URL}
	return s.render(c, http.StatusOK, "office-cancel", page)
}

// officeSessionCancel gives a draft up and frees its trainers.
func (s *Site) officeSessionCancel(c echo.Context) error {
	return s.changeSession(c, "The draft is given up. Its trainers are free again.",
		func(ctx context.Context, tx models.DB, id int64, _ string) error {
			_, err := scheduling.CancelDraft(ctx, tx, actorOf(c), id)
			return err
		}, "")
}
