package billing_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/billing/stripedouble"
	"hub.salford.ac.uk/ssph/jobs"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// till sells three places at £228.00, which are £820.80, over the double. No webhook comes by itself: see hear.
type till struct {
	*testing.T
	billing.Till
	db     models.DB
	clock  *modelstest.Clock
	double *stripedouble.Double
	office access.Actor
	runner *jobs.Runner
	heard  int // how many of the double's events have been told
}

// shelf seats every order that is paid, once.
type shelf struct{}

func (shelf) Lock(context.Context, models.DB, int64) error { return nil }

func (shelf) Paid(ctx context.Context, tx models.DB, p billing.Paid) (billing.Outcome, error) {
	docs, _, err := billing.Documents(ctx, tx, access.System().Scope(), billing.DocumentFilter{Order: &billing.Order{Kind: billing.BookingOrder, ID: p.OrderID}})
	if err != nil || len(docs) > 0 {
		return billing.AlreadyPaid, err
	}
	req := order(p.OrderID, 3)
	req.Paid = &p
	_, err = billing.Issue(ctx, tx, access.System(), req)
	return billing.Seated, err
}

func openTill(t *testing.T, db models.DB, clock *modelstest.Clock) *till {
	t.Helper()
	double, err := stripedouble.New(stripedouble.Options{Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(double.Handler())
	t.Cleanup(func() { server.Close(); double.Close() })
	s := &till{T: t, db: db, clock: clock, double: double, office: accesstest.Office(t, db)}
	s.Gateway = billing.NewStripe(billing.StripeConfig{Key: "sk_test_double", URL: server.URL})
	s.Sellers = billing.Sellers{billing.BookingOrder: shelf{}}
	registry := jobs.NewRegistry()
	billing.Register(registry, db, s.Till)
	mail.Register(registry, db, mail.NewMailbox())
	if s.runner, err = jobs.NewRunner(db, registry, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	return s
}

// start writes down that an order is about to be paid.
func (s *till) start(id int64) billing.Attempt {
	s.Helper()
	var a billing.Attempt
	err := inTx(s.T, s.db, func(tx models.DB) (err error) {
		a, err = billing.StartAttempt(s.Context(), tx, billing.AttemptRequest{
			Order: billing.Order{Kind: billing.BookingOrder, ID: id}, Reference: "BK-" + strconv.FormatInt(id, 10), Description: "3 places", Quantity: 3,
			Gross: 82080, Email: "priya@irwell.example", SuccessURL: "http://shop.example/paid", CancelURL: "http://shop.example/back",
			ExpiresAt: s.db.Now().Add(billing.MinCheckoutLife),
		})
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
	return a
}

// pay opens the payment page of an order and pays it; nobody tells the program. It returns the page's id.
func (s *till) pay(id int64) (page string) {
	s.Helper()
	if _, err := s.OpenCheckout(s.Context(), s.db, s.start(id)); err != nil {
		s.Fatal(err)
	}
	pages := s.double.Pages()
	page = pages[len(pages)-1].ID
	if err := s.double.Pay(page); err != nil {
		s.Fatal(err)
	}
	return page
}

// sold is an order that is paid and invoiced.
func (s *till) sold(id int64) (page string, invoice billing.Document) {
	s.Helper()
	page = s.pay(id)
	if status, err := s.Settle(s.Context(), s.db, page); err != nil || status != billing.AttemptPaid {
		s.Fatalf("%s %v", status, err)
	}
	s.heard = len(s.double.Events())
	docs, _, err := billing.Documents(s.Context(), s.db, access.System().Scope(), billing.DocumentFilter{Order: &billing.Order{Kind: billing.BookingOrder, ID: id}})
	if err != nil || len(docs) != 1 {
		s.Fatalf("%d documents, %v", len(docs), err)
	}
	return page, docs[0]
}

// hear tells the program what has happened at Stripe since, in order, and then all of it again backwards.
func (s *till) hear() {
	s.Helper()
	fresh := s.double.Events()[s.heard:]
	s.heard += len(fresh)
	for _, e := range fresh {
		s.tell(e)
	}
	for _, e := range slices.Backward(fresh) {
		s.tell(e)
	}
}

func (s *till) tell(e stripedouble.Told) {
	s.Helper()
	err := s.Receive(s.Context(), s.db, billing.Event{ID: e.ID, Type: e.Type, ObjectID: e.ObjectID, Created: s.clock.Now()})
	if err != nil {
		s.Errorf("%s: %v", e.Type, err)
	}
}

func (s *till) work() {
	s.Helper()
	if err := s.runner.RunUntilIdle(s.Context()); err != nil {
		s.Error(err)
	}
}

// must does what the test's story needs.
func (s *till) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// wants checks numbers of rows: "refunds WHERE status = 'failed'".
func (s *till) wants(numbers map[string]int) {
	s.Helper()
	for what, want := range numbers {
		var got int
		if err := s.db.SQL(s.Context()).Raw("SELECT COUNT(*) FROM " + what).Scan(&got).Error; err != nil || got != want {
			s.Errorf("%d %s, want %d: %v", got, what, want, err)
		}
	}
}

// asks checks which tasks wait for the office, by their kinds.
func (s *till) asks(kinds ...string) {
	s.Helper()
	tasks, err := billing.Tasks(s.Context(), s.db)
	var got []string
	for _, task := range tasks {
		got = append(got, task.Kind)
	}
	slices.Sort(got)
	slices.Sort(kinds)
	if err != nil || !slices.Equal(got, kinds) {
		s.Errorf("the office is asked about %q, want %q: %v", got, kinds, err)
	}
}

// says checks that a task for the office has these words.
func (s *till) says(words string) {
	s.Helper()
	tasks, err := billing.Tasks(s.Context(), s.db)
	for _, task := range tasks {
		if strings.Contains(task.Sentence, words) {
			return
		}
	}
	s.Errorf("no task says %q: %+v %v", words, tasks, err)
}

// settled checks that nothing of a credit note is still to go back.
func (s *till) settled(note billing.Document) {
	s.Helper()
	if state := find(s.T, s.db, note.Code).State(s.db.Today()); state != billing.StateSettled {
		s.Errorf("%s is %s", note.Code, state)
	}
}

// stands checks what is paid on an invoice and what its order owes.
func (s *till) stands(invoice billing.Document, paid, open, owed models.Pence) {
	s.Helper()
	now := find(s.T, s.db, invoice.Code)
	if now.Paid != paid || now.Outstanding() != open {
		s.Errorf("%s has %s paid and %s open, want %s and %s", now.Code, now.Paid, now.Outstanding(), paid, open)
	}
	owes(s.T, s.db, invoice.Order, owed)
	sound(s.T, s.db)
}

// refund credits one place of a paid invoice and asks for its money to go back: £273.60.
func (s *till) refund(invoice billing.Document, key string) (note billing.Document) {
	s.Helper()
	note = creditNote(s.T, s.db, s.office, placeCredit(invoice))
	s.must(inTx(s.T, s.db, func(tx models.DB) error { return billing.RefundCredit(s.Context(), tx, s.office, note.ID, key) }))
	return note
}

// cameBack refunds one place of a paid invoice, £273.60; the money goes to the card, and 20 days later the card's bank sends it back to us.
func (s *till) cameBack(invoice billing.Document) (note billing.Document) {
	s.Helper()
	note = s.refund(invoice, "form")
	s.work()
	s.hear()
	s.stands(invoice, 54720, 0, 0)
	s.clock.Advance(20 * 24 * time.Hour)
	s.must(s.double.SettleRefund(s.double.Refunds()[0].ID, false))
	s.hear()
	return note
}

// tryInstead asks for a bank transfer in the place of a failed refund.
func (s *till) tryInstead(refund int64) error {
	return inTx(s.T, s.db, func(tx models.DB) error {
		_, err := billing.PayByBankInstead(s.Context(), tx, s.office, refund)
		return err
	})
}

// instead asks for it with two presses of the button, and says which refund it became.
func (s *till) instead(refund int64) (next int64) {
	s.Helper()
	for range 2 {
		s.must(inTx(s.T, s.db, func(tx models.DB) error {
			id, err := billing.PayByBankInstead(s.Context(), tx, s.office, refund)
			if next != 0 && id != next {
				s.Errorf("refund %d, and pressed again %d", next, id)
			}
			next = id
			return err
		}))
	}
	return next
}

// paidByBank records that the office has sent a refund today.
func (s *till) paidByBank(refund int64) {
	s.Helper()
	s.must(inTx(s.T, s.db, func(tx models.DB) error {
		return billing.MarkBankRefundPaid(s.Context(), tx, s.office, refund, billing.BankTransfer{On: s.db.Today(), Reference: "BACS 77"})
	}))
}

// dead stands in for Stripe where the program dies, or Stripe fails, around one call.
type dead struct {
	billing.Gateway
	refund  func(billing.RefundRequest) (billing.Refund, error)
	open    func(billing.CheckoutRequest) (billing.Checkout, error)
	read    func(id string) (billing.Refund, error)
	dispute func(id string) (billing.Dispute, error)
}

var errKilled = errors.New("killed")

func (d dead) Refund(ctx context.Context, req billing.RefundRequest) (billing.Refund, error) {
	if d.refund == nil {
		return d.Gateway.Refund(ctx, req)
	}
	return d.refund(req)
}

func (d dead) OpenCheckout(ctx context.Context, req billing.CheckoutRequest) (billing.Checkout, error) {
	if d.open == nil {
		return d.Gateway.OpenCheckout(ctx, req)
	}
	return d.open(req)
}

func (d dead) RefundByID(ctx context.Context, id string) (billing.Refund, error) {
	if d.read == nil {
		return d.Gateway.RefundByID(ctx, id)
	}
	return d.read(id)
}

func (d dead) DisputeByID(ctx context.Context, id string) (billing.Dispute, error) {
	if d.dispute == nil {
		return d.Gateway.DisputeByID(ctx, id)
	}
	return d.dispute(id)
}

// later is long enough for the sweep to look at a refund.
const later = 11 * time.Minute
