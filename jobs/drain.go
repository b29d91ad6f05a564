package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivertype"
)

// RunUntilIdle works jobs here and now, one after the other in the order they were put in, until none is left, and returns the
// errors of those that failed. Each call gives a job that failed before one more attempt, and looks at jobs asked for by an
// instant that the database's clock has reached. It needs no Start and no waiting: it is for tests, whose clock stands still.
func (r *Runner) RunUntilIdle(ctx context.Context) error {
	exec := r.client.Driver().GetExecutor()
	if err := r.wake(ctx, exec); err != nil {
		return fmt.Errorf("jobs: wake: %w", err)
	}
	var failures []error
	for {
		claimed, err := exec.JobGetAvailable(ctx, &riverdriver.JobGetAvailableParams{
			ClientID: "drain", MaxAttemptedBy: 1, MaxToLock: 1, Queue: river.QueueDefault,
		})
		if err != nil {
			return errors.Join(append(failures, fmt.Errorf("jobs: claim: %w", err))...)
		}
		if len(claimed) == 0 {
			return errors.Join(failures...)
		}
		job := claimed[0]
		failure := r.registry.work(ctx, job)
		if failure != nil {
			failures = append(failures, fmt.Errorf("job %d %s %s: %w", job.ID, job.Kind, job.EncodedArgs, failure))
		}
		if err := finish(ctx, exec, job, failure); err != nil {
			return errors.Join(append(failures, fmt.Errorf("jobs: finish: %w", err))...)
		}
	}
}

// wake makes jobs available that wait for another attempt or for an instant that has come.
func (r *Runner) wake(ctx context.Context, exec riverdriver.Executor) error {
	list := river.NewJobListParams().States(rivertype.JobStateRetryable, rivertype.JobStateScheduled).First(10_000)
	found, err := r.client.JobList(ctx, list)
	if err != nil {
		return err
	}
	for _, job := range found.Jobs {
		var asked wish
		if err := json.Unmarshal(job.Metadata, &asked); err != nil {
			return fmt.Errorf("job %d: %w", job.ID, err)
		}
		if asked.Due.After(r.db.Now()) {
			continue
		}
		if _, err := exec.JobRetry(ctx, &riverdriver.JobRetryParams{ID: job.ID}); err != nil {
			return fmt.Errorf("job %d: %w", job.ID, err)
		}
	}
	return nil
}

// finish writes how an attempt ended, as River itself would.
func finish(ctx context.Context, exec riverdriver.Executor, job *rivertype.JobRow, failure error) error {
	now := machineTime()
	set := riverdriver.JobSetStateCompleted(job.ID, now, nil)
	if failure != nil {
		reason, err := json.Marshal(rivertype.AttemptError{At: now, Attempt: job.Attempt, Error: failure.Error()})
		if err != nil {
			return err
		}
		if job.Attempt >= job.MaxAttempts {
			set = riverdriver.JobSetStateDiscarded(job.ID, now, reason, nil)
		} else {
			set = riverdriver.JobSetStateErrorRetryable(job.ID, now.Add(wait(job.Attempt)), reason, nil)
		}
	}
	many := &riverdriver.JobSetStateIfRunningManyParams{}
	many.ID = append(many.ID, set.ID)
	many.Attempt = append(many.Attempt, set.Attempt)
	many.ErrData = append(many.ErrData, set.ErrData)
	many.FinalizedAt = append(many.FinalizedAt, set.FinalizedAt)
	many.MetadataDoMerge = append(many.MetadataDoMerge, set.MetadataDoMerge)
	many.MetadataUpdates = append(many.MetadataUpdates, set.MetadataUpdates)
	many.ScheduledAt = append(many.ScheduledAt, set.ScheduledAt)
	many.State = append(many.State, set.State)
	_, err := exec.JobSetStateIfRunningMany(ctx, many)
	return err
}
