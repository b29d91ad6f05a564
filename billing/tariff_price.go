package billing

import (
	"context"
	"errors"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// NewPrice is a price from a day on, before VAT: of one place, or of one group where the route is bespoke.
type NewPrice struct {
	Route  Route
	Format Format
	Net    models.Pence
	From   models.Date
}

// unitOf is what a price of the route buys.
func unitOf(route Route) Unit {
	if route == Bespoke {
		return PerGroup
	}
	return PerPerson
}

// words is the price as the audit and the office read it.
func (p NewPrice) words() string {
	return fmt.Sprintf("%s, %s: %s a %s before VAT", p.Route.Title(), p.Format.Words(), p.Net, unitOf(p.Route))
}

// check refuses, with fields "route", "format", "price" and "from".
func (p NewPrice) check(today models.Date) error {
	var found models.Problems
	if _, err := models.ParseRoute(string(p.Route)); err != nil {
		found.Add("route", "Choose open access, own group or one to one")
	}
	if _, err := models.ParseFormat(string(p.Format)); err != nil {
		found.Add("format", "Choose face to face or online")
	}
	switch {
	case p.Net <= 0:
		found.Add("price", "Enter a price of more than £0.00, like 228 or 2,440")
	case p.Net > mostPrice:
		found.Add("price", "Enter a price of %s or less, like 228 or 2,440", mostPrice)
	}
	checkFrom(&found, p.From, today)
	return found.Err()
}

// checkFrom refuses a first day that has passed: what was sold then was sold under what counted then.
func checkFrom(found *models.Problems, from, today models.Date) {
	if from.Before(today) {
		found.Add(fieldFrom, "The first day must be today, %s, or later", today)
	}
}

// fieldFrom is the field of the first day on every form of the tariff.
const fieldFrom = "from"

// PreviewPrice says what a price would change, and refuses what SchedulePrice refuses; it writes nothing. Only the office may ask.
func PreviewPrice(ctx context.Context, db models.DB, actor access.Actor, p NewPrice) (Changes, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return Changes{}, err
	}
	if err := p.check(db.Today()); err != nil {
		return Changes{}, err
	}
	now, err := tariffOn(ctx, db, p.From)
	if err != nil {
		return Changes{}, err
	}
	if old, there := now.Prices.begins(p); there {
		return Changes{}, p.taken(old.Net)
	}
	then := now
	then.Prices = append(append(PriceList{}, now.Prices...), Price{Route: p.Route, Format: p.Format, Unit: unitOf(p.Route), Net: p.Net, From: p.From})
	c, err := WhatChanges(now, then, p.From)
	if err == nil && c.None() {
		return c, models.Invalid("price", "%s costs %s on %s already", p.Route.Title()+", "+p.Format.Words()+",", p.Net, p.From)
	}
	c.follow(db.Today(), now.Prices.nextAfter(p))
	return c, err
}

// begins finds the price of that route and format from that very day.
func (l PriceList) begins(p NewPrice) (Price, bool) {
	for _, one := range l {
		if one.Route == p.Route && one.Format == p.Format && one.From == p.From {
			return one, true
		}
	}
	return Price{}, false
}

// nextAfter is the first day of the entry that follows; no day when none does.
func (l PriceList) nextAfter(p NewPrice) (next models.Date) {
	for _, one := range l {
		if one.Route == p.Route && one.Format == p.Format && p.From.Before(one.From) && (next.IsZero() || one.From.Before(next)) {
			next = one.From
		}
	}
	return next
}

func (p NewPrice) taken(stands models.Pence) error {
	return models.Invalid(fieldFrom, "A price for %s, %s, from %s stands already: %s. %s",
		lowerStart(p.Route.Title()), p.Format.Words(), p.From, stands, anotherDay)
}

// anotherDay closes the refusal of a second entry for one day.
const anotherDay = "Choose another day, or take that entry back while its day is to come"

// SchedulePrice enters a price from a day on: today or later, one for each route, format and day. Bookings already made keep
// theirs. The same price entered again changes nothing, so a second press of the button does no harm. Errors: forbidden; invalid.
func SchedulePrice(ctx context.Context, tx models.DB, actor access.Actor, p NewPrice) error {
	if err := actor.Require(access.RoleOffice); err != nil {
		return err
	}
	if err := p.check(tx.Today()); err != nil {
		return err
	}
	list, err := priceList(ctx, tx)
	if err != nil {
		return err
	}
	if old, there := list.begins(p); there {
		if old.Net == p.Net {
			return nil
		}
		return p.taken(old.Net)
	}
	row := priceRow{Route: string(p.Route), Format: string(p.Format), Unit: string(unitOf(p.Route)), NetPence: p.Net, EffectiveFrom: p.From}
	if err := insertTariff(ctx, tx, &row); errors.Is(err, models.ErrDuplicate) {
		return models.Invalid(fieldFrom, "A price from %s was entered a moment ago. %s", p.From, anotherDay)
	} else if err != nil {
		return fmt.Errorf("enter a price: %w", err)
	}
	return recordEntry(ctx, tx, actor, KindPrice, row.ID, p.words(), p.From)
}
