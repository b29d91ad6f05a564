package scheduling

import (
	"context"

	"hub.salford.ac.uk/ssph/models"
)

// mostMine bounds a trainer's own list.
const mostMine = 100

// Mine lists the sessions that are not over of the trainer who signs in as this person, whole, next first, at most 100: drafts too,
// for they take the trainer's time, but no cancelled ones. A person who is no trainer has none.
func Mine(ctx context.Context, db models.DB, personID int64) ([]Session, error) {
	query := officeQuery(ctx, db).Where(`z.ends_at > ? AND s.status <> ? AND EXISTS (SELECT 1 FROM session_trainers st
		JOIN trainers t ON t.id = st.trainer_id WHERE st.session_id = s.id AND t.person_id = ?)`, db.Now(), Cancelled, personID)
	return readSessions(ctx, db, query.Order("f.starts_at, s.id").Limit(mostMine))
}
