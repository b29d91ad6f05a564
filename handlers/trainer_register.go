package handlers

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

// sheetAsked reads the register in the address, of a session of the person's own, and those of its other parts.
func (s *Site) sheetAsked(c echo.Context) (delivery.Register, []delivery.Register, error) {
	session, err := s.taught(c)
	if err != nil {
		return delivery.Register{}, nil, err
	}
	n, err := number(c, "part")
	if err != nil || n > int64(len(session.Parts)) {
		return delivery.Register{}, nil, echo.ErrNotFound
	}
	all, err := delivery.Registers(c.Request().Context(), s.db, actorOf(c), session.ID)
	if err != nil {
		return delivery.Register{}, nil, err
	}
	return all[n-1], all, nil
}

// trainerRegister shows the register of one part: to be marked from the part's day on, to be read before and after.
func (s *Site) trainerRegister(c echo.Context) error {
	sheet, all, err := s.sheetAsked(c)
	if err != nil {
		return err
	}
	session, progress := sheet.Session, sheet.Progress()
	page := templates.RegisterPage{
		Page: s.trainerPage(c, "Register, "+weekdayAndDay(sheet.Part.Day())), Back: toTrainerSession(session.ID),
		Heading: "Register, " + weekdayAndDay(sheet.Part.Day()), Lead: registerLead(sheet), URL: registerURL(session.ID, sheet.Part.Ordinal),
		Marked: progress.Marked, People: progress.People, Closed: closedWords(sheet), Rows: registerRows(sheet),
		CatchUps: catchUpRows(sheet), CatchUp: len(all) > 1,
		Complete: delivery.MayComplete(all, s.db.Now()),
	}
	if sheet.Begun && sheet.Completed == nil && s.db.Now().Before(sheet.OpensAt) {
		page.Opens = delivery.OpensLine(sheet.OpensAt) + "."
	}
	page.Background = templates.White
	_, page.Counts, _ = strings.Cut(progress.String(), ". ")
	if len(all) > 1 {
		for _, r := range all {
			url := registerURL(session.ID, r.Part.Ordinal)
			page.Parts = append(page.Parts, tab("Part "+strconv.Itoa(r.Part.Ordinal), url, "", url == page.URL))
		}
	}
	if page.Closed == "" {
		if page.Newcomer, page.Full, err = s.roomForNewcomer(c, session, progress.Unnamed); err != nil {
			return err
		}
	}
	return s.render(c, http.StatusOK, "trainer-register", page)
}

// registerLead says under the heading what the part is: "Face to face, Salford, 9:30am to 4:30pm. One part."
func registerLead(r delivery.Register) string {
	line := r.Session.Format.Title()
	if r.Session.Format == scheduling.FaceToFace {
		line += ", " + r.Session.Where()
	}
	line += ", " + r.Part.Times() + ". "
	if n := len(r.Session.Parts); n > 1 {
		return line + fmt.Sprintf("Part %d of %d.", r.Part.Ordinal, n)
	}
	return line + "One part."
}

// closedWords says why a register cannot be marked now; empty when it can.
func closedWords(r delivery.Register) string {
	switch {
	case r.Completed != nil:
		return "This session was completed on " + models.When(*r.Completed) + ". Its register can no longer change."
	case !r.Begun:
		return "This register opens on " + r.Part.Day().Long() + ", the day of the session."
	}
	return ""
}

// registerRows are the places of a register. People of one name are told apart by where they come from.
func registerRows(r delivery.Register) []templates.RegisterRow {
	rows, names := make([]templates.RegisterRow, len(r.Rows)), map[string]int{}
	for _, row := range r.Rows {
		names[row.Name]++
	}
	for i, row := range r.Rows {
		rows[i] = templates.RegisterRow{
			ID: strconv.FormatInt(row.PlaceID, 10), Name: row.Name, Line: r.Line(row), Mark: string(row.Mark), Was: wasOf(row),
		}
		if names[row.Name] > 1 || !row.Named() {
			rows[i].Organisation = row.Organisation
		}
	}
	return rows
}

// wasOf is a row as a page shows it: its mark and its person. A form sends it back, so that only what was changed there is written.
func wasOf(row delivery.Row) string {
	if !row.Named() {
		return ""
	}
	return string(row.Mark) + ":" + strconv.FormatInt(*row.PersonID, 10)
}

// roomForNewcomer says whether somebody who came without a place can be added, or why not. booking.WalkIn decides.
func (s *Site) roomForNewcomer(c echo.Context, session scheduling.Session, unnamed int) (room bool, why string, err error) {
	taken, err := booking.Taken(c.Request().Context(), s.db, []int64{session.ID})
	switch {
	case err != nil:
		return false, "", err
	case unnamed > 0:
		return true, "", nil
	case session.Route != scheduling.OpenAccess:
		return false, "Every place of this group has a name. Ask the Hub office to add one.", nil
	case taken[session.ID] >= session.Capacity:
		return false, "All " + counted(session.Capacity, "place") + " are taken: nobody can be added.", nil
	}
	return true, "", nil
}
