package booking

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
)

// cancelledMail is what the booker reads when places are cancelled.
type cancelledMail struct {
	Name      string
	Count     string // "1 place", "3 places"
	Reference string
	Course    string
	Facts     []Fact
	People    []string // whose places
	Rule      string   // which rule applied, in a sentence
	Kept      models.Pence
	Credit    models.Pence
	Note      string // CN-000001; empty when nothing is credited
	Invoice   string // INV-000437; empty when there is none
	Money     string // what becomes of the credit
	Last      bool   // no place is left
	SentTo    string // where the credit note goes as well
	Button    Button
}

// tellCancelled takes the calendar entry back from every named person, and tells the booker what it came to, with the credit note.
func (d Desk) tellCancelled(ctx context.Context, tx models.DB, c Cancelling) error {
	for _, one := range c.Places {
		if !one.Place.Named() || c.Session.HasStarted(tx.Now()) {
			continue
		}
		if err := d.calendarMail(ctx, tx, c.Booking, c.Session, one.Place, "place-cancelled", documents.CalendarCancel); err != nil {
			return err
		}
	}
	if !c.Booking.Details.Complete() { // somebody who came without a place, not yet invoiced: nobody booked
		return nil
	}
	parts, err := creditFile(ctx, tx, c.Note)
	if err != nil {
		return err
	}
	data, cause := c.mail(d), fmt.Sprintf("place-%d", c.Places[0].Place.ID)
	details := c.Booking.Details
	if to := details.InvoiceTo(); c.Note != nil && to != details.Email {
		data.SentTo = to
		if err := d.post(ctx, tx, c.Booking, "credit-note", c.Note.Code, details.Customer(), to, data, parts...); err != nil {
			return err
		}
	}
	return d.post(ctx, tx, c.Booking, "booking-cancelled", cause, details.Name, details.Email, data, parts...)
}

func (c Cancelling) mail(d Desk) cancelledMail {
	first := c.Places[0]
	data := cancelledMail{
		Name: c.Booking.Details.Name, Count: models.Count(len(c.Places), "place"), Reference: c.Booking.Reference(), Course: c.Session.CourseTitle,
		Facts: sessionFacts(c.Session), Rule: first.Words(c.Notice.Ground) + ".", Kept: c.Kept.Gross(), Credit: c.Credit.Gross(), Last: c.Last,
		Button: Button{"See your booking", d.page(c.Booking)},
	}
	for _, one := range c.Places {
		if one.Place.Named() {
			data.People = append(data.People, one.Place.Name)
		}
	}
	if c.Invoice != nil {
		data.Invoice = c.Invoice.Code
	}
	if c.Note != nil {
		data.Note, data.Money = c.Note.Code, c.Note.Words().Statement
	}
	return data
}

// creditFile is the credit note as it was issued; none when nothing was credited.
func creditFile(ctx context.Context, tx models.DB, note *billing.Document) ([]mail.Part, error) {
	if note == nil {
		return nil, nil
	}
	file, err := billing.FileOf(ctx, tx, access.System().Scope(), note.Code)
	return []mail.Part{{Filename: file.Name, ContentType: file.ContentType, Content: file.Content}}, err
}
