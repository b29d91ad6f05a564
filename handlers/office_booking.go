package handlers

import (
	"context"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

// officeBooking shows one booking with its places, money, mails and history.
func (s *Site) officeBooking(c echo.Context) error {
	id, err := booking.ParseReference(c.Param("ref"))
	if err != nil {
		return err
	}
	ctx, actor := c.Request().Context(), actorOf(c)
	b, err := booking.Find(ctx, s.db, actor.Scope(), id)
	if err != nil {
		return err
	}
	session, err := scheduling.FindAny(ctx, s.db, b.SessionID)
	if err != nil {
		return err
	}
	page := templates.OfficeBookingPage{
		Page: s.officePage(c, "Booking "+b.Reference(), "bookings"), Booking: officeBookingRow(b, s.db.Now()), PageURL: bookingURL(b),
		Places: officePlaceRows(b, session),
	}
	if len(b.Standing()) > 1 && mayCancel(b, session) {
		page.CancelURL = officeCancelURL(b, 0)
	}
	if page.Facts, err = s.officeBookingFacts(ctx, b, session); err != nil {
		return err
	}
	if _, err := booking.WalkInToInvoice(ctx, s.db, actor, b.ID); err == nil {
		page.InvoiceURL = walkInURL(b)
	} else if models.KindOf(err) != models.KindConflict {
		return err
	}
	subjects, err := s.fillBookingMoney(ctx, actor, b, &page)
	if err != nil {
		return err
	}
	for _, p := range b.Places {
		subjects = append(subjects, access.Subject{Kind: "place", ID: p.ID})
	}
	if page.History, err = s.history(ctx, actor, subjects...); err != nil {
		return err
	}
	mails, _, err := mail.List(ctx, s.db, mail.Filter{AboutKind: "booking", AboutID: b.ID})
	if err != nil {
		return err
	}
	page.Mails = mailRows(mails)
	return s.render(c, http.StatusOK, "office-booking", page)
}

// fillBookingMoney adds invoices, payments and what is owed. It returns what the audit may tell about them, the booking first.
func (s *Site) fillBookingMoney(ctx context.Context, actor access.Actor, b booking.Booking, page *templates.OfficeBookingPage) ([]access.Subject, error) {
	subjects, order := []access.Subject{{Kind: "booking", ID: b.ID}}, b.Order()
	docs, _, err := billing.Documents(ctx, s.db, actor.Scope(), billing.DocumentFilter{Order: &order})
	if err != nil {
		return nil, err
	}
	for _, d := range docs {
		page.Documents = append(page.Documents, officeDocumentRow(d, s.db.Today()))
		subjects = append(subjects, access.Subject{Kind: "document", ID: d.ID})
	}
	receipts, err := billing.Receipts(ctx, s.db, actor, order)
	if err != nil {
		return nil, err
	}
	page.Receipts = receiptRows(receipts)
	for _, r := range receipts {
		subjects = append(subjects, access.Subject{Kind: "payment", ID: r.ID})
	}
	balance, err := billing.Balance(ctx, s.db, order)
	page.Owed = balanceWords(balance, len(docs) > 0)
	return subjects, err
}

// balanceWords says who owes whom.
func balanceWords(balance models.Pence, invoiced bool) string {
	switch {
	case balance > 0:
		return "The customer owes " + balance.String() + "."
	case balance < 0:
		return "We owe the customer " + (-balance).String() + "."
	case invoiced:
		return "All is paid."
	}
	return "Nothing is invoiced yet."
}

func officePlaceRows(b booking.Booking, session scheduling.Session) []templates.PlaceRow {
	rows := make([]templates.PlaceRow, len(b.Places))
	for i, p := range b.Places {
		rows[i] = templates.PlaceRow{N: p.Ordinal, Of: len(b.Places), Name: p.Name, Email: p.Email, State: officePlaceTag(p)}
		if p.PersonID != nil {
			rows[i].URL = officePersonURL(*p.PersonID)
		}
		switch {
		case p.Status == booking.PlaceCancelled:
			rows[i].Cancel = &templates.Action{Label: cameBack, URL: officeCancelURL(b, p.Ordinal)}
		case mayCancel(b, session):
			rows[i].Cancel = &templates.Action{Label: "Cancel", URL: officeCancelURL(b, p.Ordinal)}
		}
	}
	return rows
}

func officePlaceTag(p booking.Place) templates.Tag {
	switch {
	case p.Status == booking.PlaceCancelled:
		return templates.Tag{Look: templates.TagStop, Word: "Cancelled"}
	case p.Status == booking.PlaceReleased:
		return templates.Tag{Look: templates.TagQuiet, Word: "Hold ended"}
	case p.Status == booking.PlaceHeld:
		return templates.Tag{Look: templates.TagWait, Word: "On hold"}
	case !p.Named():
		return templates.Tag{Look: templates.TagWait, Word: "To name"}
	}
	return templates.Tag{Look: templates.TagInfo, Word: "Booked"}
}

// officeBookingFacts are what was booked, by whom and at what price.
func (s *Site) officeBookingFacts(ctx context.Context, b booking.Booking, session scheduling.Session) ([]templates.SummaryRow, error) {
	price, err := s.priceRow(ctx, asBought(b))
	if err != nil {
		return nil, err
	}
	rows := []templates.SummaryRow{
		{Key: "Session", Lines: []string{session.Heading(), session.DaysLine()}, Notes: []string{session.WhenLine()}}, price,
	}
	payment, err := s.officePaymentRow(ctx, b)
	if err != nil {
		return nil, err
	}
	if payment.Lines[0] != "" {
		rows = append(rows, payment)
	}
	if b.Details.Name == "" {
		return append(rows, templates.SummaryRow{Key: "Booker", Lines: []string{"Not known yet"}}), nil
	}
	rows = append(rows,
		templates.SummaryRow{Key: "Booker", Lines: []string{b.Details.Name, b.Details.Email}},
		templates.SummaryRow{Key: "Invoice to", Lines: append([]string{b.Details.Customer()}, b.Details.AddressLines()...), Notes: []string{b.Details.InvoiceTo()}},
	)
	if b.AwaitsPurchaseOrder() {
		rows = append(rows, templates.SummaryRow{
			Key: "Purchase order", Lines: []string{"To follow"}, Notes: []string{dueWords(b.PurchaseOrderDue, s.db.Today())}, Change: officeOrderURL(b),
		})
	}
	if b.Details.PurchaseOrder != "" {
		rows = append(rows, templates.SummaryRow{Key: "Purchase order", Lines: []string{b.Details.PurchaseOrder}})
	}
	return rows, nil
}

// asBought is a booking with the places that stand; one that is cancelled altogether with those that were bought.
func asBought(b booking.Booking) booking.Booking {
	if b.Status != booking.Cancelled {
		return b
	}
	b.Places = slices.Clone(b.Places)
	for i := range b.Places {
		b.Places[i].Status = booking.PlaceConfirmed
	}
	return b
}

// priceRow says what the places of a booking cost, and that it is cancelled.
func (s *Site) priceRow(ctx context.Context, b booking.Booking) (templates.SummaryRow, error) {
	sum, err := booking.Sum(ctx, s.db, b, priceDay(b, s.db.Today()))
	if err != nil {
		return templates.SummaryRow{}, err
	}
	row := templates.SummaryRow{Key: "Price", Lines: []string{sum.Gross.String() + " with VAT"}, Notes: []string{
		counted(len(b.Standing()), "place") + " at " + b.Unit.String() + ", " + sum.Net.String() + " + " + sum.VAT.String() + " VAT",
	}}
	if b.Discount > 0 {
		row.Notes = append(row.Notes, "Less "+b.Discount.String()+" discount, "+sum.Discount.String()+": "+b.DiscountReason)
	}
	if b.Status == booking.Cancelled && b.EndedAt != nil {
		row.Notes = append(row.Notes, "All of it is cancelled, since "+models.DateOf(*b.EndedAt).String())
	}
	return row, nil
}

// officePaymentRow says how a booking is paid; with an empty line while that is not known.
func (s *Site) officePaymentRow(ctx context.Context, b booking.Booking) (templates.SummaryRow, error) {
	row := templates.SummaryRow{Key: "Payment", Lines: []string{howPaid(b)}}
	walkIn, err := booking.CameWithoutPlace(ctx, s.db, b.ID)
	if walkIn {
		row.Notes = []string{"They came without a place"}
		if b.Details.Complete() {
			row.Lines = []string{"By invoice"} // whoever pays for themselves counts as paying by card
		}
	}
	return row, err
}

// priceDay is the day whose VAT counts: that of confirming, and until then, or while a purchase order is to follow, today.
func priceDay(b booking.Booking, today models.Date) models.Date {
	if b.ConfirmedAt != nil && !b.AwaitsPurchaseOrder() {
		return models.DateOf(*b.ConfirmedAt)
	}
	return today
}
