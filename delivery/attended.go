package delivery

import (
	"context"
	"slices"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// attendance is who was there for which part of a session, with the parts made up elsewhere that count.
type attendance struct {
	registers []Register
	madeUp    map[markKey]CatchUp
}

// attendanceOf reads it. A catch-up counts once the register is closed in which it stands, or when that is the one closing now; 0 is
// none.
func attendanceOf(ctx context.Context, db models.DB, registers []Register, closing int64) (attendance, error) {
	a := attendance{registers: registers, madeUp: map[markKey]CatchUp{}}
	from, err := catchUpsFrom(ctx, db, registers[0].Session.ID)
	for _, c := range from {
		if c.Closed || c.SessionID == closing {
			a.madeUp[markKey{c.Missed.ID, c.PlaceID}] = c
		}
	}
	return a, err
}

// parts are the sittings that count for the nth place: the session's own, or the one that made up for it. A part missed is left out.
func (a attendance) parts(n int) []scheduling.Part {
	var there []scheduling.Part
	for _, r := range a.registers {
		row := r.Rows[n]
		if row.Mark.Attended() {
			there = append(there, r.Part)
		} else if c, ok := a.madeUp[markKey{r.Part.ID, row.PlaceID}]; ok {
			there = append(there, c.Part)
		}
	}
	return there
}

// missed are the numbers of the parts that the person of the nth place was absent from and has not made up.
func (a attendance) missed(n int) []int {
	var absent []int
	for _, r := range a.registers {
		if _, made := a.madeUp[markKey{r.Part.ID, r.Rows[n].PlaceID}]; !made && !r.Rows[n].Mark.Attended() {
			absent = append(absent, r.Part.Ordinal)
		}
	}
	return absent
}

// lastDay is the London day of the last of some parts; a part made up may lie before or after the others.
func lastDay(parts []scheduling.Part) models.Date {
	last := parts[0].Day()
	for _, p := range parts {
		if last.Before(p.Day()) {
			last = p.Day()
		}
	}
	return last
}

// finished is somebody whose training on another session is whole once this one's register closes, because they made up the rest.
type finished struct {
	Row
	session scheduling.Session
	parts   []scheduling.Part
}

// finishedBy works out who they are, by session and name. A session whose own register is open decides itself, when it closes.
func finishedBy(ctx context.Context, db models.DB, registers []Register) ([]finished, error) {
	var all []finished
	for _, id := range missedSessions(registers) {
		own, err := closedRegisters(ctx, db, id)
		if err != nil {
			return nil, err
		}
		if own == nil {
			continue
		}
		a, err := attendanceOf(ctx, db, own, registers[0].Session.ID)
		if err != nil {
			return nil, err
		}
		done, err := Completions(ctx, db, access.System().Scope(), Filter{SessionID: id, Live: true})
		if err != nil {
			return nil, err
		}
		for i, row := range own[0].Rows {
			has := slices.ContainsFunc(done, func(c Completion) bool { return c.PlaceID == row.PlaceID })
			if parts := a.parts(i); comesTo(registers, row.PlaceID) && !has && len(parts) == len(own) {
				all = append(all, finished{Row: row, session: own[0].Session, parts: parts})
			}
		}
	}
	return all, nil
}

// closedRegisters are the registers of a session that is completed; none of another.
func closedRegisters(ctx context.Context, db models.DB, id int64) ([]Register, error) {
	session, err := scheduling.FindAny(ctx, db, id)
	if err != nil {
		return nil, err
	}
	registers, err := registersOf(ctx, db, access.System(), session)
	if err != nil || registers[0].Completed == nil {
		return nil, err
	}
	return registers, nil
}

// missedSessions are the sessions of which people catch up a part in these registers.
func missedSessions(registers []Register) []int64 {
	var ids []int64
	for _, r := range registers {
		for _, c := range r.CatchUps {
			ids = append(ids, c.MissedSessionID)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// comesTo says that the person of a place catches up in one of these registers.
func comesTo(registers []Register, placeID int64) bool {
	return slices.ContainsFunc(registers, func(r Register) bool {
		return slices.ContainsFunc(r.CatchUps, func(c CatchUp) bool { return c.PlaceID == placeID })
	})
}
