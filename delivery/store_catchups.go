package delivery

import (
	"context"
	"errors"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

type catchUpRow struct {
	ID           int64
	PartID       int64
	MissedPartID int64
	PlaceID      int64
	PersonID     int64
	Here         bool
	MarkedAt     time.Time
	MarkedBy     *int64
}

func (catchUpRow) TableName() string { return "catch_ups" }

// catchUpView is one catch-up with the two parts and the person, or a missed part that can be caught up.
type catchUpView struct {
	booking.Attendee
	PartID, SessionID             int64
	StartsAt, EndsAt              time.Time
	MissedPartID, MissedSessionID int64
	MissedOrdinal                 int
	MissedStartsAt, MissedEndsAt  time.Time
	MarkedAt                      time.Time
	Closed                        bool
	MadeUpAt, MadeUpOn            *time.Time // of a missed part: when it was written that it is made up, and when that part starts
}

// whoMissed are the columns of the person, who has place p of booking b, and of the part they missed, m.
const whoMissed = `p.id AS place_id, p.booking_id, p.name, p.email, p.person_id, b.organisation_id, b.demonstration,
	CASE WHEN b.organisation_name <> '' THEN b.organisation_name ELSE b.booker_name END AS organisation,
	m.id AS missed_part_id, m.session_id AS missed_session_id, m.ordinal AS missed_ordinal, m.starts_at AS missed_starts_at, m.ends_at AS missed_ends_at`

// catchUpsQuery selects the catch-ups that count, u made up in part q; a condition follows. The person must still have the place.
const catchUpsQuery = `SELECT ` + whoMissed + `, q.id AS part_id, q.session_id, q.starts_at, q.ends_at, u.marked_at,
	EXISTS (SELECT 1 FROM register_closings k WHERE k.session_id = q.session_id
		AND NOT EXISTS (SELECT 1 FROM register_reopenings r WHERE r.closing_id = k.id)) AS closed
	FROM catch_ups u JOIN parts q ON q.id = u.part_id JOIN parts m ON m.id = u.missed_part_id
	JOIN places p ON p.id = u.place_id AND p.person_id = u.person_id AND p.status = 'confirmed'
	JOIN bookings b ON b.id = p.booking_id
	WHERE u.here AND `

func readCatchUps(ctx context.Context, db models.DB, query string, values ...any) ([]CatchUp, error) {
	var views []catchUpView
	if err := db.SQL(ctx).Raw(query, values...).Scan(&views).Error; err != nil {
		return nil, models.Translate(err)
	}
	var all []CatchUp
	for _, v := range views {
		c := CatchUp{
			Attendee: v.Attendee, SessionID: v.SessionID, MissedSessionID: v.MissedSessionID, Closed: v.Closed,
			Part:   scheduling.Part{ID: v.PartID, Ordinal: v.MissedOrdinal, StartsAt: v.StartsAt.UTC(), EndsAt: v.EndsAt.UTC()},
			Missed: scheduling.Part{ID: v.MissedPartID, Ordinal: v.MissedOrdinal, StartsAt: v.MissedStartsAt.UTC(), EndsAt: v.MissedEndsAt.UTC()},
		}
		if v.counts() {
			all = append(all, c)
		}
	}
	return all, nil
}

// counts says that a catch-up stands, or that a missed part can still be caught up. As with marks, what was written before the day to
// which the part has been moved does not count.
func (v catchUpView) counts() bool {
	before := func(written, starts time.Time) bool { return models.DateOf(written).Before(models.DateOf(starts)) }
	if v.PartID == 0 {
		return v.MadeUpAt == nil || before(*v.MadeUpAt, *v.MadeUpOn)
	}
	return !before(v.MarkedAt, v.StartsAt)
}

// catchUpsIn are the catch-ups that people came for to a session.
func catchUpsIn(ctx context.Context, db models.DB, sessionID int64) ([]CatchUp, error) {
	return readCatchUps(ctx, db, catchUpsQuery+"q.session_id = ? ORDER BY p.name, p.id", sessionID)
}

// catchUpsFrom are the catch-ups of parts of a session, made elsewhere.
func catchUpsFrom(ctx context.Context, db models.DB, sessionID int64) ([]CatchUp, error) {
	return readCatchUps(ctx, db, catchUpsQuery+"m.session_id = ? ORDER BY p.name, p.id", sessionID)
}

// missedOf selects who was marked absent in the part of the same number of another session of the same course, format and number of
// parts, was there for another part or can still be, has no completion of it, and has no place on this session; with the catch-up that
// is written of it, if any. An own group is joined from within the organisation only.
const missedOf = `SELECT ` + whoMissed + `, u.marked_at AS made_up_at, q.starts_at AS made_up_on
	FROM sessions s JOIN parts n ON n.session_id = s.id
	JOIN sessions o ON o.course_id = s.course_id AND o.format = s.format AND o.id <> s.id AND o.status = 'published'
		AND (s.organisation_id IS NULL OR o.organisation_id = s.organisation_id)
	JOIN parts m ON m.session_id = o.id AND m.ordinal = n.ordinal
	JOIN attendance_marks a ON a.part_id = m.id AND a.mark = 'absent'
	JOIN places p ON p.id = a.place_id AND p.person_id = a.person_id AND p.status = 'confirmed'
	JOIN bookings b ON b.id = p.booking_id
	LEFT JOIN catch_ups u ON u.missed_part_id = m.id AND u.place_id = p.id AND u.here LEFT JOIN parts q ON q.id = u.part_id
	WHERE s.id = ? AND n.ordinal = ? AND m.starts_at > ?
	AND (SELECT COUNT(*) FROM parts x WHERE x.session_id = o.id) = (SELECT COUNT(*) FROM parts x WHERE x.session_id = s.id)
	AND EXISTS (SELECT 1 FROM parts x WHERE x.session_id = o.id AND NOT EXISTS
		(SELECT 1 FROM attendance_marks y WHERE y.part_id = x.id AND y.place_id = p.id AND y.mark = 'absent'))
	AND NOT EXISTS (SELECT 1 FROM completions c WHERE c.place_id = p.id AND ` + stands + `)
	AND NOT EXISTS (SELECT 1 FROM places z WHERE z.session_id = s.id AND z.person_id = p.person_id AND z.status IN ('held', 'confirmed'))
	ORDER BY p.name, m.starts_at, p.id LIMIT ?`

// missed lists who can catch up the part of this number in a session, by name.
func missed(ctx context.Context, db models.DB, sessionID int64, part int) ([]CatchUp, error) {
	return readCatchUps(ctx, db, missedOf, sessionID, part, db.Today().AddDays(-catchUpWithin).At(0, 0), mostCatchUps)
}

// writeCatchUp writes that somebody is here, or is not, under the locks of both sessions. What was written of another part no longer
// counts, because that part has been moved: it is taken back, also where that register has been closed without them meanwhile.
func writeCatchUp(ctx context.Context, tx models.DB, actor access.Actor, c CatchUp, here bool) error {
	res := tx.SQL(ctx).Exec("UPDATE catch_ups SET here = FALSE WHERE missed_part_id = ? AND place_id = ? AND part_id <> ? AND here", c.Missed.ID, c.PlaceID, c.Part.ID)
	if res.Error != nil {
		return models.Translate(res.Error)
	}
	res = tx.SQL(ctx).Exec("UPDATE catch_ups SET missed_part_id = ?, person_id = ?, here = ?, marked_at = ?, marked_by = ? WHERE part_id = ? AND place_id = ?",
		c.Missed.ID, *c.PersonID, here, tx.Now(), personOf(actor), c.Part.ID, c.PlaceID)
	if res.Error == nil && res.RowsAffected == 0 {
		res = tx.SQL(ctx).Exec("INSERT INTO catch_ups (part_id, missed_part_id, place_id, person_id, here, marked_at, marked_by) VALUES (?, ?, ?, ?, ?, ?, ?)",
			c.Part.ID, c.Missed.ID, c.PlaceID, *c.PersonID, here, tx.Now(), personOf(actor))
	}
	return models.Affected(res, 1, errors.New("the catch-up was not written"))
}

// restingOn are the other sessions that made a completion which stands and which counts what this session's register says.
func restingOn(ctx context.Context, db models.DB, sessionID int64) ([]int64, error) {
	var ids []int64
	err := db.SQL(ctx).Raw(`SELECT DISTINCT k.session_id FROM completions c JOIN register_closings k ON k.id = c.closing_id
		WHERE k.session_id <> ? AND `+stands+` AND (c.session_id = ? OR EXISTS (SELECT 1 FROM catch_ups u JOIN parts q ON q.id = u.part_id
			WHERE q.session_id = ? AND u.place_id = c.place_id AND u.here)) ORDER BY k.session_id`, sessionID, sessionID, sessionID).Scan(&ids).Error
	return ids, models.Translate(err)
}
