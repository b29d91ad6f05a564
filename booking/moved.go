package booking

import (
	"context"
	"fmt"
	"slices"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// movedMail is what a person on a place, or the booker, reads when a session has been moved.
type movedMail struct {
	Name   string
	Booker string // who booked the place
	Course string
	Before []Fact
	Now    []Fact
	Count  string   // "3 places", for the booker
	People []string // who has been told, for the booker
	Button Button
}

// MoveSession moves a session, see scheduling.MoveSession, and tells everybody, in one transaction. Its price and terms stay as
// they were bought.
func (d Desk) MoveSession(ctx context.Context, tx models.DB, actor access.Actor, sessionID int64, m scheduling.Move) (scheduling.Moved, error) {
	session, err := scheduling.Claim(ctx, tx, sessionID)
	if err != nil {
		return scheduling.Moved{}, err
	}
	moved, err := scheduling.MoveSession(ctx, tx, actor, session, m)
	if err != nil {
		return scheduling.Moved{}, err
	}
	return moved, d.TellMoved(ctx, tx, moved)
}

// TellMoved sends every named person of the confirmed bookings an updated invitation, and each booker a summary. A move that
// changed nothing tells nobody; nor does a new link alone tell the bookers, who have no business with it.
func (d Desk) TellMoved(ctx context.Context, tx models.DB, moved scheduling.Moved) error {
	if !moved.Changed() {
		return nil
	}
	bookings, err := confirmedOn(ctx, tx, moved.After.ID)
	if err != nil {
		return err
	}
	for _, b := range bookings {
		for _, p := range b.Places {
			if p.Status != PlaceConfirmed || !p.Named() {
				continue
			}
			if err := d.tellPersonMoved(ctx, tx, b, p, moved); err != nil {
				return err
			}
		}
		if err := d.tellBookerMoved(ctx, tx, b, moved); err != nil {
			return err
		}
	}
	return nil
}

// tellPersonMoved replaces the person's calendar entry: the same identity, the next sequence number.
func (d Desk) tellPersonMoved(ctx context.Context, tx models.DB, b Booking, p Place, moved scheduling.Moved) error {
	sequence, err := countInvite(ctx, tx, p)
	if err != nil {
		return err
	}
	parts, err := d.calendarParts(ctx, tx, moved.After, p, sequence, documents.CalendarRequest)
	if err != nil {
		return err
	}
	data := movedFacts(moved)
	data.Name, data.Booker = p.Name, b.Details.Customer()
	data.Button = Button{"See the session", fmt.Sprintf("%s/sessions/%d", d.BaseURL, moved.After.ID)}
	if moved.LinkChanged() {
		data.Now = append(data.Now, Fact{"Link", moved.After.JoinLink})
	}
	return d.post(ctx, tx, b, "place-moved", fmt.Sprintf("place-%d/%d", p.ID, sequence), p.Name, p.Email, data, parts...)
}

func (d Desk) tellBookerMoved(ctx context.Context, tx models.DB, b Booking, moved scheduling.Moved) error {
	data := movedFacts(moved)
	if slices.Equal(data.Before, data.Now) {
		return nil
	}
	data.Name, data.Count = b.Details.Name, models.Count(len(b.Standing()), "place")
	data.Button = Button{"See your booking", d.page(b)}
	for _, p := range b.Places {
		if p.Status == PlaceConfirmed && p.Named() {
			data.People = append(data.People, p.Name)
		}
	}
	return d.post(ctx, tx, b, "booking-moved", fmt.Sprintf("%s/%d", b.Reference(), moved.Number), b.Details.Name, b.Details.Email, data)
}

// movedFacts say where and when the session was and is.
func movedFacts(moved scheduling.Moved) movedMail {
	return movedMail{Course: moved.After.CourseTitle, Before: sessionFacts(moved.Before), Now: sessionFacts(moved.After)}
}
