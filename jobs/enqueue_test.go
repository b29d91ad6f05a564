package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/jobs"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// note is a job that tells its number to whoever registered for it.
type note struct {
	Number int    `json:"number"`
	Text   string `json:"text"`
}

func (note) Kind() string { return "test.note" }

// notebook records which notes were worked, and how often.
type notebook struct {
	mu    sync.Mutex
	seen  map[int]int
	texts []string
	order []int
}

func (n *notebook) write(job note) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.seen == nil {
		n.seen = map[int]int{}
	}
	n.seen[job.Number]++
	n.texts = append(n.texts, job.Text)
	n.order = append(n.order, job.Number)
}

func (n *notebook) times(number int) int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.seen[number]
}

func (n *notebook) distinct() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return len(n.seen)
}

func registryWith(work func(ctx context.Context, job note) error) *jobs.Registry {
	r := jobs.NewRegistry()
	jobs.Handle(r, work)
	return r
}

func runnerFor(t *testing.T, db models.DB, r *jobs.Registry) *jobs.Runner {
	t.Helper()
	runner, err := jobs.NewRunner(db, r, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return runner
}

func enqueue(t *testing.T, db models.DB, job jobs.Args, options ...jobs.Option) {
	t.Helper()
	err := db.InTx(t.Context(), func(tx models.DB) error { return jobs.Enqueue(t.Context(), tx, job, options...) })
	if err != nil {
		t.Fatal(err)
	}
}

func waitUntil(t *testing.T, what string, holds func() bool) {
	t.Helper()
	deadline := time.NewTimer(3 * time.Minute) // far beyond what it takes: a killed leader's lease ends by itself
	defer deadline.Stop()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for !holds() {
		select {
		case <-deadline.C:
			t.Fatalf("waited in vain until %s", what)
		case <-look.C:
		}
	}
}

func counts(t *testing.T, db models.DB) jobs.Counts {
	t.Helper()
	c, err := jobs.Count(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestEnqueue_NeedsTheTransactionOfItsCause(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		if err := jobs.Enqueue(t.Context(), db, note{}); err == nil {
			t.Error("a job was put in the queue without a transaction")
		}
	})
}

func TestEnqueue_ARolledBackCauseLeavesNoJob(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		changedMind := errors.New("changed my mind")
		for range 20 {
			err := db.InTx(t.Context(), func(tx models.DB) error {
				if err := jobs.Enqueue(t.Context(), tx, note{Number: 1}); err != nil {
					return err
				}
				return changedMind
			})
			if !errors.Is(err, changedMind) {
				t.Fatal(err)
			}
		}
		if c := counts(t, db); c != (jobs.Counts{}) {
			t.Errorf("jobs after rollbacks: %+v", c)
		}
	})
}

func TestEnqueue_ArgumentsArriveAsTheyWereGiven(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		const text = `Zoë's "places", {1,2} \ Łódź` + "\n🌳"
		var book notebook
		runner := runnerFor(t, db, registryWith(func(_ context.Context, job note) error { book.write(job); return nil }))
		enqueue(t, db, note{Number: 7, Text: text})
		if err := runner.RunUntilIdle(t.Context()); err != nil {
			t.Fatal(err)
		}
		if book.times(7) != 1 || book.texts[0] != text {
			t.Errorf("worked %v %q", book.seen, book.texts)
		}
	})
}

func BenchmarkEnqueue(b *testing.B) {
	for _, dialect := range modelstest.Dialects {
		b.Run(string(dialect), func(b *testing.B) {
			db, _ := modelstest.Open(b, dialect)
			for b.Loop() {
				err := db.InTx(b.Context(), func(tx models.DB) error { return jobs.Enqueue(b.Context(), tx, note{Number: 1}) })
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
