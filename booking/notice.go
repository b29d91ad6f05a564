package booking

import (
	"context"
	"fmt"
	"net/url"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// Fact is one line of the list a mail shows.
type Fact struct{ Name, Value string }

// Button is the one thing a mail asks its reader to press.
type Button struct{ Label, URL string }

// sessionFacts say when, where and with whom; the date first.
func sessionFacts(s scheduling.Session) []Fact {
	facts := []Fact{{"When", s.DaysLine() + ", " + s.TimesLine() + ", UK time"}}
	if note := s.ClockChangeNote(); note != "" {
		facts = append(facts, Fact{"Note", note})
	}
	return append(facts, Fact{"Where", location(s)}, Fact{"With", s.TrainerNames()})
}

// location is where to go, with the address; an online session's link is sent nearer the day.
func location(s scheduling.Session) string {
	if s.Venue == nil {
		return "Online. We send the link a week before"
	}
	out := s.Venue.Name
	for _, line := range s.Venue.Lines() {
		if line != out {
			out += ", " + line
		}
	}
	return out
}

func (d Desk) page(b Booking) string { return d.BaseURL + "/bookings/" + b.Reference() }

// confirmedMail is what the booker reads when the booking stands.
type confirmedMail struct {
	Name      string
	Count     string // "3 places"
	Reference string
	Facts     []Fact
	People    []string
	Unnamed   string // "1 place has", "2 places have", or nothing
	Invoice   string // INV-000437
	Gross     models.Pence
	Paid      bool
	Due       models.Date
	SentTo    string // where the invoice goes as well
	Button    Button
}

// tellBooker sends the booker the confirmation with the invoice, and the invoice alone to the address that pays it.
func (d Desk) tellBooker(ctx context.Context, tx models.DB, b Booking, s scheduling.Session, doc billing.Document) error {
	file, err := billing.FileOf(ctx, tx, access.System().Scope(), doc.Code)
	if err != nil {
		return err
	}
	pdf := mail.Part{Filename: file.Name, ContentType: file.ContentType, Content: file.Content}
	data := confirmedMail{
		Name: b.Details.Name, Count: models.Count(len(b.Standing()), "place"), Reference: b.Reference(), Facts: sessionFacts(s),
		Unnamed: unnamedWords(b.Unnamed()), Invoice: doc.Code, Gross: doc.Gross, Paid: doc.PaidStatement != "", Due: doc.DueDate,
		Button: Button{"See your booking", d.page(b)},
	}
	for _, p := range b.Standing() {
		if p.Named() {
			data.People = append(data.People, p.Name)
		}
	}
	if b.Details.InvoiceTo() != b.Details.Email {
		data.SentTo = b.Details.InvoiceTo()
		if err := d.post(ctx, tx, b, "invoice", doc.Code, b.Details.Customer(), data.SentTo, data, pdf); err != nil {
			return err
		}
	}
	return d.post(ctx, tx, b, "booking-confirmed", b.Reference(), b.Details.Name, b.Details.Email, data, pdf)
}

func unnamedWords(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "1 place has"
	}
	return fmt.Sprintf("%d places have", n)
}

// post draws a mail of a kind about a booking and puts it in the outbox; kind and cause together are its cause.
func (d Desk) post(ctx context.Context, tx models.DB, b Booking, kind, cause, name, address string, data any, parts ...mail.Part) error {
	supplier, err := billing.CurrentSupplier(ctx, tx)
	if err != nil {
		return err
	}
	message, err := mail.Message{
		Cause: kind + "/" + cause, Kind: kind, ToName: name, ToEmail: address, ReplyTo: supplier.Email,
		AboutKind: "booking", AboutID: b.ID, Parts: parts,
	}.Draw(kind, data)
	if err != nil {
		return err
	}
	return mail.Queue(ctx, tx, message)
}

// returnedMail tells the booker that a payment goes back.
type returnedMail struct {
	Name      string
	Reference string
	Gross     models.Pence
	HeldUntil string
	Facts     []Fact
	Button    Button
}

// tellTooLate says that the payment came after the hold had ended and the room was gone.
func (d Desk) tellTooLate(ctx context.Context, tx models.DB, b Booking, s scheduling.Session, paid billing.Paid) error {
	return d.post(ctx, tx, b, "payment-too-late", fmt.Sprint(paid.PaymentID), b.Details.Name, b.Details.Email, returnedMail{
		Name: b.Details.Name, Reference: b.Reference(), Gross: paid.Gross, HeldUntil: models.When(b.HoldUntil), Facts: sessionFacts(s),
		Button: Button{"See dates with room", d.BaseURL + "/sessions?" + url.Values{"places": {fmt.Sprint(len(b.Places))}}.Encode()},
	})
}

// tellSecondPayment says that the booking was paid already.
func (d Desk) tellSecondPayment(ctx context.Context, tx models.DB, b Booking, s scheduling.Session, paid billing.Paid) error {
	return d.post(ctx, tx, b, "payment-twice", fmt.Sprint(paid.PaymentID), b.Details.Name, b.Details.Email, returnedMail{
		Name: b.Details.Name, Reference: b.Reference(), Gross: paid.Gross, Facts: sessionFacts(s),
		Button: Button{"See your booking", d.page(b)},
	})
}
