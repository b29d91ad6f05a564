package handlers

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// trainerCatchUp shows who catches up this part here, and who else can.
func (s *Site) trainerCatchUp(c echo.Context) error { return s.catchUpPage(c, http.StatusOK, nil, nil) }

// catchUpPage is the list with a tick for each. ticked are those ticked, by place; nil ticks those who are here.
func (s *Site) catchUpPage(c echo.Context, status int, ticked []string, problems models.Problems) error {
	sheet, _, err := s.sheetAsked(c)
	if err != nil {
		return err
	}
	register := registerURL(sheet.Session.ID, sheet.Part.Ordinal)
	could, err := delivery.CanCatchUp(c.Request().Context(), s.db, actorOf(c), sheet.Session.ID, sheet.Part.Ordinal)
	if err != nil {
		return err
	}
	if why := closedWords(sheet); why != "" {
		return s.done(c, register, why)
	}
	page := templates.CatchUpPage{
		Page: s.trainerPage(c, "Who is catching up?"), Back: templates.Action{Label: "The register", URL: register}, URL: register + "/catch-up",
		Part: sheet.Part.Ordinal, Here: ticked,
	}
	page.Background, page.Problems = templates.White, problems
	for _, one := range append(slices.Clone(sheet.CatchUps), could...) {
		page.People = append(page.People, templates.Option{
			Value: strconv.FormatInt(one.PlaceID, 10), Label: one.Name, Hint: one.Organisation + ", missed " + weekdayAndDay(one.Missed.Day()),
		})
	}
	for _, one := range sheet.CatchUps {
		page.Was = append(page.Was, strconv.FormatInt(one.PlaceID, 10))
	}
	if ticked == nil {
		page.Here = page.Was
	}
	return s.render(c, status, "trainer-catch-up", page)
}

// trainerCatchUpSend puts those ticked on the register, and takes off those whose tick was taken away.
func (s *Site) trainerCatchUpSend(c echo.Context) error {
	sheet, _, err := s.sheetAsked(c)
	if err != nil {
		return err
	}
	typed, err := posted(c)
	if err != nil {
		return err
	}
	var places []int64
	for _, text := range typed["here"] {
		place, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return models.NotFound("This session has no such place")
		}
		places = append(places, place)
	}
	ctx := c.Request().Context()
	err = s.db.InTx(ctx, func(tx models.DB) error {
		return catchUps(ctx, tx, actorOf(c), sheet, places, typed["was"])
	})
	var full *models.Error
	if errors.As(err, &full) && full.Kind == models.KindFull {
		return s.catchUpPage(c, http.StatusConflict, typed["here"], models.Problems{models.Invalid("here", "%s", full.Msg)})
	}
	if err != nil {
		return err
	}
	return s.done(c, registerURL(sheet.Session.ID, sheet.Part.Ordinal), "The register is saved.")
}

// catchUps writes who is here. Those who were here when the page was drawn and are not ticked are taken off first.
func catchUps(ctx context.Context, tx models.DB, actor access.Actor, sheet delivery.Register, here []int64, was []string) error {
	id, part := sheet.Session.ID, sheet.Part.Ordinal
	for _, text := range was {
		place, err := strconv.ParseInt(text, 10, 64)
		if err != nil || slices.Contains(here, place) {
			continue
		}
		if err := delivery.RemoveCatchUp(ctx, tx, actor, id, part, place); err != nil {
			return err
		}
	}
	for _, place := range here {
		if err := delivery.AddCatchUp(ctx, tx, actor, id, part, place); err != nil {
			return err
		}
	}
	return nil
}

// catchUpRows are those who catch up a part, as its register shows them.
func catchUpRows(sheet delivery.Register) []templates.CatchUpRow {
	rows := make([]templates.CatchUpRow, len(sheet.CatchUps))
	for i, c := range sheet.CatchUps {
		rows[i] = templates.CatchUpRow{Name: c.Name, Line: "Here for this part. Missed " + weekdayAndDay(c.Missed.Day()), Organisation: c.Organisation}
	}
	return rows
}
