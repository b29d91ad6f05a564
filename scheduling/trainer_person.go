package scheduling

import (
	"context"
	"errors"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// SignsInAs says which person is a trainer when they sign in. The office may. Errors: forbidden; not found for the trainer;
// conflict when the person is another trainer already.
func SignsInAs(ctx context.Context, tx models.DB, actor access.Actor, trainerID, personID int64) error {
	if err := tx.MustBeTx(); err != nil {
		return err
	}
	if err := actor.Require(access.RoleOffice); err != nil {
		return err
	}
	err := updateTrainerPerson(ctx, tx, trainerID, personID)
	if errors.Is(err, models.ErrDuplicate) {
		return models.Fail(models.KindConflict, "This person is another trainer already").Because(err)
	}
	if err != nil {
		return err
	}
	return access.Record(ctx, tx, actor, access.Entry{
		Action: "trainer-tied", SubjectKind: "trainer", SubjectID: trainerID, Detail: map[string]int64{"person": personID},
	})
}
