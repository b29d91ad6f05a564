package delivery

import (
	"context"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// Registers reads the registers of every part of a session, in order. Errors as for RegisterOf.
func Registers(ctx context.Context, db models.DB, actor access.Actor, sessionID int64) ([]Register, error) {
	session, err := scheduling.FindAny(ctx, db, sessionID)
	if err != nil {
		return nil, err
	}
	if err := takesPlace(session, actor); err != nil {
		return nil, err
	}
	return registersOf(ctx, db, actor, session)
}

// Ahead is what completing a session would do.
type Ahead struct {
	Completes []Row    // who was present or late in every part, or made up what they missed, by name
	Misses    []Missed // who was not, by name
	CatchUps  []Row    // whose training on another session is whole with the part they made up here
	Unnamed   int      // places that nobody is named for: they stay as they are
}

// Missed is a person who gets no completion, and the numbers of the parts they were absent from.
type Missed struct {
	Row
	Parts []int
}

// PreviewComplete says whom Complete would complete, for the person to see first. Errors as for Complete; and conflict when the
// session is completed already.
func PreviewComplete(ctx context.Context, db models.DB, actor access.Actor, sessionID int64) (Ahead, error) {
	registers, err := Registers(ctx, db, actor, sessionID)
	if err != nil {
		return Ahead{}, err
	}
	if done := registers[0].Completed; done != nil {
		return Ahead{}, models.Fail(models.KindConflict, "This session was completed on %s", models.When(*done))
	}
	if err := ready(registers, db.Now()); err != nil {
		return Ahead{}, err
	}
	return aheadOf(ctx, db, registers)
}

func aheadOf(ctx context.Context, db models.DB, registers []Register) (Ahead, error) {
	a, err := attendanceOf(ctx, db, registers, 0)
	if err != nil {
		return Ahead{}, err
	}
	ahead := Ahead{Unnamed: registers[0].Progress().Unnamed}
	for i, row := range registers[0].Rows {
		if !row.Named() {
			continue
		}
		if absent := a.missed(i); absent == nil {
			ahead.Completes = append(ahead.Completes, row)
		} else {
			ahead.Misses = append(ahead.Misses, Missed{Row: row, Parts: absent})
		}
	}
	others, err := finishedBy(ctx, db, registers)
	for _, f := range others {
		ahead.CatchUps = append(ahead.CatchUps, f.Row)
	}
	return ahead, err
}

// MayComplete says that Complete would be allowed now, as far as the registers of a session say: nobody is unmarked.
func MayComplete(registers []Register, now time.Time) bool {
	return len(registers) > 0 && registers[0].Completed == nil && ready(registers, now) == nil
}
