package jobs

import (
	"context"
	"encoding/json"
	"time"

	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivertype"
)

// takeOver frees what a killed program left behind. An SQLite file has one program, so whatever is marked as running when it
// starts is not running any more, and nobody else is leader. On PostgreSQL the time limits decide, within two minutes.
func (r *Runner) takeOver(ctx context.Context) error {
	exec := r.client.Driver().GetExecutor()
	farOff := machineTime().Add(24 * time.Hour)
	if _, err := exec.LeaderDeleteExpired(ctx, &riverdriver.LeaderDeleteExpiredParams{Now: &farOff}); err != nil {
		return err
	}
	left, err := exec.JobGetStuck(ctx, &riverdriver.JobGetStuckParams{Max: 10_000, StuckHorizon: farOff})
	if err != nil || len(left) == 0 {
		return err
	}
	rescue := &riverdriver.JobRescueManyParams{}
	for _, job := range left {
		if err := addRescue(rescue, job); err != nil {
			return err
		}
	}
	_, err = exec.JobRescueMany(ctx, rescue)
	return err
}

func addRescue(to *riverdriver.JobRescueManyParams, job *rivertype.JobRow) error {
	now := machineTime()
	reason, err := json.Marshal(rivertype.AttemptError{At: now, Attempt: job.Attempt, Error: "the program ended while the job ran"})
	if err != nil {
		return err
	}
	state, finalized := rivertype.JobStateAvailable, (*time.Time)(nil)
	if job.Attempt >= job.MaxAttempts {
		state, finalized = rivertype.JobStateDiscarded, &now
	}
	to.ID = append(to.ID, job.ID)
	to.Error = append(to.Error, reason)
	to.FinalizedAt = append(to.FinalizedAt, finalized)
	to.ScheduledAt = append(to.ScheduledAt, now)
	to.State = append(to.State, string(state))
	return nil
}
