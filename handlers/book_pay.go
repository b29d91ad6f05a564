package handlers

import (
	"context"
	"errors"
	"log/slog"
	"net/http"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// bookPayBack answers a reload of what bookPay drew.
func (s *Site) bookPayBack(c echo.Context, b booking.Booking) error {
	return s.redirect(c, stepURL(b, "check"))
}

// bookPay books: by card on the payment page, or by invoice for an organisation whose address is proven.
func (s *Site) bookPay(c echo.Context, b booking.Booking) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	pay := line(typed, "pay")
	sum, err := booking.Sum(c.Request().Context(), s.db, b, s.db.Today())
	if err != nil {
		return err
	}
	shown := penceShown(typed)
	switch {
	case sum.Gross != *shown:
		err = booking.SumChanged(sum)
	case sum.Gross == 0 && pay != "": // nothing is asked of a card, whatever was chosen
		err = s.payByInvoice(c, b, shown)
	case pay == "card":
		err = s.payByCard(c, b)
	case pay == "invoice":
		err = s.payByInvoice(c, b, shown)
	default:
		err = models.Invalid("pay", "Choose how you want to pay")
	}
	problems, err := refused(err)
	if err != nil || len(problems) == 0 {
		return err
	}
	for _, p := range problems {
		p.Field = "pay" // the other fields are on other pages
	}
	if b, err = booking.Find(c.Request().Context(), s.db, actorOf(c).Scope(), b.ID); err != nil { // its places may be held longer now
		return err
	}
	return s.bookCheckPage(c, b, pay, problems)
}

// payByCard opens the payment page and sends the customer there.
func (s *Site) payByCard(c echo.Context, b booking.Booking) error {
	address, err := s.desk.OpenPayment(c.Request().Context(), s.db, s.till, actorOf(c), b.ID, booking.PayPages{
		Success: s.baseURL + stepURL(b, "return") + "?checkout={CHECKOUT_SESSION_ID}", Cancel: s.baseURL + stepURL(b, "check"),
	})
	if err != nil {
		return err
	}
	return s.redirect(c, address)
}

// payByInvoice books at once, for the sum shown, when the booker's address is that of the person signed in, and otherwise mails a link
// that does.
func (s *Site) payByInvoice(c echo.Context, b booking.Booking, shown *models.Pence) error {
	if b.Buyer != booking.Organisation {
		return models.Invalid("pay", "Only organisations can pay by invoice. Pay by card, or change who you are booking for")
	}
	ctx := c.Request().Context()
	if err := booking.AccountProblem(ctx, s.db, actorOf(c), b); err != nil {
		return err
	}
	if paid, err := s.closeCheckout(ctx, b); err != nil || paid {
		return s.paidInstead(c, b, err)
	}
	if actor := actorOf(c); actor.SignedIn() && actor.Email == b.Details.Email {
		err := s.db.InTx(ctx, func(tx models.DB) error {
			_, err := s.desk.ConfirmOnAccount(ctx, tx, actor, b.ID, shown)
			return err
		})
		if err != nil {
			return err
		}
		return s.redirect(c, bookingURL(b))
	}
	if err := s.askToConfirm(ctx, b); err != nil {
		return err
	}
	return s.redirect(c, stepURL(b, "sent"))
}

// closeCheckout closes a payment page that is still open, before what it would be paid for changes. It answers paid when the
// customer was quicker.
func (s *Site) closeCheckout(ctx context.Context, b booking.Booking) (paid bool, err error) {
	paid, err = s.till.CloseCheckout(ctx, s.db, b.Order())
	if errors.Is(err, billing.ErrGatewayDown) {
		return false, models.Fail(models.KindConflict, "A card payment for this booking is still open, and the payment page cannot be reached. "+
			"Your places are held. Try again in a minute").Because(err)
	}
	return paid, err
}

// paidInstead leads to the booking when a card payment was quicker than what was asked.
func (s *Site) paidInstead(c echo.Context, b booking.Booking, err error) error {
	if err != nil {
		return err
	}
	return s.redirect(c, bookingURL(b))
}

// bookReturn is where the payment page sends its customer back to. What happened is asked of the processor, whatever the address
// says, and then read from our own rows of this booking: the id in the address may be anybody's. A booking that is confirmed by then
// is shown, and otherwise the customer reads what comes next.
func (s *Site) bookReturn(c echo.Context, b booking.Booking) error {
	ctx := c.Request().Context()
	if checkout := c.QueryParam("checkout"); checkout != "" && b.Status != booking.Confirmed {
		if _, err := s.till.Settle(ctx, s.db, checkout); err != nil { // the webhook and the sweep ask again
			s.log.Warn("return from payment", slog.String("request_id", reference(c)), slog.String("booking", b.Reference()), slog.String("error", err.Error()))
		}
	}
	b, err := booking.Find(ctx, s.db, actorOf(c).Scope(), b.ID)
	if err != nil {
		return err
	}
	if b.Status == booking.Confirmed || b.Status == booking.Cancelled {
		return s.paidInstead(c, b, s.adoptNow(ctx, b, actorOf(c)))
	}
	returned, err := billing.Returned(ctx, s.db, b.Order())
	if err != nil {
		return err
	}
	owed, err := billing.Balance(ctx, s.db, b.Order())
	if err != nil {
		return err
	}
	arrived := owed < 0
	if len(returned) > 0 || !arrived && !b.Live(s.db.Now()) {
		return s.holdEnded(c, b)
	}
	return s.waitingPage(c, b, arrived)
}

func (s *Site) waitingPage(c echo.Context, b booking.Booking, arrived bool) error {
	sale, err := s.saleOf(c.Request().Context(), b)
	if err != nil {
		return err
	}
	page := templates.BookWaitingPage{
		Page: s.bookingFrame(c, "We are confirming your payment"), Reference: b.Reference(), Arrived: arrived, Email: b.Details.Email,
		ReloadURL: c.Request().URL.RequestURI(), CheckURL: stepURL(b, "check"), Sum: sale.sum,
	}
	if arrived {
		page.Title = "We have your payment"
	}
	return s.render(c, http.StatusOK, "book-waiting", page)
}

// bookGiveUp lets the places go, because the person says so.
func (s *Site) bookGiveUp(c echo.Context, b booking.Booking) error {
	paid, err := booking.GiveUp(c.Request().Context(), s.db, s.till, actorOf(c), b.ID)
	if errors.Is(err, billing.ErrGatewayDown) {
		_, err = s.closeCheckout(c.Request().Context(), b)
	}
	if err != nil || paid {
		return s.paidInstead(c, b, err)
	}
	return s.done(c, sessionURL(b.SessionID), "You gave up "+models.Count(len(b.Places), "place")+". Nothing was booked and nothing is owed.")
}

// bookSent says that the mail which confirms the booking is on its way.
func (s *Site) bookSent(c echo.Context, b booking.Booking) error {
	ctx := c.Request().Context()
	waiting, err := access.LinkWaiting(ctx, s.db, b.ID)
	if errors.Is(err, models.ErrNoRow) {
		return s.redirect(c, stepURL(b, "check"))
	}
	if err != nil {
		return err
	}
	sale, err := s.saleOf(ctx, b)
	if err != nil {
		return err
	}
	page := templates.BookSentPage{
		Page: s.bookingFrame(c, "Check your email"), Email: waiting.Email, Places: len(b.Places), Gross: sale.sum.Gross, Shown: penceField(sale.sum.Gross),
		HeldUntil: models.ClockTime(b.HoldUntil), AgainURL: stepURL(b, "pay"), ChangeURL: stepURL(b, "billing"), Mailbox: s.demonstration(), Sum: sale.sum,
	}
	return s.render(c, http.StatusOK, "book-sent", page)
}
