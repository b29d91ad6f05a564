package delivery

import (
	"cmp"
	"context"
	"slices"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// SessionsAttended is, by completion, the session as its person attended it: with the parts that they made up elsewhere in place of
// those they missed, in order of time, and with the towns and trainers of those too.
func SessionsAttended(ctx context.Context, db models.DB, all []Completion) (map[int64]scheduling.Session, error) {
	bySession := map[int64][]Completion{}
	for _, c := range all {
		bySession[c.SessionID] = append(bySession[c.SessionID], c)
	}
	attended := map[int64]scheduling.Session{}
	for id, completions := range bySession {
		session, err := scheduling.FindAny(ctx, db, id)
		if err != nil {
			return nil, err
		}
		registers, err := registersOf(ctx, db, access.System(), session)
		if err != nil {
			return nil, err
		}
		a, err := attendanceOf(ctx, db, registers, 0)
		if err != nil {
			return nil, err
		}
		for _, c := range completions {
			if attended[c.ID], err = a.session(ctx, db, session, c.PlaceID); err != nil {
				return nil, err
			}
		}
	}
	return attended, nil
}

// session is the session as the person of a place attended it.
func (a attendance) session(ctx context.Context, db models.DB, s scheduling.Session, placeID int64) (scheduling.Session, error) {
	n := slices.IndexFunc(a.registers[0].Rows, func(r Row) bool { return r.PlaceID == placeID })
	if n < 0 {
		return s, nil
	}
	parts := a.parts(n)
	for _, r := range a.registers {
		made, there := a.madeUp[markKey{r.Part.ID, placeID}]
		if !there || !slices.Contains(parts, made.Part) {
			continue
		}
		other, err := scheduling.FindAny(ctx, db, made.SessionID)
		if err != nil {
			return s, err
		}
		s = together(s, other)
	}
	slices.SortFunc(parts, func(x, y scheduling.Part) int { return x.StartsAt.Compare(y.StartsAt) })
	for i := range parts {
		parts[i].Ordinal = i + 1
	}
	s.Parts = parts
	return s, nil
}

// together adds the trainers and the town of a session to another.
func together(s, other scheduling.Session) scheduling.Session {
	s.Trainers = slices.Clone(s.Trainers)
	for _, t := range other.Trainers {
		if !slices.ContainsFunc(s.Trainers, func(own scheduling.Trainer) bool { return own.ID == t.ID }) {
			s.Trainers = append(s.Trainers, t)
		}
	}
	slices.SortFunc(s.Trainers, func(x, y scheduling.Trainer) int { return cmp.Compare(x.Name, y.Name) })
	if s.Venue != nil && other.Venue != nil && s.Venue.Town != other.Venue.Town {
		both := *s.Venue
		both.Town += " and " + other.Venue.Town
		s.Venue = &both
	}
	return s
}
