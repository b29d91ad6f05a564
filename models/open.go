package models

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
	_ "modernc.org/sqlite" // registers the pure Go engine under the name "sqlite"

	"hub.salford.ac.uk/ssph/migrations"
)

// Config says which database to open.
type Config struct {
	URL   string // postgres://…; empty for SQLite
	Dir   string // the folder of ssph.db when URL is empty; made when missing
	Clock Clock
}

// How many connections each engine is given: eight was best for PostgreSQL on two cores; SQLite has one writer by nature.
const (
	postgresConns = 8
	sqliteReaders = 4
)

// Open opens the database and brings its schema up to date. The caller closes it.
func Open(ctx context.Context, c Config) (DB, error) {
	db, err := Connect(c)
	if err != nil {
		return DB{}, err
	}
	if err := migrations.Up(ctx, db.Pool(), string(db.dialect)); err != nil {
		_ = db.Close()
		return DB{}, fmt.Errorf("bring the database up to date: %w", err)
	}
	return db, nil
}

// Connect opens the database as it is, without migrating.
func Connect(c Config) (DB, error) {
	if c.Clock == nil {
		c.Clock = SystemClock{}
	}
	if c.URL == "" {
		return connectSQLite(c.file(), c.Clock)
	}
	return connectPostgres(c.URL, c.Clock)
}

// file is where SQLite keeps the database.
func (c Config) file() string { return filepath.Join(c.Dir, "ssph.db") }

func settingsFor(c Clock) *gorm.Config {
	return &gorm.Config{
		Logger:                 logger.Discard,
		NowFunc:                c.Now,
		SkipDefaultTransaction: true,
		// PrepareStmt stays off: pgx caches statements itself, and doing it twice halves the throughput.
	}
}

// sqliteOptions make SQLite behave as PostgreSQL does. Times are stored in UTC as text that sorts, writers queue instead of
// failing, and a committed invoice survives a power cut.
const sqliteOptions = "_busy_timeout=10000&_synchronous=FULL&_foreign_keys=1" +
	"&_time_format=sqlite&_timezone=UTC&_texttotime=1&_dqs=0" +
	"&_pragma=recursive_triggers(1)" // so that INSERT OR REPLACE meets the triggers that refuse deletion

// sqliteAddress is how the engine is asked for a file, with the options that every connection has.
func sqliteAddress(path string) string {
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + sqliteOptions
}

func connectSQLite(path string, clock Clock) (DB, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return DB{}, fmt.Errorf("the data folder: %w", err)
	}
	base := sqliteAddress(path) + "&_journal_mode=WAL&_txlock=immediate"
	writer, err := openSQLite(base, 1, clock)
	if err != nil {
		return DB{}, err
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return DB{}, fmt.Errorf("the database file: %w", err)
	}
	reader, err := openSQLite(base+"&_pragma=query_only(1)", sqliteReaders, clock)
	if err != nil {
		return DB{}, err
	}
	return DB{dialect: SQLite, clock: clock, writer: writer, reader: reader}, nil
}

func openSQLite(dsn string, conns int, clock Clock) (*gorm.DB, error) {
	pool, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, fmt.Errorf("open SQLite: %w", err)
	}
	pool.SetMaxOpenConns(conns)
	pool.SetMaxIdleConns(conns)
	g, err := gorm.Open(sqlite.New(sqlite.Config{Conn: pool}), settingsFor(clock))
	if err != nil {
		_ = pool.Close()
		return nil, fmt.Errorf("open SQLite: %w", err)
	}
	return g, nil
}

func connectPostgres(address string, clock Clock, settings ...func(*pgx.ConnConfig)) (DB, error) {
	if !strings.HasPrefix(address, "postgres://") && !strings.HasPrefix(address, "postgresql://") {
		return DB{}, fmt.Errorf("the database address must start with postgres://, or be empty for SQLite")
	}
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return DB{}, fmt.Errorf("the database address cannot be read: %w", err)
	}
	config.RuntimeParams["timezone"] = "UTC"
	for _, set := range settings {
		set(config)
	}
	pool := stdlib.OpenDB(*config, stdlib.OptionAfterConnect(readTimesAsUTC))
	pool.SetMaxOpenConns(postgresConns)
	pool.SetMaxIdleConns(postgresConns)
	pool.SetConnMaxLifetime(time.Hour)
	g, err := gorm.Open(postgres.New(postgres.Config{Conn: pool}), settingsFor(clock))
	if err != nil {
		_ = pool.Close()
		return DB{}, fmt.Errorf("open PostgreSQL: %w", err)
	}
	return DB{dialect: Postgres, clock: clock, writer: g, reader: g}, nil
}

// readTimesAsUTC keeps the machine's own zone out of every instant that is read.
func readTimesAsUTC(_ context.Context, conn *pgx.Conn) error {
	conn.TypeMap().RegisterType(&pgtype.Type{
		Name: "timestamptz", OID: pgtype.TimestamptzOID,
		Codec: &pgtype.TimestamptzCodec{ScanLocation: time.UTC},
	})
	return nil
}
