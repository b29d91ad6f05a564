// Package migrations holds the database schema as plain SQL, one numbered file per step and engine, and runs it.
package migrations

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed sqlite/*.sql postgres/*.sql
var files embed.FS

// Up runs every step the database has not had yet, each in its own transaction. dialect is "sqlite" or "postgres". On PostgreSQL
// several programs may start at once: one migrates, the others wait.
func Up(ctx context.Context, pool *sql.DB, dialect string) error {
	provider, err := newProvider(pool, dialect)
	if err != nil {
		return err
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// Status lists every step with the time it was applied; a step not yet applied has the zero time. It only reads: a database in which
// nothing was ever migrated has every step before it.
func Status(ctx context.Context, pool *sql.DB, dialect string) ([]Step, error) {
	provider, err := newProvider(pool, dialect)
	if err != nil {
		return nil, err
	}
	applied, err := appliedSteps(ctx, pool, dialect)
	if err != nil {
		return nil, fmt.Errorf("migration status: %w", err)
	}
	var steps []Step
	for _, s := range provider.ListSources() {
		steps = append(steps, Step{Name: s.Path, AppliedAt: applied[s.Version]})
	}
	return steps, nil
}

// begun are the queries that say whether there is a list of applied steps: goose's own way to ask makes it.
var begun = map[string]string{
	"sqlite":   "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '" + goose.DefaultTablename + "'",
	"postgres": "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = '" + goose.DefaultTablename + "'",
}

func appliedSteps(ctx context.Context, pool *sql.DB, dialect string) (applied map[int64]time.Time, err error) {
	var tables int
	if err := pool.QueryRowContext(ctx, begun[dialect]).Scan(&tables); err != nil || tables == 0 {
		return nil, err
	}
	rows, err := pool.QueryContext(ctx, "SELECT version_id, tstamp FROM "+goose.DefaultTablename+" WHERE is_applied")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	applied = map[int64]time.Time{}
	for rows.Next() {
		var version int64
		var at time.Time
		if err := rows.Scan(&version, &at); err != nil {
			return nil, err
		}
		applied[version] = at
	}
	return applied, rows.Err()
}

// Step is one migration file and when it was applied.
type Step struct {
	Name      string
	AppliedAt time.Time
}

func newProvider(pool *sql.DB, dialect string) (*goose.Provider, error) {
	dir, err := fs.Sub(files, dialect)
	if err != nil {
		return nil, fmt.Errorf("migrations for %s: %w", dialect, err)
	}
	if dialect == "sqlite" {
		return goose.NewProvider(goose.DialectSQLite3, pool, dir)
	}
	// Looked at every second rather than goose's five, so that a second program does not start late.
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 120))
	if err != nil {
		return nil, fmt.Errorf("migration lock: %w", err)
	}
	return goose.NewProvider(goose.DialectPostgres, pool, dir, goose.WithSessionLocker(locker))
}
