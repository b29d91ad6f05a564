package stripedouble

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
)

// What Stripe allows of a payment page.
const (
	minLife   = 30 * 60
	maxLife   = 24 * 60 * 60
	minPence  = 30
	maxAmount = 99_999_999
)

var createNames = []string{
	"mode", "submit_type", "payment_method_types[]", "client_reference_id", "success_url", "cancel_url", "expires_at",
	"customer_email", "metadata[*]", "payment_intent_data[metadata][*]", "payment_intent_data[receipt_email]", "expand[]",
	"line_items[][quantity]", "line_items[][price_data][currency]", "line_items[][price_data][unit_amount]",
	"line_items[][price_data][product_data][name]", "line_items[][price_data][product_data][description]",
}

func (d *Double) createSession(r *http.Request, form url.Values) (object, error) {
	if err := known(form, createNames...); err != nil {
		return nil, err
	}
	if form.Get("mode") != "payment" {
		return nil, invalid("mode", "Test payments know the mode payment only")
	}
	if m := form.Get("payment_method_types[0]"); m != "card" || form.Has("payment_method_types[1]") {
		return nil, invalid("payment_method_types", "Test payments know cards only")
	}
	if !slices.Contains([]string{"", "auto", "book", "donate", "pay"}, form.Get("submit_type")) {
		return nil, invalid("submit_type", "Invalid submit_type")
	}
	s := &session{ID: newID("cs_test_"), Created: d.now(), Status: "open",
		Reference: form.Get("client_reference_id"), Email: form.Get("customer_email")}
	for _, fill := range []func(*session, url.Values) error{fillLines, fillAddresses, fillLife, fillMetadata} {
		if err := fill(s, form); err != nil {
			return nil, err
		}
	}
	d.state.Sessions = append(d.state.Sessions, s)
	return d.showSession(s, form, hostOf(d, r)), nil
}

func fillLines(s *session, form url.Values) error {
	for i := 0; ; i++ {
		at := fmt.Sprintf("line_items[%d]", i)
		if !form.Has(at+"[quantity]") && !form.Has(at+"[price_data][unit_amount]") {
			break
		}
		quantity, err := number(form, at+"[quantity]", 1, 999_999)
		if err != nil {
			return err
		}
		unit, err := number(form, at+"[price_data][unit_amount]", 0, maxAmount)
		if err != nil {
			return err
		}
		if c := form.Get(at + "[price_data][currency]"); c != "gbp" {
			return invalid(at+"[price_data][currency]", "Test payments are in gbp, not %q", c)
		}
		name := form.Get(at + "[price_data][product_data][name]")
		if name == "" {
			return invalid(at+"[price_data][product_data][name]", "Missing required param: name")
		}
		s.Lines = append(s.Lines, line{name, quantity, unit})
		s.Total += quantity * unit
	}
	s.Currency = "gbp"
	if len(s.Lines) == 0 {
		return invalid("line_items", "Missing required param: line_items")
	}
	if s.Total < minPence || s.Total > maxAmount {
		e := invalid("line_items", "The total must be from £0.30 to £999,999.99")
		e.code = "amount_too_small"
		if s.Total > maxAmount {
			e.code = "amount_too_large"
		}
		return e
	}
	return nil
}

func fillAddresses(s *session, form url.Values) (err error) {
	if s.SuccessURL, err = webAddress(form, "success_url"); err != nil {
		return err
	}
	if form.Has("cancel_url") {
		s.CancelURL, err = webAddress(form, "cancel_url")
	}
	return err
}

func fillLife(s *session, form url.Values) error {
	if !form.Has("expires_at") {
		s.ExpiresAt = s.Created + maxLife
		return nil
	}
	at, err := number(form, "expires_at", 0, 1<<40)
	if err != nil {
		return err
	}
	if at < s.Created+minLife || at > s.Created+maxLife {
		return invalid("expires_at", "The expires_at timestamp must be from 30 minutes to 24 hours from now")
	}
	s.ExpiresAt = at
	return nil
}

func fillMetadata(s *session, form url.Values) (err error) {
	if s.Metadata, err = metadata(form, "metadata"); err != nil {
		return err
	}
	s.PaymentMetadata, err = metadata(form, "payment_intent_data[metadata]")
	return err
}

func (d *Double) getSession(r *http.Request, form url.Values) (object, error) {
	if err := known(form, "expand[]"); err != nil {
		return nil, err
	}
	s := d.state.session(r.PathValue("id"))
	if s == nil {
		return nil, missing("checkout.session", r.PathValue("id"))
	}
	return d.showSession(s, form, hostOf(d, r)), nil
}

func (d *Double) listSessions(r *http.Request, form url.Values) (object, error) {
	if err := known(form, append(listNames, "payment_intent", "status")...); err != nil {
		return nil, err
	}
	var chosen []*session
	for _, s := range d.state.Sessions {
		if chosenBy(form, "payment_intent", s.Payment) && chosenBy(form, "status", s.Status) {
			chosen = append(chosen, s)
		}
	}
	return list(form, "/v1/checkout/sessions", chosen, func(s *session) string { return s.ID },
		func(s *session) int64 { return s.Created }, func(s *session) object { return d.showSession(s, form, hostOf(d, r)) })
}

// chosenBy says whether an entry is let through by a filter; an absent filter lets everything through.
func chosenBy(form url.Values, name, value string) bool {
	return !form.Has(name) || form.Get(name) == value
}

func (d *Double) expireSession(r *http.Request, form url.Values) (object, error) {
	if err := known(form, "expand[]"); err != nil {
		return nil, err
	}
	s := d.state.session(r.PathValue("id"))
	if s == nil {
		return nil, missing("checkout.session", r.PathValue("id"))
	}
	if s.Status != "open" {
		return nil, invalid("", "Only Checkout Sessions with a status in [\"open\"] can be expired. This one has a status of %s.", s.Status)
	}
	d.end(s)
	return d.showSession(s, form, hostOf(d, r)), nil
}

// end closes an open page and says so.
func (d *Double) end(s *session) {
	s.Status = "expired"
	d.emit("checkout.session.expired", s.ID, d.showSession(s, nil, ""))
}

// endDue closes every page whose time is over. It is called before anything reads the state, so nobody sees a page outlive its time.
func (d *Double) endDue() {
	for _, s := range d.state.Sessions {
		if s.Status == "open" && d.now() >= s.ExpiresAt {
			d.end(s)
		}
	}
}
