package booking

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// insertBooking writes a booking with a place for each of its people, and reads it back.
func insertBooking(ctx context.Context, tx models.DB, row bookingRow) (Booking, error) {
	if err := tx.SQL(ctx).Create(&row).Error; err != nil {
		return Booking{}, fmt.Errorf("write a booking: %w", models.Translate(err))
	}
	if err := insertPlaces(ctx, tx, row, 1, row.PlaceCount); err != nil {
		return Booking{}, err
	}
	return Find(ctx, tx, access.System().Scope(), row.ID)
}

// insertPlaces writes the places from one number to another, both included.
func insertPlaces(ctx context.Context, tx models.DB, b bookingRow, from, to int) error {
	var rows []placeRow
	for n := from; n <= to; n++ {
		rows = append(rows, placeRow{BookingID: b.ID, SessionID: b.SessionID, Ordinal: n, Status: PlaceHeld, CreatedAt: tx.Now()})
	}
	if len(rows) == 0 {
		return nil
	}
	if err := tx.SQL(ctx).Create(&rows).Error; err != nil {
		return fmt.Errorf("places: %w", models.Translate(err))
	}
	return nil
}
