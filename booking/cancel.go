package booking

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// CancelRequest asks for places of a confirmed booking to be cancelled.
type CancelRequest struct {
	BookingID int64
	Ordinals  []int          // the places; several share one credit note, a line each
	Ground    Ground         // empty for what the customer is entitled to: cooling-off, else the terms
	Fee       models.Percent // of goodwill
	NoticedOn models.Date    // the day the Hub was told; no day is today
	Reason    string         // of the office, kept with the record; goodwill and the Hub's own need one
	Shown     *string        // what the person agreed to, see Cancelling.Agreed; when it has changed since, nothing is done
}

// CancelledPlace is one place with what cancelling it comes to.
type CancelledPlace struct {
	Place Place
	Terms
}

// Cancelling is what cancelling places does: before it is done, or as it was done.
type Cancelling struct {
	Booking Booking
	Session scheduling.Session
	Notice  Notice
	Reason  string
	Places  []CancelledPlace
	Kept    billing.Amount    // all places together
	Credit  billing.Amount    // all places together
	Invoice *billing.Document // which the credit is taken from; nil while there is none
	Note    *billing.Document // the credit note; without a number before it is issued, nil when nothing is credited
	Last    bool              // no place of the booking is left
}

// CancelPlaces cancels places of a confirmed booking, in one transaction: their room is free at once, a credit note takes off the
// invoice what the terms give back, what was paid of it goes back the way it came, and the booker and each named person are told.
// A booking without places left is cancelled. Customers may on the terms and for cooling-off until the session starts; the office
// may on every ground, but for a person who was there. Doing it again changes nothing. Errors: not found outside the actor's scope;
// forbidden; invalid with field "ground", "fee", "noticed" or "reason", or without a field when the credit is not the one shown;
// conflict or gone when a place cannot be cancelled.
func (d Desk) CancelPlaces(ctx context.Context, tx models.DB, actor access.Actor, req CancelRequest) (Cancelling, error) {
	b, s, err := claimBooking(ctx, tx, actor.Scope(), req.BookingID)
	if err != nil {
		return Cancelling{}, err
	}
	if done, err := b.cancelledBefore(req.Ordinals); done || err != nil {
		return Cancelling{Booking: b, Session: s}, err
	}
	c, err := workOut(ctx, tx, actor, b, s, req)
	if err != nil {
		return Cancelling{}, err
	}
	if err := takePlaces(ctx, tx, actor, &c); err != nil {
		return Cancelling{}, err
	}
	if err := creditPlaces(ctx, tx, actor, &c); err != nil {
		return Cancelling{}, err
	}
	if req.Shown != nil && *req.Shown != c.Agreed() { // under the lock of all money; the transaction undoes what was written
		return Cancelling{}, models.Invalid("", "What comes back has changed since you looked. Nothing is cancelled yet: look at it again below")
	}
	for _, one := range c.Places {
		if err := insertCancellation(ctx, tx, actor, c, one); err != nil {
			return Cancelling{}, err
		}
	}
	return c, d.tellCancelled(ctx, tx, c)
}

// Agreed is what a person agrees to who cancels: the credit, and of its money how much goes, went or is set off, and how.
func (c Cancelling) Agreed() string {
	said := strconv.FormatInt(int64(c.Credit.Gross()), 10)
	if c.Note == nil {
		return said
	}
	for _, p := range c.Note.Parts {
		said += fmt.Sprintf(" %s %s %d", p.Kind, p.Method, int64(p.Gross))
	}
	return said
}

// PreviewCancel is what CancelPlaces would do now, for the page that shows it first. Errors as there.
func PreviewCancel(ctx context.Context, db models.DB, actor access.Actor, req CancelRequest) (Cancelling, error) {
	b, err := Find(ctx, db, actor.Scope(), req.BookingID)
	if err != nil {
		return Cancelling{}, err
	}
	s, err := scheduling.FindAny(ctx, db, b.SessionID)
	if err != nil {
		return Cancelling{}, err
	}
	c, err := workOut(ctx, db, actor, b, s, req)
	if err != nil || c.Credit.Gross() == 0 {
		return c, err
	}
	note, err := billing.PreviewCredit(ctx, db, access.System(), c.credit())
	c.Note = &note
	return c, err
}

// cancelledBefore says that all of these places are cancelled already: a second press of the button.
func (b Booking) cancelledBefore(ordinals []int) (bool, error) {
	if len(ordinals) == 0 {
		return false, errors.New("cancel: no place is asked for")
	}
	for _, n := range ordinals {
		p, err := b.place(n)
		if err != nil || p.Status != PlaceCancelled {
			return false, err
		}
	}
	return true, nil
}

// place finds a place of a booking by its number, whatever its state.
func (b Booking) place(ordinal int) (Place, error) {
	for _, p := range b.Places {
		if p.Ordinal == ordinal {
			return p, nil
		}
	}
	return Place{}, models.NotFound("This booking has no such place")
}

// takePlaces takes the places off the booking, and ends it when none is left.
func takePlaces(ctx context.Context, tx models.DB, actor access.Actor, c *Cancelling) error {
	for _, one := range c.Places {
		if err := takeOff(ctx, tx, one.Place); err != nil {
			return err
		}
		err := access.Record(ctx, tx, actor, access.Entry{
			Action: "place cancelled", SubjectKind: "place", SubjectID: one.Place.ID, OrganisationID: c.Booking.OrganisationID,
			Detail: map[string]any{
				"booking": c.Booking.ID, "ground": c.Notice.Ground, "days": one.DaysBefore, "fee_thousandths": one.Fee,
				"kept_pence": one.Kept.Gross(), "gross_pence": one.Credit.Gross(),
			},
		})
		if err != nil {
			return err
		}
	}
	if !c.Last {
		return nil
	}
	if err := change(ctx, tx, c.Booking, map[string]any{"status": Cancelled, "ended_at": tx.Now()}); err != nil {
		return err
	}
	return access.Record(ctx, tx, actor, access.Entry{
		Action: "booking cancelled", SubjectKind: "booking", SubjectID: c.Booking.ID, OrganisationID: c.Booking.OrganisationID,
	})
}

// creditPlaces issues the credit note, unless nothing is credited, and sends back what had been paid of it.
func creditPlaces(ctx context.Context, tx models.DB, actor access.Actor, c *Cancelling) error {
	if c.Credit.Gross() == 0 {
		return nil
	}
	note, err := billing.Credit(ctx, tx, actor, c.credit())
	if err != nil {
		return err
	}
	c.Note = &note
	return billing.RefundCredit(ctx, tx, actor, note.ID, fmt.Sprintf("cancel/%d", note.ID))
}

// credit is what the credit note says: a line for each place of which something is credited.
func (c Cancelling) credit() billing.CreditRequest {
	req := billing.CreditRequest{InvoiceID: c.Invoice.ID, Reason: models.Count(len(c.Places), "place") + " cancelled"}
	for _, one := range c.Places {
		if one.Credit.Gross() == 0 {
			continue
		}
		details := []string{c.Session.DaysLine() + ", " + whereHeld(c.Session), one.notice()}
		if one.Place.Named() {
			details[0] += ", " + one.Place.Name
		}
		if kept := one.kept(); kept != "" {
			details[1] += ": " + kept
		}
		req.Lines = append(req.Lines, billing.CreditLine{
			Line: 1, Description: fmt.Sprintf("Place %d cancelled: %s, %s", one.Place.Ordinal, c.Session.CourseTitle, c.Session.Format.Words()),
			Details: details, Amount: one.Credit,
		})
	}
	return req
}
