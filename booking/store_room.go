package booking

import (
	"context"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// A place takes room while its booking is confirmed; while the booking's hold runs; and, past the hold, while a payment page is
// open that may still bring money. The condition is about bookings b and is given the present instant once.
const takesRoom = `(b.status = 'confirmed' OR b.status = 'held' AND (b.hold_until > ? OR ` + mayStillPay + `))`

const mayStillPay = `EXISTS (SELECT 1 FROM payment_attempts t WHERE t.order_kind = 'booking' AND t.order_id = b.id
	AND t.status IN ('created', 'open', 'processing'))`

// roomCaughtUp counts the people without a place who make up a part in a session, each once: they take room like a place.
const roomCaughtUp = `SELECT q.session_id, COUNT(DISTINCT u.place_id) AS taken FROM catch_ups u JOIN parts q ON q.id = u.part_id
	WHERE u.here`

// Taken counts the places taken on each of the sessions, and the people who make up a part in it; one without any is left out.
func Taken(ctx context.Context, db models.DB, sessions []int64) (map[int64]int, error) {
	if len(sessions) == 0 {
		return nil, nil
	}
	var rows []struct {
		SessionID int64
		Taken     int
	}
	err := db.SQL(ctx).Raw(`SELECT p.session_id, COUNT(*) AS taken FROM places p JOIN bookings b ON b.id = p.booking_id
		WHERE p.session_id IN ? AND p.status IN ('held', 'confirmed') AND `+takesRoom+` GROUP BY p.session_id
		UNION ALL `+roomCaughtUp+` AND q.session_id IN ? GROUP BY q.session_id`, sessions, db.Now(), sessions).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("count places: %w", err)
	}
	taken := map[int64]int{}
	for _, r := range rows {
		taken[r.SessionID] += r.Taken
	}
	return taken, nil
}

// takenByOthers counts the room taken on a session by everybody but one booking. It is asked under the session's lock.
func takenByOthers(ctx context.Context, tx models.DB, session, but int64) (int, error) {
	var taken int
	err := tx.SQL(ctx).Raw(`SELECT COALESCE(SUM(taken), 0) FROM (SELECT COUNT(*) AS taken FROM places p JOIN bookings b ON b.id = p.booking_id
		WHERE p.session_id = ? AND p.booking_id <> ? AND p.status IN ('held', 'confirmed') AND `+takesRoom+`
		UNION ALL SELECT taken FROM (`+roomCaughtUp+` AND q.session_id = ? GROUP BY q.session_id) AS c) AS all_of_it`,
		session, but, tx.Now(), session).Scan(&taken).Error
	if err != nil {
		return 0, fmt.Errorf("count places: %w", err)
	}
	return taken, nil
}

// heldByOrganisation counts the places that an organisation's other bookings take on a session. An organisation is known by what
// spellings of its name have in common: two of its people who book apart share one limit.
func heldByOrganisation(ctx context.Context, tx models.DB, session, but int64, key string) (int, error) {
	var taken int
	err := tx.SQL(ctx).Raw(`SELECT COUNT(*) FROM places p JOIN bookings b ON b.id = p.booking_id
		WHERE p.session_id = ? AND p.booking_id <> ? AND b.organisation_name_key = ? AND p.status IN ('held', 'confirmed') AND `+takesRoom,
		session, but, key, tx.Now()).Scan(&taken).Error
	if err != nil {
		return 0, fmt.Errorf("count places: %w", err)
	}
	return taken, nil
}

// expireLapsed ends every hold of a session that has run out and for which no money can come any more. It is the first thing
// done under the session's lock, so that nobody's lapsed hold keeps another from booking.
func expireLapsed(ctx context.Context, tx models.DB, session int64) error {
	lapsed := `SELECT b.id FROM bookings b WHERE b.session_id = ? AND b.status = 'held' AND b.hold_until <= ? AND NOT ` + mayStillPay
	return expire(ctx, tx, lapsed, session, tx.Now())
}

// expire ends the holds that the query names: places first, for the query looks at the bookings' state.
func expire(ctx context.Context, tx models.DB, which string, args ...any) error {
	places := tx.SQL(ctx).Exec("UPDATE places SET status = 'released' WHERE status = 'held' AND booking_id IN ("+which+")", args...)
	if places.Error != nil {
		return fmt.Errorf("release places: %w", models.Translate(places.Error))
	}
	ended := append([]any{tx.Now()}, args...)
	bookings := tx.SQL(ctx).Exec("UPDATE bookings SET status = 'expired', ended_at = ? WHERE id IN ("+which+")", ended...)
	return models.Translate(bookings.Error)
}

// lapsedHolds lists bookings whose hold has run out, oldest first, whatever their payment pages do.
func lapsedHolds(ctx context.Context, db models.DB, at time.Time, most int) ([]int64, error) {
	var ids []int64
	err := db.SQL(ctx).Raw("SELECT id FROM bookings WHERE status = 'held' AND hold_until <= ? ORDER BY hold_until LIMIT ?", at, most).Scan(&ids).Error
	return ids, models.Translate(err)
}

// namedElsewhere returns which of the addresses already have a place on the session in another booking, with that place's name.
func namedElsewhere(ctx context.Context, tx models.DB, session, but int64, emails []string) (map[string]bool, error) {
	if len(emails) == 0 {
		return nil, nil
	}
	var found []string
	err := tx.SQL(ctx).Raw(`SELECT email FROM places WHERE session_id = ? AND booking_id <> ? AND email IN ? AND status IN ('held', 'confirmed')`,
		session, but, emails).Scan(&found).Error
	if err != nil {
		return nil, fmt.Errorf("people on the session: %w", err)
	}
	there := map[string]bool{}
	for _, email := range found {
		there[email] = true
	}
	return there, nil
}

// letGoOwn ends this browser's earlier holds on a session, so that nobody's own abandoned attempt shows them a full session. One
// with a payment page that may still bring money stays. It returns how many places came free.
func letGoOwn(ctx context.Context, tx models.DB, actor access.Actor, session int64) (int, error) {
	claims := actor.Scope().Claims
	if len(claims) == 0 {
		return 0, nil
	}
	own := `SELECT b.id FROM bookings b WHERE b.session_id = ? AND b.status = 'held' AND b.claim_hash IN ? AND NOT ` + mayStillPay
	var freed int
	err := tx.SQL(ctx).Raw("SELECT COUNT(*) FROM places WHERE status = 'held' AND booking_id IN ("+own+")", session, claims).Scan(&freed).Error
	if err != nil || freed == 0 {
		return 0, models.Translate(err)
	}
	return freed, expire(ctx, tx, own, session, claims)
}

// unfinished counts bookings that hold places and are not confirmed.
func unfinished(ctx context.Context, tx models.DB, which string, args any) (int, error) {
	var n int
	err := tx.SQL(ctx).Raw("SELECT COUNT(*) FROM bookings b WHERE b.status = 'held' AND "+takesRoom+" AND "+which, tx.Now(), args).Scan(&n).Error
	return n, models.Translate(err)
}
