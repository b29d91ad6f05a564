package tool

import (
	"context"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// Move takes a case along an arrow of the process. Errors: forbidden from the gate; not found; conflict when there is no arrow or
// something locks it; invalid, with the field, for what the next state asks for.
func (d Desk) Move(ctx context.Context, tx models.DB, actor access.Actor, caseID int64, m Move) error {
	w, err := d.writeEvenClosed(ctx, tx, actor, caseID)
	if err != nil {
		return err
	}
	c, err := w.load(ctx, tx)
	if err != nil {
		return err
	}
	if err := m.tidy(); err != nil {
		return err
	}
	if err := w.pack.MayMove(c.Facts(tx.Now()), m); err != nil {
		return err
	}
	reason := m.Reason
	if m.To == Planning && !m.Agreed {
		reason = m.AgreedOther
	}
	ordinal, err := w.goTo(ctx, tx, m.To, reason)
	if err != nil || m.To != Closed {
		return err
	}
	row := closingRow{CaseID: c.ID, Ordinal: ordinal, Outcome: m.Closing.Outcome, Message: m.Closing.Message, Rating: m.Closing.Rating}
	if err := insertClosing(ctx, tx, row); err != nil {
		return err
	}
	return w.putTexts(ctx, tx, eventTexts(ordinal), map[string]string{"what_next": m.Closing.WhatNext, "no_measures": m.Closing.NoMeasures})
}

func (m *Move) tidy() error {
	var wrong models.Problems
	tidyAll(&wrong, map[string]*string{
		"reason": &m.Reason, "agreed": &m.AgreedOther, "what_next": &m.Closing.WhatNext, "rating": &m.Closing.NoMeasures,
	})
	return wrong.Err()
}

// goTo moves the case, leaves the event that says so and returns its number. The rules have been asked.
func (w work) goTo(ctx context.Context, tx models.DB, to State, reason string) (int, error) {
	if err := setState(ctx, tx, w.row, to); err != nil {
		return 0, err
	}
	ordinal, err := insertEvent(ctx, tx, eventRow{
		CaseID: w.row.ID, FromState: w.row.State, ToState: to, PackDigest: w.pack.Digest, MovedBy: w.actor.PersonID, MovedAt: tx.Now(),
	})
	if err != nil {
		return 0, err
	}
	if err := w.putText(ctx, tx, eventTexts(ordinal)+"/reason", reason); err != nil {
		return 0, err
	}
	return ordinal, w.record(ctx, tx, "case moved", map[string]State{"from": w.row.State, "to": to})
}
