package scheduling

import (
	"context"

	"hub.salford.ac.uk/ssph/models"
)

// Trainer is somebody who delivers sessions.
type Trainer struct {
	ID       int64
	Name     string
	PersonID *int64 // who signs in as this trainer, when somebody does
	Active   bool   // may be put on new sessions
}

// Trainers lists the trainers who may be put on new sessions, by name.
func Trainers(ctx context.Context, db models.DB) ([]Trainer, error) {
	return activeTrainers(ctx, db)
}
