package models

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
	"modernc.org/sqlite"
)

// What a database may refuse, the same for both engines. Use cases test for these with errors.Is and turn them into a sentence.
var (
	ErrNoRow      = errors.New("no such row")
	ErrDuplicate  = errors.New("a unique rule refused it")
	ErrForeignKey = errors.New("a foreign key refused it")
	ErrCheck      = errors.New("a check rule refused it")
	ErrRefused    = errors.New("the database refuses this change") // an issued document, a sealed row
	ErrOverlap    = errors.New("two times overlap")                // a trainer in two places
)

// Extended SQLite result codes, as SQLite documents them.
const (
	sqliteBusy         = 5
	sqliteBusySnapshot = 517
	sqliteLocked       = 6
	sqliteCheck        = 275
	sqliteForeignKey   = 787
	sqlitePrimaryKey   = 1555
	sqliteTrigger      = 1811
	sqliteUnique       = 2067
)

// overlapWord begins the message of the SQLite trigger that stands for PostgreSQL's exclusion constraint.
const overlapWord = "overlap"

// duplicateWord begins the message of the SQLite triggers that refuse a row in the place of another.
const duplicateWord = "duplicate: "

// Translate turns a driver's error into one of the errors above, keeping the original in the chain. Other errors pass unchanged.
func Translate(err error) error {
	if err == nil {
		return nil
	}
	for _, known := range []error{ErrNoRow, ErrDuplicate, ErrForeignKey, ErrCheck, ErrRefused, ErrOverlap} {
		if errors.Is(err, known) {
			return err
		}
	}
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return fmt.Errorf("%w: %w", ErrNoRow, err)
	}
	if known := refusal(err); known != nil {
		return fmt.Errorf("%w: %w", known, err)
	}
	return err
}

func refusal(err error) error {
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		return sqliteRefusal(lite)
	}
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		return nil
	}
	switch pg.Code {
	case "23505":
		return ErrDuplicate
	case "23503", "23001":
		return ErrForeignKey
	case "23514":
		return ErrCheck
	case "23P01":
		return ErrOverlap
	case "P0001":
		return ErrRefused
	}
	return nil
}

func sqliteRefusal(err *sqlite.Error) error {
	switch err.Code() {
	case sqliteUnique, sqlitePrimaryKey:
		return ErrDuplicate
	case sqliteForeignKey:
		return ErrForeignKey
	case sqliteCheck:
		return ErrCheck
	case sqliteTrigger:
		if strings.Contains(err.Error(), overlapWord) {
			return ErrOverlap
		}
		if strings.Contains(err.Error(), duplicateWord) {
			return ErrDuplicate
		}
		return ErrRefused
	}
	return nil
}

// worthAnotherTry says that the database asks for the transaction to be run again, or that its connection was lost before anything
// could be committed: another request that was cancelled may have taken it along.
func worthAnotherTry(err error) bool {
	if errors.Is(err, driver.ErrBadConn) {
		return true
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		code := lite.Code()
		return code == sqliteBusy || code == sqliteBusySnapshot || code == sqliteLocked
	}
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01")
}
