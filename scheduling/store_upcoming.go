package scheduling

import (
	"context"
	"time"

	"gorm.io/gorm"

	"hub.salford.ac.uk/ssph/models"
)

// upcomingQuery is every session the public may book, or could have booked were there room.
func upcomingQuery(ctx context.Context, db models.DB) *gorm.DB {
	return sessionsQuery(ctx, db).
		Where("s.status = ? AND s.route = ? AND f.starts_at > ?", Published, OpenAccess, db.Now())
}

func (f Filter) narrow(query *gorm.DB) *gorm.DB {
	if f.Format != "" {
		query = query.Where("s.format = ?", f.Format)
	}
	if !f.Month.IsZero() {
		query = query.Where("f.starts_at >= ? AND f.starts_at < ?", MonthOf(f.Month).At(0, 0), nextMonth(f.Month).At(0, 0))
	}
	if f.Town != "" {
		query = query.Where("v.town = ?", f.Town)
	}
	if f.StepFree {
		query = query.Where("(s.format = ? OR v.step_free)", Online)
	}
	if f.HearingLoop {
		query = query.Where("(s.format = ? OR v.hearing_loop)", Online)
	}
	if f.Captions {
		query = query.Where("s.captions")
	}
	return query
}

func upcomingStarts(ctx context.Context, db models.DB) ([]time.Time, error) {
	var starts []time.Time
	err := upcomingQuery(ctx, db).Order("f.starts_at").Limit(mostUpcoming).Pluck("f.starts_at", &starts).Error
	return starts, models.Translate(err)
}

func upcomingTowns(ctx context.Context, db models.DB) ([]string, error) {
	var towns []string
	err := upcomingQuery(ctx, db).Where("v.town IS NOT NULL").Order("v.town").Distinct().Pluck("v.town", &towns).Error
	return towns, models.Translate(err)
}
