package models

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"gorm.io/gorm"
)

// Dialect names a database engine.
type Dialect string

// The two engines SSPH runs on.
const (
	SQLite   Dialect = "sqlite"
	Postgres Dialect = "postgres"
)

// DB is the database: the whole pool, or one transaction with its own fixed instant. Use cases take a DB and cannot tell which;
// those that must be atomic call InTx, those that are part of something larger are handed a transaction. Copying a DB is cheap.
type DB struct {
	dialect Dialect
	clock   Clock
	writer  *gorm.DB
	reader  *gorm.DB
	tx      *gorm.DB  // set inside a transaction
	now     time.Time // set inside a transaction
}

// errNested is a fault of the program: a transaction was begun inside another.
var errNested = errors.New("models: InTx inside a transaction")

// tries bounds how often a unit of work is repeated when the database asks for it.
const tries = 6

// InTx runs fn in one transaction that carries one "now". It commits when fn returns nil and undoes everything otherwise. When
// the database reports a deadlock, a serialization failure or a busy file, the whole of fn runs again, so fn changes nothing
// but the database. Inside fn only the handle it is given may be used. The network is never called inside one.
func (db DB) InTx(ctx context.Context, fn func(tx DB) error) error {
	if db.tx != nil {
		return errNested
	}
	for try := 1; ; try++ {
		err := db.once(ctx, fn)
		if err == nil || try == tries || !worthAnotherTry(err) {
			return Translate(err)
		}
		if err := pause(ctx, try); err != nil {
			return err
		}
	}
}

func (db DB) once(ctx context.Context, fn func(tx DB) error) error {
	return db.writer.WithContext(ctx).Transaction(func(g *gorm.DB) error {
		inside := db
		inside.tx, inside.now = g, db.clock.Now()
		return fn(inside)
	})
}

// Snapshot runs fn with a handle that reads one state of the database, however many queries it takes and whatever is written meanwhile:
// REPEATABLE READ on PostgreSQL, a deferred transaction on SQLite. Nothing can be written in it. Inside a transaction fn gets that.
func (db DB) Snapshot(ctx context.Context, fn func(db DB) error) error {
	if db.tx != nil {
		return fn(db)
	}
	err := db.reader.WithContext(ctx).Transaction(func(g *gorm.DB) error {
		inside := db
		inside.tx, inside.now = g, db.clock.Now()
		return fn(inside)
	}, &sql.TxOptions{Isolation: isolation[db.dialect], ReadOnly: true})
	return Translate(err)
}

// isolation keeps one state over a reading transaction; SQLite's own does.
var isolation = map[Dialect]sql.IsolationLevel{Postgres: sql.LevelRepeatableRead}

// pause waits a little longer at each try, with jitter, so that two that collided do not collide again.
func pause(ctx context.Context, try int) error {
	wait := time.NewTimer(time.Duration(1+rand.IntN(10*try)) * time.Millisecond)
	defer wait.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-wait.C:
		return nil
	}
}

// SQL is the handle for queries: the transaction inside one, otherwise the pool, which only reads (SQLite refuses writes there).
func (db DB) SQL(ctx context.Context) *gorm.DB {
	if db.tx != nil {
		return db.tx.WithContext(ctx)
	}
	return db.reader.WithContext(ctx)
}

// InTransaction says whether this handle is a transaction.
func (db DB) InTransaction() bool { return db.tx != nil }

// MustBeTx fails when the handle is not a transaction: a use case that is only a part of a unit of work begins with it.
func (db DB) MustBeTx() error {
	if db.tx == nil {
		return errors.New("models: this use case needs a transaction")
	}
	return nil
}

// Tx is the running transaction as database/sql knows it, or nil; jobs.Enqueue puts jobs into it.
func (db DB) Tx() *sql.Tx {
	if db.tx == nil {
		return nil
	}
	tx, _ := db.tx.Statement.ConnPool.(*sql.Tx)
	return tx
}

// Now is the transaction's one instant, or the clock's time outside a transaction. Always UTC.
func (db DB) Now() time.Time {
	if db.tx != nil {
		return db.now
	}
	return db.clock.Now()
}

// At is the same transaction at another instant: only the demonstration, which tells of days that have passed, has a use for it.
func (db DB) At(instant time.Time) DB {
	db.now = Instant(instant)
	return db
}

// Today is the London day of Now.
func (db DB) Today() Date { return DateOf(db.Now()) }

// Clock is the clock this database was opened with.
func (db DB) Clock() Clock { return db.clock }

// Dialect names the engine.
func (db DB) Dialect() Dialect { return db.dialect }

// Pool is the writing connection pool, for the job runner and migrations.
func (db DB) Pool() *sql.DB { return poolOf(db.writer) }

func poolOf(g *gorm.DB) *sql.DB {
	pool, err := g.DB()
	if err != nil { // only a handle without a pool does this, and openers never make one
		panic(err)
	}
	return pool
}

// Close closes every connection.
func (db DB) Close() error {
	err := poolOf(db.writer).Close()
	if db.reader != db.writer {
		err = errors.Join(err, poolOf(db.reader).Close())
	}
	return err
}

// Ping checks that the database answers.
func (db DB) Ping(ctx context.Context) error {
	if err := poolOf(db.reader).PingContext(ctx); err != nil {
		return fmt.Errorf("database: %w", err)
	}
	return nil
}

// Affected checks a write: the driver's error translated, or otherwise when it touched another number of rows than wanted.
func Affected(res *gorm.DB, want int64, otherwise error) error {
	if res.Error != nil {
		return Translate(res.Error)
	}
	if res.RowsAffected != want {
		return otherwise
	}
	return nil
}
