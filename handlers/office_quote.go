package handlers

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

// quoteOf finds the quote that the address names.
func (s *Site) quoteOf(c echo.Context) (booking.Quote, error) {
	id, err := booking.ParseQuote(c.Param("quote"))
	if err != nil {
		return booking.Quote{}, err
	}
	return booking.FindQuote(c.Request().Context(), s.db, actorOf(c), id)
}

// officeQuote shows a quote and what became of it.
func (s *Site) officeQuote(c echo.Context) error {
	q, err := s.quoteOf(c)
	if err != nil {
		return err
	}
	return s.officeQuotePage(c, q, "", nil)
}

func (s *Site) officeQuotePage(c echo.Context, q booking.Quote, reason string, problems models.Problems) error {
	ctx := c.Request().Context()
	page := templates.OfficeQuotePage{
		Page: s.officePage(c, "Quote "+q.Reference(), "quotes"), Quote: quoteRow(q, s.db.Today()), PDFURL: officeQuoteURL(q) + "/pdf", Reason: reason,
	}
	page.Problems = problems
	var err error
	if page.Rows, err = s.quoteFacts(ctx, q); err != nil {
		return err
	}
	if q.BookingID != nil {
		b := booking.Booking{ID: *q.BookingID}
		page.Booking = &templates.Action{Label: "Booking " + b.Reference(), URL: officeBookingURL(b.Reference())}
	}
	if q.Answer == "" {
		page.WithdrawURL = officeQuoteURL(q) + "/withdraw"
	}
	if q.AnswerReason != "" {
		page.Rows = append(page.Rows, templates.SummaryRow{Key: "Why withdrawn", Lines: []string{q.AnswerReason}})
	}
	if page.History, err = s.history(ctx, actorOf(c), access.Subject{Kind: "quote", ID: q.ID}); err != nil {
		return err
	}
	return s.render(c, statusFor(problems), "office-quote", page)
}

// quoteFacts are the figures and terms of a quote: the net price as it was frozen, with the VAT of the day.
func (s *Site) quoteFacts(ctx context.Context, q booking.Quote) ([]templates.SummaryRow, error) {
	when := "On a date to be agreed"
	if q.SessionID != nil {
		session, err := scheduling.FindAny(ctx, s.db, *q.SessionID)
		if err != nil {
			return nil, err
		}
		when = session.DaysLine() + ", " + session.Heading()
	}
	ladder, err := billing.LadderByID(ctx, s.db, q.LadderID)
	if err != nil {
		return nil, err
	}
	rows := []templates.SummaryRow{
		{Key: "For", Lines: []string{q.Details.Organisation}, Notes: append([]string{q.Details.Name + ", " + q.Details.Email}, q.Details.AddressLines()...)},
		{Key: "Training", Lines: []string{sentenceCase(quoteWords(q))}, Notes: []string{when, "With a one-year licence for each person trained"}},
	}
	if q.Discount > 0 {
		rows = append(rows, templates.SummaryRow{Key: "Discount", Lines: []string{q.Discount.String()}, Notes: []string{q.DiscountReason, "It is taken off below."}})
	}
	price, err := s.quotePrice(ctx, q)
	if err != nil {
		return nil, err
	}
	rows = append(rows, price, templates.SummaryRow{Key: "Valid until", Lines: []string{q.ValidUntil.String()}},
		templates.SummaryRow{Key: "If a place is cancelled", Lines: []string{sentenceCase(ladder.Words()) + "."}})
	if q.Note != "" {
		rows = append(rows, templates.SummaryRow{Key: "Note", Lines: []string{q.Note}})
	}
	return rows, nil
}

// quotePrice is what a quote comes to, and what was written in it when VAT has changed since.
func (s *Site) quotePrice(ctx context.Context, q booking.Quote) (templates.SummaryRow, error) {
	amount, err := booking.QuoteSum(ctx, s.db, q)
	row := templates.SummaryRow{Key: "Price", Strong: true, Lines: []string{amount.Gross().String() + " with VAT"}, Notes: []string{
		amount.Net.String() + " + " + amount.VAT.String() + " VAT",
	}}
	if amount != q.Amount {
		row.Notes = append(row.Notes, "VAT has changed since the quote was made: it says "+q.Amount.Gross().String()+".")
	}
	return row, err
}

// officeQuoteFile hands out the file as it was made.
func (s *Site) officeQuoteFile(c echo.Context) error {
	q, err := s.quoteOf(c)
	if err != nil {
		return err
	}
	return s.quoteFile(c, q)
}

// officeQuoteWithdraw takes a quote back.
func (s *Site) officeQuoteWithdraw(c echo.Context) error {
	q, err := s.quoteOf(c)
	if err != nil {
		return err
	}
	typed, err := posted(c)
	if err != nil {
		return err
	}
	ctx, reason := c.Request().Context(), line(typed, "reason")
	problems, err := refused(s.db.InTx(ctx, func(tx models.DB) error {
		return booking.WithdrawQuote(ctx, tx, actorOf(c), q.ID, reason)
	}))
	if err != nil {
		return err
	}
	if problems != nil {
		return s.officeQuotePage(c, q, reason, problems)
	}
	return s.done(c, officeQuoteURL(q), "The quote is withdrawn.")
}

// quoteFile answers with the file of a quote that was found.
func (s *Site) quoteFile(c echo.Context, q booking.Quote) error {
	content, err := booking.QuoteFile(c.Request().Context(), s.db, q)
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, "inline; filename="+q.Reference()+".pdf")
	return c.Blob(http.StatusOK, "application/pdf", content)
}
