package stripedouble

import (
	"errors"
	"fmt"
)

// ErrNotOnItsWay means that a payment is not waiting for its bank.
var ErrNotOnItsWay = errors.New("this payment is not on its way")

// PayLater finishes a page with a method that pays days later, as a bank debit does: the page is complete and the money is not there
// until Arrive. We ask for cards only; somebody may switch such a method on at Stripe all the same.
func (d *Double) PayLater(id string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	s, err := d.open(id)
	if err != nil {
		return err
	}
	p := d.attempt(s)
	p.Status = "processing"
	s.Status = "complete"
	d.emit("checkout.session.completed", s.ID, d.showSession(s, nil, ""))
	d.keep()
	return nil
}

// Arrive ends the wait after PayLater: the money is there, or the bank has said no.
func (d *Double) Arrive(id string, paid bool) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	s := d.state.session(id)
	if s == nil {
		return fmt.Errorf("%w: %s", ErrNoPage, id)
	}
	p := d.state.payment(s.Payment)
	if p == nil || p.Status != "processing" {
		return fmt.Errorf("%w: %s", ErrNotOnItsWay, id)
	}
	if paid {
		p.Status, p.Charged = "succeeded", d.now()
		d.emit("checkout.session.async_payment_succeeded", s.ID, d.showSession(s, nil, ""))
	} else {
		p.Status = "requires_payment_method"
		d.emit("payment_intent.payment_failed", p.ID, d.showPayment(p, false))
		d.emit("checkout.session.async_payment_failed", s.ID, d.showSession(s, nil, ""))
	}
	d.keep()
	return nil
}
