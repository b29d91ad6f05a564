package models_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// Beside the program that writes, a look sees what is committed and can write nothing.
func TestLook_ReadsAndCannotWrite(t *testing.T) {
	t.Parallel()
	for _, dialect := range modelstest.Dialects {
		t.Run(string(dialect), func(t *testing.T) {
			t.Parallel()
			config := modelstest.Fresh(t, dialect)
			writing, err := models.Connect(config)
			if err != nil {
				t.Fatal(err)
			}
			defer writing.Close()
			if _, err := writing.Pool().ExecContext(t.Context(), "CREATE TABLE note (text TEXT)"); err != nil {
				t.Fatal(err)
			}
			looking, err := models.Look(t.Context(), config)
			if err != nil {
				t.Fatal(err)
			}
			defer looking.Close()
			const add = "INSERT INTO note VALUES ('seen')"
			if _, err := looking.Pool().ExecContext(t.Context(), add); err == nil {
				t.Error("a look wrote")
			}
			err = looking.InTx(t.Context(), func(tx models.DB) error { return tx.SQL(t.Context()).Exec(add).Error })
			if err == nil {
				t.Error("a look wrote in a transaction")
			}
			if _, err := writing.Pool().ExecContext(t.Context(), add); err != nil {
				t.Fatal(err)
			}
			var notes int
			if err := looking.Pool().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM note").Scan(&notes); err != nil || notes != 1 {
				t.Errorf("it sees %d notes, want 1: %v", notes, err)
			}
		})
	}
}

func TestLook_MakesNothing(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "wrong")
	if _, err := models.Look(t.Context(), models.Config{Dir: dir}); !errors.Is(err, models.ErrNoDatabase) {
		t.Errorf("the error is %v", err)
	}
	if found, _ := filepath.Glob(dir); found != nil {
		t.Error("the folder was made")
	}
}

func TestPlace_NamesTheDatabaseWithoutItsPassword(t *testing.T) {
	t.Parallel()
	const address = "postgres://ssph:hush@db.example.org:5433/hub"
	place := models.Config{URL: address}.Place()
	if place != "the PostgreSQL database hub at db.example.org:5433" || strings.Contains(place, "hush") {
		t.Errorf("%q", place)
	}
	if place := (models.Config{Dir: "/srv/ssph"}).Place(); place != "the file /srv/ssph/ssph.db" {
		t.Errorf("%q", place)
	}
}
