package scheduling_test

import (
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

func TestMine_ListsOwnSessionsUntilTheyAreOver(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		rowan := accesstest.Trainer(t, db)
		mine := func() []scheduling.Session {
			found, err := scheduling.Mine(t.Context(), db, rowan.PersonID)
			if err != nil {
				t.Fatal(err)
			}
			return found
		}
		late := schedulingtest.OpenAccess(t, db, schedulingtest.With("Rowan", "Alan"), schedulingtest.OnDay(schedulingtest.Day.AddDays(7)))
		early := schedulingtest.OpenAccess(t, db, schedulingtest.With("Rowan"), schedulingtest.AsDraft())
		gone := schedulingtest.OpenAccess(t, db, schedulingtest.With("Rowan"), schedulingtest.AsDraft(), schedulingtest.OnDay(schedulingtest.Day.AddDays(1)))
		schedulingtest.OpenAccess(t, db) // Alan's
		if found := mine(); len(found) != 0 {
			t.Errorf("a person who is no trainer has %d sessions", len(found))
		}
		err := db.InTx(t.Context(), func(tx models.DB) error {
			if _, err := scheduling.CancelDraft(t.Context(), tx, access.System(), gone.ID); err != nil {
				return err
			}
			return scheduling.SignsInAs(t.Context(), tx, access.System(), schedulingtest.TrainerIDs(t, tx, "Rowan")[0], rowan.PersonID)
		})
		if err != nil {
			t.Fatal(err)
		}
		if found := mine(); len(found) != 2 || found[0].ID != early.ID || found[1].ID != late.ID {
			t.Errorf("%d sessions of Rowan's, want the two that are not cancelled, next first", len(found))
		}
		clock.Set(early.LastEnd())
		if found := mine(); len(found) != 1 || found[0].ID != late.ID {
			t.Errorf("%d sessions once the first is over", len(found))
		}
	})
}
