// Package modelstest gives tests real databases of both kinds, each fresh and migrated, and a clock that moves only when told.
package modelstest

import (
	"sync"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// Start is the instant at which every test clock begins: Monday 23 November 2026, 9am in London.
var Start = time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC)

// Clock stands still until it is set or moved on. It is safe for concurrent use.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock makes a clock that reads Start.
func NewClock() *Clock { return &Clock{now: Start} }

// Now is the clock's time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return models.Instant(c.now)
}

// Set puts the clock to an instant.
func (c *Clock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

// Advance moves the clock on, or back when d is negative.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}
