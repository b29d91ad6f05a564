package e2e_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/billing/stripedouble"
	"hub.salford.ac.uk/ssph/booking"
	"hub.salford.ac.uk/ssph/mail/mailtest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// crash is a program that is killed again and again, with what lives on beside it: the database, the card processor, the mail server
// and the people.
type crash struct {
	*process
	db       models.DB
	config   models.Config
	double   *stripedouble.Double
	till     billing.Till // reaches the same card processor
	post     *mailtest.Server
	officer  access.Actor
	sold     chan sale
	promised sync.Map // references of bookings whose booker was told that they stand
	done     sync.Map // what the office was told to be done, and the query that finds it
	kept     atomic.Int64
	gaveUp   atomic.Int64
	cut      atomic.Int64 // forms that were sent and got no answer
	kills    int
	hits     int // kills that cut a form off
}

const (
	crashSecret = "whsec_crash_test_0000000000"
	leastKills  = 25 // on each engine
	nearDays    = 10 // the first sessions, whose cancelled places cost the half
	scarce      = 20 // the session that is soon full
)

// The program is killed at random moments while people book by card and on account and the office cancels, corrects, takes money in and
// sends it back. After every kill the books are right. Whoever was told that something is done finds it done; every penny at the card
// processor is in the ledger; numbers have no gap. The two engines share the budget.
func TestCrash_KilledWhileMoneyMoves(t *testing.T) {
	t.Parallel()
	for _, dialect := range modelstest.Dialects {
		t.Run(string(dialect), func(t *testing.T) {
			t.Parallel()
			c := newCrash(t, dialect)
			until, stop := context.WithTimeout(t.Context(), modelstest.Budget(t)/2)
			defer stop()
			var people sync.WaitGroup
			leave, goHome := context.WithCancel(t.Context())
			for i := range 4 {
				people.Go(func() { c.book(leave, i) })
			}
			people.Go(func() { c.clerk(leave) })
			for c.start(); until.Err() == nil || c.kills < leastKills; c.start() {
				pause(t.Context(), rand.N(1500*time.Millisecond))
				before := c.cut.Load()
				c.kill()
				c.kills++
				c.atRest()
				if c.cut.Load() > before {
					c.hits++
				}
			}
			goHome()
			people.Wait()
			c.after()
		})
	}
}

func newCrash(t *testing.T, dialect models.Dialect) *crash {
	t.Helper()
	binary, err := built.build()
	if err != nil {
		t.Fatal(err)
	}
	config := modelstest.Fresh(t, dialect)
	c := &crash{process: &process{T: t, path: binary}, config: config, post: mailtest.Start(t, mailtest.Options{}), sold: make(chan sale, 1000)}
	if c.db, err = models.Connect(config); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.db.Close() })
	c.officer = accesstest.Office(t, c.db)
	for n := 1; n <= scarce; n++ {
		day, capacity := 60+n, 200
		if n <= nearDays {
			day = 15 + n // 14 to 27 days before, also tomorrow
		}
		if n == scarce {
			capacity = 8
		}
		schedulingtest.OpenAccess(t, c.db, schedulingtest.OnDay(c.db.Today().AddDays(day)), schedulingtest.Capacity(capacity))
	}
	listen := freePort(t)
	if c.double, err = stripedouble.New(stripedouble.Options{
		Clock: models.SystemClock{}, WebhookURL: "http://" + listen + "/webhooks/stripe", WebhookSecret: crashSecret,
		RetryPauses: slices.Repeat([]time.Duration{300 * time.Millisecond}, 200),
	}); err != nil {
		t.Fatal(err)
	}
	processor := httptest.NewServer(c.double.Handler())
	t.Cleanup(func() { c.kill(); processor.Close(); c.double.Close() })
	c.till = billing.Till{
		Gateway: billing.NewStripe(billing.StripeConfig{Key: "sk_test_crash_000000", URL: processor.URL}),
		Sellers: billing.Sellers{billing.BookingOrder: booking.Desk{BaseURL: "http://" + listen}},
	}
	dir := config.Dir
	if dir == "" {
		dir = t.TempDir()
	}
	c.url = "http://" + listen
	c.env = []string{
		"SSPH_MODE=development", "SSPH_ADDR=" + listen, "SSPH_BASE_URL=" + c.url, "SSPH_DATABASE_URL=" + config.URL, "SSPH_DATA_DIR=" + dir,
		"SSPH_SMTP_ADDR=" + c.post.Addr, "SSPH_SMTP_TLS=none", "SSPH_STRIPE_KEY=sk_test_crash_000000", "SSPH_STRIPE_URL=" + processor.URL,
		"SSPH_STRIPE_WEBHOOK_SECRET=" + crashSecret, "SSPH_TRUSTED_PROXIES=127.0.0.1",
	}
	return c
}

// pause lets the program run for a while.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// sale is a booking that stands, with its booker.
type sale struct {
	reference string
	booker    *visitor
	byCard    bool
	near      bool
}

// book books, one booking after another, until it is time to go home. Every other one is paid by card; of the others some booker gives
// a place up again.
func (c *crash) book(ctx context.Context, buyer int) {
	for n := 0; ctx.Err() == nil; n++ {
		who, session := fmt.Sprintf("buyer%d-%d", buyer, n), 1+(buyer+4*n)%scarce
		sold, err := c.bookOne(ctx, who, session, n%2 == 0)
		if err == nil {
			sold.near = session <= nearDays
			c.promised.Store(sold.reference, who)
			c.kept.Add(1)
			if n%8 == 3 {
				err = c.giveUpPlace(ctx, sold)
			}
		}
		switch {
		case err == nil:
			select {
			case c.sold <- sold:
			default: // the office has more than enough to do
			}
		case errors.Is(err, errUnheard), errors.Is(err, errFull):
		case ctx.Err() == nil:
			c.Logf("%s gave up: %v", who, err)
			c.gaveUp.Add(1)
		}
	}
}

// bookOne is one booking of two places, from the session's page to the page that says it is booked.
func (c *crash) bookOne(ctx context.Context, who string, session int, byCard bool) (sale, error) {
	v, err := c.visitor()
	if err != nil {
		return sale{}, err
	}
	p, err := v.get(ctx, fmt.Sprintf("/sessions/%d/book", session))
	steps := []map[string]string{
		{"places": "2"},
		{"person-1-name": "Person " + who, "person-1-email": who + "@people.example", "person-2-later": "yes", "do": "continue"},
		{
			"name": "Booker " + who, "email": who + "@bookers.example", "payer": "organisation", "organisation": "Organisation " + who,
			"line1": "1 Long Lane", "town": "Salford", "postcode": "M5 4WT", "country": "GB", "purchase-order": "PO-" + who,
		},
	}
	for i, typed := range steps {
		if err != nil {
			return sale{}, err
		}
		if i == 0 && p.Find("main form").Length() == 0 || i == 1 && p.Status == http.StatusUnprocessableEntity {
			return sale{}, errFull
		}
		p, err = v.submit(ctx, p, "main form", typed)
	}
	if err != nil {
		return sale{}, err
	}
	if byCard {
		p, err = c.payByCard(ctx, v, p)
	} else {
		p, err = c.payByInvoice(ctx, v, p, who)
	}
	if err != nil {
		return sale{}, err
	}
	if !p.says("places are booked") {
		return sale{}, unexpected(p)
	}
	return sale{reference: path.Base(p.URL.Path), booker: v, byCard: byCard}, nil
}

// unexpected says where somebody ended instead.
func unexpected(p answered) error {
	return fmt.Errorf("the end is %s: status %d, %.200s", p.URL, p.Status, strings.Join(strings.Fields(p.Find("main").Text()), " "))
}

func (c *crash) payByCard(ctx context.Context, v *visitor, p answered) (answered, error) {
	p, err := v.submit(ctx, p, "main form", map[string]string{"pay": "card"})
	if err != nil {
		return p, err
	}
	checkout := path.Base(p.URL.Path)
	if err := c.double.Pay(checkout); err != nil && !errors.Is(err, stripedouble.ErrPaid) {
		return p, fmt.Errorf("pay on %s: %w", p.URL, err)
	}
	p, err = v.submit(ctx, p, "main form", map[string]string{"press": "pay"})
	for tries := 0; err == nil && tries < 20 && p.says("We are confirming your payment"); tries++ {
		p, err = v.get(ctx, p.URL.String())
	}
	return p, err
}

func (c *crash) payByInvoice(ctx context.Context, v *visitor, p answered, who string) (answered, error) {
	p, err := v.submit(ctx, p, "main form", map[string]string{"pay": "invoice"})
	if err != nil {
		return p, err
	}
	link := ""
	waiting, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	if err := eventually(waiting, func() bool { link = c.linkTo(who + "@bookers.example"); return link != "" }); err != nil {
		return p, fmt.Errorf("the mail with the link never came: %w", err)
	}
	if p, err = v.get(ctx, link); err != nil {
		return p, err
	}
	pressed, err := v.submit(ctx, p, "main form", nil)
	if err == nil && pressed.says("used") {
		return p, errUnheard
	}
	return pressed, err
}

// errUnheard is for somebody whose link was used although the answer to it was lost: they sign in anew, and see their booking then.
var errUnheard = errors.New("booked, and the answer was lost")

var errFull = errors.New("the session is full")

// linkTo is the address in the newest mail that confirms a booking, or nothing.
func (c *crash) linkTo(email string) (link string) {
	for _, m := range c.post.Received() {
		if slices.Contains(m.To, email) && strings.Contains(m.Subject, "Confirm your email") {
			for _, found := range address.FindAllString(m.Text, -1) {
				if strings.Contains(found, "/sign-in/link/") {
					link = found
				}
			}
		}
	}
	return link
}
