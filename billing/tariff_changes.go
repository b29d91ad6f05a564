package billing

import (
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// Changes is what an entry of the office would change, for the page that shows it before it is entered.
type Changes struct {
	From    models.Date   // the first day
	Until   models.Date   // the last day, when an entry of a later day stands already; no day when it holds on
	Prices  []PriceChange // what one unit of each route and format costs before and after, where that differs
	Values  []ValueChange // everything else that differs
	Happens []string      // what it means, in sentences
	Unusual []string      // figures more than double or less than half of those they replace, and a day far ahead: the office confirms them
}

// PriceChange is what one place or one group costs on the day before and from the day on.
type PriceChange struct {
	Route  Route
	Format Format
	Unit   Unit
	Before Amount
	After  Amount
}

// ValueChange is anything else that differs, as it is read on screen.
type ValueChange struct {
	Name          string
	Before, After string
}

// None says that nothing would be different.
func (c Changes) None() bool { return len(c.Prices) == 0 && len(c.Values) == 0 }

// soldWays are the rows of a price list, in the order in which they are read.
func soldWays() []Price {
	return []Price{
		{Route: OpenAccess, Format: FaceToFace, Unit: PerPerson}, {Route: OpenAccess, Format: Online, Unit: PerPerson},
		{Route: Bespoke, Format: FaceToFace, Unit: PerGroup}, {Route: Bespoke, Format: Online, Unit: PerGroup},
		{Route: OneToOne, Format: FaceToFace, Unit: PerPerson}, {Route: OneToOne, Format: Online, Unit: PerPerson},
	}
}

// WhatChanges compares two tariffs as they count on a day: the one that stands and the one with an entry more, or less. Ladder
// and limits are taken as given for that day. It is pure, and errors only when VAT is not known on that day.
func WhatChanges(now, then Tariff, from models.Date) (Changes, error) {
	c := Changes{From: from}
	before, err := now.VAT.At(from)
	if err != nil {
		return c, err
	}
	after, err := then.VAT.At(from)
	if err != nil {
		return c, err
	}
	nets := c.comparePrices(now.Prices, then.Prices, before, after)
	if nets {
		c.doubtPrices()
		c.say("A booking keeps the price of the day on which it was begun, and a quote the price it was made with. Only what is begun on %s or later is touched.", from)
	}
	if !before.sameAs(after) || before.Reason != after.Reason {
		c.compareVAT(before, after)
	}
	c.compareLadders(now.Ladder, then.Ladder)
	c.compareLimits(now.Limits, then.Limits)
	return c, nil
}

func (c *Changes) say(sentence string, args ...any) {
	c.Happens = append(c.Happens, fmt.Sprintf(sentence, args...))
}

// comparePrices fills the table of prices and says whether any price before VAT differs.
func (c *Changes) comparePrices(now, then PriceList, before, after VATRate) (nets bool) {
	for _, way := range soldWays() {
		was, is := unitAmount(now, way, before, c.From), unitAmount(then, way, after, c.From)
		if was == is {
			continue
		}
		c.Prices = append(c.Prices, PriceChange{Route: way.Route, Format: way.Format, Unit: way.Unit, Before: was, After: is})
		nets = nets || was.Net != is.Net
	}
	return nets
}

// unitAmount is what one unit costs on a day; nothing when it is not sold yet.
func unitAmount(list PriceList, way Price, rate VATRate, on models.Date) Amount {
	p, err := list.Net(way.Route, way.Format, on)
	if err != nil {
		return Amount{}
	}
	return Amount{Net: p.Net, VAT: rate.On(p.Net)}
}

func (c *Changes) compareVAT(before, after VATRate) {
	c.Values = append(c.Values, ValueChange{"VAT", before.words(), after.words()})
	c.doubtVAT(before, after)
	c.say("The tax point decides: what is paid or invoiced before %s comes under “%s”, whenever the training is. From that day on it comes under “%s”, also when it was booked before.",
		c.From, before.Words(), after.Words())
	c.say("Prices before VAT stay as they are. Invoices already issued are not changed, and a credit note has the VAT of its invoice.")
}

func (c *Changes) compareLadders(now, then Ladder) {
	if sameLadder(now, then) {
		return
	}
	c.Values = append(c.Values, ValueChange{"Cancelling a place costs", now.Words(), then.Words()})
	c.doubtLadder(now, then)
	c.say("Only bookings begun on %s or later have the new terms. Bookings already made keep theirs.", c.From)
}

func (c *Changes) compareLimits(now, then Limits) {
	changed := false
	for _, v := range []struct {
		name     string
		was, are int
	}{
		{"Most open-access places for one organisation", now.OpenAccessMax, then.OpenAccessMax},
		{"Fewest people in an own group", now.GroupMin, then.GroupMin}, {"Most people in an own group", now.GroupMax, then.GroupMax},
	} {
		if v.was != v.are {
			c.Values, changed = append(c.Values, ValueChange{v.name, fmt.Sprint(v.was), fmt.Sprint(v.are)}), true
		}
	}
	if changed {
		c.say("It counts for what is booked on %s or later. Bookings already made keep their places and their price.", c.From)
	}
}

// follow asks about a first day far ahead, and says until when an entry holds, when another of a later day stands already.
func (c *Changes) follow(today, next models.Date) {
	c.doubtDay(today)
	if next.IsZero() {
		return
	}
	c.Until = next.AddDays(-1)
	c.say("It holds up to %s: an entry for %s stands already.", c.Until, next)
}
