package e2e_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"syscall"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/handlers"
	"hub.salford.ac.uk/ssph/models"
)

// cutting counts the forms that were sent and got no answer because the program died over them.
type cutting struct{ *crash }

// RoundTrip sends a request. A program that is not there has not been cut off.
func (c cutting) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil && r.Method == http.MethodPost && r.Context().Err() == nil && !errors.Is(err, syscall.ECONNREFUSED) {
		c.cut.Add(1)
	}
	return answer, err
}

func (c *crash) visitor() (*visitor, error) {
	v, err := newVisitor(c.url)
	if err == nil {
		v.client.Transport = cutting{c}
	}
	return v, err
}

// giveUpPlace is the booker who cancels the second place.
func (c *crash) giveUpPlace(ctx context.Context, s sale) error {
	address := "/bookings/" + s.reference + "/places/2/cancel"
	p, err := s.booker.get(ctx, address)
	if err == nil {
		p, err = s.booker.submit(ctx, p, "main form", nil)
	}
	if err != nil {
		return err
	}
	return c.cancelled(p, s, 2)
}

// cancelled keeps in mind that somebody was told of cancelled places.
func (c *crash) cancelled(p answered, s sale, places ...int) error {
	if !p.says("cancelled") || p.Status != http.StatusOK {
		return unexpected(p)
	}
	for _, n := range places {
		c.done.Store(fmt.Sprintf("place %d of %s is cancelled", n, s.reference), fmt.Sprintf(
			"SELECT COUNT(*) FROM cancellations c JOIN places p ON p.id = c.place_id WHERE p.ordinal = %d AND c.booking_id = %s",
			n, strings.TrimLeft(strings.TrimPrefix(s.reference, "BK-"), "0")))
	}
	return nil
}

// clerk is the office: it goes through the bookings as they come, and does something different with each.
func (c *crash) clerk(ctx context.Context) {
	v, err := c.signedIn(ctx)
	for n := 0; ctx.Err() == nil; n++ {
		if err != nil && ctx.Err() == nil {
			c.Errorf("the office: %v", err)
			return
		}
		select {
		case s := <-c.sold:
			err = c.handle(ctx, v, s, n)
		case <-ctx.Done():
		}
	}
}

// signedIn is the office's browser.
func (c *crash) signedIn(ctx context.Context) (*visitor, error) {
	v, err := c.visitor()
	if err != nil {
		return nil, err
	}
	var token string
	err = c.db.InTx(ctx, func(tx models.DB) error {
		token, err = access.IssueLink(ctx, tx, access.LinkRequest{Email: c.officer.Email})
		return err
	})
	if err != nil {
		return nil, err
	}
	p, err := v.get(ctx, handlers.SignInLink(c.url, token))
	if err == nil {
		_, err = v.submit(ctx, p, "main form", nil) // when the answer is lost the link is used, and the browser has no session
	}
	if err == nil {
		p, err = v.get(ctx, "/office")
	}
	if err == nil && p.URL.Path != "/office" {
		return c.signedIn(ctx)
	}
	return v, err
}

// handle does the n-th thing with a booking. Each step waits for the one before.
func (c *crash) handle(ctx context.Context, v *visitor, s sale, n int) error {
	at := "/office/bookings/" + s.reference
	one := func(place int) func() error {
		return func() error { return c.cancels(ctx, v, s, fmt.Sprintf("%s/places/%d/cancel", at, place), place) }
	}
	correct := func() error { return c.corrects(ctx, v, s) }
	plans := [][]func() error{
		{one(1), one(2)},
		{func() error { return c.cancels(ctx, v, s, at+"/cancel", 1, 2) }},
		{correct, one(2)},
		{one(1), correct},
		{one(1)},
	}
	plan := plans[n%len(plans)]
	if !s.byCard && n%2 == 0 {
		plan = append([]func() error{func() error { return c.takesMoney(ctx, v, s) }}, plan...)
		plan = append(plan, func() error { return c.sendsBack(ctx, v, s) })
	}
	for _, step := range plan {
		if err := step(); err != nil {
			return fmt.Errorf("%s: %w", s.reference, err)
		}
	}
	return nil
}

// cancels is the office that cancels places on the terms: the page, the page that shows what it comes to, the button. A place that is
// cancelled already has no form, but says what became of it.
func (c *crash) cancels(ctx context.Context, v *visitor, s sale, address string, places ...int) error {
	p, err := v.get(ctx, address)
	for _, typed := range []map[string]string{{"ground": "terms", "do": "check"}, {"ground": "terms", "do": "cancel"}} {
		if err != nil || p.Find("main form[action$='/cancel']").Length() == 0 {
			break
		}
		p, err = v.submit(ctx, p, "main form[action$='/cancel']", typed)
	}
	if err != nil {
		return err
	}
	return c.cancelled(p, s, places...)
}

// corrects is the office that puts another purchase order on the invoice, whole or what is left of it. One credited in full stays as it is.
func (c *crash) corrects(ctx context.Context, v *visitor, s sale) error {
	code := c.invoiceOf(s)
	p, err := v.get(ctx, "/office/invoices/"+code+"/correct")
	const form = "main form[action$='/correct']"
	if err != nil || p.Find(form).Length() == 0 {
		return err
	}
	p, err = v.submit(ctx, p, form, map[string]string{
		"purchase-order": "PO-RIGHT-" + s.reference, "address": p.Find("textarea[name=address]").Text(), "reason": "Number corrected", "do": "check",
	})
	if err == nil {
		p, err = v.submit(ctx, p, form, map[string]string{"do": "issue"})
	}
	if err != nil {
		return err
	}
	if !p.says("stands in the place of " + code) {
		return unexpected(p)
	}
	c.done.Store(code+" is corrected", fmt.Sprintf(
		"SELECT COUNT(*) FROM documents n JOIN documents o ON o.id = n.replaces_id WHERE o.code = '%s' AND n.purchase_order = 'PO-RIGHT-%s'", code, s.reference))
	return nil
}

// takesMoney is the office that records a bank payment of all that is owed.
func (c *crash) takesMoney(ctx context.Context, v *visitor, s sale) error {
	code := c.invoiceOf(s)
	const form = "main form[action$='/payments']"
	p, err := v.get(ctx, "/office/invoices/"+code)
	for _, typed := range []map[string]string{{"reference": "BANK " + s.reference, "date": c.db.Today().String(), "do": "check"}, {"do": "record"}} {
		if err == nil {
			p, err = v.submit(ctx, p, form, typed)
		}
	}
	if err != nil {
		return err
	}
	if !p.says("is recorded") {
		return unexpected(p)
	}
	c.done.Store("the money for "+code, fmt.Sprintf("SELECT COUNT(*) FROM payments WHERE method = 'bank' AND reference = 'BANK %s'", s.reference))
	return nil
}

// sendsBack is the office that pays the refunds of a booking by bank.
func (c *crash) sendsBack(ctx context.Context, v *visitor, s sale) error {
	var ids []int64
	err := c.db.SQL(ctx).Raw(`SELECT r.id FROM refunds r JOIN payments p ON p.id = r.payment_id WHERE r.method = 'bank' AND r.status = 'requested'
		AND p.reference = ?`, "BANK "+s.reference).Scan(&ids).Error
	for _, id := range ids {
		if err != nil {
			break
		}
		var p answered
		p, err = v.get(ctx, fmt.Sprintf("/office/money/refunds/%d", id))
		for _, typed := range []map[string]string{{"reference": fmt.Sprintf("BACK %d", id), "do": "check"}, {"do": "record"}} {
			if err == nil {
				p, err = v.submit(ctx, p, "main form", typed)
			}
		}
		if err == nil && !p.says("recorded as paid") && p.Status != http.StatusConflict { // recorded, and the answer was lost
			err = unexpected(p)
		}
		if err == nil {
			c.done.Store(fmt.Sprintf("refund %d", id), fmt.Sprintf("SELECT COUNT(*) FROM refunds WHERE id = %d AND status = 'succeeded'", id))
		}
	}
	return err
}

// invoiceOf is the invoice of a booking that stands.
func (c *crash) invoiceOf(s sale) (code string) {
	if err := c.db.SQL(c.Context()).Raw("SELECT code FROM documents WHERE kind = 'invoice' AND order_reference = ? ORDER BY id DESC LIMIT 1",
		s.reference).Scan(&code).Error; err != nil {
		c.Errorf("the invoice of %s: %v", s.reference, err)
	}
	return code
}
