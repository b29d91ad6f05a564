package billing

import (
	"context"
	"errors"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// NewVAT is how sales are treated from a tax point on. Rate counts for category S alone, Reason for the others.
type NewVAT struct {
	Category VATCategory
	Rate     models.Percent
	Reason   string
	From     models.Date
}

// rate is the row, without what its category has no use for.
func (n NewVAT) rate() VATRate {
	r := VATRate{Category: n.Category, From: n.From}
	if n.Category == StandardRated {
		r.Rate = n.Rate
	} else {
		r.Reason = n.Reason
	}
	r.Label = r.Words()
	return r
}

// Words is how sales are treated, as the office reads it.
func (n NewVAT) Words() string { return n.rate().words() }

// words is the row as the office reads it: its label, and why no VAT is charged.
func (r VATRate) words() string {
	if r.Reason == "" {
		return r.Words()
	}
	return r.Words() + ": " + r.Reason
}

// mostReason bounds a reason, which has to fit under the VAT summary of a document.
const mostReason = 300

// check refuses, with fields "category", "rate", "reason" and "from".
func (n NewVAT) check(today models.Date) error {
	var found models.Problems
	switch n.Category {
	case StandardRated:
		if n.Rate <= 0 || n.Rate > models.HundredPercent {
			found.Add("rate", "Enter the rate in percent, more than 0 and up to 100, like 20")
		}
	case ExemptVAT, ZeroRated, OutsideVAT:
		checkText(&found, "reason", n.Reason, "Enter why no VAT is charged. It is printed on every invoice", "The reason", mostReason)
	default:
		found.Add("category", "Choose how sales are treated")
	}
	checkFrom(&found, n.From, today)
	return found.Err()
}

// PreviewVAT says what a VAT row would change, and refuses what ScheduleVAT refuses; it writes nothing. Only the office may ask.
func PreviewVAT(ctx context.Context, db models.DB, actor access.Actor, n NewVAT) (Changes, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return Changes{}, err
	}
	if err := n.check(db.Today()); err != nil {
		return Changes{}, err
	}
	now, err := tariffOn(ctx, db, n.From)
	if err != nil {
		return Changes{}, err
	}
	if old, there := now.VAT.begins(n.From); there {
		return Changes{}, vatTaken(old)
	}
	then := now
	then.VAT = append(append(VATRates{}, now.VAT...), n.rate())
	c, err := WhatChanges(now, then, n.From)
	if err == nil && c.None() {
		return c, models.Invalid("category", "That is how sales are treated on %s already", n.From)
	}
	c.follow(db.Today(), now.VAT.nextAfter(n.From))
	return c, err
}

// begins finds the row from that very day.
func (t VATRates) begins(from models.Date) (VATRate, bool) {
	for _, r := range t {
		if r.From == from {
			return r, true
		}
	}
	return VATRate{}, false
}

// nextAfter is the first day of the row that follows; no day when none does.
func (t VATRates) nextAfter(from models.Date) (next models.Date) {
	for _, r := range t {
		if from.Before(r.From) && (next.IsZero() || r.From.Before(next)) {
			next = r.From
		}
	}
	return next
}

func vatTaken(old VATRate) error {
	return models.Invalid(fieldFrom, "An entry for VAT from %s stands already: %s. %s", old.From, lowerStart(old.words()), anotherDay)
}

// ScheduleVAT enters how sales are treated from a tax point on: today or later, one row for each day. Documents already issued
// keep theirs. The same row entered again changes nothing. Errors: forbidden; invalid.
func ScheduleVAT(ctx context.Context, tx models.DB, actor access.Actor, n NewVAT) error {
	if err := actor.Require(access.RoleOffice); err != nil {
		return err
	}
	if err := n.check(tx.Today()); err != nil {
		return err
	}
	rates, err := vatRates(ctx, tx)
	if err != nil {
		return err
	}
	r := n.rate()
	if old, there := rates.begins(n.From); there {
		if old == r {
			return nil
		}
		return vatTaken(old)
	}
	row := vatRow{Category: string(r.Category), RateThousandths: r.Rate, Label: r.Label, Reason: r.Reason, EffectiveFrom: r.From}
	if err := insertTariff(ctx, tx, &row); errors.Is(err, models.ErrDuplicate) {
		return models.Invalid(fieldFrom, "An entry for VAT from %s was made a moment ago. %s", n.From, anotherDay)
	} else if err != nil {
		return fmt.Errorf("enter a VAT row: %w", err)
	}
	return recordEntry(ctx, tx, actor, KindVAT, row.ID, r.words(), r.From)
}
