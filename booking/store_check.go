package booking

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// CheckCapacity looks for sessions with more places taken than they have; each finding is a sentence.
func CheckCapacity(ctx context.Context, db models.DB) ([]string, error) {
	var rows []struct {
		ID              int64
		Capacity, Taken int
	}
	err := db.SQL(ctx).Raw(`SELECT s.id, s.capacity, SUM(t.taken) AS taken FROM sessions s JOIN (
		SELECT p.session_id, COUNT(*) AS taken FROM places p JOIN bookings b ON b.id = p.booking_id
		WHERE p.status IN ('held', 'confirmed') AND `+takesRoom+` GROUP BY p.session_id
		UNION ALL `+roomCaughtUp+` GROUP BY q.session_id) AS t ON t.session_id = s.id
		GROUP BY s.id, s.capacity HAVING SUM(t.taken) > s.capacity`, db.Now()).Scan(&rows).Error
	var found []string
	for _, r := range rows {
		found = append(found, fmt.Sprintf("session %d has %d places taken of %d", r.ID, r.Taken, r.Capacity))
	}
	return found, models.Translate(err)
}

// CheckPlaces looks for people with two places on one session, for places that do not stand as their booking does, and for
// confirmed bookings that have no invoice.
func CheckPlaces(ctx context.Context, db models.DB) ([]string, error) {
	var found []string
	for _, c := range placeChecks {
		var ids []int64
		if err := db.SQL(ctx).Raw(c.query).Scan(&ids).Error; err != nil {
			return nil, fmt.Errorf("%s: %w", c.sentence, models.Translate(err))
		}
		for _, id := range ids {
			found = append(found, fmt.Sprintf(c.sentence, id))
		}
	}
	return found, nil
}

// placeChecks are queries that find nothing while all is well.
var placeChecks = []struct{ sentence, query string }{
	{"session %d has one person on two places", `SELECT session_id FROM places WHERE email <> '' AND status IN ('held', 'confirmed')
		GROUP BY session_id, email HAVING COUNT(*) > 1`},
	{"booking %d has another number of places than it says", `SELECT b.id FROM bookings b WHERE b.place_count <>
		(SELECT COUNT(*) FROM places p WHERE p.booking_id = b.id)`},
	{"booking %d is confirmed but a place of it is not", `SELECT DISTINCT b.id FROM bookings b JOIN places p ON p.booking_id = b.id
		WHERE b.status = 'confirmed' AND p.status IN ('held', 'released')`},
	{"booking %d is not confirmed but a place of it is", `SELECT DISTINCT b.id FROM bookings b JOIN places p ON p.booking_id = b.id
		WHERE b.status IN ('held', 'expired') AND p.status = 'confirmed'`},
	{"booking %d has ended but still has a place", `SELECT DISTINCT b.id FROM bookings b JOIN places p ON p.booking_id = b.id
		WHERE b.status = 'expired' AND p.status = 'held'`},
	{"booking %d is confirmed without an invoice", `SELECT b.id FROM bookings b WHERE b.status = 'confirmed' AND NOT EXISTS
		(SELECT 1 FROM documents d WHERE d.order_kind = 'booking' AND d.order_id = b.id AND d.kind = 'invoice')
		AND NOT EXISTS (SELECT 1 FROM walk_ins w WHERE w.booking_id = b.id) AND b.purchase_order_due IS NULL`},
	{"booking %d waits for a purchase order but has its invoice", `SELECT b.id FROM bookings b WHERE b.status = 'confirmed'
		AND b.purchase_order_due IS NOT NULL AND EXISTS
		(SELECT 1 FROM documents d WHERE d.order_kind = 'booking' AND d.order_id = b.id AND d.kind = 'invoice')`},
	{"booking %d of a walk-in has no invoice, and no task tells the office", `SELECT w.booking_id FROM walk_ins w WHERE NOT EXISTS
		(SELECT 1 FROM documents d WHERE d.order_kind = 'booking' AND d.order_id = w.booking_id AND d.kind = 'invoice')
		AND NOT EXISTS (SELECT 1 FROM office_tasks o WHERE o.kind = 'walk-in' AND o.about_id = w.booking_id AND o.done_at IS NULL)`},
}
