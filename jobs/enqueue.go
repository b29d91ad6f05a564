package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"hub.salford.ac.uk/ssph/models"
)

// Option changes how one job is put in the queue.
type Option func(*request)

type request struct{ at time.Time }

// At asks the queue not to look at the job before an instant of the database's clock. It spares useless work and promises
// nothing: the clock may be set, so the worker still decides by its row whether anything is due.
func At(instant time.Time) Option { return func(r *request) { r.at = instant } }

// errNoTransaction is a fault of the program: a job without its cause.
var errNoTransaction = errors.New("jobs: a job is enqueued in the transaction of its cause")

// Enqueue puts a job into the transaction: it exists when the transaction commits and never did when it does not. It refuses a
// handle that is no transaction.
//
// There is no "only once" option on purpose. River can only keep a job unique while its twin may be running too, and a cause that
// arrives while the twin runs, after the twin has read the row, would then be lost.
func Enqueue(ctx context.Context, tx models.DB, args Args, options ...Option) error {
	if tx.Tx() == nil {
		return errNoTransaction
	}
	client, err := clientFor(tx)
	if err != nil {
		return fmt.Errorf("jobs: enqueue %s: %w", args.Kind(), err)
	}
	var asked request
	for _, option := range options {
		option(&asked)
	}
	opts, err := insertOpts(tx, asked)
	if err != nil {
		return fmt.Errorf("jobs: enqueue %s: %w", args.Kind(), err)
	}
	if _, err := client.InsertTx(ctx, tx.Tx(), args, opts); err != nil {
		return fmt.Errorf("jobs: enqueue %s: %w", args.Kind(), err)
	}
	return nil
}

// wish is kept with a job that was asked for at a later instant of the database's clock.
type wish struct {
	Due time.Time `json:"due"`
}

// insertOpts turns an instant of the database's clock into one of the machine's, which is the one River goes by.
func insertOpts(tx models.DB, asked request) (*river.InsertOpts, error) {
	wait := asked.at.Sub(tx.Now())
	if asked.at.IsZero() || wait <= 0 {
		return nil, nil
	}
	kept, err := json.Marshal(wish{Due: asked.at})
	if err != nil {
		return nil, err
	}
	return &river.InsertOpts{ScheduledAt: machineTime().Add(wait), Metadata: kept}, nil
}

// machineTime is the time River goes by, whatever the program's own clock says.
func machineTime() time.Time { return models.SystemClock{}.Now() }
