package scheduling

import (
	"errors"
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func TestMoveRow_IsWhatTheMigrationMadeAndStays(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		modelstest.CheckSchema(t, db, &moveRow{})
		err := db.InTx(t.Context(), func(tx models.DB) error {
			insert := `INSERT INTO session_moves (session_id, number, old_when, old_where, moved_at) SELECT id, 1, '', '', created_at FROM sessions`
			if err := tx.SQL(t.Context()).Exec(`INSERT INTO sessions (course_id, route, format, join_link, captions, capacity, status, claims,
				demonstration, created_at) VALUES (1, 'open-access', 'online', '', TRUE, 15, 'draft', 0, TRUE, ?)`, tx.Now()).Error; err != nil {
				return err
			}
			if err := tx.SQL(t.Context()).Exec(insert).Error; err != nil {
				return err
			}
			return tx.SQL(t.Context()).Exec("UPDATE session_moves SET old_where = 'elsewhere'").Error
		})
		if !errors.Is(err, models.ErrRefused) {
			t.Errorf("a move was rewritten: %v", err)
		}
	})
}
