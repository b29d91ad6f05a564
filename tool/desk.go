package tool

import (
	"context"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
)

// Licences reads the one licence of a person; the zero Licence when they have none. licensing answers it.
type Licences func(ctx context.Context, db models.DB, personID int64) (licensing.Licence, error)

// Desk is where cases are worked on. Every use case takes a transaction, because even reading a case leaves an audit row.
type Desk struct {
	Pack     Pack // for new cases; a case that exists keeps its own
	Sealer   Sealer
	Licences Licences
	Holders  Holders // to whom a case can be handed
}

// visit is one person at the desk at one instant, with what their licence allows.
type visit struct {
	actor        access.Actor
	pass         licensing.Decision
	organisation *int64 // for which they work; nil for an individual
}

// Pass says what a person's licence allows now. It is asked on every request, and by every use case here.
func (d Desk) Pass(ctx context.Context, db models.DB, actor access.Actor) (licensing.Decision, error) {
	v, err := d.visit(ctx, db, actor)
	return v.pass, err
}

func (d Desk) visit(ctx context.Context, db models.DB, actor access.Actor) (visit, error) {
	if !actor.SignedIn() {
		return visit{}, models.Fail(models.KindForbidden, "Sign in to use the tool")
	}
	licence, err := d.Licences(ctx, db, actor.PersonID)
	if err != nil {
		return visit{}, err
	}
	return visit{actor, licensing.Decide(licence, db.Now()), licence.WorksForAt(db.Today())}, nil
}

// enter begins every use case: inside a transaction, by somebody whose licence allows this use.
func (d Desk) enter(ctx context.Context, tx models.DB, actor access.Actor, use licensing.Use) (visit, error) {
	if err := tx.MustBeTx(); err != nil {
		return visit{}, err
	}
	v, err := d.visit(ctx, tx, actor)
	if err == nil && !v.pass.Allows(use) {
		err = refused(v.pass)
	}
	return v, err
}

// refused is the gate's answer: what happened, what it means and what to do.
func refused(pass licensing.Decision) *models.Error {
	if pass.NextStep == "" {
		return models.Fail(models.KindForbidden, "%s", pass.Sentence)
	}
	return models.Fail(models.KindForbidden, "%s. %s", pass.Sentence, pass.NextStep)
}
