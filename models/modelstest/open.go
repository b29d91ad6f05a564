package modelstest

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"hub.salford.ac.uk/ssph/jobs"
	"hub.salford.ac.uk/ssph/models"
)

// Dialects are the engines every test that touches data runs on.
var Dialects = []models.Dialect{models.SQLite, models.Postgres}

// Each runs the test once on each engine, in parallel, each on a fresh migrated database with its own clock.
func Each(t *testing.T, test func(t *testing.T, db models.DB, clock *Clock)) {
	t.Helper()
	t.Parallel()
	for _, dialect := range Dialects {
		t.Run(string(dialect), func(t *testing.T) {
			t.Parallel()
			db, clock := Open(t, dialect)
			test(t, db, clock)
		})
	}
}

// Open gives a fresh migrated database of one kind; it is closed and removed when the test ends.
func Open(t testing.TB, dialect models.Dialect) (models.DB, *Clock) {
	t.Helper()
	clock := NewClock()
	config := Fresh(t, dialect)
	config.Clock = clock
	db, err := models.Connect(config)
	if err != nil {
		t.Fatalf("open %s: %v", dialect, err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close %s: %v", dialect, err)
		}
	})
	return db, clock
}

// Fresh makes a migrated database and says how to open it: for tests that start the program itself.
func Fresh(t testing.TB, dialect models.Dialect) models.Config {
	t.Helper()
	if dialect == models.Postgres {
		return models.Config{URL: postgresURL(t, func(ctx context.Context, url string) error {
			return migrate(ctx, models.Config{URL: url})
		})}
	}
	dir := t.TempDir()
	content, err := sqliteTemplate()
	if err != nil {
		t.Fatalf("make the SQLite template: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "ssph.db"), content, 0o600); err != nil {
		t.Fatal(err)
	}
	return models.Config{Dir: dir}
}

// sqliteTemplate is a migrated, empty database file, made once for the whole test program.
var sqliteTemplate = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "ssph-template-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := migrate(context.Background(), models.Config{Dir: dir}); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(dir, "ssph.db"))
})

// migrate brings a database to the state in which the program finds it: our schema and the job runner's.
func migrate(ctx context.Context, config models.Config) error {
	db, err := models.Open(ctx, config)
	if err != nil {
		return err
	}
	if err := jobs.Migrate(ctx, db); err != nil {
		_ = db.Close()
		return err
	}
	return db.Close()
}
