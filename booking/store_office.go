package booking

import (
	"context"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// MonthSold is how many open-access places were sold in one month.
type MonthSold struct {
	Month  models.Date // its first day
	Places int
}

// SoldByMonth counts the open-access places sold in each of the last so many months, this one last, by the London day on which the
// booking was confirmed. Places cancelled since are not counted. Only the office may ask.
func SoldByMonth(ctx context.Context, db models.DB, actor access.Actor, months int) ([]MonthSold, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return nil, err
	}
	sold, at := make([]MonthSold, months), map[models.Date]int{}
	month := scheduling.MonthOf(db.Today())
	for i := months - 1; i >= 0; i-- {
		sold[i].Month, at[month] = month, i
		month = scheduling.MonthOf(month.AddDays(-1))
	}
	var rows []struct {
		ConfirmedAt time.Time
		Places      int
	}
	err := db.SQL(ctx).Raw(`SELECT b.confirmed_at, COUNT(*) AS places FROM bookings b JOIN places p ON p.booking_id = b.id
		JOIN sessions s ON s.id = b.session_id
		WHERE b.status = 'confirmed' AND p.status = 'confirmed' AND s.route = 'open-access' AND b.confirmed_at >= ?
		GROUP BY b.id, b.confirmed_at`, sold[0].Month.At(0, 0)).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("places sold: %w", models.Translate(err))
	}
	for _, r := range rows {
		if i, ok := at[scheduling.MonthOf(models.DateOf(r.ConfirmedAt))]; ok {
			sold[i].Places += r.Places
		}
	}
	return sold, nil
}
