package booking

import (
	"context"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// awaitingOrders lists the bookings that wait for a purchase order, those due first first.
func awaitingOrders(ctx context.Context, db models.DB) ([]int64, error) {
	var ids []int64
	err := db.SQL(ctx).Raw(`SELECT id FROM bookings WHERE status = 'confirmed' AND purchase_order_due IS NOT NULL
		ORDER BY purchase_order_due, id`).Scan(&ids).Error
	return ids, models.Translate(err)
}

// orderLastAsked is the London day on which the booker was last written to about the purchase order; no day when never.
func orderLastAsked(ctx context.Context, db models.DB, b Booking) (models.Date, error) {
	var at []time.Time
	err := db.SQL(ctx).Raw(`SELECT created_at FROM mails WHERE about_kind = 'booking' AND about_id = ? AND kind IN (?, ?)
		ORDER BY id DESC LIMIT 1`, b.ID, mailAcknowledged, mailOrderWanted).Scan(&at).Error
	if err != nil || len(at) == 0 {
		return models.Date{}, models.Translate(err)
	}
	return models.DateOf(at[0]), nil
}

// AwaitingPurchaseOrders lists the bookings that wait for a purchase order, those due first first. Only the office may ask.
func AwaitingPurchaseOrders(ctx context.Context, db models.DB, actor access.Actor) ([]Booking, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return nil, err
	}
	ids, err := awaitingOrders(ctx, db)
	if err != nil {
		return nil, err
	}
	bookings := make([]Booking, len(ids))
	for i, id := range ids {
		if bookings[i], err = Find(ctx, db, actor.Scope(), id); err != nil {
			return nil, err
		}
	}
	return bookings, nil
}
