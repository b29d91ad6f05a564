package booking

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// placeMail is what the person on a place reads: their own name and nobody else's but the booker's.
type placeMail struct {
	Name   string
	Booker string // who booked the place
	Course string
	Facts  []Fact
	Button Button
}

// tellPeople sends every named person of a confirmed booking their own invitation.
func (d Desk) tellPeople(ctx context.Context, tx models.DB, b Booking, s scheduling.Session) error {
	for _, p := range b.Places {
		if !p.Named() {
			continue
		}
		if err := d.invite(ctx, tx, b, s, p); err != nil {
			return err
		}
	}
	return nil
}

// tellSwapped takes the calendar entry back from whoever had the place and sends one to whoever has it now.
func (d Desk) tellSwapped(ctx context.Context, tx models.DB, b Booking, s scheduling.Session, before Place, now PersonNamed) error {
	if before.Named() {
		if err := d.takeBack(ctx, tx, b, s, before); err != nil {
			return err
		}
	}
	after, err := placeByID(ctx, tx, before.ID)
	if err != nil {
		return err
	}
	if after.Email != now.Email {
		return fmt.Errorf("place %d was not given to the new person", before.ID)
	}
	return d.invite(ctx, tx, b, s, after)
}

func (d Desk) invite(ctx context.Context, tx models.DB, b Booking, s scheduling.Session, p Place) error {
	return d.calendarMail(ctx, tx, b, s, p, "place-invitation", documents.CalendarRequest)
}

func (d Desk) takeBack(ctx context.Context, tx models.DB, b Booking, s scheduling.Session, p Place) error {
	return d.calendarMail(ctx, tx, b, s, p, "place-withdrawn", documents.CalendarCancel)
}

// calendarMail sends one person one mail with a calendar file for each part.
func (d Desk) calendarMail(ctx context.Context, tx models.DB, b Booking, s scheduling.Session, p Place, kind string, method documents.CalendarMethod) error {
	sequence, err := countInvite(ctx, tx, p)
	if err != nil {
		return err
	}
	parts, err := d.calendarParts(ctx, tx, s, p, sequence, method)
	if err != nil {
		return err
	}
	cause := fmt.Sprintf("place-%d/%d", p.ID, sequence)
	return d.post(ctx, tx, b, kind, cause, p.Name, p.Email, placeMail{
		Name: p.Name, Booker: b.Details.Customer(), Course: s.CourseTitle, Facts: sessionFacts(s),
		Button: Button{"See the session", fmt.Sprintf("%s/sessions/%d", d.BaseURL, s.ID)},
	}, parts...)
}

func (d Desk) calendarParts(ctx context.Context, tx models.DB, s scheduling.Session, p Place, sequence int, method documents.CalendarMethod) ([]mail.Part, error) {
	invitation, err := d.invitation(ctx, tx, s, p, sequence, method)
	if err != nil {
		return nil, err
	}
	var parts []mail.Part
	for i, one := range invitation.Split() {
		content, err := documents.Calendar(one)
		if err != nil {
			return nil, err
		}
		parts = append(parts, mail.Part{
			Filename: fmt.Sprintf("training-%d.ics", i+1), ContentType: "text/calendar; charset=utf-8; method=" + string(method), Content: content,
		})
	}
	return parts, nil
}

// invitation is one person's calendar entry. Its identity is the place and the person: when the place is given on, the entry in
// the first calendar goes and another begins.
func (d Desk) invitation(ctx context.Context, tx models.DB, s scheduling.Session, p Place, sequence int, method documents.CalendarMethod) (documents.Invitation, error) {
	supplier, err := billing.CurrentSupplier(ctx, tx)
	if err != nil {
		return documents.Invitation{}, err
	}
	if p.PersonID == nil {
		return documents.Invitation{}, fmt.Errorf("invitation for place %d: no person", p.ID)
	}
	out := documents.Invitation{
		Method: method, Place: fmt.Sprintf("place-%d-%d", p.ID, *p.PersonID), Sequence: sequence, Stamp: tx.Now(),
		Organiser: documents.Contact{Name: supplier.TradingName, Address: supplier.Email},
		Attendee:  documents.Contact{Name: p.Name, Address: p.Email},
		Title:     s.CourseTitle, Location: location(s), URL: fmt.Sprintf("%s/sessions/%d", d.BaseURL, s.ID),
		Description: s.Heading() + ", " + s.TimesLine() + ", with " + s.TrainerNames(),
	}
	for _, part := range s.Parts {
		out.Parts = append(out.Parts, documents.Sitting{Part: fmt.Sprintf("part-%d", part.ID), Start: part.StartsAt, End: part.EndsAt})
	}
	return out, nil
}
