package app

import (
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// The clock is moved on to see what a licence does next year, and the demonstration of this year is still what is there.
func TestSeed_LeavesADemonstrationAloneWhoseDaysHaveAllGoneBy(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		desk := booking.Desk{BaseURL: "http://ssph.example"}
		for start, want := range []bool{true, false, false} {
			seeded, err := Seed(t.Context(), db, desk)
			if err != nil || seeded != want {
				t.Fatalf("start %d, on %s: seeded %v, %v", start+1, db.Today(), seeded, err)
			}
			clock.Advance(200 * 24 * time.Hour)
		}
	})
}
