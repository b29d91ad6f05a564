package delivery

import (
	"context"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// Register is the list of one part of a session: everybody with a confirmed place, and whether they were there.
type Register struct {
	Session   scheduling.Session
	Part      scheduling.Part
	Begun     bool       // it is the part's London day, or later: marks may be made
	OpensAt   time.Time  // the session can be completed from then on
	Completed *time.Time // when the session was completed; nil while it is open
	Rows      []Row      // by name, places without a name last
	CatchUps  []CatchUp  // who is here for this part only, by name
}

// Row is one place in the register.
type Row struct {
	booking.Attendee
	Mark     Mark
	MarkedAt time.Time // zero while unmarked
}

// Progress counts a register. A place without a name is not waited for: nobody came on it.
type Progress struct {
	People  int // with a name
	Marked  int
	Here    int // present or late
	Late    int
	Absent  int
	Unnamed int
}

// Left is how many people are still to be marked.
func (p Progress) Left() int { return p.People - p.Marked }

// RegisterOf reads the register of the part of this number, from 1; the session's own trainers and the office may. Errors:
// forbidden; not found; conflict when the session is not published.
func RegisterOf(ctx context.Context, db models.DB, actor access.Actor, sessionID int64, part int) (Register, error) {
	session, err := scheduling.FindAny(ctx, db, sessionID)
	if err != nil {
		return Register{}, err
	}
	if err := takesPlace(session, actor); err != nil {
		return Register{}, err
	}
	return registerOf(ctx, db, actor, session, part)
}

func registerOf(ctx context.Context, db models.DB, actor access.Actor, s scheduling.Session, part int) (Register, error) {
	if part < 1 || part > len(s.Parts) {
		return Register{}, models.NotFound("This session has no such part")
	}
	all, err := registersOf(ctx, db, actor, s)
	if err != nil {
		return Register{}, err
	}
	return all[part-1], nil
}

// registersOf reads the registers of every part, in order.
func registersOf(ctx context.Context, db models.DB, actor access.Actor, s scheduling.Session) ([]Register, error) {
	people, err := booking.Attendees(ctx, db, actor, s)
	if err != nil {
		return nil, err
	}
	marks, err := marksOf(ctx, db, s.ID)
	if err != nil {
		return nil, err
	}
	catchUps, err := catchUpsIn(ctx, db, s.ID)
	if err != nil {
		return nil, err
	}
	closing, closed, err := closingOf(ctx, db, s.ID)
	if err != nil {
		return nil, err
	}
	opens, err := completableFrom(ctx, db, s)
	if err != nil {
		return nil, err
	}
	all := make([]Register, len(s.Parts))
	for i, part := range s.Parts {
		all[i] = Register{Session: s, Part: part, Begun: !db.Today().Before(part.Day()), OpensAt: opens}
		if closed {
			all[i].Completed = &closing.ClosedAt
		}
		for _, p := range people {
			all[i].Rows = append(all[i].Rows, rowOf(p, part, marks[markKey{part.ID, p.PlaceID}]))
		}
		for _, c := range catchUps {
			if c.Part.ID == part.ID {
				all[i].CatchUps = append(all[i].CatchUps, c)
			}
		}
	}
	return all, nil
}

// rowOf joins a place with its mark. A mark made for somebody who had the place before, or before the day to which the part has
// been moved, does not count.
func rowOf(p booking.Attendee, part scheduling.Part, m markRow) Row {
	row := Row{Attendee: p}
	if p.Named() && m.ID != 0 && m.PersonID == *p.PersonID && !models.DateOf(m.MarkedAt).Before(part.Day()) {
		row.Mark, row.MarkedAt = m.Mark, m.MarkedAt.UTC()
	}
	return row
}

// Progress counts the register.
func (r Register) Progress() Progress {
	var p Progress
	for _, row := range r.Rows {
		if !row.Named() {
			p.Unnamed++
			continue
		}
		p.People++
		switch row.Mark {
		case Unmarked:
			continue
		case Late:
			p.Late++
			p.Here++
		case Present:
			p.Here++
		case Absent:
			p.Absent++
		}
		p.Marked++
	}
	return p
}

// String is the line over the register: "4 of 12 marked. 3 here, 1 absent."
func (p Progress) String() string {
	line := fmt.Sprintf("%d of %d marked. %d here", p.Marked, p.People, p.Here)
	if p.Late > 0 {
		line += fmt.Sprintf(" (%d late)", p.Late)
	}
	return line + fmt.Sprintf(", %d absent.", p.Absent)
}

// Line stands under the person's name: "Here from 9:30am", "Late, at 9:50am", "Absent", "Not marked yet".
func (r Register) Line(row Row) string {
	switch row.Mark {
	case Present:
		return "Here from " + models.ClockTime(r.Part.StartsAt)
	case Late:
		if r.Part.StartsAt.Before(row.MarkedAt) && row.MarkedAt.Before(r.Part.EndsAt) {
			return "Late, at " + models.ClockTime(row.MarkedAt)
		}
		return "Late"
	case Absent, Unmarked:
	}
	return row.Mark.Title()
}
