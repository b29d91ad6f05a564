package delivery

import (
	"context"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// violations runs a rule's query and returns the ids it selects, in order, each once.
func violations(ctx context.Context, db models.DB, query string) ([]int64, error) {
	var ids []int64
	err := db.SQL(ctx).Raw("SELECT DISTINCT id FROM (" + query + ") AS broken ORDER BY id").Scan(&ids).Error
	return ids, models.Translate(err)
}

// lastStart is a completion that stands, with the start of its session's last part.
type lastStart struct {
	ID           int64
	LastAttended models.Date
	StartsAt     time.Time
}

func lastStarts(ctx context.Context, db models.DB) ([]lastStart, error) {
	var rows []lastStart
	err := db.SQL(ctx).Raw(`SELECT c.id, c.last_attended, p.starts_at FROM completions c JOIN parts p ON p.session_id = c.session_id
		WHERE ` + stands + ` AND p.ordinal = (SELECT MAX(q.ordinal) FROM parts q WHERE q.session_id = c.session_id)
		ORDER BY c.id`).Scan(&rows).Error
	return rows, models.Translate(err)
}
