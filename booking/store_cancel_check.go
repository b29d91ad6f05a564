package booking

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// CheckCancellations looks for cancelled places without a record of what was kept and credited, for records that do not agree with
// their credit note, and for bookings that go on without a place or have places after their end.
func CheckCancellations(ctx context.Context, db models.DB) ([]string, error) {
	var found []string
	for _, c := range []struct{ sentence, query string }{
		{"place %d is cancelled, and nothing says on which terms", `SELECT p.id FROM places p WHERE p.status = 'cancelled'
			AND NOT EXISTS (SELECT 1 FROM cancellations c WHERE c.place_id = p.id)`},
		{"place %d has the record of a cancellation, but is not cancelled", `SELECT p.id FROM places p JOIN cancellations c ON c.place_id = p.id
			WHERE p.status <> 'cancelled' OR p.booking_id <> c.booking_id`},
		{"credit note %d is not the sum of its cancelled places", `SELECT d.id FROM documents d JOIN cancellations c ON c.credit_id = d.id
			GROUP BY d.id, d.net_pence, d.vat_pence HAVING SUM(c.credit_net_pence) <> d.net_pence OR SUM(c.credit_vat_pence) <> d.vat_pence`},
		{"place %d was credited without a credit note", `SELECT place_id FROM cancellations WHERE credit_id IS NULL AND credit_net_pence + credit_vat_pence > 0`},
		{"booking %d is confirmed without a place", `SELECT b.id FROM bookings b WHERE b.status = 'confirmed' AND NOT EXISTS
			(SELECT 1 FROM places p WHERE p.booking_id = b.id AND p.status = 'confirmed')`},
		{"booking %d is cancelled but still has a place", `SELECT b.id FROM bookings b WHERE b.status = 'cancelled' AND EXISTS
			(SELECT 1 FROM places p WHERE p.booking_id = b.id AND p.status <> 'cancelled')`},
	} {
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
