package scheduling

import (
	"context"
	"time"

	"gorm.io/gorm"

	"hub.salford.ac.uk/ssph/models"
)

// officeQuery adds z, the session's last part.
func officeQuery(ctx context.Context, db models.DB) *gorm.DB {
	return sessionsQuery(ctx, db).Joins(`JOIN parts z ON z.session_id = s.id
		AND z.ordinal = (SELECT MAX(ordinal) FROM parts WHERE parts.session_id = s.id)`)
}

func (f OfficeFilter) narrow(query *gorm.DB, now time.Time) *gorm.DB {
	if f.Past {
		query = query.Where("z.ends_at <= ?", now)
	} else {
		query = query.Where("z.ends_at > ?", now)
	}
	if f.Status != "" {
		query = query.Where("s.status = ?", f.Status)
	}
	if f.Route != "" {
		query = query.Where("s.route = ?", f.Route)
	}
	if f.Format != "" {
		query = query.Where("s.format = ?", f.Format)
	}
	if f.TrainerID != 0 {
		query = query.Where("EXISTS (SELECT 1 FROM session_trainers st WHERE st.session_id = s.id AND st.trainer_id = ?)", f.TrainerID)
	}
	return query
}

func countAll(ctx context.Context, db models.DB, f OfficeFilter) (int, error) {
	var n int64
	err := f.narrow(officeQuery(ctx, db), db.Now()).Count(&n).Error
	return int(n), models.Translate(err)
}
