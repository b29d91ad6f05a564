package scheduling

import (
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func TestRows_AreWhatTheMigrationsMade(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		modelstest.CheckSchema(t, db, &courseRow{}, &accreditationRow{}, &trainerRow{}, &venueRow{}, &sessionRow{},
			&sessionTrainerRow{}, &partRow{}, &trainerTimeRow{})
	})
}
