// Package migrations holds the database schema as plain SQL, one numbered file per step and engine, and runs it.
package migrations

import (
	"context"
	"database/sql"
	"embed"
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

// Status lists every step with the time it was applied; a step not yet applied has the zero time.
func Status(ctx context.Context, pool *sql.DB, dialect string) ([]Step, error) {
	provider, err := newProvider(pool, dialect)
	if err != nil {
		return nil, err
	}
	found, err := provider.Status(ctx)
	if err != nil {
		return nil, fmt.Errorf("migration status: %w", err)
	}
	steps := make([]Step, 0, len(found))
	for _, s := range found {
		steps = append(steps, Step{Name: s.Source.Path, AppliedAt: s.AppliedAt})
	}
	return steps, nil
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
