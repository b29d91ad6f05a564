package models

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// ErrNoDatabase says that there is nothing where a database was looked for.
var ErrNoDatabase = errors.New("models: there is no database")

// noSuchDatabase is PostgreSQL's code for a database that the server does not have.
const noSuchDatabase = "3D000"

// Look opens a database that is there, to read it: nothing is made, migrated or changed. The caller closes it. Error: ErrNoDatabase
// when there is no such file, or no such database on the server.
func Look(ctx context.Context, c Config) (DB, error) {
	if c.Clock == nil {
		c.Clock = SystemClock{}
	}
	if c.URL == "" {
		return lookSQLite(c.file(), c.Clock)
	}
	db, err := connectPostgres(c.URL, c.Clock, readOnly)
	var refused *pgconn.PgError
	if errors.As(err, &refused) && refused.Code == noSuchDatabase {
		return DB{}, ErrNoDatabase
	}
	if err != nil {
		return DB{}, err
	}
	return db, db.Ping(ctx)
}

func lookSQLite(path string, clock Clock) (DB, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return DB{}, ErrNoDatabase
	}
	// Without "immediate" a transaction asks for no right to write, which such a connection has not.
	g, err := openSQLite(sqliteAddress(path)+"&mode=rw&_txlock=deferred&_pragma=query_only(1)", sqliteReaders, clock)
	if err != nil {
		return DB{}, err
	}
	return DB{dialect: SQLite, clock: clock, writer: g, reader: g}, nil
}

// readOnly makes PostgreSQL refuse every write of a connection.
func readOnly(c *pgx.ConnConfig) { c.RuntimeParams["default_transaction_read_only"] = "on" }

// Place says where the database is, for people; never with a password.
func (c Config) Place() string {
	if c.URL == "" {
		if whole, err := filepath.Abs(c.file()); err == nil {
			return "the file " + whole
		}
		return "the file " + c.file()
	}
	config, err := pgx.ParseConfig(c.URL)
	if err != nil {
		return "a PostgreSQL database whose address cannot be read"
	}
	return fmt.Sprintf("the PostgreSQL database %s at %s", config.Database, net.JoinHostPort(config.Host, strconv.Itoa(int(config.Port))))
}
