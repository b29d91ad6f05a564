package tool

import (
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func TestRows_AreWhatTheMigrationsMade(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		modelstest.CheckSchema(t, db, &caseRow{}, &textRow{}, &eventRow{}, &closingRow{}, &tickRow{}, &factorRow{}, &candidateRow{},
			&ratingRow{}, &choiceRow{}, &flagRow{}, &flagActionRow{}, &decisionRow{}, &planRow{}, &packRow{}, &canaryRow{},
			&handoverRow{}, &contactRow{})
	})
}
