package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// Registry knows the worker of every kind of job and the work done at intervals. It is filled when the program is put together,
// by each package's Register, and not changed after a Runner was made from it.
type Registry struct {
	workers  []worker
	periodic []periodic
	kinds    map[string]bool
	faults   []error
}

type worker struct {
	kind string
	add  func(*river.Workers) error
	work func(ctx context.Context, job *rivertype.JobRow) error
}

// NewRegistry makes an empty registry.
func NewRegistry() *Registry { return &Registry{kinds: map[string]bool{}} }

// Handle says how jobs of one kind are worked. T is a plain struct. An error means "try again later" and is shown to the office
// when no attempt is left; a panic counts as an error. A second worker for a kind is a fault that NewRunner reports.
func Handle[T Args](r *Registry, work func(ctx context.Context, job T) error) {
	var zero T
	kind := zero.Kind()
	r.claim(kind)
	r.workers = append(r.workers, worker{
		kind: kind,
		add: func(workers *river.Workers) error {
			return river.AddWorkerSafely(workers, river.WorkFunc(func(ctx context.Context, job *river.Job[T]) error {
				return work(withAttempt(ctx, job.JobRow), job.Args)
			}))
		},
		work: func(ctx context.Context, row *rivertype.JobRow) error {
			var args T
			if err := json.Unmarshal(row.EncodedArgs, &args); err != nil {
				return fmt.Errorf("read the job's arguments: %w", err)
			}
			return work(withAttempt(ctx, row), args)
		},
	})
}

// Every has work done at intervals, and once soon after the start; by one program only when several share a database. The name is
// as stable as a job's kind. A run that fails is tried again after the interval. The interval is at least a second of the machine's time.
func (r *Registry) Every(name string, interval time.Duration, run func(ctx context.Context) error) {
	r.claim(name)
	if interval < time.Second {
		r.faults = append(r.faults, fmt.Errorf("jobs: %s is to run every %v: a second is the least", name, interval))
	}
	r.periodic = append(r.periodic, periodic{name: name, interval: interval, run: run})
}

func (r *Registry) claim(kind string) {
	if r.kinds[kind] {
		r.faults = append(r.faults, fmt.Errorf("jobs: %s has two workers", kind))
	}
	r.kinds[kind] = true
}

// bundle is the registry as River wants it.
func (r *Registry) bundle() (*river.Workers, error) {
	workers := river.NewWorkers()
	faults := slices.Clone(r.faults)
	for _, w := range r.workers {
		faults = append(faults, w.add(workers))
	}
	faults = append(faults, river.AddWorkerSafely(workers, tickWorker{registry: r}))
	return workers, errors.Join(faults...)
}

// work runs a job's worker in this goroutine; a panic becomes an error.
func (r *Registry) work(ctx context.Context, job *rivertype.JobRow) (err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("panic: %v", reason)
		}
	}()
	if job.Kind == tickKind {
		return r.workTick(ctx, job)
	}
	for _, w := range r.workers {
		if w.kind == job.Kind {
			return w.work(ctx, job)
		}
	}
	return fmt.Errorf("no worker for jobs of kind %q", job.Kind)
}
