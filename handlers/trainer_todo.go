package handlers

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/delivery"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

// trainerToDo is what waits for a trainer: registers to take and sessions to complete, the oldest first.
func (s *Site) trainerToDo(ctx context.Context, actor access.Actor) ([]templates.ToDo, error) {
	ids, err := delivery.Waiting(ctx, s.db, actor.PersonID)
	if err != nil {
		return nil, err
	}
	var todo []templates.ToDo
	for _, id := range ids {
		registers, err := delivery.Registers(ctx, s.db, actor, id)
		if err != nil {
			return nil, err
		}
		if next, there := s.nextToDo(registers); there {
			todo = append(todo, next)
		}
	}
	return todo, nil
}

// nextToDo is the next step towards completing a session: the first part with somebody to mark or to name, or the completion. There
// is none until the next part.
func (s *Site) nextToDo(registers []delivery.Register) (templates.ToDo, bool) {
	session := registers[0].Session
	for _, r := range registers {
		if !r.Begun {
			return templates.ToDo{}, false
		}
		progress := r.Progress()
		if progress.People > 0 && progress.Left() == 0 {
			continue
		}
		what, by := "Mark the register for "+weekdayAndDay(r.Part.Day()), fmt.Sprintf("%d of %d marked", progress.Marked, progress.People)
		if progress.People == 0 {
			by = "Name who came: " + counted(progress.Unnamed, "place") + " without a name"
		}
		return toDo(what, session.Heading()+ofParts(r)+". "+by, "Open the register", registerURL(session.ID, r.Part.Ordinal)), true
	}
	if !delivery.MayComplete(registers, s.db.Now()) {
		return templates.ToDo{}, false
	}
	what := "Complete the session of " + weekdayAndDay(session.LastDay())
	return toDo(what, session.Heading()+". Everybody is marked", "Look and complete", trainerSessionURL(session.ID)+"/complete"), true
}

func toDo(what, by, label, url string) templates.ToDo {
	return templates.ToDo{What: what, By: by, Link: &templates.Action{Label: label, URL: url}}
}

// ofParts says which part of several a register is: ", part 1 of 2".
func ofParts(r delivery.Register) string {
	if n := len(r.Session.Parts); n > 1 {
		return fmt.Sprintf(", part %d of %d", r.Part.Ordinal, n)
	}
	return ""
}

// weekdayAndDay is a day close by: Tuesday 12 January.
func weekdayAndDay(d models.Date) string { return fmt.Sprintf("%s %d %s", d.Weekday(), d.Day, d.Month) }

// namesOf are the names of rows of a register.
func namesOf(rows []delivery.Row) []string {
	names := make([]string, len(rows))
	for i, r := range rows {
		names[i] = r.Name
	}
	return names
}

// named counts the people on a session.
func named(registers []delivery.Register) int {
	if len(registers) == 0 {
		return 0
	}
	return registers[0].Progress().People
}

// registersOf reads the registers of a session that takes place; a draft or a cancelled one has none.
func (s *Site) registersOf(ctx context.Context, actor access.Actor, session scheduling.Session) ([]delivery.Register, error) {
	if session.Status != scheduling.Published {
		return nil, nil
	}
	return delivery.Registers(ctx, s.db, actor, session.ID)
}
