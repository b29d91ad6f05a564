package models_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func TestInTx_CommitsAllOrNothing(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		stop := errors.New("stop")
		err := db.InTx(t.Context(), func(tx models.DB) error {
			if err := tx.SQL(t.Context()).Exec("INSERT INTO courses (code, title, summary) VALUES ('X', 'X', 'X')").Error; err != nil {
				return err
			}
			return stop
		})
		var n int64
		if countErr := db.SQL(t.Context()).Raw("SELECT COUNT(*) FROM courses WHERE code = 'X'").Scan(&n).Error; !errors.Is(err, stop) || countErr != nil || n != 0 {
			t.Errorf("%v, %v, %d rows left", err, countErr, n)
		}
	})
}

func TestInTx_CarriesOneInstantAndRefusesToNest(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		err := db.InTx(t.Context(), func(tx models.DB) error {
			before := tx.Now()
			clock.Advance(time.Hour)
			if !tx.Now().Equal(before) {
				t.Error("the instant moved inside the transaction")
			}
			if err := tx.InTx(t.Context(), func(models.DB) error { return nil }); err == nil {
				t.Error("a transaction began inside another")
			}
			if tx.Tx() == nil || tx.MustBeTx() != nil {
				t.Error("the handle does not know that it is a transaction")
			}
			return nil
		})
		if err != nil || db.MustBeTx() == nil || db.Tx() != nil {
			t.Errorf("%v", err)
		}
	})
}

// Two reads with a write between them see one state; outside they see two.
func TestSnapshot_ReadsOneState(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		count := func(db models.DB) (n int64) {
			if err := db.SQL(t.Context()).Raw("SELECT COUNT(*) FROM courses").Scan(&n).Error; err != nil {
				t.Error(err)
			}
			return n
		}
		add := func() error {
			return db.InTx(t.Context(), func(tx models.DB) error {
				return tx.SQL(t.Context()).Exec("INSERT INTO courses (code, title, summary) VALUES ('X', 'X', 'X')").Error
			})
		}
		before := count(db)
		err := db.Snapshot(t.Context(), func(state models.DB) error {
			first := count(state)
			if err := add(); err != nil {
				return err
			}
			if again := count(state); first != before || again != before || count(db) != before+1 {
				t.Errorf("%d, then %d, and %d outside; %d before", first, again, count(db), before)
			}
			return state.Snapshot(t.Context(), func(same models.DB) error {
				if n := count(same); n != before {
					t.Errorf("%d in a snapshot of the snapshot", n)
				}
				return nil
			})
		})
		if err != nil {
			t.Error(err)
		}
		err = db.Snapshot(t.Context(), func(state models.DB) error { return state.SQL(t.Context()).Exec("DELETE FROM courses").Error })
		if err == nil {
			t.Error("a snapshot was written to")
		}
	})
}

// Outside a transaction the SQLite handle only reads: a write that forgot its transaction fails at once, not one day in production.
func TestSQL_OutsideATransactionSQLiteRefusesToWrite(t *testing.T) {
	db, _ := modelstest.Open(t, models.SQLite)
	if err := db.SQL(t.Context()).Exec("DELETE FROM courses").Error; err == nil {
		t.Error("a write outside a transaction went through")
	}
}

func TestTranslate_SaysWhatTheDatabaseRefused(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		for sql, want := range map[string]error{
			"INSERT INTO courses (code, title, summary) VALUES ('SPT', 'again', '')":                                      models.ErrDuplicate,
			"INSERT INTO person_roles (person_id, role, granted_at) VALUES (999, 'office', '2026-11-23 09:00:00+00:00')":  models.ErrForeignKey,
			"INSERT INTO number_series (kind, supplier, prefix, digits, next_number) VALUES ('receipt', 'X', 'R-', 6, 1)": models.ErrCheck,
			"UPDATE prices SET net_pence = 1":   models.ErrRefused,
			"DELETE FROM vat_rates":             models.ErrRefused,
			"UPDATE ladders SET name = 'other'": models.ErrRefused,
		} {
			err := db.InTx(t.Context(), func(tx models.DB) error { return tx.SQL(t.Context()).Exec(sql).Error })
			if !errors.Is(err, want) {
				t.Errorf("%s: %v, want %v", sql, err, want)
			}
		}
		var row struct{ ID int64 }
		err := models.Translate(db.SQL(t.Context()).Table("courses").Where("code = ?", "none").Take(&row).Error)
		if !errors.Is(err, models.ErrNoRow) {
			t.Errorf("no row: %v", err)
		}
	})
}

// Times are kept as UTC, whatever zone they come in, so that they compare as they follow each other.
func TestTimes_CompareAcrossZones(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		summer := time.Date(2027, 7, 1, 9, 30, 0, 0, models.London) // 8:30 UTC
		nine := time.Date(2027, 7, 1, 9, 0, 0, 0, time.UTC)
		err := db.InTx(t.Context(), func(tx models.DB) error {
			return tx.SQL(t.Context()).Exec("INSERT INTO browser_sessions (token_hash, data, expires_at) VALUES ('a', ?, ?)", []byte{1}, summer).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		var found []time.Time
		err = db.SQL(t.Context()).Raw("SELECT expires_at FROM browser_sessions WHERE expires_at < ?", nine).Scan(&found).Error
		if err != nil || len(found) != 1 || !found[0].Equal(summer) || found[0].Location() != time.UTC {
			t.Errorf("%v, %v", found, err)
		}
	})
}

// Thirty-two writers who read first and write then: with SQLite's usual locking four of five would fail.
func TestInTx_WritersQueueInsteadOfFailing(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		var wait sync.WaitGroup
		for range 32 {
			wait.Go(func() {
				if err := db.InTx(context.Background(), addOne); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		var n int
		if err := db.SQL(t.Context()).Raw("SELECT digits FROM number_series WHERE kind = 'invoice'").Scan(&n).Error; err != nil || n != 6 {
			t.Errorf("%d, %v", n, err)
		}
	})
}

// addOne reads, and writes what it read plus and minus one, under a lock taken first.
func addOne(tx models.DB) error {
	ctx := context.Background()
	for _, sql := range []string{"UPDATE number_series SET digits = digits + 1 WHERE kind = 'invoice'", "UPDATE number_series SET digits = digits - 1 WHERE kind = 'invoice'"} {
		if err := tx.SQL(ctx).Exec(sql).Error; err != nil {
			return err
		}
	}
	return nil
}

func TestOpen_RefusesAnAddressThatIsNoDatabase(t *testing.T) {
	_, err := models.Open(t.Context(), models.Config{URL: "mysql://localhost/ssph"})
	if err == nil || !strings.Contains(err.Error(), "postgres://") {
		t.Errorf("%v", err)
	}
}

// A new database and one opened again are the same: every step runs once.
func TestOpen_AgainChangesNothing(t *testing.T) {
	dir := t.TempDir()
	for range 2 {
		db, err := models.Open(t.Context(), models.Config{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		var n int64
		if err := db.SQL(t.Context()).Raw("SELECT COUNT(*) FROM prices").Scan(&n).Error; err != nil || n != 6 {
			t.Errorf("%d prices, %v", n, err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
}
