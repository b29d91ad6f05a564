package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/jobs"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func start(t *testing.T, runner *jobs.Runner) {
	t.Helper()
	if err := runner.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		if err := runner.Stop(ctx); err != nil {
			t.Errorf("stop: %v", err)
		}
	})
}

func TestRunner_EveryCommittedJobIsWorkedOnceWhileOthersWrite(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		const writers, each = 8, 25
		var book notebook
		runner := runnerFor(t, db, registryWith(func(ctx context.Context, job note) error {
			book.write(job)
			return db.InTx(ctx, func(models.DB) error { return nil })
		}))
		start(t, runner)
		var all sync.WaitGroup
		for w := range writers {
			all.Go(func() {
				for i := range each {
					err := db.InTx(t.Context(), func(tx models.DB) error {
						return jobs.Enqueue(t.Context(), tx, note{Number: w*each + i})
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		waitUntil(t, "all jobs are done", func() bool { return counts(t, db).Done == writers*each })
		for number := range writers * each {
			if n := book.times(number); n != 1 {
				t.Errorf("job %d was worked %d times", number, n)
			}
		}
	})
}

func TestRunner_TwoProgramsShareTheJobs(t *testing.T) {
	db, _ := modelstest.Open(t, models.Postgres)
	const number = 200
	var book notebook
	registry := registryWith(func(_ context.Context, job note) error { book.write(job); return nil })
	for i := range number {
		enqueue(t, db, note{Number: i})
	}
	start(t, runnerFor(t, db, registry))
	start(t, runnerFor(t, db, registry))
	waitUntil(t, "all jobs are done", func() bool { return counts(t, db).Done == number })
	for i := range number {
		if n := book.times(i); n != 1 {
			t.Errorf("job %d was worked %d times", i, n)
		}
	}
}

func TestRunner_APanicIsAFailedAttemptAndTheNextSucceeds(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		var tries atomic.Int32
		runner := runnerFor(t, db, registryWith(func(context.Context, note) error {
			if tries.Add(1) == 1 {
				panic("a fault of the program")
			}
			return nil
		}))
		enqueue(t, db, note{})
		start(t, runner)
		waitUntil(t, "the second attempt succeeded", func() bool { return counts(t, db).Done == 1 })
		if n := tries.Load(); n != 2 {
			t.Errorf("%d attempts", n)
		}
	})
}

func TestRunner_StopWaitsForTheJobThatRuns(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		begun, release := make(chan struct{}), make(chan struct{})
		runner := runnerFor(t, db, registryWith(func(context.Context, note) error {
			close(begun)
			<-release
			return nil
		}))
		enqueue(t, db, note{})
		if err := runner.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		<-begun
		stopped := make(chan error)
		go func() { stopped <- runner.Stop(t.Context()) }()
		close(release)
		if err := <-stopped; err != nil {
			t.Fatal(err)
		}
		if c := counts(t, db); c.Done != 1 {
			t.Errorf("after the stop: %+v", c)
		}
	})
}

func TestRunner_StopCutsShortWhoeverWillNotEnd(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		begun := make(chan struct{})
		runner := runnerFor(t, db, registryWith(func(ctx context.Context, _ note) error {
			close(begun)
			<-ctx.Done()
			return ctx.Err()
		}))
		enqueue(t, db, note{})
		if err := runner.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		<-begun
		impatient, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		if err := runner.Stop(impatient); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("stop said %v", err)
		}
		if c := counts(t, db); c.Waiting != 1 || c.Running != 0 {
			t.Errorf("the job is not tried again: %+v", c)
		}
	})
}

func TestRunner_PeriodicWorkRunsAtOnceAndInOneProgramOnly(t *testing.T) {
	db, _ := modelstest.Open(t, models.Postgres)
	var turns, atOnce, most atomic.Int32
	for range 2 {
		r := jobs.NewRegistry()
		r.Every("test.sweep", time.Second, func(context.Context) error {
			most.Store(max(most.Load(), atOnce.Add(1)))
			defer atOnce.Add(-1)
			turns.Add(1)
			return nil
		})
		start(t, runnerFor(t, db, r))
	}
	begin := time.Now()
	waitUntil(t, "five turns were done", func() bool { return turns.Load() >= 5 })
	if took := time.Since(begin); took < 3500*time.Millisecond {
		t.Errorf("five turns in %v: both programs sweep", took)
	}
	if most.Load() != 1 {
		t.Errorf("%d turns at once", most.Load())
	}
}

func TestRunner_PeriodicWorkThatFailsIsTriedAgainAndIsOneRow(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		var turns atomic.Int32
		r := jobs.NewRegistry()
		r.Every("test.sweep", time.Second, func(context.Context) error {
			if turns.Add(1) <= 2 {
				return errors.New("not today")
			}
			return nil
		})
		start(t, runnerFor(t, db, r))
		waitUntil(t, "a turn succeeded after two failures", func() bool {
			c := counts(t, db)
			if c.Waiting+c.Running > 1 {
				t.Fatalf("turns pile up: %+v", c)
			}
			return c.Done >= 1
		})
	})
}

func TestNewRunner_ReportsFaultsOfTheRegistry(t *testing.T) {
	db, _ := modelstest.Open(t, models.SQLite)
	r := registryWith(func(context.Context, note) error { return nil })
	jobs.Handle(r, func(context.Context, note) error { return nil })
	r.Every("test.often", time.Millisecond, func(context.Context) error { return nil })
	_, err := jobs.NewRunner(db, r, slog.New(slog.DiscardHandler))
	for _, want := range []string{"test.note has two workers", "a second is the least"} {
		if !strings.Contains(fmt.Sprint(err), want) {
			t.Errorf("error %v does not say %q", err, want)
		}
	}
}

func TestWait_GrowsToAnHourAndLastsOvernight(t *testing.T) {
	var total time.Duration
	for attempt := 1; attempt < jobs.Attempts; attempt++ {
		w := jobs.WaitAfter(attempt)
		if w < 4*time.Second || w > 70*time.Minute {
			t.Errorf("after attempt %d: %v", attempt, w)
		}
		total += w
	}
	if total < 16*time.Hour || total > 24*time.Hour {
		t.Errorf("all attempts span %v", total)
	}
}
