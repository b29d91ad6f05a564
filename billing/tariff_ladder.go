package billing

import (
	"context"
	"errors"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// NewLadder is cancellation terms for what is booked from a day on.
type NewLadder struct {
	Name  string // for the office: "Standard terms"
	Steps Ladder // from most days to 0
	From  models.Date
}

// mostNoticeDays bounds the days of a step.
const mostNoticeDays = 365

// StepField names the form field of a step, counted from 1: "days-2", "fee-2".
func StepField(what string, step int) string { return fmt.Sprintf("%s-%d", what, step) }

// check refuses, with fields "name", "days-1", "fee-1" and so on, and "from". The last step is for what no other covers.
func (n NewLadder) check(today models.Date) error {
	var found models.Problems
	checkText(&found, "name", n.Name, "Enter a name for these terms, like Standard terms", "The name", 80)
	if len(n.Steps) == 0 {
		found.Add(StepField("fee", 1), "Enter at least one step")
	}
	for i, s := range n.Steps {
		n.checkStep(&found, i, s)
	}
	checkFrom(&found, n.From, today)
	return found.Err()
}

func (n NewLadder) checkStep(found *models.Problems, i int, s Step) {
	days, fee := StepField("days", i+1), StepField("fee", i+1)
	switch last := i == len(n.Steps)-1; {
	case last && s.Days != 0:
		found.Add(days, "The last step must begin at 0 days, so that every day has a fee")
	case !last && (s.Days < 1 || s.Days > mostNoticeDays):
		found.Add(days, "Enter the days of notice, from 1 to %d", mostNoticeDays)
	case i > 0 && s.Days >= n.Steps[i-1].Days:
		found.Add(days, "Begin with the most days: this step needs fewer than %d", n.Steps[i-1].Days)
	}
	switch {
	case s.Fee < 0 || s.Fee > models.HundredPercent:
		found.Add(fee, "Enter a percentage from 0 to 100 with at most three decimals, like 50")
	case i > 0 && s.Fee < n.Steps[i-1].Fee:
		found.Add(fee, "Less notice cannot cost less: enter %s or more", n.Steps[i-1].Fee)
	}
}

// PreviewLadder says what terms would change, and refuses what ScheduleLadder refuses; it writes nothing. Only the office may ask.
func PreviewLadder(ctx context.Context, db models.DB, actor access.Actor, n NewLadder) (Changes, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return Changes{}, err
	}
	if err := n.check(db.Today()); err != nil {
		return Changes{}, err
	}
	rows, err := ladderRows(ctx, db)
	if err != nil {
		return Changes{}, err
	}
	if old, there := beginning(rows, n.From); there {
		return Changes{}, n.taken(old)
	}
	now, err := tariffOn(ctx, db, n.From)
	if err != nil {
		return Changes{}, err
	}
	then := now
	then.Ladder = n.Steps
	c, err := WhatChanges(now, then, n.From)
	if err == nil && c.None() {
		return c, models.Invalid(StepField("days", 1), "Those are the terms on %s already", n.From)
	}
	c.follow(db.Today(), following(rows, n.From))
	return c, err
}

func (n NewLadder) taken(old ladderRow) error {
	return models.Invalid(fieldFrom, "Terms from %s stand already: %s. %s", n.From, old.Name, anotherDay)
}

// ScheduleLadder enters cancellation terms for what is booked from a day on: today or later, one for each day. Bookings already
// made keep theirs. The same terms entered again change nothing. Errors: forbidden; invalid.
func ScheduleLadder(ctx context.Context, tx models.DB, actor access.Actor, n NewLadder) error {
	if err := actor.Require(access.RoleOffice); err != nil {
		return err
	}
	if err := n.check(tx.Today()); err != nil {
		return err
	}
	steps, err := n.Steps.Value()
	if err != nil {
		return err
	}
	rows, err := ladderRows(ctx, tx)
	if err != nil {
		return err
	}
	row := ladderRow{Name: n.Name, Steps: fmt.Sprint(steps), EffectiveFrom: n.From}
	if old, there := beginning(rows, n.From); there {
		if old.Name == row.Name && old.Steps == row.Steps {
			return nil
		}
		return n.taken(old)
	}
	if err := insertTariff(ctx, tx, &row); errors.Is(err, models.ErrDuplicate) {
		return models.Invalid(fieldFrom, "Terms from %s were entered a moment ago. %s", n.From, anotherDay)
	} else if err != nil {
		return fmt.Errorf("enter cancellation terms: %w", err)
	}
	return recordEntry(ctx, tx, actor, KindLadder, row.ID, n.Name+": "+n.Steps.Words(), n.From)
}
