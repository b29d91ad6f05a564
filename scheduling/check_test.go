package scheduling_test

import (
	"slices"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// Each damage is done behind the program's back, with the database's own guard taken away where it has one.
func TestCheck_FindsEachDamage(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		s := schedulingtest.OpenAccess(t, db)
		schedulingtest.OpenAccess(t, db, schedulingtest.With("Rowan"), schedulingtest.OnDay(day(2027, 2, 1)))
		sound(t, db)
		guard := []string{"DROP TRIGGER trainer_in_one_place_insert", "DROP TRIGGER trainer_in_one_place_update"}
		if db.Dialect() == models.Postgres {
			guard = []string{"ALTER TABLE trainer_times DROP CONSTRAINT trainer_in_one_place"}
		}
		for _, c := range []struct {
			damage []string
			want   string
		}{
			{append(guard, `UPDATE trainer_times SET trainer_id = (SELECT trainer_id FROM session_trainers WHERE session_id = @id),
				busy_from = (SELECT MIN(busy_from) FROM trainer_times) WHERE part_id <> (SELECT id FROM parts WHERE session_id = @id)`), "overlaps"},
			{[]string{`INSERT INTO parts (session_id, ordinal, starts_at, ends_at) SELECT @id, 2, starts_at, ends_at FROM parts WHERE session_id = @id`}, "before the part before"},
			{[]string{`UPDATE parts SET ordinal = 3 WHERE session_id = @id`}, "not numbered"},
			{[]string{`DELETE FROM session_trainers WHERE session_id = @id`}, "has no trainer"},
			{[]string{`UPDATE trainer_times SET status = 'freed'`}, "does not take the time"},
			{[]string{`UPDATE sessions SET status = 'cancelled' WHERE id = @id`}, "is taken by a session"},
		} {
			var found []string
			err := db.InTx(t.Context(), func(tx models.DB) error {
				for _, statement := range c.damage {
					var values []any
					if strings.Contains(statement, "@id") {
						values = append(values, map[string]any{"id": s.ID})
					}
					if err := tx.SQL(t.Context()).Exec(statement, values...).Error; err != nil {
						return err
					}
				}
				var err error
				if found, err = scheduling.Check(t.Context(), tx); err != nil {
					return err
				}
				return models.Fail(models.KindConflict, "undo")
			})
			if models.KindOf(err) != models.KindConflict {
				t.Errorf("%s: %v", c.want, err)
			}
			if !slices.ContainsFunc(found, func(f string) bool { return strings.Contains(f, c.want) }) {
				t.Errorf("nothing says %q: %q", c.want, found)
			}
		}
		sound(t, db)
	})
}
