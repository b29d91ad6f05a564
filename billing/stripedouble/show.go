package stripedouble

import (
	"net/http"
	"net/url"
	"strings"
)

// hostOf is where the payers' pages are: the configured address, or the host that was asked.
func hostOf(d *Double, r *http.Request) string {
	if d.options.BaseURL != "" || r == nil {
		return d.options.BaseURL
	}
	return "http://" + r.Host
}

// expanded says that the caller asked for an object in place of its id.
func expanded(form url.Values, path string) bool {
	for name, values := range form {
		if index.ReplaceAllString(name, "[]") != "expand[]" {
			continue
		}
		for _, v := range values {
			v = strings.TrimPrefix(v, "data.") // in a list, paths begin at its entries
			if v == path || strings.HasPrefix(v, path+".") {
				return true
			}
		}
	}
	return false
}

func (d *Double) showSession(s *session, form url.Values, base string) object {
	out := object{
		"id": s.ID, "object": "checkout.session", "mode": "payment", "livemode": false, "created": s.Created, "expires_at": s.ExpiresAt,
		"status": s.Status, "payment_status": "unpaid", "amount_subtotal": s.Total, "amount_total": s.Total, "currency": s.Currency,
		"client_reference_id": orNull(s.Reference), "customer_email": orNull(s.Email), "success_url": s.SuccessURL,
		"cancel_url": orNull(s.CancelURL), "metadata": s.Metadata, "payment_intent": nil, "url": nil,
		"payment_method_types": []string{"card"},
	}
	if s.Status == "open" {
		out["url"] = base + "/pay/" + s.ID
	}
	if p := d.state.payment(s.Payment); p != nil {
		if p.Status == "succeeded" {
			out["payment_status"] = "paid"
		}
		out["payment_intent"] = p.ID
		if expanded(form, "payment_intent") {
			out["payment_intent"] = d.showPayment(p, expanded(form, "payment_intent.latest_charge"))
		}
	}
	return out
}

func (d *Double) showPayment(p *payment, withCharge bool) object {
	out := object{
		"id": p.ID, "object": "payment_intent", "livemode": false, "created": p.Created, "status": p.Status, "amount": p.Amount,
		"amount_received": p.received(), "currency": p.Currency, "metadata": p.Metadata, "latest_charge": p.Charge,
	}
	if withCharge {
		out["latest_charge"] = d.showCharge(p)
	}
	return out
}

func (p *payment) received() int64 {
	if p.Status == "succeeded" {
		return p.Amount
	}
	return 0
}

// showCharge draws a payment's one charge; the last declined one when it has not succeeded.
func (d *Double) showCharge(p *payment) object {
	paid := p.Status == "succeeded"
	status := map[string]string{"succeeded": "succeeded", "processing": "pending"}[p.Status]
	if status == "" {
		status = "failed"
	}
	return object{
		"id": p.Charge, "object": "charge", "livemode": false, "created": p.Charged, "amount": p.Amount, "amount_captured": p.received(),
		"amount_refunded": p.Refunded, "currency": p.Currency, "paid": paid, "captured": paid, "status": status,
		"refunded": paid && p.Refunded == p.Amount, "disputed": d.disputeOf(p) != nil, "payment_intent": p.ID, "metadata": p.Metadata,
	}
}

func (d *Double) showRefund(r *refund) object {
	out := object{
		"id": r.ID, "object": "refund", "created": r.Created, "amount": r.Amount, "currency": "gbp", "status": r.Status,
		"reason": orNull(r.Reason), "metadata": r.Metadata, "payment_intent": r.Payment,
	}
	if p := d.state.payment(r.Payment); p != nil {
		out["charge"], out["currency"] = p.Charge, p.Currency
	}
	if r.Status == "failed" {
		out["failure_reason"] = "expired_or_canceled_card"
	}
	return out
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}
