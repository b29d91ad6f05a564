package delivery

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// Check looks for what must never be, in the whole database, and says each in a sentence that names the rows: a completion without
// attendance in every part, one that stands though its register is open again, two for one place, a wrong last day, a mark of
// somebody on another session. Empty means sound.
func Check(ctx context.Context, db models.DB) ([]string, error) {
	var found []string
	for _, r := range rules() {
		ids, err := violations(ctx, db, r.query)
		if err != nil {
			return nil, fmt.Errorf("delivery check: %w", err)
		}
		for _, id := range ids {
			found = append(found, fmt.Sprintf(r.sentence, id))
		}
	}
	days, err := wrongDays(ctx, db)
	return append(found, days...), err
}

// rule is a sentence with the place for an id, and the query that selects the ids for which it is broken.
type rule struct{ sentence, query string }

const (
	stands  = `NOT EXISTS (SELECT 1 FROM completion_withdrawals w WHERE w.completion_id = c.id)`
	isOpen  = `EXISTS (SELECT 1 FROM register_reopenings r WHERE r.closing_id = c.closing_id)`
	outcome = `COALESCE((SELECT o.outcome FROM place_outcomes o WHERE o.place_id = c.place_id), 'open')`
)

func rules() []rule {
	return []rule{
		{"Completion %d stands, but its person was not marked as present or late in every part", `
			SELECT c.id FROM completions c JOIN parts p ON p.session_id = c.session_id LEFT JOIN attendance_marks m
			ON m.part_id = p.id AND m.place_id = c.place_id AND m.person_id = c.person_id AND m.mark IN ('present', 'late')
			WHERE m.id IS NULL AND NOT EXISTS (SELECT 1 FROM catch_ups u WHERE u.missed_part_id = p.id AND u.place_id = c.place_id
				AND u.person_id = c.person_id AND u.here) AND ` + stands},
		{"Completion %d stands, but it counts a part made up in a session whose register is open", `
			SELECT c.id FROM completions c JOIN parts p ON p.session_id = c.session_id
			JOIN catch_ups u ON u.missed_part_id = p.id AND u.place_id = c.place_id AND u.here JOIN parts q ON q.id = u.part_id
			LEFT JOIN attendance_marks m ON m.part_id = p.id AND m.place_id = c.place_id AND m.mark IN ('present', 'late')
			WHERE m.id IS NULL AND NOT EXISTS (SELECT 1 FROM register_closings k WHERE k.session_id = q.session_id
				AND NOT EXISTS (SELECT 1 FROM register_reopenings r WHERE r.closing_id = k.id)) AND ` + stands},
		{"Completion %d stands, but the register of its session is open again", `
			SELECT c.id FROM completions c WHERE ` + stands + ` AND ` + isOpen},
		{"Completion %d stands, but its place is not recorded as attended", `
			SELECT c.id FROM completions c WHERE ` + stands + ` AND ` + outcome + ` <> 'attended'`},
		{"Completion %d is not of the place, session or person that it names", `
			SELECT c.id FROM completions c JOIN places p ON p.id = c.place_id JOIN register_closings k ON k.id = c.closing_id
			WHERE p.session_id <> c.session_id OR p.person_id IS NULL OR p.person_id <> c.person_id OR k.session_id <> c.session_id
			AND NOT EXISTS (SELECT 1 FROM catch_ups u JOIN parts q ON q.id = u.part_id WHERE u.place_id = c.place_id AND q.session_id = k.session_id)`},
		{"Place %d has more than one completion that stands", `
			SELECT c.place_id AS id FROM completions c WHERE ` + stands + ` GROUP BY c.place_id HAVING COUNT(*) > 1`},
		{"Mark %d is of a place on another session than its part", `
			SELECT m.id FROM attendance_marks m JOIN parts p ON p.id = m.part_id JOIN places q ON q.id = m.place_id
			WHERE p.session_id <> q.session_id`},
		{"Session %d is completed, but somebody on it is not marked in every part", `
			SELECT k.session_id AS id FROM register_closings k JOIN parts p ON p.session_id = k.session_id
			JOIN places q ON q.session_id = k.session_id AND q.status = 'confirmed' AND q.person_id IS NOT NULL
			LEFT JOIN attendance_marks m ON m.part_id = p.id AND m.place_id = q.id AND m.person_id = q.person_id
			WHERE m.id IS NULL AND NOT EXISTS (SELECT 1 FROM register_reopenings r WHERE r.closing_id = k.id)`},
	}
}

// wrongDays finds completions that stand and do not end on the London day of the last part that counts for them. The day is worked out
// here: the databases do not know London alike.
func wrongDays(ctx context.Context, db models.DB) ([]string, error) {
	sat, err := sittingsOf(ctx, db)
	var found []string
	for i, one := range sat {
		if i+1 < len(sat) && sat[i+1].ID == one.ID {
			sat[i+1].Parts = append(one.Parts, sat[i+1].Parts...)
			continue
		}
		if day := lastDay(one.Parts); day != one.LastAttended {
			found = append(found, fmt.Sprintf("Completion %d says %s, but the last part was on %s", one.ID, one.LastAttended, day))
		}
	}
	return found, err
}
