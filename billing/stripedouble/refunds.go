package stripedouble

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"hub.salford.ac.uk/ssph/models"
)

func (d *Double) getPayment(r *http.Request, form url.Values) (object, error) {
	if err := known(form, "expand[]"); err != nil {
		return nil, err
	}
	p := d.state.payment(r.PathValue("id"))
	if p == nil {
		return nil, missing("payment_intent", r.PathValue("id"))
	}
	return d.showPayment(p, expanded(form, "latest_charge")), nil
}

func (d *Double) getCharge(r *http.Request, form url.Values) (object, error) {
	if err := known(form, "expand[]"); err != nil {
		return nil, err
	}
	p := d.state.charged(r.PathValue("id"))
	if p == nil {
		return nil, missing("charge", r.PathValue("id"))
	}
	return d.showCharge(p), nil
}

func (d *Double) createRefund(_ *http.Request, form url.Values) (object, error) {
	if err := known(form, "payment_intent", "amount", "reason", "metadata[*]", "expand[]"); err != nil {
		return nil, err
	}
	if !slices.Contains([]string{"", "duplicate", "fraudulent", "requested_by_customer"}, form.Get("reason")) {
		return nil, invalid("reason", "Invalid reason")
	}
	p := d.state.payment(form.Get("payment_intent"))
	if p == nil {
		return nil, missing("payment_intent", form.Get("payment_intent"))
	}
	amount, err := d.refundable(p, form)
	if err != nil {
		return nil, err
	}
	meta, err := metadata(form, "metadata")
	if err != nil {
		return nil, err
	}
	re := &refund{ID: newID("re_"), Created: d.now(), Payment: p.ID, Amount: amount, Status: "pending", Reason: form.Get("reason"), Metadata: meta}
	p.Refunded += amount
	d.state.Refunds = append(d.state.Refunds, re)
	if !d.slow {
		re.Status = "succeeded"
	}
	d.emit("refund.created", re.ID, d.showRefund(re))
	d.emit("charge.refunded", p.Charge, d.showCharge(p))
	return d.showRefund(re), nil
}

// refundable is the amount asked for, or all that is left; never more than that.
func (d *Double) refundable(p *payment, form url.Values) (int64, error) {
	left := p.received() - p.Refunded
	if p.Status != "succeeded" {
		return 0, invalid("payment_intent", "This PaymentIntent does not have a successful charge to refund.")
	}
	if x := d.disputeOf(p); x != nil && x.Taken && !x.Returned {
		e := invalid("", "Charge %s has been charged back; cannot issue a refund.", p.Charge)
		e.code = "charge_disputed"
		return 0, e
	}
	if left == 0 {
		e := invalid("", "Charge %s has already been refunded.", p.Charge)
		e.code = "charge_already_refunded"
		return 0, e
	}
	if !form.Has("amount") {
		return left, nil
	}
	amount, err := number(form, "amount", 1, maxAmount)
	if err == nil && amount > left {
		err = invalid("amount", "Refund amount (%s) is greater than unrefunded amount on charge (%s)", models.Pence(amount), models.Pence(left))
	}
	return amount, err
}

func (d *Double) getRefund(r *http.Request, form url.Values) (object, error) {
	if err := known(form, "expand[]"); err != nil {
		return nil, err
	}
	re := d.state.refund(r.PathValue("id"))
	if re == nil {
		return nil, missing("refund", r.PathValue("id"))
	}
	return d.showRefund(re), nil
}

func (d *Double) listRefunds(_ *http.Request, form url.Values) (object, error) {
	if err := known(form, append(listNames, "payment_intent", "charge")...); err != nil {
		return nil, err
	}
	if form.Has("charge") && d.state.charged(form.Get("charge")) == nil {
		return nil, missing("charge", form.Get("charge"))
	}
	if form.Has("payment_intent") && d.state.payment(form.Get("payment_intent")) == nil {
		return nil, missing("payment_intent", form.Get("payment_intent"))
	}
	var chosen []*refund
	for _, re := range d.state.Refunds {
		if chosenBy(form, "payment_intent", re.Payment) && chosenBy(form, "charge", d.state.payment(re.Payment).Charge) {
			chosen = append(chosen, re)
		}
	}
	return list(form, "/v1/refunds", chosen, func(r *refund) string { return r.ID }, func(r *refund) int64 { return r.Created }, d.showRefund)
}

// HoldRefunds makes refunds from now on stay pending until SettleRefund, or not.
func (d *Double) HoldRefunds(hold bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.slow = hold
}

// SettleRefund ends a refund: a pending one succeeds or fails, and one that had succeeded may still fail, as a bank can send money
// back. A failed refund leaves its amount free to be refunded again.
func (d *Double) SettleRefund(id string, succeeded bool) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	re := d.state.refund(id)
	if re == nil || re.Status == "failed" || succeeded && re.Status != "pending" {
		return fmt.Errorf("refund %s cannot be settled", id)
	}
	re.Status = "succeeded"
	if !succeeded {
		re.Status = "failed"
		d.state.payment(re.Payment).Refunded -= re.Amount
	}
	d.emit("charge.refund.updated", re.ID, d.showRefund(re))
	d.emit("refund.updated", re.ID, d.showRefund(re))
	d.keep()
	return nil
}
