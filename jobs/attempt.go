package jobs

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/riverqueue/river/rivertype"
)

// Attempts is how often a job is tried before it counts as failed: with the waits below, for about twenty hours, so that a mail
// server may be away overnight.
const Attempts = 25

// wait is the pause after a failed attempt: short at first, then an hour, and a tenth more or less so that jobs that failed
// together do not come back together.
func wait(attempt int) time.Duration {
	pauses := [...]time.Duration{5 * time.Second, 30 * time.Second, 2 * time.Minute, 10 * time.Minute, 30 * time.Minute, time.Hour}
	pause := pauses[min(max(attempt, 1), len(pauses))-1]
	return pause - pause/10 + rand.N(pause/5)
}

// backoff is wait as River asks for it.
type backoff struct{}

// NextRetry is the machine's time of the next attempt.
func (backoff) NextRetry(job *rivertype.JobRow) time.Time {
	return machineTime().Add(wait(job.Attempt))
}

type attemptKey struct{}

// withAttempt lets a worker know how often it was tried.
func withAttempt(ctx context.Context, job *rivertype.JobRow) context.Context {
	return context.WithValue(ctx, attemptKey{}, job.Attempt >= job.MaxAttempts)
}

// LastAttempt says that the job will not be tried again by itself when it fails now: a worker whose row has a state of its own
// writes the failure there.
func LastAttempt(ctx context.Context) bool {
	last, _ := ctx.Value(attemptKey{}).(bool)
	return last
}
