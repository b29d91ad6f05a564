package handlers

import (
	"context"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/templates"
)

// quoteRoutes are a quote's private pages: whoever has the link got it from the mailbox that the quote was sent to.
func (s *Site) quoteRoutes() []Route {
	return []Route{
		{Method: http.MethodGet, Path: "/quotes/:token", Rule: Public, Handle: s.quote},
		{Method: http.MethodPost, Path: "/quotes/:token", Rule: Public, Handle: s.quoteAccept},
		{Method: http.MethodGet, Path: "/quotes/:token/pdf", Rule: Public, Handle: s.quotePDF},
	}
}

// quote shows a quote and, when it can be, takes its acceptance.
func (s *Site) quote(c echo.Context) error {
	q, err := booking.QuoteByToken(c.Request().Context(), s.db, c.Param("token"))
	if err != nil {
		return err
	}
	return s.quotePage(c, q, booking.Acceptance{}, nil)
}

func (s *Site) quotePDF(c echo.Context) error {
	q, err := booking.QuoteByToken(c.Request().Context(), s.db, c.Param("token"))
	if err != nil {
		return err
	}
	return s.quoteFile(c, q)
}

// quoteAccept books what the quote offers. Sent twice, it is one booking, and only the browser that made it is led there: another has
// the quote's link, and not the booking's.
func (s *Site) quoteAccept(c echo.Context) error {
	ctx, token := c.Request().Context(), c.Param("token")
	q, err := booking.QuoteByToken(ctx, s.db, token)
	if err != nil {
		return err
	}
	typed, err := posted(c)
	if err != nil {
		return err
	}
	secret := access.NewSecret()
	said := booking.Acceptance{
		PurchaseOrder: line(typed, "purchase-order"), ToFollow: ticked(typed, "purchase-order-follows"), ClaimHash: s.keys.Claim(secret),
		Shown: penceShown(typed),
	}
	var b booking.Booking
	problems, err := refused(s.db.InTx(ctx, func(tx models.DB) (err error) {
		b, err = s.desk.AcceptQuote(ctx, tx, actorOf(c), token, said)
		return err
	}))
	switch {
	case err != nil:
		return err
	case problems != nil:
		return s.quotePage(c, q, said, problems)
	}
	_, err = booking.Find(ctx, s.db, access.Visitor(said.ClaimHash).Scope(), b.ID)
	if models.KindOf(err) == models.KindNotFound {
		return s.done(c, c.Request().URL.Path, "This quote was accepted before you pressed the button. Nothing is booked twice.")
	}
	if err != nil {
		return err
	}
	if err := s.remember(c, b.ID, secret); err != nil {
		return err
	}
	return s.redirect(c, bookingURL(b))
}

func (s *Site) quotePage(c echo.Context, q booking.Quote, said booking.Acceptance, problems models.Problems) error {
	ctx := c.Request().Context()
	page := templates.QuotePage{
		Page: s.bookingFrame(c, "Quote "+q.Reference()), Reference: q.Reference(), PDFURL: c.Request().URL.Path + "/pdf", Lead: quoteLead(q, s.db.Today()),
	}
	page.Section = "" // whoever has the link came by mail, from none of the header's pages
	page.State, _ = quoteTag(q, s.db.Today())
	if q.Answer == "" && !q.Over(s.db.Today()) {
		page.State = templates.Tag{Look: templates.TagWait, Word: "Waiting for you"}
	}
	if err := s.leadToBooking(c, q, &page); err != nil {
		return err
	}
	var err error
	if page.Rows, err = s.quoteFacts(ctx, q); err != nil {
		return err
	}
	if q.CanAccept(s.db.Today()) {
		if page.Accept, err = s.acceptForm(ctx, c, q, said); err != nil {
			return err
		}
	}
	page.Problems = problems
	return s.render(c, statusFor(problems), "quote", page)
}

// leadToBooking leads to what accepting a quote booked: whoever is not signed in and may not see it by the sign-in, and whoever is signed
// in and may not see it nowhere.
func (s *Site) leadToBooking(c echo.Context, q booking.Quote, page *templates.QuotePage) error {
	if q.BookingID == nil {
		return nil
	}
	actor, b := actorOf(c), booking.Booking{ID: *q.BookingID}
	_, err := booking.Find(c.Request().Context(), s.db, actor.Scope(), b.ID)
	switch {
	case err == nil:
		page.Booking = &templates.Action{Label: "See booking " + b.Reference(), URL: bookingURL(b)}
	case models.KindOf(err) != models.KindNotFound:
		return err
	case !actor.SignedIn():
		next := url.Values{"next": {bookingURL(b)}}
		page.Booking = &templates.Action{Label: "Sign in to see the booking", URL: "/sign-in?" + next.Encode()}
	}
	return nil
}

// quoteLead says how the quote stands and what to do, to its contact.
func quoteLead(q booking.Quote, today models.Date) string {
	switch {
	case q.Answer == booking.Accepted:
		return "It was accepted on " + dayOf(q.AnsweredAt).String() + ". We have emailed the confirmation to " + q.Details.Email + "."
	case q.Answer == booking.Withdrawn:
		return "The Hub withdrew this quote on " + dayOf(q.AnsweredAt).String() + ". Reply to the email it came with to ask for another."
	case q.Over(today):
		return "This quote was valid until " + q.ValidUntil.String() + ". Reply to the email it came with to ask for another."
	case q.CanAccept(today):
		return "It is valid until " + q.ValidUntil.String() + ". It holds no places: they are yours when you accept."
	}
	number := "your purchase order number and "
	if q.Amount.Gross() == 0 { // nothing is to pay: see acceptForm
		number = ""
	}
	return "It is valid until " + q.ValidUntil.String() + ". To accept it, reply to the email it came with, with " + number + "the dates " +
		"that suit you. We then open the session for you."
}

func (s *Site) acceptForm(ctx context.Context, c echo.Context, q booking.Quote, said booking.Acceptance) (*templates.QuoteAccept, error) {
	session, err := scheduling.FindAny(ctx, s.db, *q.SessionID)
	if err != nil {
		return nil, err
	}
	amount, err := booking.QuoteSum(ctx, s.db, q)
	if err != nil {
		return nil, err
	}
	form := &templates.QuoteAccept{
		URL: c.Request().URL.Path, Number: said.PurchaseOrder, Follows: said.ToFollow, Free: amount.Gross() == 0, Shown: penceField(amount.Gross()),
		Button: "Accept and book " + counted(q.People, "place") + " for " + amount.Gross().String(),
	}
	by, ok, err := booking.FollowBy(ctx, s.db, session)
	if err != nil {
		return nil, err
	}
	if ok {
		form.FollowBy = by
		if form.VATNote, err = booking.QuoteVATNote(ctx, s.db, q, by); err != nil {
			return nil, err
		}
	}
	var organisation int64
	if q.OrganisationID != nil {
		organisation = *q.OrganisationID
	}
	rule, err := billing.PurchaseRuleFor(ctx, s.db, organisation, access.NameKey(q.Details.Organisation))
	form.Example = rule.Example
	return form, err
}
