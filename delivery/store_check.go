package delivery

import (
	"context"
	"time"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// violations runs a rule's query and returns the ids it selects, in order, each once.
func violations(ctx context.Context, db models.DB, query string) ([]int64, error) {
	var ids []int64
	err := db.SQL(ctx).Raw("SELECT DISTINCT id FROM (" + query + ") AS broken ORDER BY id").Scan(&ids).Error
	return ids, models.Translate(err)
}

// sat is a completion that stands, with a part that counts for it.
type sat struct {
	ID           int64
	LastAttended models.Date
	Parts        []scheduling.Part
}

// sittingsOf reads the parts that count for each completion that stands, made up elsewhere or not, one row each, by completion.
func sittingsOf(ctx context.Context, db models.DB) ([]sat, error) {
	var rows []struct {
		ID           int64
		LastAttended models.Date
		StartsAt     time.Time
		MadeUpAt     *time.Time
		Marked       *int64
	}
	err := db.SQL(ctx).Raw(`SELECT c.id, c.last_attended, p.starts_at, q.starts_at AS made_up_at, m.id AS marked
		FROM completions c JOIN parts p ON p.session_id = c.session_id
		LEFT JOIN attendance_marks m ON m.part_id = p.id AND m.place_id = c.place_id AND m.mark IN ('present', 'late')
		LEFT JOIN catch_ups u ON u.missed_part_id = p.id AND u.place_id = c.place_id AND u.here LEFT JOIN parts q ON q.id = u.part_id
		WHERE ` + stands + ` ORDER BY c.id, p.ordinal`).Scan(&rows).Error
	all := make([]sat, len(rows))
	for i, r := range rows {
		if r.Marked == nil && r.MadeUpAt != nil {
			r.StartsAt = *r.MadeUpAt
		}
		all[i] = sat{r.ID, r.LastAttended, []scheduling.Part{{StartsAt: r.StartsAt}}}
	}
	return all, models.Translate(err)
}
