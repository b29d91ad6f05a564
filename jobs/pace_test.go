package jobs

import (
	"log/slog"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// NewHurriedRunner looks often and loses patience soon, so that tests of stuck jobs take seconds.
func NewHurriedRunner(db models.DB, r *Registry, log *slog.Logger) (*Runner, error) {
	return newRunner(db, r, log, pace{poll: 20 * time.Millisecond, timeout: 500 * time.Millisecond, rescue: time.Second})
}

// WaitAfter is the pause after an attempt.
func WaitAfter(attempt int) time.Duration { return wait(attempt) }
