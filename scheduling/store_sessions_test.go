package scheduling_test

import (
	"testing"

	"gorm.io/gorm"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

func TestUpcoming_AsksAsOftenForTwentyAsForOne(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		asked := counter(t, db)
		measure := func() int {
			before := asked()
			if _, err := scheduling.Upcoming(t.Context(), db, scheduling.Filter{}); err != nil {
				t.Fatal(err)
			}
			return asked() - before
		}
		schedulingtest.OpenAccess(t, db)
		one := measure()
		for i := range 19 {
			schedulingtest.OpenAccess(t, db, schedulingtest.OnDay(schedulingtest.Day.AddDays(i+1)), schedulingtest.With("Alan", "Rowan"))
		}
		if twenty := measure(); one != twenty || one > 3 {
			t.Errorf("%d queries for one session, %d for twenty", one, twenty)
		}
	})
}

// counter counts the queries that GORM sends to the pool.
func counter(t *testing.T, db models.DB) func() int {
	t.Helper()
	n := 0
	err := db.SQL(t.Context()).Callback().Query().After("gorm:query").Register("count", func(*gorm.DB) { n++ })
	if err != nil {
		t.Fatal(err)
	}
	return func() int { return n }
}
