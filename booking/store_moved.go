package booking

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// confirmedOn reads every confirmed booking of a session with its places, in order.
func confirmedOn(ctx context.Context, db models.DB, session int64) ([]Booking, error) {
	var rows []bookingRow
	err := db.SQL(ctx).Where("session_id = ? AND status = ?", session, Confirmed).Order("id").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("bookings of session %d: %w", session, models.Translate(err))
	}
	all := make([]Booking, len(rows))
	for i, r := range rows {
		all[i] = r.booking()
	}
	return all, addPlaces(ctx, db, all)
}
