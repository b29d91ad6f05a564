package booking

import (
	"context"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

type outcomeRow struct {
	PlaceID    int64 `gorm:"primaryKey;autoIncrement:false"`
	Outcome    Outcome
	RecordedAt time.Time
}

func (outcomeRow) TableName() string { return "place_outcomes" }

func attendeesOf(ctx context.Context, db models.DB, session int64) ([]Attendee, error) {
	var all []Attendee
	err := db.SQL(ctx).Raw(`SELECT p.id AS place_id, p.booking_id, p.ordinal, p.name, p.email, p.person_id, b.organisation_id, b.demonstration,
		CASE WHEN b.organisation_name <> '' THEN b.organisation_name ELSE b.booker_name END AS organisation
		FROM places p JOIN bookings b ON b.id = p.booking_id WHERE p.session_id = ? AND p.status = 'confirmed'
		ORDER BY CASE WHEN p.name = '' THEN 1 ELSE 0 END, p.name, p.booking_id, p.ordinal`, session).Scan(&all).Error
	return all, models.Translate(err)
}

func writeOutcome(ctx context.Context, tx models.DB, place int64, outcome Outcome) error {
	res := tx.SQL(ctx).Exec(`INSERT INTO place_outcomes (place_id, outcome, recorded_at) VALUES (?, ?, ?)
		ON CONFLICT (place_id) DO UPDATE SET outcome = excluded.outcome, recorded_at = excluded.recorded_at`, place, outcome, tx.Now())
	return models.Affected(res, 1, fmt.Errorf("place %d: its outcome was not written", place))
}

func outcomesOf(ctx context.Context, db models.DB, session int64) (map[int64]Outcome, error) {
	var rows []outcomeRow
	err := db.SQL(ctx).Where("place_id IN (SELECT id FROM places WHERE session_id = ?)", session).Find(&rows).Error
	all := make(map[int64]Outcome, len(rows))
	for _, r := range rows {
		all[r.PlaceID] = r.Outcome
	}
	return all, models.Translate(err)
}
