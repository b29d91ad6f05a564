package e2e_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/billing/stripedouble"
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
	double   *stripedouble.Double
	post     *mailtest.Server
	promised sync.Map // references of bookings whose booker was told that they stand
	kept     atomic.Int64
	gaveUp   atomic.Int64
}

const (
	crashSecret = "whsec_crash_test_0000000000"
	leastKills  = 10
)

// The program is killed at random moments while people book by card and on account. Whoever was told that their booking stands has
// it, with its invoice; all money that was paid is recorded; numbers have no gap. The two engines share the budget.
func TestCrash_KilledWhilePeopleBook(t *testing.T) {
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
			kills := 0
			for c.start(); until.Err() == nil || kills < leastKills; c.start() {
				pause(t.Context(), 200*time.Millisecond+rand.N(2500*time.Millisecond))
				c.kill()
				kills++
			}
			goHome()
			people.Wait()
			c.after(kills)
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
	c := &crash{process: &process{T: t, path: binary}, post: mailtest.Start(t, mailtest.Options{})}
	if c.db, err = models.Connect(config); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.db.Close() })
	day := c.db.Today().AddDays(60)
	for n := range 20 {
		schedulingtest.OpenAccess(t, c.db, schedulingtest.OnDay(day.AddDays(n)), schedulingtest.Capacity(200))
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
	dir := config.Dir
	if dir == "" {
		dir = t.TempDir()
	}
	c.url = "http://" + listen
	c.env = []string{
		"SSPH_MODE=development", "SSPH_ADDR=" + listen, "SSPH_BASE_URL=" + c.url, "SSPH_DATABASE_URL=" + config.URL, "SSPH_DATA_DIR=" + dir,
		"SSPH_SMTP_ADDR=" + c.post.Addr, "SSPH_SMTP_TLS=none", "SSPH_STRIPE_KEY=sk_test_crash_000000", "SSPH_STRIPE_URL=" + processor.URL,
		"SSPH_STRIPE_WEBHOOK_SECRET=" + crashSecret,
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

// book books, one booking after another, until it is time to go home. Every other one is paid by card.
func (c *crash) book(ctx context.Context, buyer int) {
	for n := 0; ctx.Err() == nil; n++ {
		who := fmt.Sprintf("buyer%d-%d", buyer, n)
		reference, err := c.bookOne(ctx, who, 1+(buyer+4*n)%20, n%2 == 0)
		switch {
		case err == nil:
			c.promised.Store(reference, who)
			c.kept.Add(1)
		case errors.Is(err, errUnheard):
		case ctx.Err() == nil:
			c.Logf("%s gave up: %v", who, err)
			c.gaveUp.Add(1)
		}
	}
}

// bookOne is one booking of two places, from the session's page to the page that says it is booked. It returns its reference.
func (c *crash) bookOne(ctx context.Context, who string, session int, byCard bool) (string, error) {
	v, err := newVisitor(c.url)
	if err != nil {
		return "", err
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
	for _, typed := range steps {
		if err != nil {
			return "", err
		}
		p, err = v.submit(ctx, p, "main form", typed)
	}
	if err != nil {
		return "", err
	}
	if byCard {
		p, err = c.payByCard(ctx, v, p)
	} else {
		p, err = c.payByInvoice(ctx, v, p, who)
	}
	if err != nil {
		return "", err
	}
	if !p.says("places are booked") {
		return "", fmt.Errorf("the end is %s: status %d, %.200s", p.URL, p.Status, strings.Join(strings.Fields(p.Find("main").Text()), " "))
	}
	return path.Base(p.URL.Path), nil
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

// after looks at what is left when everybody has gone home and the program runs undisturbed.
func (c *crash) after(kills int) {
	c.Helper()
	c.double.Flush()
	for _, paid := range c.double.Pages() {
		if paid.Status == "complete" && c.rows("SELECT COUNT(*) FROM payments WHERE reference = ? AND gross_pence = ?", paid.ID, int64(paid.Total)) != 1 {
			c.Errorf("the money of %s for %s is not recorded", paid.ID, paid.Reference)
		}
	}
	c.promised.Range(func(reference, who any) bool {
		if c.rows("SELECT COUNT(*) FROM documents WHERE order_reference = ? AND gross_pence = 54720", reference) != 1 {
			c.Errorf("%s was told that %s stands, and it has no invoice", who, reference)
		}
		return true
	})
	if lost := c.rows("SELECT COUNT(*) FROM mails WHERE status = 'sent'") - len(c.post.Received()); lost > 0 {
		c.Errorf("%d mails are called sent that never came", lost)
	}
	c.stop()
	if report, err := c.command("doctor"); err != nil {
		c.Errorf("the doctor finds:\n%s", report)
	}
	booked := c.kept.Load()
	c.Logf("%d kills, %d bookings told to stand, %d given up, %d payments, %d invoices", kills, booked, c.gaveUp.Load(),
		c.rows("SELECT COUNT(*) FROM payments"), c.rows("SELECT COUNT(*) FROM documents"))
	if kills < leastKills || booked < 5 {
		c.Errorf("only %d kills and %d bookings: nothing was shown", kills, booked)
	}
}

func (c *crash) rows(query string, args ...any) (n int) {
	c.Helper()
	if err := c.db.SQL(c.Context()).Raw(query, args...).Scan(&n).Error; err != nil {
		c.Fatal(err)
	}
	return n
}
