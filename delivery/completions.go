package delivery

import (
	"context"
	"slices"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// Filter narrows a list of completions. The zero Filter narrows nothing.
type Filter struct {
	SessionID      int64
	ClosedBy       int64 // the session whose completing made them
	PersonID       int64
	OrganisationID int64
	Live           bool // only those that were not withdrawn
}

// CompletionByID reads one completion that the scope may see: the office, the person themselves, and the managers of the
// organisation that bought the place. Anybody else's is not found.
func CompletionByID(ctx context.Context, db models.DB, scope access.Scope, id int64) (Completion, error) {
	found, err := completionsByID(ctx, db, scope, id)
	if err != nil {
		return Completion{}, err
	}
	if len(found) == 0 {
		return Completion{}, models.NotFound("We have no record of this training that you can see. If it is yours, sign in first")
	}
	return found[0], nil
}

// Completions lists the completions that the scope may see, by name.
func Completions(ctx context.Context, db models.DB, scope access.Scope, f Filter) ([]Completion, error) {
	return readCompletions(f.narrow(narrow(completionsQuery(ctx, db), scope)))
}

// OfSession lists every completion of a session's places, and those of other sessions that completing it made, withdrawn ones too,
// for its own trainers and the office.
func OfSession(ctx context.Context, db models.DB, actor access.Actor, sessionID int64) ([]Completion, error) {
	session, err := scheduling.FindAny(ctx, db, sessionID)
	if err != nil {
		return nil, err
	}
	if err := session.RequireTrainer(actor); err != nil {
		return nil, err
	}
	all, err := Completions(ctx, db, access.System().Scope(), Filter{SessionID: sessionID})
	if err != nil {
		return nil, err
	}
	made, err := Completions(ctx, db, access.System().Scope(), Filter{ClosedBy: sessionID})
	return append(all, slices.DeleteFunc(made, func(c Completion) bool { return c.SessionID == sessionID })...), err
}
