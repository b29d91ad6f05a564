package e2e_test

import (
	"context"
	"fmt"
	"maps"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// BenchmarkSettle settles a card payment for one place: the money is recorded, the place confirmed, the invoice issued with its
// number and PDF, the booker and the person are mailed; and writes the same rows by raw SQL in one transaction, in turn. The figure is
// how many times longer the program takes. The card processor answers at once, for its time is not ours.
func BenchmarkSettle(b *testing.B) {
	for _, dialect := range modelstest.Dialects {
		b.Run(string(dialect), func(b *testing.B) {
			db, _ := modelstest.Open(b, dialect)
			c := &counter{B: b, db: db, till: billing.Till{Gateway: paidAtOnce{db: db}, Sellers: billing.Sellers{billing.BookingOrder: counterDesk}}}
			c.openSession(0)
			copies := c.template()
			var ours, ceiling time.Duration
			for n := 0; b.Loop(); n++ {
				b.StopTimer()
				if n%90 == 89 { // ninety bookings of ours and ninety copies fill a session
					c.openSession(1 + n/90)
				}
				page := c.atPayment(fmt.Sprint("bench", n))
				b.StartTimer()
				timed(b, &ours, func() error { return c.settle(page) })
				timed(b, &ceiling, func() error { return copies.write(b.Context(), db, 1_000_000+n) })
			}
			b.ReportMetric(float64(ours)/float64(ceiling), "x-raw-sql")
			b.ReportMetric(float64(b.N)/ours.Seconds(), "settled/s")
			b.ReportMetric(float64(b.N)/ceiling.Seconds(), "raw-rows/s")
			b.ReportMetric(float64(copies.count()), "rows/payment")
		})
	}
}

var counterDesk = booking.Desk{BaseURL: "http://ssph.example"}

// counter is where people pay by card.
type counter struct {
	*testing.B
	db      models.DB
	till    billing.Till
	session int64
}

func (c *counter) openSession(n int) {
	c.Helper()
	c.session = schedulingtest.OpenAccess(c, c.db, schedulingtest.Capacity(200), schedulingtest.OnDay(schedulingtest.Day.AddDays(n))).ID
}

func (c *counter) settle(page string) error {
	state, err := c.till.Settle(c.Context(), c.db, page)
	if err == nil && state != billing.AttemptPaid {
		err = fmt.Errorf("%s is %s", page, state)
	}
	return err
}

// template settles once, and keeps what that wrote. Of the rows that it changed there is a copy too: raw SQL inserts them.
func (c *counter) template() templates {
	c.Helper()
	must := func(err error) {
		if err != nil {
			c.Fatal(err)
		}
	}
	before, err := marks(c.Context(), c.db)
	must(err)
	page := c.atPayment("template")
	at, err := marks(c.Context(), c.db)
	must(err)
	for table := range maps.Keys(at) {
		if table == "bookings" || table == "places" || table == "payment_attempts" {
			at[table] = before[table]
		}
	}
	must(c.settle(page))
	copies, err := rowsSince(c.Context(), c.db, at)
	must(err)
	return copies
}

// atPayment books a place up to the payment page, and returns the page's id.
func (c *counter) atPayment(who string) string {
	c.Helper()
	ctx, browser := c.Context(), access.Visitor(who)
	var b booking.Booking
	err := c.db.InTx(ctx, func(tx models.DB) (err error) {
		if b, err = booking.Hold(ctx, tx, browser, booking.HoldRequest{SessionID: c.session, Places: 1, RequestKey: who, ClaimHash: who}); err != nil {
			return err
		}
		if b, err = booking.NamePeople(ctx, tx, browser, b.ID, []booking.PersonNamed{{Name: "Lena Osei", Email: who + "@people.example"}}); err != nil {
			return err
		}
		_, err = booking.SetDetails(ctx, tx, browser, b.ID, booking.Individual, booking.Details{
			Name: "Lena Osei", Email: who + "@people.example", Line1: "2 Mill Lane", Town: "Bury", Postcode: "BL9 0AA", Country: "GB",
		})
		return err
	})
	if err == nil {
		_, err = counterDesk.OpenPayment(ctx, c.db, c.till, browser, b.ID, booking.PayPages{Success: "http://ssph.example/paid", Cancel: "http://ssph.example/check"})
	}
	if err != nil {
		c.Fatal(err)
	}
	return pageOf(b.Reference())
}

func pageOf(reference string) string { return "cs_test_" + reference }

// paidAtOnce is a card processor on which every page is paid as soon as it is open. It does nothing else.
type paidAtOnce struct {
	billing.Gateway
	db models.DB
}

// OpenCheckout opens a page named after the booking.
func (paidAtOnce) OpenCheckout(_ context.Context, req billing.CheckoutRequest) (billing.Checkout, error) {
	return billing.Checkout{ID: pageOf(req.Reference), URL: "http://processor.example", Status: billing.CheckoutOpen}, nil
}

// Checkout says that £273.60 were paid: one place at £228.00 net.
func (g paidAtOnce) Checkout(_ context.Context, id string) (billing.Checkout, error) {
	return billing.Checkout{
		ID: id, Status: billing.CheckoutComplete, Paid: true, PaymentStatus: "paid", AmountTotal: onePlace, Currency: "gbp",
		PaymentIntent: "pi_" + id, ChargedAt: g.db.Now(),
	}, nil
}
