package jobs_test

import (
	"sync"
	"testing"

	"hub.salford.ac.uk/ssph/jobs"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func TestMigrate_MayRunAgainAndInSeveralProgramsAtOnce(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		if db.Dialect() == models.Postgres { // begin from nothing: several first starts at once
			tables := "DROP TABLE river_job, river_leader, river_migration, river_queue, river_client, river_client_queue CASCADE; " +
				"DROP TYPE river_job_state CASCADE"
			if _, err := db.Pool().ExecContext(t.Context(), tables); err != nil {
				t.Fatal(err)
			}
		}
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() {
				if err := jobs.Migrate(t.Context(), db); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		enqueue(t, db, note{})
		if c := counts(t, db); c.Waiting != 1 {
			t.Errorf("%+v", c)
		}
	})
}
