package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivertype"

	"hub.salford.ac.uk/ssph/models"
)

// FailedJob is a job that used up its attempts. It waits for a person.
type FailedJob struct {
	ID        int64
	Kind      string // the name of the work: "mail.send"
	Args      string // what it was to work on, as JSON
	Attempts  int
	LastError string    // for the office and the log; it may name a mail server or an id, never a card or a token
	MadeAt    time.Time // the machine's time, UTC
	FailedAt  time.Time // the machine's time, UTC
}

// failedLimit bounds the list on the office's page; Counts has the whole number.
const failedLimit = 200

// Failed lists the jobs that nobody tries any more, the latest failure first, 200 at most.
func Failed(ctx context.Context, db models.DB) ([]FailedJob, error) {
	client, err := clientFor(db)
	if err != nil {
		return nil, fmt.Errorf("jobs: failed: %w", err)
	}
	params := river.NewJobListParams().States(rivertype.JobStateDiscarded).
		OrderBy(river.JobListOrderByTime, river.SortOrderDesc).First(failedLimit) // the time of failing
	var found *river.JobListResult
	if tx := db.Tx(); tx != nil {
		found, err = client.JobListTx(ctx, tx, params)
	} else {
		found, err = client.JobList(ctx, params)
	}
	if err != nil {
		return nil, fmt.Errorf("jobs: failed: %w", err)
	}
	failed := make([]FailedJob, 0, len(found.Jobs))
	for _, job := range found.Jobs {
		failed = append(failed, failedFrom(job))
	}
	return failed, nil
}

func failedFrom(job *rivertype.JobRow) FailedJob {
	f := FailedJob{
		ID: job.ID, Kind: job.Kind, Args: string(job.EncodedArgs), Attempts: job.Attempt, MadeAt: job.CreatedAt.UTC(),
	}
	if job.FinalizedAt != nil {
		f.FailedAt = job.FinalizedAt.UTC()
	}
	if n := len(job.Errors); n > 0 {
		f.LastError = job.Errors[n-1].Error
	}
	var turn tick
	if job.Kind == tickKind && json.Unmarshal(job.EncodedArgs, &turn) == nil {
		f.Kind, f.Args = turn.Name, ""
	}
	return f
}

// Retry gives a failed job another attempt. It is not found when it was retried already or never failed.
func Retry(ctx context.Context, tx models.DB, id int64) error {
	if tx.Tx() == nil {
		return errNoTransaction
	}
	gone := models.NotFound("This job is not among the failed ones any more")
	exec := executorFor(tx)
	job, err := exec.JobGetByID(ctx, &riverdriver.JobGetByIDParams{ID: id})
	if errors.Is(err, rivertype.ErrNotFound) {
		return gone
	}
	if err != nil {
		return fmt.Errorf("jobs: retry %d: %w", id, err)
	}
	if job.State != rivertype.JobStateDiscarded {
		return gone
	}
	if _, err := exec.JobRetry(ctx, &riverdriver.JobRetryParams{ID: id}); err != nil {
		return fmt.Errorf("jobs: retry %d: %w", id, err)
	}
	return nil
}

// Counts says how many jobs are in which condition.
type Counts struct {
	Waiting int // to be worked, now, at another attempt or later
	Running int
	Done    int // of the last 24 hours
	Failed  int
}

// Count counts the jobs of the database.
func Count(ctx context.Context, db models.DB) (Counts, error) {
	states, err := executorFor(db).JobCountByAllStates(ctx, &riverdriver.JobCountByAllStatesParams{})
	if err != nil {
		return Counts{}, fmt.Errorf("jobs: count: %w", err)
	}
	return Counts{
		Waiting: states[rivertype.JobStateAvailable] + states[rivertype.JobStateRetryable] + states[rivertype.JobStateScheduled],
		Running: states[rivertype.JobStateRunning],
		Done:    states[rivertype.JobStateCompleted],
		Failed:  states[rivertype.JobStateDiscarded],
	}, nil
}
