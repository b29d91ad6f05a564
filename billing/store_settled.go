package billing

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// SettledPayment is a payment about whose money nothing is left to decide, with where it went and who saw to that.
type SettledPayment struct {
	Method    PaymentMethod
	On        models.Date // the day it came
	Payer     string      // as the bank names it; empty when no statement did
	Reference string      // as the payer wrote it
	Note      string      // of the office
	Gross     models.Pence
	Invoices  []PaidInvoice
	Refunds   []AskedRefund
	Disputed  models.Pence // what disputes have taken
	Waiting   models.Pence // what a credit note, or a refund that failed, still sends back
	Ahead     models.Pence // what has left us and still counts as paid: until a dispute is decided, or a credit note counts a refund
	Twice     models.Pence // what has gone beyond what came
	Asked     models.Pence // what would go beyond it, once the refunds that are asked for have gone
	Open      bool         // a dispute about it is open and has money of it
	Uncounted bool         // a refund begun at Stripe is not accounted for by credit notes in full
}

// PaidInvoice is what of a payment is on an invoice.
type PaidInvoice struct {
	Code     string
	Customer string
	Gross    models.Pence
	By       string    // who put it there last; empty when it came there by itself
	At       time.Time // when
}

// AskedRefund is a refund with who asked for it.
type AskedRefund struct {
	Refunded
	By string // empty when it was nobody of the office
}

// SettledPaymentOf reads where the money of a payment went: for one that UnallocatedPaymentOf does not find, because nothing of it is
// left. Only the office may ask. Error: not found, when there is no such payment.
func SettledPaymentOf(ctx context.Context, db models.DB, actor access.Actor, id int64) (SettledPayment, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return SettledPayment{}, err
	}
	row, err := paymentByID(ctx, db, id)
	if err != nil {
		return SettledPayment{}, err
	}
	p := SettledPayment{Method: PaymentMethod(row.Method), On: row.ReceivedOn, Reference: row.Reference, Note: row.Note, Gross: row.GrossPence}
	var more struct {
		Payer           string
		Disputed        models.Pence
		Open, Uncounted bool
	}
	err = db.SQL(ctx).Raw(`SELECT COALESCE((SELECT MAX(b.payer) FROM bank_lines b WHERE b.payment_id = ?), '') AS payer,
		(SELECT COALESCE(SUM(l.pence), 0) FROM ledger_entries l JOIN disputes t ON t.id = l.dispute_id WHERE t.payment_id = ?) AS disputed,
		EXISTS (SELECT 1 FROM disputes t WHERE t.payment_id = ? AND t.status = ? AND t.withdrawn) AS open,
		EXISTS (SELECT 1 FROM refunds r WHERE r.payment_id = ? AND r.reason = ? AND r.status <> ? AND r.gross_pence >
			(SELECT COALESCE(SUM(h.gross_pence), 0) FROM refund_shares h WHERE h.refund_id = r.id)) AS uncounted`,
		id, id, id, DisputeOpen, id, CauseExternal, RefundReturned).Scan(&more).Error
	if err != nil {
		return p, fmt.Errorf("payment %d: %w", id, models.Translate(err))
	}
	p.Payer, p.Disputed, p.Open, p.Uncounted = more.Payer, more.Disputed, more.Open, more.Uncounted
	if p.Invoices, err = paidInvoices(ctx, db, actor, id); err != nil {
		return p, err
	}
	p.Refunds, err = askedRefunds(ctx, db, id)
	p.weigh()
	return p, err
}

// weigh says what the rest of the payment comes to: what still goes back, or what went ahead of its invoices, twice, or is asked for
// beyond that.
func (p *SettledPayment) weigh() {
	gone, placed := p.Disputed, models.Pence(0)
	for _, r := range p.Refunds {
		if r.State == RefundSent {
			gone += r.Gross
		}
	}
	for _, i := range p.Invoices {
		placed += i.Gross
	}
	over := max(-p.rest(), 0)
	p.Waiting, p.Ahead = max(p.rest(), 0), min(over, placed)
	p.Twice = max(gone-p.Gross, 0)
	p.Asked = max(over-p.Ahead-p.Twice, 0)
}

// rest is what of the payment is on no invoice, has not gone and goes nowhere yet; below nothing when more has gone than was free.
func (p SettledPayment) rest() models.Pence {
	rest := p.Gross - p.Disputed
	for _, i := range p.Invoices {
		rest -= i.Gross
	}
	for _, r := range p.Refunds {
		if r.State != RefundReturned {
			rest -= r.Gross
		}
	}
	return rest
}

// paidInvoices lists the invoices that a payment is on. Who put it there stands in the audit trail of each.
func paidInvoices(ctx context.Context, db models.DB, actor access.Actor, payment int64) ([]PaidInvoice, error) {
	var rows []struct {
		ID             int64
		Code, Customer string
		Gross          models.Pence
	}
	err := db.SQL(ctx).Raw(`SELECT d.id, d.code, d.customer_name AS customer, SUM(a.gross_pence) AS gross
		FROM allocations a JOIN documents d ON d.id = a.document_id WHERE a.payment_id = ?
		GROUP BY d.id, d.code, d.customer_name HAVING SUM(a.gross_pence) <> 0 ORDER BY d.id`, payment).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("invoices of payment %d: %w", payment, models.Translate(err))
	}
	paid, subjects, at := make([]PaidInvoice, len(rows)), make([]access.Subject, len(rows)), map[int64]int{}
	for i, r := range rows {
		paid[i] = PaidInvoice{Code: r.Code, Customer: r.Customer, Gross: r.Gross}
		subjects[i], at[r.ID] = access.Subject{Kind: "document", ID: r.ID}, i
	}
	events, err := access.History(ctx, db, actor, subjects)
	for _, e := range events {
		if putsPayment(e, payment) {
			to := &paid[at[e.Subject.ID]]
			to.By, to.At = e.Name, e.At
		}
	}
	return paid, err
}

// putsPayment says that an audit row tells of money of a payment being put on an invoice.
func putsPayment(e access.Event, payment int64) bool {
	var detail struct {
		Payment int64 `json:"payment"`
	}
	if e.Action != "payment allocated" && e.Action != "bank payment recorded" {
		return false
	}
	return json.Unmarshal([]byte(e.Detail), &detail) == nil && detail.Payment == payment
}

// askedRefunds lists what goes or went back of a payment, the oldest first.
func askedRefunds(ctx context.Context, db models.DB, payment int64) ([]AskedRefund, error) {
	var rows []refundRow
	if err := db.SQL(ctx).Where("payment_id = ?", payment).Order("id").Find(&rows).Error; err != nil {
		return nil, models.Translate(err)
	}
	refunds := make([]AskedRefund, len(rows))
	for i, r := range rows {
		refunds[i].Refunded = r.refunded()
		if r.RequestedBy == nil {
			continue
		}
		var err error
		if refunds[i].By, err = calledWho(ctx, db, *r.RequestedBy); err != nil {
			return nil, err
		}
	}
	return refunds, nil
}

func (r refundRow) refunded() Refunded {
	return Refunded{ID: r.ID, Gross: r.GrossPence, Cause: r.Cause, Method: PaymentMethod(r.Method), State: r.Status, CreatedAt: r.CreatedAt}
}
