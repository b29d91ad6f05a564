package app

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/tool"
)

// seed puts one part of the demonstration into the database. Every row it makes is marked as demonstration.
type seed struct {
	name string
	run  func(ctx context.Context, tx models.DB) error
}

// seeds are the parts, each of which may rely on those before it.
func seeds(desk booking.Desk, cases tool.Desk) []seed {
	return []seed{
		{"people", seedPeople},
		{"venues", seedVenues},
		{"a day that has passed", func(ctx context.Context, tx models.DB) error { return seedTrained(ctx, tx, desk.BaseURL) }},
		{"a case", func(ctx context.Context, tx models.DB) error { return seedCase(ctx, tx, cases) }},
		{"bookings", func(ctx context.Context, tx models.DB) error { return seedBookings(ctx, tx, desk) }},
	}
}

// Seed fills a database that has no sessions with the invented people and dates of the demonstration, all of it or nothing, and
// says whether it did. A database with sessions is left as it is.
func Seed(ctx context.Context, db models.DB, desk booking.Desk, cases tool.Desk) (seeded bool, err error) {
	err = db.InTx(ctx, func(tx models.DB) error {
		if seeded, err = noSessions(ctx, tx); err != nil || !seeded {
			return err
		}
		for _, s := range seeds(desk, cases) {
			if err := s.run(ctx, tx); err != nil {
				return fmt.Errorf("demonstration, %s: %w", s.name, err)
			}
		}
		return nil
	})
	return seeded, err
}

// noSessions says that there is no session, coming or past: a demonstration whose every day has gone by is still there.
func noSessions(ctx context.Context, tx models.DB) (bool, error) {
	for _, past := range []bool{false, true} {
		_, sessions, err := scheduling.All(ctx, tx, scheduling.OfficeFilter{Past: past}, scheduling.Page{})
		if err != nil || sessions > 0 {
			return false, err
		}
	}
	return true, nil
}
