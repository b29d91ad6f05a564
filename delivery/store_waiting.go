package delivery

import (
	"context"
	"time"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// mostWaiting bounds a trainer's list of sessions to complete.
const mostWaiting = 100

// Waiting lists the sessions of the trainer who signs in as this person that have begun, have people, and are not completed, the
// earliest first, at most 100. A session has begun with the London day of its first part.
func Waiting(ctx context.Context, db models.DB, personID int64) ([]int64, error) {
	var ids []int64
	tomorrow := db.Today().AddDays(1).At(0, 0)
	err := db.SQL(ctx).Raw(`SELECT s.id FROM sessions s JOIN parts f ON f.session_id = s.id AND f.ordinal = 1
		WHERE s.status = ? AND f.starts_at < ?
		AND EXISTS (SELECT 1 FROM session_trainers st JOIN trainers t ON t.id = st.trainer_id WHERE st.session_id = s.id AND t.person_id = ?)
		AND EXISTS (SELECT 1 FROM places p WHERE p.session_id = s.id AND p.status = 'confirmed')
		AND NOT EXISTS (SELECT 1 FROM register_closings k WHERE k.session_id = s.id
			AND NOT EXISTS (SELECT 1 FROM register_reopenings r WHERE r.closing_id = k.id))
		ORDER BY f.starts_at, s.id LIMIT ?`, scheduling.Published, tomorrow, personID, mostWaiting).Scan(&ids).Error
	return ids, models.Translate(err)
}

// CompletedAt says of each of the sessions when it was completed; one that is not completed is left out.
func CompletedAt(ctx context.Context, db models.DB, sessions []int64) (map[int64]time.Time, error) {
	if len(sessions) == 0 {
		return nil, nil
	}
	var rows []closingRow
	err := db.SQL(ctx).Where(`session_id IN ? AND NOT EXISTS
		(SELECT 1 FROM register_reopenings r WHERE r.closing_id = register_closings.id)`, sessions).Find(&rows).Error
	at := make(map[int64]time.Time, len(rows))
	for _, r := range rows {
		at[r.SessionID] = r.ClosedAt.UTC()
	}
	return at, models.Translate(err)
}
