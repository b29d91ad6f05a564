package jobs_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/jobs"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func TestRunUntilIdle_WorksInOrderAndAlsoWhatJobsEnqueue(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		var book notebook
		runner := runnerFor(t, db, registryWith(func(ctx context.Context, job note) error {
			book.write(job)
			if job.Number >= 10 {
				return nil
			}
			return db.InTx(ctx, func(tx models.DB) error { return jobs.Enqueue(ctx, tx, note{Number: job.Number + 10}) })
		}))
		for i := range 3 {
			enqueue(t, db, note{Number: i})
		}
		if err := runner.RunUntilIdle(t.Context()); err != nil {
			t.Fatal(err)
		}
		if want := []int{0, 1, 2, 10, 11, 12}; !slices.Equal(book.order, want) {
			t.Errorf("worked %v, want %v", book.order, want)
		}
	})
}

func TestRunUntilIdle_GivesAFailedJobOneAttemptPerCall(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		tries, lasts := 0, 0
		runner := runnerFor(t, db, registryWith(func(ctx context.Context, _ note) error {
			tries++
			if jobs.LastAttempt(ctx) {
				lasts++
			}
			if tries%2 == 0 {
				panic("still no")
			}
			return errors.New("no")
		}))
		enqueue(t, db, note{Number: 5})
		for attempt := 1; attempt <= jobs.Attempts; attempt++ {
			if err := runner.RunUntilIdle(t.Context()); err == nil || !strings.Contains(err.Error(), "no") {
				t.Fatalf("attempt %d: %v", attempt, err)
			}
			if tries != attempt {
				t.Fatalf("%d tries after %d calls", tries, attempt)
			}
		}
		if err := runner.RunUntilIdle(t.Context()); err != nil || tries != jobs.Attempts {
			t.Errorf("worked after its last attempt: %v, %d tries", err, tries)
		}
		if lasts != 1 {
			t.Errorf("the worker was told %d times that this is the last attempt", lasts)
		}
		checkFailedAndRetried(t, db, runner)
	})
}

func checkFailedAndRetried(t *testing.T, db models.DB, runner *jobs.Runner) {
	t.Helper()
	failed, err := jobs.Failed(t.Context(), db)
	if err != nil || len(failed) != 1 {
		t.Fatalf("failed jobs: %v %v", failed, err)
	}
	job := failed[0]
	if job.Kind != "test.note" || job.Attempts != jobs.Attempts || !strings.Contains(job.LastError, "no") ||
		!strings.Contains(job.Args, "5") || job.FailedAt.IsZero() || job.FailedAt.Location() != time.UTC {
		t.Errorf("failed job: %+v", job)
	}
	retry := func() error {
		return db.InTx(t.Context(), func(tx models.DB) error { return jobs.Retry(t.Context(), tx, job.ID) })
	}
	if err := retry(); err != nil {
		t.Fatal(err)
	}
	if err := retry(); models.KindOf(err) != models.KindNotFound {
		t.Errorf("a second retry: %v", err)
	}
	if err := runner.RunUntilIdle(t.Context()); err == nil {
		t.Error("the retried job was not worked")
	}
	if c := counts(t, db); c.Failed != 1 {
		t.Errorf("after the retry failed too: %+v", c)
	}
}

func TestRetry_UnknownJobIsNotFound(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		err := db.InTx(t.Context(), func(tx models.DB) error { return jobs.Retry(t.Context(), tx, 99) })
		if models.KindOf(err) != models.KindNotFound {
			t.Errorf("%v", err)
		}
	})
}

func TestAt_IsReadFromTheDatabasesClock(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		var book notebook
		runner := runnerFor(t, db, registryWith(func(_ context.Context, job note) error { book.write(job); return nil }))
		enqueue(t, db, note{Number: 1}, jobs.At(clock.Now().Add(35*time.Minute)))
		enqueue(t, db, note{Number: 2}, jobs.At(clock.Now().Add(-time.Minute)))
		for _, step := range []struct {
			wait time.Duration
			want int
		}{{0, 1}, {34 * time.Minute, 1}, {time.Minute, 2}} {
			clock.Advance(step.wait)
			if err := runner.RunUntilIdle(t.Context()); err != nil {
				t.Fatal(err)
			}
			if n := book.distinct(); n != step.want {
				t.Errorf("%v later: %d jobs worked, want %d", step.wait, n, step.want)
			}
		}
	})
}

func TestRunEvery_DoesEveryTurnAndReturnsAllErrors(t *testing.T) {
	r := jobs.NewRegistry()
	var order []string
	for _, name := range []string{"first", "second", "third"} {
		r.Every(name, time.Minute, func(context.Context) error {
			order = append(order, name)
			if name != "third" {
				return errors.New("failed")
			}
			return nil
		})
	}
	err := r.RunEvery(t.Context())
	if !slices.Equal(order, []string{"first", "second", "third"}) {
		t.Errorf("turns: %v", order)
	}
	if err == nil || !strings.Contains(err.Error(), "first") || !strings.Contains(err.Error(), "second") {
		t.Errorf("errors: %v", err)
	}
}
