package booking

import (
	"context"
	"fmt"
	"slices"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// workOut checks that the places may be cancelled and works out what it comes to. It writes nothing.
func workOut(ctx context.Context, db models.DB, actor access.Actor, b Booking, s scheduling.Session, req CancelRequest) (Cancelling, error) {
	c := Cancelling{Booking: b, Session: s, Reason: req.Reason}
	if err := mayCancel(actor, s, req, db); err != nil {
		return c, err
	}
	if err := c.choose(ctx, db, req.Ordinals); err != nil {
		return c, err
	}
	var err error
	if c.Notice, err = noticeOf(db, b, s, req); err != nil {
		return c, err
	}
	first, standing, err := InvoicesOf(ctx, db, b)
	if err != nil {
		return c, err
	}
	c.Invoice = standing
	sold, err := soldAt(ctx, db, b, first)
	if err != nil {
		return c, err
	}
	ladder, err := billing.LadderByID(ctx, db, b.LadderID)
	if err != nil {
		return c, err
	}
	for i := range c.Places {
		one := &c.Places[i]
		if one.Terms, err = CancelTerms(sold[one.Place.ID], ladder, s.FirstDay(), c.Notice); err != nil {
			return c, err
		}
		if c.Invoice == nil && one.Fee > 0 {
			return c, noInvoiceYet(actor, one.Fee)
		}
		c.Kept, c.Credit = c.Kept.Plus(one.Kept), c.Credit.Plus(one.Credit)
	}
	return c, nil
}

// noInvoiceYet refuses a fee on a booking whose invoice is still to come: there is nothing to keep it from.
func noInvoiceYet(actor access.Actor, fee models.Percent) error {
	if actor.Is(access.RoleOffice) {
		return models.Fail(models.KindConflict,
			"This booking has no invoice yet, so a fee of %s cannot be kept. Issue the invoice first, or cancel as goodwill with a fee of 0", fee)
	}
	return models.Fail(models.KindConflict, "This booking has no invoice yet. Send us your purchase order number first, or write to the Hub")
}

// mayCancel says who may cancel what, and until when.
func mayCancel(actor access.Actor, s scheduling.Session, req CancelRequest, db models.DB) error {
	switch {
	case s.Route == scheduling.Bespoke:
		return models.Fail(models.KindConflict,
			"The price of an organisation’s own group does not move when people drop out. Give the place to somebody else, or write to the Hub")
	case actor.Is(access.RoleOffice):
		return nil
	case !actor.SignedIn():
		return models.Fail(models.KindForbidden, "Sign in to cancel a place")
	case req.Ground == ByTheHub || req.Ground == Goodwill || !req.NoticedOn.IsZero():
		return models.Fail(models.KindForbidden, "Only the Hub’s office can decide that")
	case s.HasStarted(db.Now()):
		return models.Fail(models.KindGone, "The session has started, so its places can no longer be cancelled here. Write to the Hub")
	}
	return nil
}

// choose finds the places asked for among those that can be cancelled.
func (c *Cancelling) choose(ctx context.Context, db models.DB, ordinals []int) error {
	for i, n := range ordinals {
		p, err := c.Booking.place(n)
		if err != nil {
			return err
		}
		switch {
		case p.Status == PlaceCancelled || slices.Contains(ordinals[:i], n):
			return models.Fail(models.KindConflict, "Place %d is cancelled already. Look at the booking again", n)
		case c.Booking.Status != Confirmed || p.Status != PlaceConfirmed:
			return models.Fail(models.KindConflict, "This booking is not confirmed, so there is nothing to cancel")
		}
		there, err := seenThere(ctx, db, p)
		if err != nil {
			return err
		}
		if there {
			return models.Fail(models.KindConflict, "%s was there, so the place cannot be cancelled", p.Name)
		}
		c.Places = append(c.Places, CancelledPlace{Place: p})
	}
	c.Last = len(c.Places) == len(c.Booking.Standing())
	return nil
}

// noticeOf checks ground, fee, day and reason, and chooses the ground that the customer is entitled to when none is given.
func noticeOf(db models.DB, b Booking, s scheduling.Session, req CancelRequest) (Notice, error) {
	n, p := Notice{Ground: req.Ground, On: req.NoticedOn, Fee: req.Fee}, models.Problems{}
	if n.On.IsZero() {
		n.On = db.Today()
	}
	bought := n.On
	if b.ConfirmedAt != nil {
		bought = models.DateOf(*b.ConfirmedAt)
	}
	if db.Today().Before(n.On) || n.On.Before(bought) {
		p.Add("noticed", "The day we were told must be from %s, when it was booked, to today", bought)
	}
	cools := MayCoolOff(b.Buyer, bought, n.On, s.IsOver(db.Now()) && !n.On.Before(s.LastDay()))
	switch n.Ground {
	case "":
		if n.Ground = ByTerms; cools {
			n.Ground = CoolingOff
		}
	case CoolingOff:
		if !cools {
			p.Add("ground", "Only an individual can change their mind, and only for %d days after booking", coolingOffDays)
		}
	case ByTerms, ByTheHub, Goodwill:
	default:
		p.Add("ground", "Choose why the place is cancelled")
	}
	if n.Ground == Goodwill && (n.Fee < 0 || n.Fee > models.HundredPercent) {
		p.Add("fee", "Enter a fee from 0 to 100 percent, like 25")
	}
	checkReason(&p, n.Ground, req.Reason)
	return n, p.Err()
}

func checkReason(p *models.Problems, ground Ground, reason string) {
	const most = 500
	if reason == "" && (ground == Goodwill || ground == ByTheHub) {
		p.Add("reason", "Enter why: it is kept with the record")
	}
	if len([]rune(reason)) > most {
		p.Add("reason", "The reason must be %d characters or fewer", most)
	}
}

// soldAt says how each place of a booking was sold on its first invoice, by the place's id, whatever was credited or corrected since:
// so credits and fees sum to what was invoiced in any order. Places that were cancelled before there was an invoice
// are not on it: they are the first that were cancelled, as many as the invoice lacks.
func soldAt(ctx context.Context, db models.DB, b Booking, invoice *billing.Document) (map[int64]Sold, error) {
	if invoice == nil {
		return nil, nil
	}
	line := invoice.Lines[0]
	before, err := cancellationsOf(ctx, db, b.ID)
	if err != nil {
		return nil, err
	}
	lacks := len(b.Places) - line.Quantity
	if lacks < 0 || lacks > len(before) {
		return nil, fmt.Errorf("%s is for %d places, booking %d has %d", invoice.Code, line.Quantity, b.ID, len(b.Places))
	}
	off := map[int64]bool{}
	for _, row := range before[:lacks] {
		off[row.PlaceID] = true
	}
	sold, nth := map[int64]Sold{}, 0
	for _, p := range b.Places {
		if !off[p.ID] {
			nth++
			sold[p.ID] = Sold{Line: invoice.LineAmounts()[0], Places: line.Quantity, Nth: nth, Rate: line.Rate}
		}
	}
	return sold, nil
}
