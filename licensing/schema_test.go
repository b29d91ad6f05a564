package licensing

import (
	"errors"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access"
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

// A licence of no year, or of eleven, and more than a year of grace or of notice are slips of the pen: the program does not go by them.
func TestTerms_AreWithinReason(t *testing.T) {
	from := day(t, "2025-01-01")
	for _, c := range []struct {
		years, grace, notice string
		fine                 bool
	}{
		{"1", "0", "0", true}, {"10", "365", "365", true},
		{"0", "14", "30", false}, {"11", "14", "30", false}, {"1", "-1", "30", false}, {"1", "366", "30", false}, {"1", "14", "-1", false}, {"1", "14", "366", false},
	} {
		book := termBook{{settingYears, c.years, from}, {settingGrace, c.grace, from}, {settingNotice, c.notice, from}}
		if terms, err := book.on(from); (err == nil) != c.fine {
			t.Errorf("%+v: %+v, %v", c, terms, err)
		}
	}
}

// Who read a licence before somebody else changed it changes nothing: the reason they gave was for another state of things.
func TestSetStanding_RefusesALicenceThatChangedMeanwhile(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		stale := Licence{ID: 1, PersonID: 1, Standing: StandingLive}
		row := licenceRow{ID: stale.ID, PersonID: stale.PersonID, Standing: StandingSuspended, StandingSince: db.Now(), CreatedAt: db.Now()}
		err := db.InTx(t.Context(), func(tx models.DB) error {
			person, err := access.FindOrCreatePerson(t.Context(), tx, "Hannah Whitworth", "hannah@irwell.example")
			if err != nil {
				return err
			}
			row.PersonID = person.ID
			return tx.SQL(t.Context()).Create(&row).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		err = db.InTx(t.Context(), func(tx models.DB) error {
			_, err := setStanding(t.Context(), tx, access.System(), stale, StandingRevoked, GroundsOther, "Left the service")
			return err
		})
		if models.KindOf(err) != models.KindConflict {
			t.Errorf("revoked on what was read before: %v", err)
		}
		var standing Standing
		if err := db.SQL(t.Context()).Raw("SELECT standing FROM licences WHERE id = ?", stale.ID).Scan(&standing).Error; err != nil || standing != StandingSuspended {
			t.Errorf("it stands as %s, %v", standing, err)
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
