package access

import (
	"context"

	"hub.salford.ac.uk/ssph/models"
)

// LinkWaiting is the newest mailed link that would confirm a booking and still works. Without one the error is models.ErrNoRow.
func LinkWaiting(ctx context.Context, db models.DB, bookingID int64) (Link, error) {
	var row linkRow
	err := db.SQL(ctx).Where("booking_id = ? AND used_at IS NULL AND expires_at > ?", bookingID, db.Now()).Order("id DESC").Take(&row).Error
	return row.link(), models.Translate(err)
}
