package handlers

import (
	"context"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

// sale is a booking with the session it is on and the sum, as every page about it shows them.
type sale struct {
	booking.Booking
	session scheduling.Session
	sum     templates.CostSummary
}

// saleOf reads what a page about a booking shows. The figures are those of the booking's frozen price, with the VAT of the day it
// was confirmed; until then, and while its purchase order is to follow, of an invoice issued today.
func (s *Site) saleOf(ctx context.Context, b booking.Booking) (sale, error) {
	session, err := scheduling.FindAny(ctx, s.db, b.SessionID)
	if err != nil {
		return sale{}, err
	}
	view, err := s.shownOne(ctx, session)
	if err != nil {
		return sale{}, err
	}
	sum, err := booking.Sum(ctx, s.db, b, priceDay(b, billing.TaxPoint(s.db.Today(), session.LastDay())))
	if err != nil {
		return sale{}, err
	}
	cost := templates.CostSummary{
		Session: view, Places: len(b.Standing()), Unit: b.Unit, Net: sum.Net, Discount: sum.Discount, Percent: b.Discount, Why: b.DiscountReason, VAT: sum.VAT, Gross: sum.Gross,
		VATRate: sum.VATs[0].Rate.Rate, Bought: b.Status == booking.Confirmed || b.Status == booking.Cancelled,
	}
	if b.Status == booking.Held {
		cost.HeldUntil = b.HoldUntil
	}
	if len(b.Standing()) < len(b.Places) {
		if cost, err = s.afterCredits(ctx, b, cost); err != nil {
			return sale{}, err
		}
	}
	return sale{b, session, cost}, nil
}

// afterCredits is the sum of a booking with cancelled places: what its first invoice came to, and what was taken off since, from it or
// from those that replaced it. Before there is an invoice it is the sum of the places that stand.
func (s *Site) afterCredits(ctx context.Context, b booking.Booking, cost templates.CostSummary) (templates.CostSummary, error) {
	doc, now, err := booking.InvoicesOf(ctx, s.db, b)
	if err != nil || doc == nil {
		return cost, err
	}
	line := doc.Lines[0]
	cost.Places, cost.Unit, cost.Net, cost.VAT, cost.Gross = line.Quantity, line.Unit, doc.Net, doc.VAT, doc.Gross
	cost.Discount, cost.VATRate, cost.Credited = line.Unit*models.Pence(line.Quantity)-line.Net, line.Rate.Rate, doc.Gross-(now.Gross-now.Credited)
	return cost, nil
}

// bookingFrame is the frame of a page about a booking: whoever is signed in sees the header of their own part of the house.
func (s *Site) bookingFrame(c echo.Context, title string) templates.Page {
	p := s.page(c, title, "bookings")
	switch actor := actorOf(c); {
	case len(actor.Organisations) > 0:
		p.Area = templates.AreaOrganisation
	case actor.SignedIn():
		p.Area = templates.AreaAccount
	default:
		p.Section = "dates"
	}
	return p
}

// stepFrame is the frame of a step in which something is filled in.
func (s *Site) stepFrame(c echo.Context, title string) templates.Page {
	p := s.bookingFrame(c, title)
	p.Background = templates.Mist
	return p
}

// stepsTo draws the strip of steps, with the addresses of those that are done.
func stepsTo(now templates.BookingStep, b booking.Booking) []templates.Step {
	done := []string{stepURL(b, "people") + "#places", stepURL(b, "people"), stepURL(b, "billing")}
	if now == templates.StepPeople {
		done = nil // the number of places is changed on this very page
	}
	return templates.BookingSteps(now, done...)
}
