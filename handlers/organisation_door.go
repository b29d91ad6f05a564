package handlers

import (
	"context"
	"fmt"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// atTheDoor are the people an organisation has to speak for.
func (s *Site) atTheDoor(ctx context.Context, actor access.Actor, id int64) ([]templates.DoorView, error) {
	found, err := booking.AtTheDoor(ctx, s.db, actor.Scope(), id)
	var views []templates.DoorView
	for _, one := range found {
		view := templates.DoorView{
			Name: one.Name, Email: one.Email, Came: models.DateOf(one.AddedAt).String(), URL: fmt.Sprintf("%s/door/%d", organisationURL(id), one.PlaceID),
		}
		if one.AnsweredAt != nil {
			view.No = models.DateOf(*one.AnsweredAt).String()
		}
		views = append(views, view)
	}
	return views, err
}

// organisationDoor keeps what a manager says of somebody who was put on one of their places at the door.
func (s *Site) organisationDoor(c echo.Context) error {
	id, err := number(c, "organisation")
	if err != nil {
		return err
	}
	place, err := number(c, "place")
	if err != nil {
		return err
	}
	typed, err := posted(c)
	if err != nil {
		return err
	}
	works := ticked(typed, "works")
	switch {
	case !actorOf(c).Manages(id):
		return echo.ErrNotFound
	case !works && line(typed, "works") != "no":
		return models.Invalid("", "Say whether they work with you")
	}
	var one booking.AtDoor
	ctx := c.Request().Context()
	err = s.db.InTx(ctx, func(tx models.DB) (err error) {
		one, err = booking.AnswerDoor(ctx, tx, actorOf(c), id, place, works)
		return err
	})
	switch {
	case err != nil:
		return err
	case works:
		return s.done(c, organisationURL(id), one.Name+" works with you. The tool opens your organisation’s cases to them.")
	}
	return s.done(c, organisationURL(id), one.Name+" sees none of your cases. The Hub office will ask you about the place.")
}
