package handlers

import (
	"context"
	"errors"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

// linkAgainAfter is how long the same booking gets no second mail: a button pressed twice is one mail.
const linkAgainAfter = time.Minute

// bookingLinkMail is what the e-mail booking-link says.
type bookingLinkMail struct {
	Name      string
	Count     string // "3 places"
	One       bool
	Gross     models.Pence
	HeldUntil string // 10:42am
	Until     string // how long the link works
	Facts     []templates.Fact
	Button    templates.Action
}

// askToConfirm mails the link that proves the booker's address and books. Asked again within a minute, it mails nothing more.
func (s *Site) askToConfirm(ctx context.Context, b booking.Booking) error {
	sale, err := s.saleOf(ctx, b)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx models.DB) error {
		if _, err := scheduling.Claim(ctx, tx, b.SessionID); err != nil { // one press after the other
			return err
		}
		waiting, err := access.LinkWaiting(ctx, tx, b.ID)
		if err == nil && waiting.Email == b.Details.Email && tx.Now().Sub(waiting.CreatedAt) < linkAgainAfter {
			return nil
		}
		if err != nil && !errors.Is(err, models.ErrNoRow) {
			return err
		}
		return access.RequestLink(ctx, tx, access.LinkRequest{
			Email: b.Details.Email, Name: b.Details.Name, Next: bookingURL(b), BookingID: &b.ID,
		}, s.bookingLinkMail(sale))
	})
}

func (s *Site) bookingLinkMail(sale sale) access.Compose {
	view := sale.sum.Session
	return func(m access.LinkMail) (mail.Message, error) {
		count := models.Count(len(sale.Places), "place")
		return mail.Message{}.Draw("booking-link", bookingLinkMail{
			Name: m.Link.Name, Count: count, One: len(sale.Places) == 1, Gross: sale.sum.Gross, HeldUntil: models.ClockTime(sale.HoldUntil),
			Until: models.ClockTime(m.Link.ExpiresAt),
			Facts: []templates.Fact{
				{Name: "Booking", Value: sale.Reference()}, {Name: "When", Value: view.Dates() + ", " + view.Hours()}, {Name: "Where", Value: view.Place()},
			},
			Button: templates.Action{Label: "Confirm your email and book " + count, URL: SignInLink(s.baseURL, m.Token)},
		})
	}
}
