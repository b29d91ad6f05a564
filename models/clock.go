package models

import "time"

// Clock tells the time. There is one in the program, made in cmd; tests have their own.
type Clock interface {
	// Now is the present instant, in UTC, rounded down to the microsecond.
	Now() time.Time
}

// SystemClock is the machine's own clock.
type SystemClock struct{}

// Now is the machine's time as the databases keep it.
func (SystemClock) Now() time.Time { return Instant(time.Now()) }

// ShiftedClock runs at the machine's pace from another instant: it lets demonstrations see next year.
type ShiftedClock struct{ by time.Duration }

// NewShiftedClock makes a clock that reads start now and goes on from there.
func NewShiftedClock(start time.Time) ShiftedClock {
	return ShiftedClock{by: start.Sub(time.Now())}
}

// Now is the shifted time.
func (c ShiftedClock) Now() time.Time { return Instant(time.Now().Add(c.by)) }

// Instant brings a time to the form every database keeps: UTC, whole microseconds.
func Instant(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
