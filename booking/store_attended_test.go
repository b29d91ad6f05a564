package booking

import (
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

func TestRowsOfTheDay_AreTheColumnsTheMigrationsMade(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		modelstest.CheckSchema(t, db, &outcomeRow{}, &walkInRow{})
	})
}

func TestMarkAttended_OnlyConfirmedPlacesOfTheSession(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		session := schedulingtest.OpenAccess(t, db)
		err := db.InTx(t.Context(), func(tx models.DB) error {
			s, err := scheduling.Claim(t.Context(), tx, session.ID)
			if err != nil {
				return err
			}
			return MarkAttended(t.Context(), tx, s, map[int64]Outcome{99: OutcomeAttended})
		})
		if models.KindOf(err) != models.KindConflict {
			t.Error(err)
		}
		if err := MarkAttended(t.Context(), db, session, nil); err == nil {
			t.Error("recorded outside a transaction")
		}
	})
}
