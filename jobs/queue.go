package jobs

import (
	"database/sql"
	"log/slog"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"

	"hub.salford.ac.uk/ssph/models"
)

// Args says what a job is to work on: ids, never copies of what a row says. It is stored as JSON. Kind is the job's stable name,
// such as "mail.send"; it is the same for every value of the type.
type Args interface{ Kind() string }

// driverFor joins River to one of the engines. The pool may be nil when only transactions are used.
func driverFor(dialect models.Dialect, pool *sql.DB) riverdriver.Driver[*sql.Tx] {
	if dialect == models.SQLite {
		return riversqlite.New(pool)
	}
	return riverdatabasesql.New(pool)
}

// clientFor is a client that puts jobs in and looks at them, but works none. Making one costs less than the insert it is made for.
func clientFor(db models.DB) (*river.Client[*sql.Tx], error) {
	return river.NewClient(driverFor(db.Dialect(), db.Pool()), &river.Config{
		Logger:      slog.New(slog.DiscardHandler),
		MaxAttempts: Attempts,
	})
}

// executorFor runs River's own queries where the handle stands: in its transaction, or on the pool.
func executorFor(db models.DB) riverdriver.Executor {
	driver := driverFor(db.Dialect(), db.Pool())
	if tx := db.Tx(); tx != nil {
		return driver.UnwrapExecutor(tx)
	}
	return driver.GetExecutor()
}
