package jobs

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"

	"hub.salford.ac.uk/ssph/models"
)

// pace is how fast a runner looks and how patient it is.
type pace struct {
	poll    time.Duration // between two looks into the queue
	timeout time.Duration // a job that takes longer is told to stop
	rescue  time.Duration // a job that has run longer than this is taken from a program that died
}

// usualPace fits jobs of seconds. A job whose program was killed is worked again within two minutes.
func usualPace() pace {
	return pace{poll: 250 * time.Millisecond, timeout: 45 * time.Second, rescue: time.Minute}
}

// workersPerRunner bounds the jobs that run at once: they share two cores and the database's connections with the pages.
const workersPerRunner = 4

// grace is how long jobs may take to end once they were told to stop.
const grace = 5 * time.Second

// Runner works the jobs of one database until it is stopped.
type Runner struct {
	db       models.DB
	registry *Registry
	client   *river.Client[*sql.Tx]
}

// NewRunner makes a runner that is not started yet. It fails when the registry is at fault.
func NewRunner(db models.DB, r *Registry, log *slog.Logger) (*Runner, error) {
	return newRunner(db, r, log, usualPace())
}

func newRunner(db models.DB, r *Registry, log *slog.Logger, p pace) (*Runner, error) {
	workers, err := r.bundle()
	if err != nil {
		return nil, err
	}
	client, err := river.NewClient(driverFor(db.Dialect(), db.Pool()), &river.Config{
		DiscardedJobRetentionPeriod: -1, // a failed job stays until somebody has looked at it
		FetchPollInterval:           p.poll,
		FetchCooldown:               min(p.poll, river.FetchCooldownDefault),
		JobTimeout:                  p.timeout,
		Logger:                      slog.New(warnings{log.Handler()}),
		MaxAttempts:                 Attempts,
		PeriodicJobs:                r.timetable(),
		PollOnly:                    true,
		Queues:                      map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: workersPerRunner}},
		RescueStuckJobsAfter:        p.rescue,
		RetryPolicy:                 backoff{},
		Workers:                     workers,
	})
	if err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	return &Runner{db: db, registry: r, client: client}, nil
}

// Start begins to work jobs in the background. The context's values go to the workers; its end does not stop them: Stop does.
func (r *Runner) Start(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx)
	if r.db.Dialect() == models.SQLite {
		if err := r.takeOver(ctx); err != nil {
			return fmt.Errorf("jobs: take over from the last run: %w", err)
		}
	}
	if err := r.client.Start(ctx); err != nil {
		return fmt.Errorf("jobs: start: %w", err)
	}
	return nil
}

// Stop takes no new jobs and waits for those that run. When the context ends first they are told to stop, counted as failed
// attempts and tried again by the next run; Stop then returns an error.
func (r *Runner) Stop(ctx context.Context) error {
	err := r.client.Stop(ctx)
	if err == nil {
		return nil
	}
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	return errors.Join(fmt.Errorf("jobs: some were still running: %w", err), r.client.StopAndCancel(late))
}

// warnings passes on what somebody must know and leaves out River's own comings and goings.
type warnings struct{ slog.Handler }

// Enabled is true for warnings and errors.
func (w warnings) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && w.Handler.Enabled(ctx, level)
}

// WithAttrs keeps the filter.
func (w warnings) WithAttrs(attrs []slog.Attr) slog.Handler {
	return warnings{w.Handler.WithAttrs(attrs)}
}

// WithGroup keeps the filter.
func (w warnings) WithGroup(name string) slog.Handler { return warnings{w.Handler.WithGroup(name)} }
