package licensing

import (
	"errors"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func TestRows_AreTheColumnsTheMigrationsMade(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		modelstest.CheckSchema(t, db, &licenceRow{}, &periodRow{}, &voidRow{}, &eventRow{}, &certificateRow{}, &nameRow{}, &fileRow{}, &withdrawalRow{})
	})
}

func TestTerms_AreThoseInForceOnTheDay(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		insert := func(name, value, from string) {
			err := db.InTx(t.Context(), func(tx models.DB) error {
				return tx.SQL(t.Context()).Exec("INSERT INTO settings (name, value, effective_from, note) VALUES (?, ?, ?, '')", name, value, day(t, from)).Error
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		insert(settingGrace, "28", "2028-01-01")
		book, err := loadTerms(t.Context(), db)
		if err != nil {
			t.Fatal(err)
		}
		for on, want := range map[string]Terms{"2027-12-31": {1, 14, 30}, "2028-01-01": {1, 28, 30}} {
			if got, err := book.on(day(t, on)); err != nil || got != want {
				t.Errorf("%s: %+v, %v", on, got, err)
			}
		}
		if _, err := book.on(day(t, "2024-12-31")); err == nil || !strings.Contains(err.Error(), settingYears) {
			t.Errorf("before there are any: %v", err)
		}
		insert(settingYears, "two", "2029-01-01")
		if book, err = loadTerms(t.Context(), db); err != nil {
			t.Fatal(err)
		}
		if _, err := book.on(day(t, "2029-01-01")); err == nil || !strings.Contains(err.Error(), `"two"`) {
			t.Errorf("a value that is no number: %v", err)
		}
	})
}

// The database itself refuses a second live licence, however it is written.
func TestLicences_TheDatabaseKeepsOneLiveLicenceForAPerson(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		write := func(query string, args ...any) error {
			return db.InTx(t.Context(), func(tx models.DB) error {
				return models.Translate(tx.SQL(t.Context()).Exec(query, args...).Error)
			})
		}
		const insert = `INSERT INTO licences (id, person_id, standing, standing_since, grounds, claims, demonstration, created_at) VALUES (?, 1, ?, ?, '', 0, TRUE, ?)`
		now := db.Now()
		if err := write(`INSERT INTO people (id, name, email, demonstration, created_at) VALUES (1, 'Hannah', 'hannah@irwell.example', TRUE, ?)`, now); err != nil {
			t.Fatal(err)
		}
		if err := write(insert, 1, StandingLive, now, now); err != nil {
			t.Fatal(err)
		}
		if err := write(insert, 2, StandingSuspended, now, now); !errors.Is(err, models.ErrDuplicate) {
			t.Errorf("a second one: %v", err)
		}
		if err := write(insert, 3, StandingRevoked, now, now); err != nil {
			t.Errorf("one that has ended: %v", err)
		}
		if err := write("UPDATE licences SET standing = 'live' WHERE id = 3"); !errors.Is(err, models.ErrRefused) {
			t.Errorf("what was revoked lives again: %v", err)
		}
		if err := write("DELETE FROM licences WHERE id = 3"); !errors.Is(err, models.ErrRefused) {
			t.Errorf("deleted: %v", err)
		}
	})
}
