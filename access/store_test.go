package access

import (
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func TestStore_RowsAreWhatTheMigrationsMade(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		modelstest.CheckSchema(t, db, Person{}, roleRow{}, Organisation{}, membershipRow{}, sessionRow{}, auditRow{}, settingRow{}, linkRow{})
	})
}
