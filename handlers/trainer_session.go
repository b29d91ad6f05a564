package handlers

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

// trainerSession shows a session with its people, registers and where it takes place.
func (s *Site) trainerSession(c echo.Context) error {
	found, err := s.taught(c)
	if err != nil {
		return err
	}
	ctx, actor, now := c.Request().Context(), actorOf(c), s.db.Now()
	taken, err := booking.Taken(ctx, s.db, []int64{found.ID})
	if err != nil {
		return err
	}
	page := templates.TrainerSessionPage{
		Page: s.trainerPage(c, found.DaysLine()), Back: trainerBack(actor, found.ID), Session: officeSessionRow(found, taken[found.ID], now),
		Block: templates.NewDateBlock(found.Days(), true), Facts: officeSessionFacts(found), JoinLink: found.JoinLink,
		Draft: found.Status == scheduling.Draft,
	}
	if found.Status != scheduling.Cancelled && !found.HasStarted(now) {
		page.MoveURL = trainerSessionURL(found.ID) + "/move"
	}
	registers, err := s.registersOf(ctx, actor, found)
	if err != nil {
		return err
	}
	if len(registers) > 0 {
		if err := s.fillRegisters(ctx, actor, registers, &page); err != nil {
			return err
		}
	}
	return s.render(c, http.StatusOK, "trainer-session", page)
}

// fillRegisters adds what is known from the registers: how far they are, who comes, what became of each.
func (s *Site) fillRegisters(ctx context.Context, actor access.Actor, registers []delivery.Register, page *templates.TrainerSessionPage) error {
	for _, r := range registers {
		page.Registers = append(page.Registers, registerLine(r))
	}
	session := registers[0].Session
	completions, err := delivery.OfSession(ctx, s.db, actor, session.ID)
	if err != nil {
		return err
	}
	completed, given := map[int64]bool{}, 0
	for _, done := range completions {
		if done.Live() {
			completed[done.PlaceID] = true
			if done.ClosedBy == session.ID {
				given++
			}
		}
	}
	for n, row := range registers[0].Rows {
		if !row.Named() {
			page.Unnamed++
			continue
		}
		person := templates.TrainerPerson{Name: row.Name, Organisation: row.Organisation}
		if registers[0].Completed != nil {
			person.State, person.Note = trainedTag(completed[row.PlaceID]), partsNote(registers, n, completed[row.PlaceID])
		}
		page.People = append(page.People, person)
	}
	for _, r := range registers {
		for _, c := range r.CatchUps {
			page.CatchUps = append(page.CatchUps, c.Name+", part "+strconv.Itoa(r.Part.Ordinal))
		}
	}
	page.Complete = s.completeLine(registers, given)
	if page.Complete.Done {
		page.Session.State = completeTag()
	}
	return nil
}

func trainedTag(completed bool) *templates.Tag {
	if completed {
		return &templates.Tag{Look: templates.TagOK, Word: "Trained"}
	}
	return &templates.Tag{Look: templates.TagStop, Word: "Absent"}
}

// partsNote says which parts somebody missed who was there for others: "Missed part 2", "Caught up part 2".
func partsNote(registers []delivery.Register, n int, completed bool) string {
	var missed []string
	for _, r := range registers {
		if !r.Rows[n].Mark.Attended() {
			missed = append(missed, "part "+strconv.Itoa(r.Part.Ordinal))
		}
	}
	switch {
	case len(missed) == 0 || len(missed) == len(registers) && !completed:
		return ""
	case completed:
		return "Caught up " + strings.Join(missed, " and ")
	}
	return "Missed " + strings.Join(missed, " and ")
}

// registerLine is the register of a part in short. A part's day is named where there are several.
func registerLine(r delivery.Register) templates.RegisterLine {
	line := templates.RegisterLine{Name: r.Part.Day().Long(), Times: r.Part.Times()}
	if len(r.Session.Parts) > 1 {
		line.Name = "Part " + strconv.Itoa(r.Part.Ordinal) + ", " + line.Name
	}
	line.Action = templates.Action{Label: "Open the register", URL: registerURL(r.Session.ID, r.Part.Ordinal)}
	switch {
	case r.Completed != nil:
		line.Line, line.Action.Label = r.Progress().String(), "See the register"
	case r.Begun:
		line.Line = r.Progress().String()
	default:
		line.Line, line.Action.Label = "Opens on "+r.Part.Day().Long(), "See the register"
	}
	return line
}

// completeLine says how far the session is from its completion, or what that gave.
func (s *Site) completeLine(registers []delivery.Register, completed int) *templates.CompleteLine {
	url := trainerSessionURL(registers[0].Session.ID)
	if done := registers[0].Completed; done != nil {
		line := &templates.CompleteLine{Done: true, Sentence: "It was completed on " + models.When(*done) + ". " + certificatesWords(completed) + "."}
		if models.DateOf(*done) == s.db.Today() {
			line.UndoURL = url + "/undo"
		}
		return line
	}
	if opens := registers[0].OpensAt; registers[0].Begun && s.db.Now().Before(opens) {
		return &templates.CompleteLine{Early: true, Sentence: delivery.OpensLine(opens) + "."}
	}
	return &templates.CompleteLine{
		Ready: delivery.MayComplete(registers, s.db.Now()), URL: url + "/complete",
		Sentence: "You see who gets a certificate and a licence before anything is sent.",
	}
}

// certificatesWords says what completing gave.
func certificatesWords(n int) string {
	switch n {
	case 0:
		return "Nobody was there for all of it, so nobody has a certificate"
	case 1:
		return "1 person has their certificate and licence"
	}
	return strconv.Itoa(n) + " people have their certificate and licence"
}
