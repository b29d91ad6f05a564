package jobs

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"

	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"

	"hub.salford.ac.uk/ssph/models"
)

// migrationLock is the number under which programs that start at once on one PostgreSQL wait for each other.
const migrationLock = 0x55_50_48_4A

// Migrate makes or updates the queue's own tables, beside the product's. It may be run again and by several programs at once.
func Migrate(ctx context.Context, db models.DB) error {
	if db.Dialect() == models.SQLite {
		return migrateUp(ctx, riversqlite.New(db.Pool()))
	}
	lock, err := db.Pool().Conn(ctx)
	if err != nil {
		return fmt.Errorf("jobs: migrate: %w", err)
	}
	if _, err := lock.ExecContext(ctx, "SELECT pg_advisory_lock($1)", migrationLock); err != nil {
		return errors.Join(fmt.Errorf("jobs: wait for another migration: %w", err), lock.Close())
	}
	err = migrateUp(ctx, riverdatabasesql.New(db.Pool()))
	_, unlock := lock.ExecContext(ctx, "SELECT pg_advisory_unlock($1)", migrationLock)
	return errors.Join(err, unlock, lock.Close())
}

// Migrated says whether the queue's own tables are there and up to date. It only reads.
func Migrated(ctx context.Context, db models.DB) (bool, error) {
	var driver riverdriver.Driver[*sql.Tx] = riverdatabasesql.New(db.Pool())
	if db.Dialect() == models.SQLite {
		driver = riversqlite.New(db.Pool())
	}
	migrator, err := newMigrator(driver)
	if err != nil {
		return false, err
	}
	found, err := migrator.Validate(ctx)
	if err != nil {
		return false, fmt.Errorf("jobs: what is migrated: %w", err)
	}
	return found.OK, nil
}

func newMigrator(driver riverdriver.Driver[*sql.Tx]) (*rivermigrate.Migrator[*sql.Tx], error) {
	migrator, err := rivermigrate.New(driver, &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, fmt.Errorf("jobs: migrate: %w", err)
	}
	return migrator, nil
}

func migrateUp(ctx context.Context, driver riverdriver.Driver[*sql.Tx]) error {
	migrator, err := newMigrator(driver)
	if err != nil {
		return err
	}
	if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("jobs: migrate: %w", err)
	}
	return nil
}
