package scheduling

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// Check looks for what must never be, in the whole database, and says each in a sentence that names the rows: a trainer in two
// places, parts out of order or missing, a session without a trainer, times not taken or not freed. Empty means sound.
func Check(ctx context.Context, db models.DB) ([]string, error) {
	var found []string
	for _, rule := range rules() {
		ids, err := violations(ctx, db, rule.query)
		if err != nil {
			return nil, fmt.Errorf("scheduling check: %w", err)
		}
		for _, id := range ids {
			found = append(found, fmt.Sprintf(rule.sentence, id))
		}
	}
	return found, nil
}

// rule is a sentence with the place for an id, and the query that selects the ids for which it is broken.
type rule struct{ sentence, query string }

func rules() []rule {
	return []rule{
		{"Trainer time %d overlaps an earlier one of the same trainer", `
			SELECT b.id FROM trainer_times a JOIN trainer_times b ON a.trainer_id = b.trainer_id AND a.id < b.id
			WHERE a.status = 'taken' AND b.status = 'taken' AND a.busy_from < b.busy_until AND b.busy_from < a.busy_until`},
		{"Part %d starts before the part before it has ended", `
			SELECT b.id FROM parts a JOIN parts b ON a.session_id = b.session_id AND b.ordinal = a.ordinal + 1
			WHERE b.starts_at < a.ends_at`},
		{"Session %d has no parts, or they are not numbered one after the other", `
			SELECT s.id FROM sessions s LEFT JOIN parts p ON p.session_id = s.id
			GROUP BY s.id HAVING COUNT(p.id) = 0 OR COUNT(p.id) <> MAX(p.ordinal)`},
		{"Session %d has no trainer", `
			SELECT s.id FROM sessions s WHERE s.status <> 'cancelled'
			AND NOT EXISTS (SELECT 1 FROM session_trainers st WHERE st.session_id = s.id)`},
		{"Part %d does not take the time of every trainer of its session", `
			SELECT DISTINCT p.id FROM parts p JOIN sessions s ON s.id = p.session_id
			JOIN session_trainers st ON st.session_id = s.id
			LEFT JOIN trainer_times t ON t.part_id = p.id AND t.trainer_id = st.trainer_id AND t.status = 'taken'
				AND t.busy_from <= p.starts_at AND t.busy_until >= p.ends_at
			WHERE s.status <> 'cancelled' AND t.id IS NULL`},
		{"Trainer time %d is taken by a session that is cancelled or has another trainer", `
			SELECT t.id FROM trainer_times t JOIN parts p ON p.id = t.part_id JOIN sessions s ON s.id = p.session_id
			LEFT JOIN session_trainers st ON st.session_id = s.id AND st.trainer_id = t.trainer_id
			WHERE t.status = 'taken' AND (s.status = 'cancelled' OR st.trainer_id IS NULL)`},
	}
}
