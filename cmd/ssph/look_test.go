package main

import (
	"bytes"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// looking are the commands that say what is there and change nothing.
func looking() [][]string { return [][]string{{"doctor"}, {"migrate", "--status"}} }

// at puts the place of a database into the environment, so these tests run one after the other.
func at(t *testing.T, config models.Config) {
	t.Helper()
	t.Setenv("SSPH_DATABASE_URL", config.URL)
	t.Setenv("SSPH_DATA_DIR", config.Dir)
}

// refuses fails unless each command that looks ends with 1 and a sentence that has these words.
func refuses(t *testing.T, words ...string) {
	t.Helper()
	for _, command := range looking() {
		code, stdout, stderr := told(t, command...)
		if code != exitFault || stdout != "" || strings.Count(stderr, "\n") != 1 {
			t.Errorf("ssph %v: exit %d, %q, %q; want exit 1 and one sentence", command, code, stdout, stderr)
		}
		for _, word := range words {
			if !strings.Contains(stderr, word) {
				t.Errorf("ssph %v says %q, without %q", command, stderr, word)
			}
		}
	}
}

func TestLooking_SaysWhereThereIsNoDatabaseAndMakesNone(t *testing.T) {
	t.Run("no folder", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "wrong")
		at(t, models.Config{Dir: dir})
		refuses(t, "no database", filepath.Join(dir, "ssph.db"), "SSPH_DATA_DIR")
		if _, err := os.Stat(dir); !os.IsNotExist(err) {
			t.Errorf("the folder is there: %v", err)
		}
	})
	t.Run("an empty file", func(t *testing.T) {
		dir := t.TempDir()
		file := filepath.Join(dir, "ssph.db")
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		at(t, models.Config{Dir: dir})
		refuses(t, "no database", file)
		if got := content(t, dir); len(got) != 1 || len(got["ssph.db"]) != 0 {
			t.Errorf("the folder holds %d files, and the file %d bytes", len(got), len(got["ssph.db"]))
		}
	})
	t.Run("an empty PostgreSQL database", func(t *testing.T) {
		config := models.Config{URL: modelstest.PostgresURL(t)}
		at(t, config)
		refuses(t, "no database", "the PostgreSQL database", "SSPH_DATABASE_URL")
		if n := number(t, config, "SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'"); n != 0 {
			t.Errorf("%d tables were made", n)
		}
	})
	t.Run("no such PostgreSQL database", func(t *testing.T) {
		address, err := url.Parse(modelstest.PostgresURL(t))
		if err != nil {
			t.Fatal(err)
		}
		address.Path = "/elsewhere"
		at(t, models.Config{URL: address.String()})
		refuses(t, "no database", "the PostgreSQL database elsewhere at ", "SSPH_DATABASE_URL")
	})
}

// The last step and the job queue's tables count as missing when nothing notes that they were applied.
func TestLooking_AtADatabaseThatIsNotUpToDateNamesWhatIsMissing(t *testing.T) {
	for _, dialect := range modelstest.Dialects {
		t.Run(string(dialect), func(t *testing.T) {
			config := modelstest.Fresh(t, dialect)
			at(t, config)
			forget(t, config, "DELETE FROM goose_db_version WHERE version_id = 18")
			code, stdout, stderr := told(t, "doctor")
			if code != exitFault || stdout != "" || !strings.Contains(stderr, "Missing:\n  0018_sums_kept.sql\nssph migrate ") || !strings.Contains(stderr, "ssph serve") {
				t.Errorf("doctor: exit %d, %q, %q", code, stdout, stderr)
			}
			code, stdout, stderr = told(t, "migrate", "--status")
			if code != 0 || !strings.Contains(stdout, "0017_marks_kept.sql: applied") || !strings.Contains(stdout, "0018_sums_kept.sql: to do\n") {
				t.Errorf("migrate --status: exit %d, %q, %q", code, stdout, stderr)
			}
			forget(t, config, "DELETE FROM river_migration")
			if _, _, stderr = told(t, "doctor"); !strings.Contains(stderr, "  the tables of the job queue\n") {
				t.Errorf("doctor does not name the job queue: %q", stderr)
			}
			if _, stdout, _ = told(t, "migrate", "--status"); !strings.Contains(stdout, "job queue: to do\n") {
				t.Errorf("migrate --status does not name the job queue: %q", stdout)
			}
			if n := number(t, config, "SELECT COUNT(*) FROM goose_db_version WHERE version_id = 18"); n != 0 {
				t.Error("the step was applied")
			}
		})
	}
}

func TestLooking_LeavesEveryByteOfADatabaseAsItIs(t *testing.T) {
	config := modelstest.Fresh(t, models.SQLite)
	at(t, config)
	before := content(t, config.Dir)
	for _, command := range looking() {
		if code, stdout, stderr := told(t, command...); code != 0 {
			t.Errorf("ssph %v: exit %d, %q, %q", command, code, stdout, stderr)
		}
	}
	after := content(t, config.Dir)
	if len(after) != len(before) || !bytes.Equal(after["ssph.db"], before["ssph.db"]) {
		t.Errorf("the folder had %d files and has %d, or the file is another", len(before), len(after))
	}
}

// content is what the files of a folder hold.
func content(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, entry := range entries {
		if files[entry.Name()], err = os.ReadFile(filepath.Join(dir, entry.Name())); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// open is a connection of the test's own.
func open(t *testing.T, config models.Config) models.DB {
	t.Helper()
	db, err := models.Connect(config)
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func number(t *testing.T, config models.Config, query string) (n int) {
	t.Helper()
	db := open(t, config)
	defer db.Close()
	if err := db.Pool().QueryRowContext(t.Context(), query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func forget(t *testing.T, config models.Config, query string) {
	t.Helper()
	db := open(t, config)
	defer db.Close()
	if _, err := db.Pool().ExecContext(t.Context(), query); err != nil {
		t.Fatal(err)
	}
}
