package scheduling

import (
	"errors"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// Who read a session before it changed writes nothing, whatever they hold in hand: each write names what it was read as.
func TestWrites_RefuseASessionThatChangedMeanwhile(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		err := db.InTx(t.Context(), func(tx models.DB) error {
			room, err := AddVenue(t.Context(), tx, access.System(), Venue{Name: "Library", Address: "High Street", Town: "Bolton", Postcode: "BL1 1AA"})
			if err != nil {
				return err
			}
			insert := func(id int, format Format, venue *int64, status Status) error {
				return tx.SQL(t.Context()).Exec(`INSERT INTO sessions (id, course_id, route, format, venue_id, join_link, captions, capacity, status, claims, demonstration, created_at)
					VALUES (?, 1, 'open-access', ?, ?, '', TRUE, 15, ?, 0, TRUE, ?)`, id, format, venue, status, tx.Now()).Error
			}
			return errors.Join(insert(91, Online, nil, Published), insert(92, Online, nil, Cancelled), insert(93, FaceToFace, &room.ID, Published))
		})
		if err != nil {
			t.Fatal(err)
		}
		for name, write := range map[string]func(tx models.DB) error{
			"published, read as a draft":      func(tx models.DB) error { return setStatus(t.Context(), tx, 91, Draft, Cancelled) },
			"15 places, read as 12":           func(tx models.DB) error { return updateCapacity(t.Context(), tx, 91, 12, 20) },
			"places of a cancelled session":   func(tx models.DB) error { return updateCapacity(t.Context(), tx, 92, 15, 20) },
			"a link of a cancelled session":   func(tx models.DB) error { return updateJoinLink(t.Context(), tx, 92, "https://meet.example/a") },
			"a link of one that is in a room": func(tx models.DB) error { return updateJoinLink(t.Context(), tx, 93, "https://meet.example/a") },
			"a move of what was a draft": func(tx models.DB) error {
				return writeMove(t.Context(), tx, Session{ID: 91, Status: Draft}, NewSession{Format: Online}, nil, nil)
			},
		} {
			if err := db.InTx(t.Context(), write); models.KindOf(err) != models.KindConflict {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

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
