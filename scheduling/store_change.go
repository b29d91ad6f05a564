package scheduling

import (
	"context"
	"errors"

	"hub.salford.ac.uk/ssph/models"
)

func movedMeanwhile() error {
	return models.Fail(models.KindConflict, "This session has changed meanwhile. Look at it again")
}

// setStatus moves a session on, from the state it was read in only.
func setStatus(ctx context.Context, tx models.DB, id int64, from, to Status) error {
	res := tx.SQL(ctx).Exec("UPDATE sessions SET status = ? WHERE id = ? AND status = ?", to, id, from)
	return models.Affected(res, 1, movedMeanwhile())
}

func updateCapacity(ctx context.Context, tx models.DB, id int64, was, capacity int) error {
	res := tx.SQL(ctx).Exec("UPDATE sessions SET capacity = ? WHERE id = ? AND capacity = ? AND status <> ?", capacity, id, was, Cancelled)
	return models.Affected(res, 1, movedMeanwhile())
}

func updateJoinLink(ctx context.Context, tx models.DB, id int64, link string) error {
	res := tx.SQL(ctx).Exec("UPDATE sessions SET join_link = ? WHERE id = ? AND format = ? AND status <> ?", link, id, Online, Cancelled)
	return models.Affected(res, 1, movedMeanwhile())
}

// freeTrainers lets the trainers of a cancelled session go; the rows stay as a record.
func freeTrainers(ctx context.Context, tx models.DB, s Session) error {
	res := tx.SQL(ctx).Exec(`UPDATE trainer_times SET status = ? WHERE status = ? AND part_id IN
		(SELECT id FROM parts WHERE session_id = ?)`, timeFreed, timeTaken, s.ID)
	return models.Affected(res, int64(len(s.Parts)*len(s.Trainers)), errors.New("the trainers' times were not freed"))
}

func updateTrainerPerson(ctx context.Context, tx models.DB, trainerID, personID int64) error {
	res := tx.SQL(ctx).Model(&trainerRow{}).Where("id = ?", trainerID).Updates(map[string]any{"person_id": personID})
	return models.Affected(res, 1, models.NotFound("There is no such trainer"))
}
