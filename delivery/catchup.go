package delivery

import (
	"context"
	"slices"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// catchUpWithin is how many days back a missed part may lie to be caught up; mostCatchUps bounds the list of them.
const (
	catchUpWithin = 365
	mostCatchUps  = 100
)

// CatchUp is somebody who makes up, in a part of this session, the part of the same number that they missed of another session of
// the same course, format and number of parts.
type CatchUp struct {
	booking.Attendee                 // their place, on the session that they missed a part of
	Part             scheduling.Part // in which they make it up
	SessionID        int64           // of that part
	Missed           scheduling.Part
	MissedSessionID  int64
	Closed           bool // the register of the session in which they make it up is closed: it counts
}

// CanCatchUp lists who can catch up the part of this number in a session, by name: who was absent from it within a year, not from every
// part, and has no place here. Nobody can in a session of one part. The session's own trainers and the office may ask. Errors as for
// RegisterOf.
func CanCatchUp(ctx context.Context, db models.DB, actor access.Actor, sessionID int64, part int) ([]CatchUp, error) {
	if _, err := RegisterOf(ctx, db, actor, sessionID, part); err != nil {
		return nil, err
	}
	return missed(ctx, db, sessionID, part)
}

// AddCatchUp puts somebody on the register of one part who missed that part of another session, and is here now. They take room, but
// no place: theirs is on the other session. Adding them again changes nothing. Errors as for MarkPerson; and conflict for somebody
// who cannot catch this part up; full when there is no room.
func AddCatchUp(ctx context.Context, tx models.DB, actor access.Actor, sessionID int64, part int, placeID int64) error {
	could, err := missed(ctx, tx, sessionID, part)
	if err != nil {
		return err
	}
	if err := claimAll(ctx, tx, append(sessionsOf(could, placeID), sessionID)); err != nil {
		return err
	}
	sheet, err := openSheet(ctx, tx, actor, sessionID, part)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(sheet.CatchUps, func(c CatchUp) bool { return c.PlaceID == placeID }) {
		return nil
	}
	if could, err = missed(ctx, tx, sessionID, part); err != nil {
		return err
	}
	i := slices.IndexFunc(could, func(c CatchUp) bool { return c.PlaceID == placeID })
	if i < 0 {
		return models.Fail(models.KindConflict, "This person has no part %d to catch up. Look at the list again", part)
	}
	if err := sheet.hasRoom(ctx, tx); err != nil {
		return err
	}
	could[i].Part = sheet.Part
	return sheet.catchUp(ctx, tx, actor, could[i], true)
}

// RemoveCatchUp takes somebody off the register again who was put there by AddCatchUp. Who is not there stays so. Errors as for
// MarkPerson.
func RemoveCatchUp(ctx context.Context, tx models.DB, actor access.Actor, sessionID int64, part int, placeID int64) error {
	sheet, err := openSheet(ctx, tx, actor, sessionID, part)
	if err != nil {
		return err
	}
	for _, c := range sheet.CatchUps {
		if c.PlaceID == placeID {
			return sheet.catchUp(ctx, tx, actor, c, false)
		}
	}
	return nil
}

// hasRoom refuses one more person in a full session.
func (r Register) hasRoom(ctx context.Context, tx models.DB) error {
	taken, err := booking.Taken(ctx, tx, []int64{r.Session.ID})
	if err == nil && taken[r.Session.ID] >= r.Session.Capacity {
		return models.Fail(models.KindFull, "This session is full: all %s are taken", models.Count(r.Session.Capacity, "place"))
	}
	return err
}

func (r Register) catchUp(ctx context.Context, tx models.DB, actor access.Actor, c CatchUp, here bool) error {
	if err := writeCatchUp(ctx, tx, actor, c, here); err != nil {
		return err
	}
	action := "catch-up-added"
	if !here {
		action = "catch-up-removed"
	}
	return access.Record(ctx, tx, actor, access.Entry{
		Action: action, SubjectKind: "place", SubjectID: c.PlaceID, OrganisationID: c.OrganisationID,
		Detail: map[string]int64{"part": c.Part.ID, "missed": c.Missed.ID, "person": *c.PersonID},
	})
}

// sessionsOf are the sessions on which the place is that a part was missed of.
func sessionsOf(all []CatchUp, placeID int64) []int64 {
	var ids []int64
	for _, c := range all {
		if c.PlaceID == placeID {
			ids = append(ids, c.MissedSessionID)
		}
	}
	return ids
}

// claimAll claims sessions in ascending order, each once.
func claimAll(ctx context.Context, tx models.DB, ids []int64) error {
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		if _, err := scheduling.Claim(ctx, tx, id); err != nil {
			return err
		}
	}
	return nil
}

// claimLinked claims a session together with those that its completion depends on or decides: where its people caught up, and whose
// people caught up in it. It returns the session.
func claimLinked(ctx context.Context, tx models.DB, sessionID int64) (scheduling.Session, error) {
	if err := tx.MustBeTx(); err != nil {
		return scheduling.Session{}, err
	}
	linked, err := linkedTo(ctx, tx, sessionID)
	if err != nil {
		return scheduling.Session{}, err
	}
	if err := claimAll(ctx, tx, linked); err != nil {
		return scheduling.Session{}, err
	}
	now, err := linkedTo(ctx, tx, sessionID)
	if err != nil {
		return scheduling.Session{}, err
	}
	for _, id := range now {
		if !slices.Contains(linked, id) {
			return scheduling.Session{}, models.Fail(models.KindConflict, "The register changed meanwhile. Look at it again")
		}
	}
	return scheduling.FindAny(ctx, tx, sessionID)
}

func linkedTo(ctx context.Context, tx models.DB, sessionID int64) ([]int64, error) {
	in, err := catchUpsIn(ctx, tx, sessionID)
	if err != nil {
		return nil, err
	}
	from, err := catchUpsFrom(ctx, tx, sessionID)
	ids := []int64{sessionID}
	for _, c := range append(in, from...) {
		ids = append(ids, c.SessionID, c.MissedSessionID)
	}
	return ids, err
}
