package scheduling

import (
	"context"
	"errors"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// TrainerOf is the trainer who signs in as this person. A person who is no trainer of the diary is not found.
func TrainerOf(ctx context.Context, db models.DB, personID int64) (Trainer, error) {
	row, err := trainerByPerson(ctx, db, personID)
	if errors.Is(err, models.ErrNoRow) {
		return Trainer{}, models.NotFound("You are not in the list of trainers yet. Ask the Hub office")
	}
	return Trainer(row), err
}

// TaughtBy says that the actor is one of the session's own trainers, or the office.
func (s Session) TaughtBy(actor access.Actor) bool {
	if actor.Is(access.RoleOffice) {
		return true
	}
	if !actor.Is(access.RoleTrainer) {
		return false
	}
	for _, t := range s.Trainers {
		if t.PersonID != nil && *t.PersonID == actor.PersonID {
			return true
		}
	}
	return false
}

// RequireTrainer refuses whoever is neither one of the session's own trainers nor the office, and says who may.
func (s Session) RequireTrainer(actor access.Actor) error {
	if s.TaughtBy(actor) {
		return nil
	}
	if err := actor.Require(access.RoleTrainer); err != nil {
		return err
	}
	return models.Fail(models.KindForbidden, "This is %s’s session. Only %s and the Hub office can do this", s.TrainerNames(), s.TrainerNames())
}

// forSelf lets the office open any session, and a trainer one of open access or one to one with themselves as its only trainer:
// with none chosen it is theirs. Anybody else is forbidden.
func (n NewSession) forSelf(ctx context.Context, tx models.DB, actor access.Actor) (NewSession, error) {
	if actor.Is(access.RoleOffice) {
		return n, nil
	}
	if err := actor.Require(access.RoleTrainer); err != nil {
		return n, err
	}
	self, err := trainerByPerson(ctx, tx, actor.PersonID)
	if errors.Is(err, models.ErrNoRow) || err == nil && !self.Active {
		return n, models.Fail(models.KindForbidden, "You are not in the list of trainers yet. Ask the Hub office")
	}
	if err != nil {
		return n, err
	}
	for _, id := range n.TrainerIDs {
		if id != self.ID {
			return n, models.Invalid(FieldTrainers, "You can open sessions for yourself only. Ask the Hub office to add another trainer")
		}
	}
	if n.Route == Bespoke {
		return n, models.Invalid(FieldRoute, "Only the Hub office can open an organisation’s own group")
	}
	n.TrainerIDs = []int64{self.ID}
	return n, nil
}
