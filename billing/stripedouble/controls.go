package stripedouble

import (
	"errors"
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// What pressing a button on a payment page can run into.
var (
	ErrNoPage = errors.New("there is no such payment page")
	ErrPaid   = errors.New("this page has been paid")
	ErrEnded  = errors.New("this page has ended")
)

// open returns a page that can still be paid. The state is locked.
func (d *Double) open(id string) (*session, error) {
	d.endDue()
	s := d.state.session(id)
	switch {
	case s == nil:
		return nil, fmt.Errorf("%w: %s", ErrNoPage, id)
	case s.Status == "complete":
		return nil, fmt.Errorf("%w: %s", ErrPaid, id)
	case s.Status == "expired":
		return nil, fmt.Errorf("%w: %s", ErrEnded, id)
	}
	return s, nil
}

// Pay presses Pay: the card is charged, the page is complete, and the webhooks say so.
func (d *Double) Pay(id string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	s, err := d.open(id)
	if err != nil {
		return err
	}
	p := d.attempt(s)
	p.Status = "succeeded"
	s.Status = "complete"
	d.emit("checkout.session.completed", s.ID, d.showSession(s, nil, ""))
	d.keep()
	return nil
}

// Decline presses Decline: the bank says no, and the page stays open for another try.
func (d *Double) Decline(id string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	s, err := d.open(id)
	if err != nil {
		return err
	}
	p := d.attempt(s)
	d.emit("payment_intent.payment_failed", p.ID, d.showPayment(p, false))
	d.keep()
	return nil
}

// attempt makes the page's payment on the first try, and a new charge on each.
func (d *Double) attempt(s *session) *payment {
	p := d.state.payment(s.Payment)
	if p == nil {
		p = &payment{ID: newID("pi_test_"), Created: d.now(), Status: "requires_payment_method", Metadata: s.PaymentMetadata}
		d.state.Payments = append(d.state.Payments, p)
		s.Payment = p.ID
	}
	p.Amount, p.Currency = s.Total, s.Currency
	p.Charge, p.Charged = newID("ch_test_"), d.now()
	return p
}

// Alter changes what an open page will charge, as nothing of ours ever would: for tests of a wrong amount or currency.
func (d *Double) Alter(id string, total models.Pence, currency string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	s, err := d.open(id)
	if err != nil {
		return err
	}
	s.Total, s.Currency = int64(total), currency
	d.keep()
	return nil
}

// Page is a payment page as a test sees it.
type Page struct {
	ID        string
	Status    string // open, complete, expired
	Reference string
	Total     models.Pence
	Metadata  map[string]string
}

// Pages returns every payment page, oldest first.
func (d *Double) Pages() []Page {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.endDue()
	var out []Page
	for _, s := range d.state.Sessions {
		out = append(out, Page{s.ID, s.Status, s.Reference, models.Pence(s.Total), s.Metadata})
	}
	return out
}

// Returned is one refund as a test sees it.
type Returned struct {
	ID       string
	Amount   models.Pence
	Status   string
	Metadata map[string]string
}

// Refunds returns every refund, oldest first.
func (d *Double) Refunds() []Returned {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []Returned
	for _, r := range d.state.Refunds {
		out = append(out, Returned{r.ID, models.Pence(r.Amount), r.Status, r.Metadata})
	}
	return out
}

// RefundDirectly pays money back as somebody does on Stripe's own pages, without any id of ours.
func (d *Double) RefundDirectly(pageID string, amount models.Pence) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	s := d.state.session(pageID)
	if s == nil {
		return fmt.Errorf("%w: %s", ErrNoPage, pageID)
	}
	form := map[string][]string{"payment_intent": {s.Payment}, "amount": {fmt.Sprint(int64(amount))}}
	_, err := d.createRefund(nil, form)
	d.keep()
	return err
}
