package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// periodic is work done at intervals.
type periodic struct {
	name     string
	interval time.Duration
	run      func(ctx context.Context) error
}

const tickKind = "jobs.tick"

// tick is one turn of periodic work. At most one turn of a name waits or runs, so turns never pile up behind a slow one.
type tick struct {
	Name string `json:"name" river:"unique"`
}

// Kind names the job.
func (tick) Kind() string { return tickKind }

// tickStates are those in which a turn stands in the way of the next: all but the finished ones.
func tickStates() []rivertype.JobState {
	return []rivertype.JobState{
		rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable,
		rivertype.JobStateRunning, rivertype.JobStateScheduled,
	}
}

// timetable is the registry's periodic work as River wants it. Only the elected leader among the programs follows it.
func (r *Registry) timetable() []*river.PeriodicJob {
	var table []*river.PeriodicJob
	for _, p := range r.periodic {
		turn := func() (river.JobArgs, *river.InsertOpts) {
			return tick{Name: p.name}, &river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: tickStates()}}
		}
		table = append(table, river.NewPeriodicJob(river.PeriodicInterval(p.interval), turn, &river.PeriodicJobOpts{RunOnStart: true}))
	}
	return table
}

// tickWorker runs turns under River.
type tickWorker struct {
	river.WorkerDefaults[tick]
	registry *Registry
}

// Work runs one turn.
func (w tickWorker) Work(ctx context.Context, job *river.Job[tick]) error {
	return w.registry.runTick(ctx, job.Args.Name)
}

// NextRetry tries a turn that failed again after its interval, as if it had not failed.
func (w tickWorker) NextRetry(job *river.Job[tick]) time.Time {
	for _, p := range w.registry.periodic {
		if p.name == job.Args.Name {
			return machineTime().Add(p.interval)
		}
	}
	return time.Time{}
}

func (r *Registry) workTick(ctx context.Context, job *rivertype.JobRow) error {
	var turn tick
	if err := json.Unmarshal(job.EncodedArgs, &turn); err != nil {
		return fmt.Errorf("read the turn's name: %w", err)
	}
	return r.runTick(ctx, turn.Name)
}

// runTick does one turn. A name that is not known any more was written by an older program: there is nothing to do.
func (r *Registry) runTick(ctx context.Context, name string) error {
	for _, p := range r.periodic {
		if p.name == name {
			return p.run(ctx)
		}
	}
	return nil
}

// RunEvery does one turn of all periodic work at once, in the order it was registered, without the queue: for tests, whose clock
// stands still, and for commands that tidy up. It does every turn and returns all errors.
func (r *Registry) RunEvery(ctx context.Context) error {
	var failures []error
	for _, p := range r.periodic {
		if err := p.run(ctx); err != nil {
			failures = append(failures, fmt.Errorf("%s: %w", p.name, err))
		}
	}
	return errors.Join(failures...)
}
